import type { Actor } from '../../access/actor.ts';
import type { Querier, Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { offsetAt } from '../../kernel/dates.ts';
import { invalidMember, notFound } from '../../kernel/fault.ts';
import type { Codes } from '../codes.ts';
import type { Given, Ports } from '../given.ts';
import { touchDeal } from './deal.store.ts';
import { lockDeal, openDeal } from './opening.ts';
import * as store from './task.store.ts';
import type { Task, TaskList } from './types.ts';

export type NewTask = { name: string; dueAt?: Date; dueDateOnly?: boolean; dueOffset?: number; completed?: boolean };

const shaped = ({ time_zone, ...task }: store.TaskRow): Task => ({
  ...task,
  offset: task.due_offset ?? (task.due_at ? offsetAt(time_zone, task.due_at) : 0),
});

/** Checklists of a loop. A list and its tasks are parts of it: the loop's counts and its updated_at move in the same transaction. */
export function tasksService({ db, clock }: Ports, codes: Codes) {
  const openList = async (q: Querier, actor: Actor, profileId: number, dealId: number, listId: number): Promise<TaskList> => {
    const deal = await openDeal(q, actor, profileId, dealId);
    const list = await store.findTaskList(q, actor.orgId, deal.id, listId);
    if (!list) throw notFound('tasklist');
    return list;
  };

  const insertList = async (tx: Tx, what: Happening, dealId: number, name: string, given: Given = {}) => {
    const list = await store.insertTaskList(tx, what.actor.orgId, {
      ...(given.id === undefined ? {} : { id: given.id }),
      deal_id: dealId,
      name,
      at: given.createdAt ?? what.at,
      by: what.actor.kind === 'user' ? what.actor.id : null,
      door: what.actor.door,
    });
    await emit(tx, what, { noun: 'tasklist', row_id: list.id, row_name: name, verb: 'created', changed: list, deal_id: dealId });
    return list;
  };

  const insertTask = async (tx: Tx, what: Happening, dealId: number, listId: number, input: NewTask, given: Given = {}) => {
    const { actor } = what;
    const row = await store.insertTask(tx, actor.orgId, {
      ...(given.id === undefined ? {} : { id: given.id }),
      code: given.code ?? (await codes.mint(actor.orgId, 'task', actor.officeId, what.at, 10)),
      list_id: listId,
      deal_id: dealId,
      name: input.name,
      due_at: input.dueAt ?? null,
      due_date_only: input.dueDateOnly ?? false,
      due_offset: input.dueOffset ?? null,
      completed_at: input.completed ? what.at : null,
      creator_id: actor.memberId,
      at: given.createdAt ?? what.at,
      by: actor.kind === 'user' ? actor.id : null,
      door: actor.door,
    });
    await emit(tx, what, { noun: 'task', row_id: row.id, row_name: row.name, verb: 'created', changed: row, deal_id: dealId });
    return shaped(row);
  };

  const checkName = (name: string) => {
    if (!name || name.length > 200) throw invalidMember('name', 'length', 'A name has 1 to 200 characters');
  };

  return {
    insertList,
    insertTask,

    async taskLists(actor: Actor, profileId: number, dealId: number): Promise<TaskList[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      return store.listTaskLists(db, actor.orgId, deal.id);
    },

    taskList: (actor: Actor, profileId: number, dealId: number, listId: number): Promise<TaskList> =>
      openList(db, actor, profileId, dealId, listId),

    async tasks(actor: Actor, profileId: number, dealId: number, listId: number): Promise<Task[]> {
      const list = await openList(db, actor, profileId, dealId, listId);
      return (await store.listTasks(db, actor.orgId, list.id)).map(shaped);
    },

    /** The tasks of all lists, in one statement; for pages that show them together. */
    async allTasks(actor: Actor, profileId: number, dealId: number): Promise<Task[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      return (await store.listTasksOfDeal(db, actor.orgId, deal.id)).map(shaped);
    },

    async task(actor: Actor, profileId: number, dealId: number, listId: number, id: number): Promise<Task> {
      const list = await openList(db, actor, profileId, dealId, listId);
      const found = await store.findTask(db, actor.orgId, list.id, id);
      if (!found) throw notFound('task');
      return shaped(found);
    },

    async addTaskList(actor: Actor, profileId: number, dealId: number, name: string, given: Given = {}): Promise<TaskList> {
      checkName(name);
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const what = happening(actor, clock.now());
        const list = await insertList(tx, what, deal.id, name, given);
        await touchDeal(tx, actor.orgId, deal.id, what.at);
        return list;
      });
    },

    async addTask(
      actor: Actor,
      profileId: number,
      dealId: number,
      listId: number,
      input: NewTask,
      given: Given = {},
    ): Promise<Task> {
      checkName(input.name);
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const list = await store.findTaskList(tx, actor.orgId, deal.id, listId);
        if (!list) throw notFound('tasklist');
        const what = happening(actor, clock.now());
        const task = await insertTask(tx, what, deal.id, listId, input, given);
        await touchDeal(tx, actor.orgId, deal.id, what.at, 1, input.completed ? 1 : 0);
        return task;
      });
    },

    /** Ticks a task off, or opens it again. */
    async setTaskDone(actor: Actor, profileId: number, dealId: number, listId: number, id: number, done: boolean): Promise<Task> {
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const list = await store.findTaskList(tx, actor.orgId, deal.id, listId);
        const task = list && (await store.findTask(tx, actor.orgId, list.id, id));
        if (!task) throw notFound('task');
        if ((task.completed_at !== null) === done) return shaped(task);
        const what = happening(actor, clock.now());
        const completed_at = done ? what.at : null;
        await store.setCompleted(tx, actor.orgId, id, completed_at, what.at);
        await emit(tx, what, {
          noun: 'task',
          row_id: id,
          row_name: task.name,
          verb: 'updated',
          changed: { completed_at: [task.completed_at, completed_at] },
          deal_id: deal.id,
        });
        await touchDeal(tx, actor.orgId, deal.id, what.at, 0, done ? 1 : -1);
        return shaped({ ...task, completed_at });
      });
    },
  };
}
export type Tasks = ReturnType<typeof tasksService>;
