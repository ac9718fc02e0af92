import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, systemActor } from '../../src/access/actor.ts';
import { connect, statement } from '../../src/db/index.ts';
import { buildDomain, type NewWebhook } from '../../src/domain/index.ts';
import { buildWebhooks } from '../../src/domain/webhooks/index.ts';
import { webhookFace } from '../../src/doors/dotloop/webhook-face.ts';
import { openFiles } from '../../src/files/index.ts';
import { makeResoKeys } from '../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../src/kernel/secrets.ts';
import { copyDatabase } from '../../src/testing/server.ts';
import { DELIVER, type DeliverPayload, deliveryJob } from '../../src/webhooks/delivery-job.ts';
import { buildDelivery } from '../../src/webhooks/index.ts';
import { makePurge } from '../../src/webhooks/upkeep.task.ts';

export const CLIENT = '69bcf590-71b7-41a4-a039-a1d290edca11';
const quiet = { info() {}, warn() {}, error() {} };

/** A receiver of webhooks that answers what it is told to and remembers what came. */
export async function openReceiver() {
  const got: { headers: Record<string, string | string[] | undefined>; body: string; url: string }[] = [];
  let answer = (): { status: number; headers?: Record<string, string> } => ({ status: 200 });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text) => (body += text));
    request.on('end', () => {
      got.push({ headers: request.headers, body, url: request.url ?? '' });
      const { status, headers = {} } = answer();
      response.writeHead(status, headers).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    got,
    answers: (status: number, headers?: Record<string, string>) => {
      answer = () => (headers ? { status, headers } : { status });
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The domain on a PostgreSQL of its own, one brokerage with Ann and Vic, and the delivery of webhooks, run by hand. */
export async function openHouse() {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-hooks-'));
  const database = await copyDatabase('empty');
  const { db, pool, close } = connect(database.url, { max: 8 });

  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const secrets = makeSecrets('a secret for tests that is long enough');
  const files = openFiles({ kind: 'disk', directory: join(dataDir, 'files') });
  const ports = { db, clock, secrets, files, mintResoKey: makeResoKeys() };
  const domain = { ...buildDomain(ports), webhooks: buildWebhooks({ ...ports, allowPrivate: true }) };

  const house = await domain.orgs.createOrganisation({ code: 'SBOX', name: 'Allen Realty' });
  const system = systemActor(house.id);
  await domain.identity.createClient({
    door: 'dotloop',
    name: 'Deal Helper',
    orgId: house.id,
    redirectUris: ['http://localhost:3000/callback'],
    scopes: ['loop:*', 'contact:*'],
    given: { clientId: CLIENT, secret: 'no secret at all, but long enough' },
  });
  const addPerson = async (firstName: string) => {
    const member = await domain.orgs.createMember(system, { firstName, lastName: 'Allen' });
    const email = `${firstName.toLowerCase()}@example.com`;
    const user = await domain.identity.createUser({ orgId: house.id, email, memberId: member.id });
    const actor: Actor = {
      ...system,
      kind: 'user',
      id: user.userId,
      name: `${firstName} Allen`,
      door: 'dotloop',
      clientId: CLIENT,
      memberId: member.id,
      administrator: false,
    };
    const profile = await domain.orgs.createProfile(actor, { name: `${firstName} Allen` });
    return { actor, profileId: profile.id, userId: user.userId, memberId: member.id };
  };
  const ann = await addPerson('Ann');
  const vic = await addPerson('Vic');
  const receiver = await openReceiver();

  const delivery = buildDelivery({ db, clock, secrets, faces: [webhookFace], allowPrivate: true, log: quiet });
  const deliver = delivery.tasks[DELIVER]!;
  const signal = new AbortController().signal;
  const jobs = statement<{ payload: DeliverPayload; run_at: Date; priority: number; key: string }>(
    'test.jobs',
    `select j.payload, j.run_at, j.priority, j.key from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1 order by j.run_at, j.id`,
  );
  const unread = statement<{ some: boolean }>(
    'test.unread',
    `select exists (select from event e, feed_cursor c where (e.txid, e.id) > (c.txid, c.event_id))
        and (exists (select from webhook where ended is null) or exists (select from webhook w, feed_cursor c where w.ended >= c.txid)) as some`,
  );
  const takeJobs = statement<{ payload: DeliverPayload }>(
    'test.take_jobs',
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 and j.run_at <= $2 returning j.payload`,
  );

  return {
    db,
    pool,
    domain,
    ports,
    clock,
    system,
    ann,
    vic,
    receiver,
    delivery,
    /** Lets time pass. */
    pass(seconds: number) {
      ahead += seconds * 1000;
    },
    subscribe: (who: typeof ann, given: Partial<NewWebhook> = {}) =>
      domain.webhooks.create(who.actor, {
        target_kind: 'profile',
        target_id: who.profileId,
        url: receiver.url,
        topics: ['LOOP_CREATED', 'LOOP_UPDATED'],
        ...given,
      }),
    addLoop: (who: typeof ann, name = 'Atlas') =>
      domain.deals.create(who.actor, who.profileId, { name, transaction_type: 'PURCHASE_OFFER' }),
    /** Reads as much of the log as can be read now. */
    feedOnce: () => delivery.feeder.drain(),
    /** Reads the log to its end. Transactions of other tests, in other databases of the server, may have to end first. */
    async feed() {
      do await delivery.feeder.drain();
      while ((await db.rows(unread, []))[0]?.some);
    },
    waiting: () => db.rows(jobs, [DELIVER]),
    /** Runs the delivery jobs that are due by the house's clock, as the worker would. */
    async runDue() {
      const due = await db.rows(takeJobs, [DELIVER, clock.now()]);
      for (const { payload } of due) await deliver(payload, { signal });
      return due.length;
    },
    deliverAgain: (org_id: number, id: number, attempt: number) =>
      deliver(deliveryJob({ org_id, id }, attempt).payload, { signal }),
    purge: () => makePurge({ db, clock })({}, { signal }),
    rescue: () => delivery.tasks['webhooks.rescue']!({}, { signal }),
    async close() {
      await receiver.close();
      await close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type House = Awaited<ReturnType<typeof openHouse>>;
