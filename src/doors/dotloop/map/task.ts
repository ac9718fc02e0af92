import type { Activity, Task, TaskList } from '../../../domain/index.ts';
import { wholeSeconds, withOffset } from '../../../kernel/dates.ts';

export const toTaskList = (list: TaskList) => ({ id: list.id, name: list.name });

/** `due` carries its offset: 2016-10-21T00:00:00-04:00 [seed 10.3.2]. */
export const toTask = (task: Task) => ({
  id: task.id,
  name: task.name,
  due: task.due_at ? withOffset(task.due_at, task.offset) : undefined,
  completed: task.completed_at !== null,
});

export const toActivity = (activity: Activity) => ({ message: activity.message, date: wholeSeconds(activity.at) });
