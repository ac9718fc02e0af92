import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from '../../src/db/connect.ts';
import { checkFences } from '../../src/db/fences.ts';
import { runPortico } from '../../src/testing/command.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { copyDatabase, TEST_SECRET } from '../../src/testing/server.ts';
import { until } from '../../src/testing/until.ts';
import { type Said, walkDoors } from '../../src/testing/walk.ts';
import { type Claim, writers } from '../../src/testing/writers.ts';
import { openReceiver } from '../webhooks/house.ts';

/** Answers that tell the time would differ by it. */
const clock = { now: () => new Date('2026-11-25T12:00:00Z') };
const HOOK = { targetType: 'USER', targetId: 1, eventTypes: ['CONTACT_CREATED'] };

let folder: string;
/** A backup of a sandbox with a write of each kind, what its doors said, and the port it had. */
let file: string;
let said: Said[];
let port: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-backup-'));
  file = join(folder, 'portico.backup');
  await using lab = await openLab({ clock });
  port = new URL(lab.url).port;
  for (const [at, writer] of writers.entries()) equal((await writer.send(lab, `drill${at}`)).status, writer.said, writer.name);
  const taken = await runPortico(['backup', file, '--json'], besides(lab));
  equal(taken.code, 0, taken.err);
  const { rows, files, missing, path } = JSON.parse(taken.out);
  deepEqual([path, missing, rows > 10_000, files > 40], [file, [], true, true]);
  said = await walkDoors(lab);
});
after(() => rm(folder, { recursive: true }));

/** The settings of a lab's house, for a command beside it. */
const besides = ({ config }: Lab) => ({
  DATABASE_URL: config.databaseUrl ?? '',
  PORTICO_DATA: config.dataDir,
  PORTICO_SECRET: TEST_SECRET,
});
const restore = (from: string, env: Record<string, string>, ...more: string[]) =>
  runPortico(['restore', from, '--json', ...more], env);

/** A house on what a backup holds. */
const restored = (from: string, more: Parameters<typeof openLab>[0]) =>
  openLab({
    world: 'empty',
    prepare: async (env) => {
      const { code, err } = await restore(from, env);
      equal(code, 0, err);
    },
    ...more,
  });

const VISITORS = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
async function count(url: string, from: string): Promise<number> {
  const { pool, close } = connect(url, { max: 1 });
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n ${from}`);
  await close();
  return rows[0]?.n ?? 0;
}

/** Rows and bytes belong together. */
async function checkWhole(lab: Lab): Promise<void> {
  deepEqual(await checkFences(lab.house.stores.ports.db), []);
  const blobs = await lab.rows<{ org_id: number; sha256: string; size: number }>('select org_id, sha256, size from blob');
  for (const { org_id, sha256, size } of blobs) {
    const opened = await lab.house.stores.ports.files.open(org_id, sha256);
    opened?.stream.destroy();
    equal(opened?.size, size, sha256);
  }
}

test('what every door answers is the same before a backup and after its restore, byte for byte', async () => {
  const asked = new Set(said.map(({ operation }) => operation));
  const answered = new Set(said.filter(({ status }) => status === 200).map(({ operation }) => operation));
  // Rows that the story does not have cannot be read: what is behind a webhook, say.
  ok(answered.size > 380 && answered.size > asked.size - 8, `${answered.size} of ${asked.size} operations said something`);
  // The same port, so that links are the same.
  await using lab = await restored(file, { clock, env: { PORT: port, PORTICO_SANDBOX: 'on' } });
  const again = await walkDoors(lab);
  equal(again.length, said.length);
  for (const [at, one] of said.entries()) deepEqual(again[at], one);
  await checkWhole(lab);
});

test('taken while everybody writes it is of one moment, and what was to be told of is told once', async (t) => {
  const receiver = await openReceiver();
  t.after(() => receiver.close());
  const claims: { at: number; writer: string; claim: Claim; mark: string }[] = [];
  const busy = join(folder, 'busy.backup');
  let began = 0;
  {
    await using lab = await openLab({ env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
    equal((await lab.dotloop('/subscription', { json: { ...HOOK, url: receiver.url } })).status, 201);
    let taking = true;
    const write = async (lane: number) => {
      for (let round = 0; taking; round++)
        for (const writer of writers) {
          const mark = `w${lane}x${round}${writer.name.replaceAll(/\W/g, '')}`;
          const answer = await writer.send(lab, mark);
          equal(answer.status, writer.said, answer.text);
          claims.push({ at: performance.now(), writer: writer.name, mark, claim: writer.claim(answer, mark) });
        }
    };
    const writing = [0, 1].map(write);
    began = performance.now();
    const taken = await runPortico(['backup', busy], besides(lab)).finally(() => {
      taking = false;
    });
    await Promise.all(writing);
    match(taken.out, /^.*busy\.backup: \d+ rows and \d+ files in [\d.]+ MB\.\n$/);
    match(taken.err, /^0% .*\n(\d+% .*\n)+$/);
  }
  await using lab = await restored(busy, { background: true, env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
  await checkWhole(lab);
  // A row of each lane is there until one is not, and then none.
  const there = new Map<string, boolean>();
  for (const { at, mark, claim } of claims) {
    const problem = await claim.holds(lab);
    ok(!problem || at > began, `acknowledged before the backup began: ${problem}`);
    const lane = mark.slice(0, 2);
    ok(problem || there.get(lane) !== false, `${mark} is there, and what the same client wrote before is not`);
    there.set(lane, !problem);
  }
  const contacts = await lab.rows<{ id: number }>(`select id from contact where email like 'w%dotloopcontact@%' order by id`);
  ok(contacts.length > 0);
  // One more, so that it is known when all before it have been told.
  const { body } = await lab.dotloop('/contact', { json: { firstName: 'Last', lastName: 'One' } });
  const ids = [...contacts.map(({ id }) => id), (body as { data: { id: number } }).data.id];
  const told = (id: number) => receiver.got.filter(({ body }) => body.includes(String(id))).length;
  await until('every contact was told of', () => ids.every((id) => told(id) > 0));
  deepEqual(
    ids.filter((id) => told(id) !== 1),
    [],
  );
});

test('a backup that is damaged, another secret’s or no backup at all leaves everything as it was', async () => {
  const database = await copyDatabase('empty');
  const env = { DATABASE_URL: database.url, PORTICO_DATA: join(folder, 'fresh'), PORTICO_SECRET: TEST_SECRET };
  const bytes = await readFile(file);
  const spoilt = join(folder, 'spoilt.backup');
  const refuses = async (what: RegExp, content: Buffer, more: Record<string, string> = {}) => {
    await writeFile(spoilt, content);
    const { code, out, err } = await runPortico(['restore', spoilt], { ...env, ...more });
    deepEqual([code, out], [1, '']);
    match(err, what);
  };
  const flipped = Buffer.from(bytes);
  flipped[bytes.length >> 1]! ^= 1;
  await refuses(/The backup is damaged or incomplete: /, flipped);
  await refuses(/The backup is damaged or incomplete: /, bytes.subarray(0, bytes.length - 100));
  await refuses(/The backup is damaged or incomplete: /, Buffer.from('no backup at all'));
  await refuses(/made under another PORTICO_SECRET/, bytes, { PORTICO_SECRET: 'another secret of more than 32 characters' });
  deepEqual(await readdir(join(folder, 'fresh')).catch(() => []), []);
  equal(await count(database.url, 'from organisation'), 0);
  await database.drop();
});

test('a running Portico is not disturbed', async () => {
  await using lab = await openLab();
  const running = await restore(file, besides(lab), '--replace');
  deepEqual([running.code, running.err], [69, '{"error":{"message":"A Portico is running on this database. Stop it first."}}\n']);
  const taken = await runPortico(['backup', file], besides(lab));
  deepEqual([taken.code, taken.err], [1, `portico: ${file} is there already. Give the backup another name.\n`]);
});

test('a filled database is refused, replaced when told, and as it was when that is killed halfway', async () => {
  const database = await copyDatabase('sandbox');
  const env = { DATABASE_URL: database.url, PORTICO_DATA: join(folder, 'filled'), PORTICO_SECRET: TEST_SECRET };
  const written = () => count(database.url, `from contact where email like 'drill%'`);
  const refused = await restore(file, env);
  equal(refused.code, 1);
  match(refused.err, /organisations in this database already/);
  const killed = await runPortico(['restore', file, '--replace'], env, (child) => {
    child.stderr?.on('data', (text) => {
      if (/restoring/.test(String(text))) child.kill('SIGKILL');
    });
  });
  deepEqual([killed.code, killed.out, await written()], [null, '', 0]);
  // The server sees a moment later that the other side is gone.
  await until('the killed one is gone', async () => (await count(database.url, VISITORS)) === 0);
  const replaced = await restore(file, env, '--replace');
  equal(replaced.code, 0, replaced.err);
  deepEqual(JSON.parse(replaced.out).migrated, []);
  ok((await written()) > 0);
  await database.drop();
});
