import { type Querier, statement } from '../../db/index.ts';
import type { Task, TaskList } from './types.ts';

const listsOfDeal = statement<TaskList>(
  'task_list.of_deal',
  'select * from task_list where org_id = $1 and deal_id = $2 and deleted_at is null order by position, id',
);

export async function listTaskLists(q: Querier, orgId: number, dealId: number): Promise<TaskList[]> {
  return q.rows(listsOfDeal, [orgId, dealId]);
}

const listById = statement<TaskList>(
  'task_list.by_id',
  'select * from task_list where org_id = $1 and deal_id = $2 and id = $3 and deleted_at is null',
);

export async function findTaskList(q: Querier, orgId: number, dealId: number, id: number): Promise<TaskList | undefined> {
  return (await q.rows(listById, [orgId, dealId, id]))[0];
}

/** A task with the name of its organisation's time zone, for due dates without an offset of their own. */
export type TaskRow = Omit<Task, 'offset'> & { time_zone: string };

const tasksOfList = statement<TaskRow>(
  'task.of_list',
  `select t.*, g.time_zone from task t join organisation g on g.id = t.org_id
   where t.org_id = $1 and t.list_id = $2 and t.deleted_at is null order by t.position, t.id`,
);

export async function listTasks(q: Querier, orgId: number, listId: number): Promise<TaskRow[]> {
  return q.rows(tasksOfList, [orgId, listId]);
}

const tasksOfDeal = statement<TaskRow>(
  'task.of_deal',
  `select t.*, g.time_zone from task t join organisation g on g.id = t.org_id
   where t.org_id = $1 and t.deal_id = $2 and t.deleted_at is null order by t.list_id, t.position, t.id`,
);

export async function listTasksOfDeal(q: Querier, orgId: number, dealId: number): Promise<TaskRow[]> {
  return q.rows(tasksOfDeal, [orgId, dealId]);
}

const taskById = statement<TaskRow>(
  'task.by_id',
  `select t.*, g.time_zone from task t join organisation g on g.id = t.org_id
   where t.org_id = $1 and t.list_id = $2 and t.id = $3 and t.deleted_at is null`,
);

export async function findTask(q: Querier, orgId: number, listId: number, id: number): Promise<TaskRow | undefined> {
  return (await q.rows(taskById, [orgId, listId, id]))[0];
}

const insertList = statement<TaskList>(
  'task_list.insert',
  `insert into task_list (org_id, id, deal_id, name, position, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('task_list_id_seq')), $3, $4,
           (select coalesce(max(position), 0) + 1 from task_list where org_id = $1 and deal_id = $3 and deleted_at is null), $5, $5, $6, $7)
   returning *`,
);

export async function insertTaskList(
  q: Querier,
  orgId: number,
  row: { id?: number; deal_id: number; name: string; at: Date; by: number | null; door: string },
): Promise<TaskList> {
  const [made] = await q.rows(insertList, [orgId, row.id ?? null, row.deal_id, row.name, row.at, row.by, row.door]);
  return made as TaskList;
}

const insert = statement<TaskRow>(
  'task.insert',
  `insert into task (org_id, id, code, list_id, deal_id, name, position, type_code, due_at, due_date_only, due_offset, completed_at,
                     creator_kind, creator_id, creator_code, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('task_id_seq')), $3, $4, $5, $6,
           (select coalesce(max(position), 0) + 1 from task where org_id = $1 and list_id = $4 and deleted_at is null),
           'MI', $7, $8, $9, $10, $11, $12, (select code from member where org_id = $1 and id = $12), $13, $13, $14, $15)
   returning *, (select time_zone from organisation where id = $1) as time_zone`,
);

export type NewTaskRow = {
  id?: number;
  code: string;
  list_id: number;
  deal_id: number;
  name: string;
  due_at: Date | null;
  due_date_only: boolean;
  due_offset: number | null;
  completed_at: Date | null;
  creator_id: number | null;
  at: Date;
  by: number | null;
  door: string;
};

export async function insertTask(q: Querier, orgId: number, row: NewTaskRow): Promise<TaskRow> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.code,
    row.list_id,
    row.deal_id,
    row.name,
    row.due_at,
    row.due_date_only,
    row.due_offset,
    row.completed_at,
    row.creator_id === null ? null : 'member',
    row.creator_id,
    row.at,
    row.by,
    row.door,
  ]);
  return made as TaskRow;
}

const complete = statement<never>(
  'task.complete',
  'update task set completed_at = $3, updated_at = $4, version = version + 1 where org_id = $1 and id = $2',
);

export async function setCompleted(q: Querier, orgId: number, id: number, completedAt: Date | null, at: Date): Promise<void> {
  await q.rows(complete, [orgId, id, completedAt, at]);
}

const moveLists = statement<never>('task_list.move', 'update task_list set deal_id = $3 where org_id = $1 and deal_id = $2');
const moveTasks = statement<never>('task.move', 'update task set deal_id = $3 where org_id = $1 and deal_id = $2');

/** A merge moves children with their ids. */
export async function moveTaskLists(q: Querier, orgId: number, from: number, to: number): Promise<void> {
  await q.rows(moveLists, [orgId, from, to]);
  await q.rows(moveTasks, [orgId, from, to]);
}
