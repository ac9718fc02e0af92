export { enqueue, enqueueAll, type JobOptions } from './enqueue.ts';
export { joinTasks, type Task, type TaskContext, type Tasks } from './registry.ts';
export { type CronEntry, type JobsLog, type JobsOptions, migrateJobs, startJobs } from './run.ts';
