import { createPublicKey, verify } from 'node:crypto';
import { type Actor, systemActor } from '../../src/access/actor.ts';
import { statement } from '../../src/db/index.ts';
import { webhookFace } from '../../src/doors/dotloop/webhook-face.ts';
import { openEngine } from '../../src/doors/reapit/engine.ts';
import { makeWebhookFace } from '../../src/doors/reapit/webhooks/face.ts';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { openLab, type ReapitCall } from '../../src/testing/lab.ts';
import { DELIVER, type DeliverPayload } from '../../src/webhooks/delivery-job.ts';
import { buildDelivery } from '../../src/webhooks/index.ts';
import { openReceiver } from './house.ts';

export const CLIENT = SANDBOX.reapit.clientId;
/** The second brokerage, which is no sandbox to applications. */
export const DEMO = 2;

export type Message = {
  SendAttempts: number;
  eventId: string;
  entityId: string | null;
  customerId: string;
  eventTime: string;
  topicId: string;
  new: Record<string, unknown> | null;
  old: Record<string, unknown> | null;
  diff: Record<string, unknown>;
};

/** The shipped house, its door and Connect, a receiver, and the delivery of webhooks run by hand under a clock that is moved by hand. */
export async function openHouse(env: Record<string, string> = {}) {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const lab = await openLab({ env: { PORTICO_WEBHOOKS_PRIVATE: 'on', ...env }, clock });
  const { stores } = lab.house;
  const { domain, ports } = stores;
  const { db } = ports;
  const pool = stores.connected.pool;
  const receiver = await openReceiver();
  const faces = [webhookFace, makeWebhookFace(domain, () => openEngine({ domain, base: `${lab.url}/reapit` }))];
  const log = { info() {}, error() {} };
  const delivery = buildDelivery({ db, clock, secrets: ports.secrets, faces, allowPrivate: true, log });
  const signal = new AbortController().signal;
  const deliver = delivery.tasks[DELIVER]!;
  const unread = statement<{ some: boolean }>(
    'test.unread_events',
    'select exists (select from event e, feed_cursor c where (e.txid, e.id) > (c.txid, c.event_id)) as some',
  );
  const takeJobs = statement<{ payload: DeliverPayload }>(
    'test.take_due_jobs',
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 and j.run_at <= $2 returning j.payload`,
  );

  let machine: Promise<string> | undefined;
  const tokenOf = async (clientId: string, secret: string): Promise<string> => {
    const { body } = await lab.call('/connect/token', {
      body: new URLSearchParams({ client_id: clientId, grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    });
    return (body as { access_token: string }).access_token;
  };
  /** Connect's library tells tokens by the real time, so calls are made in it. */
  async function inRealTime<T>(work: () => Promise<T>): Promise<T> {
    const kept = ahead;
    ahead = 0;
    try {
      return await work();
    } finally {
      ahead = kept;
    }
  }
  const call = (path: string, more: ReapitCall = {}) =>
    inRealTime(async () => {
      machine ??= tokenOf(CLIENT, SANDBOX.reapit.clientSecret);
      return lab.reapit(path, { token: await machine, ...more });
    });
  const house = {
    lab,
    db,
    pool,
    domain,
    clock,
    receiver,
    delivery,
    faces,
    call,
    /** a machine token of another application */
    tokenOf,
    pass(seconds: number) {
      ahead += seconds * 1000;
    },
    /** Reads the log to its end, so that only what follows is news. */
    async feed() {
      do await delivery.feeder.drain();
      while ((await db.rows(unread, []))[0]?.some && (await pool.query('select from webhook where ended is null')).rowCount);
    },
    async runDue(): Promise<number> {
      const due = await db.rows(takeJobs, [DELIVER, clock.now()]);
      for (const { payload } of due) await deliver(payload, { signal });
      return due.length;
    },
    /** Everything that has happened is sent; answers what came. */
    async told(): Promise<Message[]> {
      receiver.got.length = 0;
      await house.feed();
      await house.runDue();
      return receiver.got.map(({ body }) => JSON.parse(body) as Message);
    },
    /** The id of a new webhook. */
    async subscribe(topicIds: readonly string[], more: Record<string, unknown> = {}, customer = 'SBOX'): Promise<string> {
      const answer = await call('/resthooks', { json: { url: receiver.url, topicIds, active: true, ...more }, customer });
      if (answer.status !== 201) throw new Error(`No webhook: ${answer.text}`);
      return answer.headers.get('location')?.split('/').at(-1) ?? '';
    },
    async unsubscribe() {
      await pool.query(
        `update webhook set enabled = false, deleted_at = now(), ended = pg_current_xact_id() where ended is null`,
      );
      await pool.query('delete from graphile_worker._private_jobs');
    },
    async patch(path: string, json: object, customer = 'SBOX') {
      const { headers } = await call(path, { customer });
      const answer = await call(path, { method: 'PATCH', json, customer, headers: { 'If-Match': headers.get('etag') ?? '' } });
      if (answer.status !== 204) throw new Error(`${path}: ${answer.text}`);
    },
    /** Whether a message was signed by the key that it names, which the application reads at the door. */
    async isSigned({ headers, body }: { headers: Record<string, unknown>; body: string }): Promise<boolean> {
      const [s, kid, seconds, signature] = String(headers['x-signature']).split(':');
      const { keys } = (await call(`/webhooks/signing/${kid}`)).body as { keys: { kid: string; crv: string; x: string }[] };
      const [key] = keys;
      if (!key) return false;
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: key.crv, x: key.x }, format: 'jwk' });
      return (
        s === 's' &&
        key.kid === kid &&
        verify(null, Buffer.from(`${seconds}${body}`), publicKey, Buffer.from(signature ?? '', 'base64url'))
      );
    },
    install(orgId: number, more: { officeGroup?: string; extrasFields?: readonly string[] } = {}) {
      // Tokens from before do not come to life again.
      machine = undefined;
      return inRealTime(() => domain.identity.install(systemActor(orgId), { clientId: CLIENT, ...more }));
    },
    uninstall: (orgId: number, id: number) => inRealTime(() => domain.identity.uninstall(systemActor(orgId), id)),
    system: (orgId = 1): Actor => systemActor(orgId),
    async [Symbol.asyncDispose]() {
      await receiver.close();
      await lab[Symbol.asyncDispose]();
    },
  };
  return house;
}
export type House = Awaited<ReturnType<typeof openHouse>>;
