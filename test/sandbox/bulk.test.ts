import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tx } from '../../src/db/index.ts';
import { statement } from '../../src/db/index.ts';
import { addContactRows, type Card, noContactRows } from '../../src/sandbox/bulk/contact-rows.ts';
import { insertTables } from '../../src/sandbox/bulk/insert-rows.ts';
import { MARCUS } from '../../src/sandbox/data/staff.ts';
import { actorOf, openStage, type Stage } from '../../src/sandbox/stage.ts';
import type { LoopPlan } from '../../src/sandbox/story/beats.ts';
import { tellLoop } from '../../src/sandbox/story/loop.ts';
import { manyContacts } from '../../src/sandbox/story/many-contacts.ts';
import { manyLoops, manyPlans } from '../../src/sandbox/story/many-loops.ts';
import { keepPapers } from '../../src/sandbox/story/papers-kept.ts';
import { openWorld, type World } from './world.ts';

/** Other codes than the story has. */
const OFFICES = new Map<number | null, string>([
  [null, 'TSA'],
  [11, 'TSA'],
  [12, 'TSB'],
]);

/** Which row it is, and what is new with each telling; `version` says how often a service wrote, and codes in which order. */
const APART = [
  'id',
  'deal_id',
  'folder_id',
  'list_id',
  'document_id',
  'blob_id',
  'row_id',
  'contact_id',
  'associated_id',
  'group_uuid',
  'txid',
  'code',
  'reso_key',
  'version',
];
const CREATED = `case when verb = 'created' then '{}' else changed end`;

/** The column by which rows of the rehearsal are told from those of the story. */
const KEY: Readonly<Record<string, string>> = { profile_deal: 'deal_id', document_version: 'document_id' };

function newRows(table: string) {
  const key = KEY[table] ?? 'id';
  const row = 'to_jsonb(t) - $1::text[]';
  const sql =
    table === 'event'
      ? `select ${row} || jsonb_build_object('changed', ${CREATED}) as row from event t where id > $2 order by at, noun, row_id`
      : `select ${row} as row from ${table} t where ${key} > $2 order by created_at, ${key}`;
  return statement<{ row: Record<string, unknown> }>(`test.new_rows.${table}`, sql);
}

/** What `tell` leaves in some tables, rolled back afterwards. */
async function left(world: World, tables: readonly string[], tell: (stage: Stage) => void): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  await world.rehearse(async (tx: Tx) => {
    const [last] = await tx.rows(statement<{ id: number }>('test.last_event', 'select max(id) as id from event'), []);
    const stage = openStage(world.ports, tx, { orgId: 1, offices: OFFICES });
    // The story took the first ids.
    for (const noun of ['participant', 'folder', 'document', 'task_list', 'task', 'contact', 'journal_entry'])
      for (let n = 0; n < 1000; n++) stage.nextId(noun);
    tell(stage);
    await stage.play(() => {});
    for (const table of tables)
      found[table] = (await tx.rows(newRows(table), [APART, table === 'event' ? last?.id : 10_001_000])).map(({ row }) => row);
  });
  return found;
}

const TABLES = ['deal', 'profile_deal', 'participant', 'folder', 'document', 'document_version', 'task_list', 'task', 'event'];

test('a loop that is written table by table is the one that the services make', async () => {
  await using world = await openWorld('sandbox');
  let plans: LoopPlan[] = [];
  await world.rehearse(async (tx) => {
    const stage = openStage(world.ports, tx, { orgId: 1, offices: OFFICES });
    plans = manyPlans(stage, manyContacts(stage));
  });
  assert.equal(plans.length, 66);
  // The story's moments are whole minutes, and their keys are taken.
  const secondLater = (time: string | Date) => new Date(new Date(time).getTime() + 1000);
  const chosen = plans
    .filter((_, n) => n % 5 === 0)
    .map((plan) => ({ ...plan, id: plan.id + 1000, created: secondLater(plan.created) }));
  const byServices = await left(world, TABLES, (stage) => {
    keepPapers(stage);
    for (const plan of chosen) tellLoop(stage, plan);
  });
  const byHand = await left(world, TABLES, (stage) => {
    keepPapers(stage);
    manyLoops(stage, chosen);
  });
  for (const table of TABLES) assert.deepEqual(byHand[table], byServices[table], table);
});

test('a contact that is written table by table is the one that the service makes', async () => {
  await using world = await openWorld('sandbox');
  const at = new Date('2018-05-05T10:00:00Z');
  const values: Card['values'] = {
    first_name: 'Ada',
    last_name: 'Quist',
    company_name: 'Quist & Co',
    email: 'Ada@example.com',
    tags: ['Sphere'],
    contact_points: [{ via: 'phone', kind: 'work', value: '(513) 555-0199' }],
    primary_address: { city: 'Oxford', country: 'US' },
    extras: { dotloop: { role: 'BUYER' } },
  };
  const byService = await left(world, ['contact', 'journal_entry', 'event'], (stage) => {
    const id = stage.nextId('contact');
    stage.at(at, () => stage.domain.people.createContact(actorOf(1, MARCUS), values, { id }));
  });
  const byHand = await left(world, ['contact', 'journal_entry', 'event'], (stage) => {
    const rows = noContactRows();
    const id = stage.nextId('contact');
    stage.at(at, async () => {
      await addContactRows(stage, { id, by: MARCUS, kept: true, at, values }, rows);
      await insertTables(stage.tx, Object.entries(rows));
    });
  });
  assert.deepEqual(byHand, byService);
});

test('the volume covers every type and status, and people have their loops', async () => {
  await using world = await openWorld('sandbox');
  const count = async (sql: string) => (await world.query<{ n: number }>(sql))[0]?.n ?? 0;
  assert.ok((await count('select count(*)::int as n from deal where org_id = 1 and id > 10000000')) >= 60);
  assert.equal(await count('select count(distinct (transaction_type, status))::int as n from deal where org_id = 1'), 36);
  assert.equal(await count('select count(*)::int as n from contact where org_id = 1 and id > 10000000'), 472);
  assert.ok((await count('select count(*)::int as n from participant where org_id = 1 and contact_id > 10000000')) >= 60);
  assert.equal(await count('select count(*)::int as n from profile_deal where org_id = 1 and profile_id = 42'), 10);
});
