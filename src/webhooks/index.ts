import type { CronEntry, Tasks } from '../jobs/index.ts';
import { type DeliverPorts, makeDeliver } from './deliver.task.ts';
import { DELIVER } from './delivery-job.ts';
import { type Feeder, makeFeeder } from './feeder.ts';
import { makeSender } from './send.ts';
import { makeIdle, makePurge, makeRescue } from './upkeep.task.ts';

export type { Feeder } from './feeder.ts';
export { makeSender } from './send.ts';

export type WebhooksOptions = Omit<DeliverPorts, 'send'> & {
  /** whether the operator lets webhooks reach private addresses */
  readonly allowPrivate: boolean;
};

/**
 * Everything between a committed change and the receiver of its news, for the composition root: tasks and crontab go to `startJobs`,
 * the feeder is started after it and stopped before it.
 */
export function buildDelivery(options: WebhooksOptions): { tasks: Tasks; crontab: readonly CronEntry[]; feeder: Feeder } {
  const send = makeSender({ allowPrivate: options.allowPrivate });
  return {
    tasks: {
      [DELIVER]: makeDeliver({ ...options, send }),
      'webhooks.rescue': makeRescue(options),
      'webhooks.purge': makePurge(options),
      'webhooks.idle': makeIdle(options),
    },
    crontab: [
      { task: 'webhooks.rescue', match: '* * * * *' },
      { task: 'webhooks.purge', match: '17 3 * * *' },
      { task: 'webhooks.idle', match: '29 3 * * *' },
    ],
    feeder: makeFeeder(options),
  };
}
