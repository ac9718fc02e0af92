import { list, single } from '../answers.ts';
import { listActivities } from '../contract/activity.ts';
import { listTaskLists, listTasks, readTask, readTaskList } from '../contract/task.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { toActivity, toTask, toTaskList } from '../map/task.ts';
import { pageOf } from '../paging.ts';

/** Checklists and the activity feed: what can only be read here. */
export function taskRoutes(desk: Desk): DotloopRoute[] {
  const { deals } = desk.domain;
  const target = makeTargets(desk);
  return [
    dotloopRoute(listTaskLists, {
      handle: async ({ caller, params: { profileId, loopId } }) =>
        list((await deals.taskLists(caller, profileId, loopId)).map(toTaskList)),
    }),
    dotloopRoute(readTaskList, {
      handle: async ({ caller, params: { profileId, loopId, taskListId } }) =>
        single(toTaskList(await deals.taskList(caller, profileId, loopId, taskListId))),
    }),
    dotloopRoute(listTasks, {
      handle: async ({ caller, params: { profileId, loopId, taskListId } }) =>
        list((await deals.tasks(caller, profileId, loopId, taskListId)).map(toTask)),
    }),
    dotloopRoute(readTask, {
      handle: async ({ caller, params: { profileId, loopId, taskListId, taskId } }) =>
        single(toTask(await deals.task(caller, profileId, loopId, taskListId, taskId))),
    }),
    dotloopRoute(listActivities, {
      target: target.readLoop,
      // the total is not counted: clients page until a page is short [seed 11.1.2]
      handle: async ({ caller, params: { profileId, loopId }, query }) =>
        list((await deals.activities(caller, profileId, loopId, pageOf(query))).map(toActivity), -1),
    }),
  ];
}
