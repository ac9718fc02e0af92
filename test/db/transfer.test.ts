import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Connected, connect } from '../../src/db/connect.ts';
import { Filled, type LoadPlan, loadDatabase } from '../../src/db/transfer/load.ts';
import { openSnapshot } from '../../src/db/transfer/snapshot.ts';
import { copyDatabase } from '../../src/testing/server.ts';

let database: Awaited<ReturnType<typeof copyDatabase>>;
let connected: Connected;
let plan: LoadPlan;
before(async () => {
  database = await copyDatabase('empty');
  connected = connect(database.url, { max: 2, statementTimeout: 0 });
  const { tables, migrations, sequences, close } = await openSnapshot(connected.pool);
  await close();
  plan = { tables, migrations, sequences, transactions: 0, replace: false };
});
after(async () => {
  await connected.close();
  await database.drop();
});

const first = async <R>(sql: string) => (await connected.pool.query(sql)).rows[0] as R;
const nothing = async () => {};
const shape = () =>
  first<{ tables: number; indexes: number; keys: number }>(`select
    (select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r') as tables,
    (select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'i') as indexes,
    (select count(*) from pg_constraint where connamespace = 'public'::regnamespace) as keys`);

test('a load makes every table, index and key, and ids of transactions go on behind those that are asked for', async () => {
  const before = await shape();
  const { at } = await first<{ at: number }>('select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as at');
  // More than the load itself takes.
  await loadDatabase(connected.pool, { ...plan, transactions: at + 2_000 }, nothing);
  deepEqual(await shape(), before);
  const { next } = await first<{ next: number }>('select pg_current_xact_id()::text::bigint as next');
  ok(next > at + 2_000, `${next} after ${at}`);
});

test('a failure on the way leaves everything as it was', async () => {
  await connected.pool.query("insert into organisation (code, name, company_key) values ('KEPT', 'Kept', repeat('1', 26))");
  await rejects(loadDatabase(connected.pool, plan, nothing), (error) => error instanceof Filled && error.by === 'organisations');
  const failing = async () => {
    throw new Error('the disk is gone');
  };
  await rejects(loadDatabase(connected.pool, { ...plan, replace: true }, failing), /the disk is gone/);
  equal((await first<{ code: string }>('select code from organisation')).code, 'KEPT');
});

test("another program's tables are never dropped", async () => {
  await connected.pool.query('create schema theirs; create table theirs.ledger (id int)');
  const theirs = connect(database.url, { max: 1, statementTimeout: 0 });
  await theirs.pool.query('set search_path to theirs');
  await rejects(
    loadDatabase(theirs.pool, { ...plan, replace: true }, nothing),
    (error) => error instanceof Filled && error.by === 'strangers',
  );
  await theirs.close();
  equal((await first<{ n: number }>('select count(*) as n from theirs.ledger')).n, 0);
});
