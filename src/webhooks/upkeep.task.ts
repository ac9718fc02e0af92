import type { Db } from '../db/index.ts';
import { turnOff, type WebhookFace } from '../domain/webhooks/index.ts';
import { enqueueAll, type Task } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { deliveryStore } from './delivery.store.ts';
import { DELIVER, deliveryJob } from './delivery-job.ts';

type Ports = { readonly db: Db; readonly clock: Clock };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The log of what was sent is kept so long (contracts/dotloop.md §5.14). */
const KEPT_DAYS = 90;
/** A job held by a killed process is given free after four hours only (graphile-worker); its delivery is taken up much sooner. */
const OVERDUE_MS = 5 * MINUTE_MS;
const BATCH = 1_000;

/** Queues deliveries whose time has long come, so that none hangs on a lost job. A second job for one delivery does no harm. */
export const makeRescue =
  ({ db, clock }: Ports): Task =>
  async () => {
    const late = await deliveryStore.overdue(db, new Date(clock.now().getTime() - OVERDUE_MS), BATCH);
    if (late.length === 0) return;
    await db.tx((tx) =>
      enqueueAll(
        tx,
        DELIVER,
        late.map((delivery) => deliveryJob(delivery, delivery.attempts)),
      ),
    );
  };

/** Forgets what is older than 90 days, a batch at a time so that no lock is held long. */
export const makePurge =
  ({ db, clock }: Ports): Task =>
  async (_, { signal }) => {
    const before = new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS);
    while (!signal.aborted && (await deliveryStore.purgeDeliveries(db, before, BATCH)) === BATCH);
    await deliveryStore.purgeWebhooks(db, before);
  };

/** Turns off webhooks of the sandbox that have had no news for as long as their door says (contracts/reapit.md §3.5). */
export const makeIdle =
  ({ db, clock, faces }: Ports & { readonly faces: readonly WebhookFace[] }): Task =>
  async () => {
    for (const { door, idleDays } of faces) {
      if (idleDays === undefined) continue;
      const now = clock.now();
      const ids = await deliveryStore.idle(db, door, new Date(now.getTime() - idleDays * DAY_MS));
      await db.tx((tx) => turnOff(tx, ids, 'idle', now));
    }
  };
