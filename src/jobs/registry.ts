/** What a task gets besides its payload. */
export type TaskContext = {
  /** ends when the process is told to stop and the task should come to an end */
  readonly signal: AbortSignal;
};

/** One kind of background work. The payload is what `enqueue` was given, after a trip through JSON. Throwing means: again later. */
export type Task = (payload: unknown, context: TaskContext) => Promise<void>;

/** Tasks by name. The composition root puts together what the rooms bring; this room knows no task by name (design §3). */
export type Tasks = Readonly<Record<string, Task>>;

/** One list of the tasks of several rooms. @throws Error when two rooms use one name */
export function joinTasks(...lists: readonly Tasks[]): Tasks {
  const joined: Record<string, Task> = {};
  for (const list of lists) {
    for (const [name, task] of Object.entries(list)) {
      if (joined[name]) throw new Error(`Two tasks are called ${name}`);
      joined[name] = task;
    }
  }
  return joined;
}
