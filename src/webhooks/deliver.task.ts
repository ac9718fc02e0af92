import type { Db } from '../db/index.ts';
import { countUsage } from '../domain/identity/index.ts';
import { findLost, type Outcome, type Response, type Send, turnOff, type WebhookFace } from '../domain/webhooks/index.ts';
import { enqueue, type Task } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { type DueDelivery, deliveryStore } from './delivery.store.ts';
import { DELIVER, type DeliverPayload, deliveryJob } from './delivery-job.ts';
import type { WebhookLog } from './log.ts';

export type DeliverPorts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly faces: readonly WebhookFace[];
  readonly send: Send;
  readonly log: WebhookLog;
};

const isSuccess = (outcome: Outcome) => 'status' in outcome && outcome.status >= 200 && outcome.status < 300;

/**
 * Makes one attempt. A receiver's failure is no failure of the job: its result is written down and the next attempt queued, in one
 * transaction, by the door's own schedule. A job whose attempt was made already does nothing, so a second one does no harm; a crash
 * between the answer and the note sends once more, under the same event id (at least once, contracts/dotloop.md §5.14).
 */
export function makeDeliver({ db, clock, secrets, faces, send, log }: DeliverPorts): Task {
  const faceOf = new Map(faces.map((face) => [face.door, face]));

  async function mayGo(delivery: DueDelivery): Promise<boolean> {
    if (delivery.is_system) return true;
    const lost = !delivery.off && (await findLost(db, [delivery.webhook_id])).size > 0;
    if (!lost && !delivery.off && !delivery.uninstalled) return true;
    await db.tx(async (tx) => {
      if (lost) await turnOff(tx, [delivery.webhook_id], 'access', clock.now());
      await deliveryStore.cancel(tx, delivery);
    });
    return false;
  }

  async function settle(face: WebhookFace, delivery: DueDelivery, outcome: Outcome, at: Date): Promise<void> {
    const response: Response = { at: at.toISOString(), ...outcome };
    const { attempts, sandbox, customer_id, client_id } = delivery;
    const wait = isSuccess(outcome) ? undefined : face.waitAfter({ attempts, outcome, sandbox });
    const nextAt = wait === undefined ? null : new Date(clock.now().getTime() + wait * 1000);
    const status = isSuccess(outcome) ? 'success' : nextAt ? 'pending' : 'failed';
    await db.tx(async (tx) => {
      if (!(await deliveryStore.record(tx, delivery, status, nextAt, response))) return;
      if (status === 'success') {
        await deliveryStore.succeeded(tx, delivery);
        if (face.countsAs !== undefined && customer_id !== null)
          await countUsage(tx, [
            { orgId: customer_id, clientId: client_id, day: response.at.slice(0, 10), resource: face.countsAs, calls: 1 },
          ]);
      }
      if (status === 'failed' && (await deliveryStore.failed(tx, delivery)) >= face.failuresInRow)
        await turnOff(tx, [delivery.webhook_id], 'failures', clock.now());
      if (nextAt) {
        const attempt = attempts + 1;
        const { key, payload } = deliveryJob(delivery, attempt);
        // What was never tried goes before what has failed before: a dead receiver does not hold up the others.
        await enqueue(tx, DELIVER, payload, { key, runAt: nextAt, priority: attempt });
      }
    });
  }

  return async (payload) => {
    const { org_id, id, attempt } = payload as DeliverPayload;
    const delivery = await deliveryStore.find(db, { org_id, id });
    if (delivery?.status !== 'pending' || delivery.attempts !== attempt) return;
    const face = faceOf.get(delivery.door);
    if (!face) throw new Error(`No face for webhooks of the door ${delivery.door}`);
    if (!(await mayGo(delivery))) return;
    const at = clock.now();
    const key = delivery.secret === null ? null : secrets.open(delivery.secret);
    const body = face.stamp?.(delivery.body, attempt) ?? delivery.body;
    const time = face.timeoutMs === undefined ? {} : { timeoutMs: face.timeoutMs };
    const outcome = await send({ url: delivery.url, headers: face.headers(body, key, at), body, ...time });
    log.info(
      { room: 'webhooks', org: org_id, delivery: id, topic: delivery.topic, attempt: attempt + 1, ...outcome },
      'webhook sent',
    );
    await settle(face, delivery, outcome, at);
  };
}
