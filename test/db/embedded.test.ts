import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, type TestContext, test } from 'node:test';
import pg from 'pg';
import { type EmbeddedServer, findRunningServer, readDataFolder, startEmbedded } from '../../src/db/embedded/index.ts';
import { untilFound } from '../../src/testing/until.ts';

const MODULE = new URL('../../src/db/embedded/index.ts', import.meta.url).href;
const root = process.getuid?.() === 0;

/** A Portico in a process of its own: it says `ready <how>`, then the number of each row whose insert was acknowledged. */
const HOLDER = `
  import { startEmbedded } from '${MODULE}';
  import pg from '${import.meta.resolve('pg')}';
  const [dataDir, insert, durable] = process.argv.slice(1);
  const server = await startEmbedded({ dataDir, durable: durable !== 'false' });
  let on = true;
  const leave = async () => { on = false; process.stdin.destroy(); await server.stop(); };
  process.on('SIGTERM', leave);
  // The test is gone, however it went.
  process.stdin.on('end', leave).resume();
  console.log('ready', server.how);
  if (insert === 'insert') {
    const client = new pg.Client(server.connection);
    await client.connect();
    await client.query('create table if not exists kept (n int)');
    client.on('error', () => {});
    try {
      for (let n = 1; on; n++) {
        await client.query('insert into kept values ($1)', [n]);
        console.log('row', n);
      }
    } catch (error) { if (on) throw error; }
    await client.end();
  }
`;

type Holder = {
  readonly child: ChildProcess;
  readonly lines: string[];
  until(test: (line: string) => boolean): Promise<string>;
  ended: Promise<number | null>;
};

const children = new Set<ChildProcess>();

function hold(dataDir: string, options: { insert?: boolean; durable?: boolean; uid?: number } = {}): Holder {
  const { insert = false, durable = true, uid } = options;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', HOLDER, dataDir, insert ? 'insert' : 'idle', String(durable)],
    { stdio: 'pipe', ...(uid !== undefined && { uid, gid: uid, cwd: '/' }) },
  );
  children.add(child);
  const lines: string[] = [];
  const wanted: { test: (line: string) => boolean; done: (line: string) => void }[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      for (const one of wanted) if (one.test(line)) one.done(line);
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const until = (test: (line: string) => boolean) =>
    new Promise<string>((done, failed) => {
      const found = lines.find(test);
      if (found) done(found);
      else wanted.push({ test, done });
      void ended.then(() => failed(new Error(`It ended early: ${lines.join('\n')}`)));
    });
  return { child, lines, until, ended };
}

const isReady = (line: string) => line.startsWith('ready');
const rowsSaid = (holder: Holder) => holder.lines.filter((line) => line.startsWith('row ')).length;

async function ask<R extends pg.QueryResultRow>({ connection }: { connection: pg.ClientConfig }, sql: string): Promise<R[]> {
  const client = new pg.Client(connection);
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

const countKept = async (server: EmbeddedServer) =>
  (await ask<{ n: number }>(server, 'select count(*)::int as n from kept'))[0]?.n;

let base: string;
let made = 0;

/** A folder with a cluster in it, copied from one that was made once, as root leaves a copy: the launcher has to hand it over. */
async function dataFolder(t: TestContext, options: { empty?: boolean } = {}): Promise<string> {
  const dataDir = join(base, `data-${++made}`);
  if (options.empty) await mkdir(dataDir, { mode: 0o700 });
  else await cp(join(base, 'template'), dataDir, { recursive: true });
  t.after(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    const { server } = await readDataFolder(dataDir);
    if (server) {
      process.kill(server.pid, 'SIGKILL');
      await rm(server.host, { recursive: true, force: true });
    }
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    assert.equal(server, undefined, 'a server was left running');
  });
  return dataDir;
}

async function serverPid(dataDir: string): Promise<number> {
  const { server } = await readDataFolder(dataDir);
  assert.ok(server);
  return server.pid;
}

describe('embedded PostgreSQL', { timeout: 300_000 }, () => {
  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'portico-embedded-'));
    // Root's own folder, closed to the user PostgreSQL runs as, is the harder case and so the usual one here.
    const server = await startEmbedded({ dataDir: join(base, 'template'), durable: false });
    await server.stop();
  });
  after(() => rm(base, { recursive: true, force: true }));

  test('first start makes the cluster; what was written is there after a stop and a start', async (t) => {
    const dataDir = await dataFolder(t, { empty: true });
    const first = await startEmbedded({ dataDir });
    assert.equal(first.how, 'started');
    await ask(first, 'create table thing as select 7 as n');
    const [settings] = await ask(
      first,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages,
       current_setting('listen_addresses') as addresses, current_setting('password_encryption') as password,
       (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'portico') as locale`,
    );
    assert.deepEqual(settings, {
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      addresses: '',
      password: 'scram-sha-256',
      locale: 'b C.UTF-8',
    });
    await first.stop();
    await first.stop();
    assert.equal((await readDataFolder(dataDir)).server, undefined);
    const second = await startEmbedded({ dataDir });
    assert.deepEqual(await ask(second, 'select n from thing'), [{ n: 7 }]);
    await second.stop();
  });

  test('secret, log and socket are for nobody else', { skip: process.platform === 'win32' }, async (t) => {
    const dataDir = await dataFolder(t);
    await chmod(join(dataDir, 'postgres.secret'), 0o644);
    const server = await startEmbedded({ dataDir });
    try {
      const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
      assert.equal(await modeOf(join(dataDir, 'postgres.secret')), 0o600);
      assert.equal(await modeOf(join(dataDir, 'postgres.log')), 0o600);
      assert.equal(await modeOf(server.connection.host), 0o700);
      await assert.rejects(ask({ connection: { ...server.connection, password: 'wrong' } }, 'select 1'), { code: '28P01' });
    } finally {
      await server.stop();
    }
    await assert.rejects(stat(server.connection.host), { code: 'ENOENT' });
  });

  test('a folder in use is refused with the pid of who has it', async (t) => {
    const dataDir = await dataFolder(t);
    const holder = hold(dataDir);
    await holder.until(isReady);
    await assert.rejects(startEmbedded({ dataDir }), (error: Error) => {
      assert.match(error.message, new RegExp(`in use by another Portico \\(pid ${holder.child.pid}\\).*PORTICO_DATA`));
      return true;
    });
    assert.deepEqual((await readDataFolder(dataDir)).owner, { pid: holder.child.pid });
    const connection = await findRunningServer(dataDir);
    assert.ok(connection);
    assert.deepEqual(await ask({ connection }, 'select 1 as n'), [{ n: 1 }]);
    holder.child.kill('SIGTERM');
    assert.equal(await holder.ended, 0, holder.lines.join('\n'));
    assert.equal(await findRunningServer(dataDir), undefined);
  });

  test('of starts at the same instant exactly one wins', async (t) => {
    const dataDir = await dataFolder(t);
    const holders = [hold(dataDir), hold(dataDir), hold(dataDir)];
    const outcomes = await Promise.allSettled(holders.map((holder) => holder.until(isReady)));
    assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ['fulfilled', 'rejected', 'rejected']);
    for (const holder of holders) holder.child.kill('SIGTERM');
    const codes = await Promise.all(holders.map((holder) => holder.ended));
    assert.deepEqual(codes.sort(), [0, 1, 1]);
  });

  test('after kill -9 of Portico the next start adopts its server, with every acknowledged row', async (t) => {
    const dataDir = await dataFolder(t);
    const holder = hold(dataDir, { insert: true });
    await holder.until((line) => line === 'row 200');
    const pid = await serverPid(dataDir);
    holder.child.kill('SIGKILL');
    // At once, while the dead one may still be a zombie.
    const server = await startEmbedded({ dataDir });
    assert.equal(server.how, 'adopted');
    assert.equal(await serverPid(dataDir), pid);
    await holder.ended;
    const said = rowsSaid(holder);
    assert.ok(((await countKept(server)) ?? 0) >= said, `${said} rows were acknowledged`);
    await server.stop();
    assert.equal((await readDataFolder(dataDir)).server, undefined);
  });

  test('after kill -9 of Portico and PostgreSQL the next start recovers every acknowledged row', async (t) => {
    const dataDir = await dataFolder(t);
    const holder = hold(dataDir, { insert: true });
    await holder.until((line) => line === 'row 200');
    const pid = await serverPid(dataDir);
    holder.child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const server = await startEmbedded({ dataDir });
    assert.equal(server.how, 'started');
    await holder.ended;
    const said = rowsSaid(holder);
    assert.ok(said >= 200);
    assert.ok(((await countKept(server)) ?? 0) >= said, `${said} rows were acknowledged`);
    await server.stop();
  });

  test('a server left with other settings, or one that does not answer, is replaced and not adopted', async (t) => {
    const dataDir = await dataFolder(t);
    const holder = hold(dataDir, { durable: false });
    await holder.until(isReady);
    holder.child.kill('SIGKILL');
    await holder.ended;
    const server = await startEmbedded({ dataDir });
    assert.equal(server.how, 'started');
    assert.deepEqual(await ask(server, 'show fsync'), [{ fsync: 'on' }]);
    await server.stop();
    const next = hold(dataDir);
    await next.until(isReady);
    const pid = await serverPid(dataDir);
    next.child.kill('SIGKILL');
    await next.ended;
    // Its socket is gone, so it lives and cannot be asked.
    const { connection } = server;
    await rm(join(connection.host, `.s.PGSQL.${connection.port}`));
    const anew = await startEmbedded({ dataDir });
    assert.equal(anew.how, 'started');
    assert.notEqual(await serverPid(dataDir), pid);
    await anew.stop();
  });

  test('a server that dies under a living Portico is started again at the same address', async (t) => {
    const dataDir = await dataFolder(t);
    const said: string[] = [];
    const server = await startEmbedded({ dataDir, log: (line) => said.push(line) });
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    const answer = await untilFound('it answers again', () => ask(server, 'select 1 as n').catch(() => undefined));
    assert.deepEqual(answer, [{ n: 1 }]);
    assert.notEqual(await serverPid(dataDir), pid);
    assert.match(said.join('\n'), /ended unexpectedly/);
    await server.stop();
  });

  test('a server that cannot be started again yet is tried until it can', async (t) => {
    const dataDir = await dataFolder(t);
    const said: string[] = [];
    const server = await startEmbedded({ dataDir, log: (line) => said.push(line) });
    const { host } = server.connection;
    await rename(host, `${host}.away`);
    process.kill(await serverPid(dataDir), 'SIGKILL');
    // It takes its record away with it, as one does that was stopped in an orderly way.
    await untilFound('the start failed', () => said.find((line) => line.includes('PostgreSQL did not start')));
    assert.equal((await readdir(join(dataDir, 'postgres'))).includes('postmaster.pid'), false);
    await rename(`${host}.away`, host);
    assert.deepEqual(await untilFound('it answers again', () => ask(server, 'select 1 as n').catch(() => undefined)), [{ n: 1 }]);
    await server.stop();
  });

  test('an initdb that was cut off is swept away', async (t) => {
    const dataDir = await dataFolder(t, { empty: true });
    await mkdir(join(dataDir, 'postgres.new-cut/cluster/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.new-cut/cluster/PG_VERSION'), '18\n');
    assert.equal((await readDataFolder(dataDir)).drafts.length, 1);
    const server = await startEmbedded({ dataDir, durable: false });
    assert.deepEqual(await ask(server, 'select 1 as n'), [{ n: 1 }]);
    await server.stop();
    assert.deepEqual((await readdir(dataDir)).sort(), ['portico.lock', 'postgres', 'postgres.log', 'postgres.secret']);
  });

  test('a stale record whose pid now is another process, and the record of a copied folder, mislead nobody', async (t) => {
    const dataDir = await dataFolder(t);
    const copy = await dataFolder(t);
    const server = await startEmbedded({ dataDir });
    await ask(server, 'create table original ()');
    const record = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
    await writeFile(join(copy, 'postgres/postmaster.pid'), record);
    const other = await startEmbedded({ dataDir: copy });
    assert.equal(other.how, 'started');
    assert.deepEqual(await ask(other, "select to_regclass('original') as there"), [{ there: null }]);
    assert.deepEqual(await ask(server, 'select * from original'), []);
    await other.stop();
    await server.stop();
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), record.replace(/^\d+/, String(process.ppid)));
    const again = await startEmbedded({ dataDir });
    assert.equal(again.how, 'started');
    await again.stop();
  });

  test('a lost secret is replaced; a cluster of another version and a foreign folder are refused', async (t) => {
    const dataDir = await dataFolder(t);
    const lost = await readFile(join(dataDir, 'postgres.secret'), 'utf8');
    await rm(join(dataDir, 'postgres.secret'));
    const server = await startEmbedded({ dataDir });
    assert.notEqual(server.connection.password, lost.trim());
    await server.stop();
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await assert.rejects(startEmbedded({ dataDir }), /was made by PostgreSQL 17, and this Portico brings 18/);
    await rm(join(dataDir, 'postgres/PG_VERSION'));
    await assert.rejects(startEmbedded({ dataDir }), /is no PostgreSQL cluster/);
  });

  test('an ordinary user needs nothing more; a cluster of somebody else is refused', {
    skip: !root && 'needs root',
  }, async (t) => {
    const NOBODY = 65534;
    const home = await mkdtemp(join(tmpdir(), 'portico-user-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    await chown(home, NOBODY, NOBODY);
    const dataDir = join(home, 'data');
    const holder = hold(dataDir, { uid: NOBODY, durable: false });
    await holder.until(isReady);
    const { owner, server } = await readDataFolder(dataDir);
    assert.equal(owner?.pid, holder.child.pid);
    // The path is short and reachable: the socket is beside the data.
    assert.equal(server?.host, join(dataDir, 'postgres.run'));
    holder.child.kill('SIGTERM');
    assert.equal(await holder.ended, 0, holder.lines.join('\n'));
    // Root then keeps to the owner of the cluster, so that the user can go on.
    const asRoot = await startEmbedded({ dataDir, durable: false });
    assert.equal((await stat(asRoot.connection.host)).uid, NOBODY);
    await asRoot.stop();
    await chown(join(dataDir, 'postgres'), 1, 1);
    const refused = hold(dataDir, { uid: NOBODY });
    assert.equal(await refused.ended, 1);
    assert.match(refused.lines.join('\n'), /belongs to user 1, but Portico runs as/);
  });
});
