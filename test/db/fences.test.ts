import { deepEqual, equal } from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemActor } from '../../src/access/actor.ts';
import { connect } from '../../src/db/connect.ts';
import { checkFences, foldFences } from '../../src/db/fences.ts';
import { buildDomain, type DealQuery, type Ports } from '../../src/domain/index.ts';
import { openFiles } from '../../src/files/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { makeResoKeys } from '../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../src/kernel/secrets.ts';
import { copyDatabase, TEST_SECRET } from '../../src/testing/server.ts';

const database = await copyDatabase('empty');
const connected = connect(database.url, { max: 8 });
const { db, pool } = connected;
const ports: Ports = {
  db,
  clock: systemClock,
  files: openFiles({ kind: 'disk', directory: '/nowhere' }),
  secrets: makeSecrets(TEST_SECRET),
  mintResoKey: makeResoKeys(),
};
const domain = buildDomain(ports);
const organisation = await domain.orgs.createOrganisation({ code: 'FEN', name: 'Fence Realty' });
const actor = systemActor(organisation.id);
const office = await domain.orgs.createOffice(actor, { name: 'Fence' });
const member = await domain.orgs.createMember(actor, { firstName: 'Ann', lastName: 'Allen', officeId: office.id });
const profile = await domain.orgs.createProfile(actor, { name: 'Ann' }, { memberId: member.id });

after(async () => {
  await connected.close();
  await database.drop();
});

/** Rows as an import would leave them: many share a millisecond. */
async function load(count: number) {
  await pool.query(
    `with d as (
       insert into deal (org_id, id, profile_id, name, transaction_type, status, created_at, updated_at, created_door)
       select $1, n, $2, 'Loop ' || n, 'OTHER', 'NEW', at, at + interval '1 day', 'portico'
       from (select n, timestamptz '2020-01-01' + (n / 7) * interval '1 second' as at from generate_series(1, $3::int) n) s
       returning *)
     insert into profile_deal (org_id, profile_id, deal_id, is_owner, transaction_type, status, created_at, updated_at)
     select org_id, profile_id, id, true, transaction_type, status, created_at, updated_at from d`,
    [organisation.id, profile.id, count],
  );
  await pool.query("select setval('deal_id_seq', $1)", [count]);
}

const ORDERS = [
  { sort: 'default', by: 'deal_id' },
  { sort: 'created', by: 'created_at' },
  { sort: 'updated', by: 'updated_at' },
  { sort: 'purchase_price', by: 'purchase_price' },
] as const;

/** A fold takes on so many deltas; a large import needs several. */
async function foldAll() {
  while ((await foldFences(db)) > 0);
}

/** Every page that could go wrong at a fence: the first, around each fence, the last, past the end. */
async function compare(size: number) {
  for (const { sort, by } of ORDERS)
    for (const descending of [false, true]) {
      const direction =
        descending && by === 'deal_id' ? `deal_id desc` : `${by} ${descending ? 'desc' : 'asc'} nulls last, deal_id`;
      const { rows } = await pool.query<{ deal_id: number }>(
        `select deal_id from profile_deal where org_id = $1 and profile_id = $2 order by ${direction}`,
        [organisation.id, profile.id],
      );
      const ids = rows.map((row) => row.deal_id);
      const last = Math.ceil(ids.length / size);
      for (const number of new Set([1, 2, 11, 20, 21, 22, 41, 42, 43, last - 1, last, last + 1].filter((n) => n > 0))) {
        const query: DealQuery = { page: { number, size }, sort, descending, withDetails: false };
        const page = await domain.deals.list(actor, profile.id, query);
        equal(page.total, ids.length, `${sort} ${number}`);
        deepEqual(
          page.rows.map((row) => row.id),
          ids.slice((number - 1) * size, number * size),
          `${sort} ${descending} page ${number}`,
        );
      }
    }
}

test('totals and pages are exact before, between and after folds, whatever the order', async () => {
  await load(7_000);
  await compare(100);
  await foldAll();
  await compare(100);
  const fences = await pool.query("select count(*)::int as n from list_fence where list = 'profile_deal.updated_at'");
  equal(fences.rows[0].n > 3, true, 'the full fence was split');

  await Promise.all(
    Array.from({ length: 40 }, (_, i) => domain.deals.update(actor, profile.id, 100 + i * 150, { name: `Renamed ${i}` })),
  );
  const made = await Promise.all(
    Array.from({ length: 10 }, () => domain.deals.create(actor, profile.id, { name: 'New', transaction_type: 'OTHER' })),
  );
  await domain.deals.merge(actor, made[0]?.id as number, made[1]?.id as number);
  await compare(100);
  await foldAll();
  await compare(100);
  deepEqual(await checkFences(db), []);
});

test('writers and several folders at once leave every total right', async () => {
  let writing = true;
  const folder = async () => {
    while (writing) await foldFences(db);
  };
  const writer = async (from: number) => {
    for (let i = 0; i < 25; i++) {
      await domain.deals.update(actor, profile.id, from + i, { name: `Writer ${from} ${i}` });
      await domain.deals.create(actor, profile.id, { name: 'Concurrent', transaction_type: 'OTHER' });
      deepEqual(await checkFences(db), []);
    }
  };
  const folders = [folder(), folder()];
  await Promise.all([writer(1), writer(2_000), writer(5_000)]).finally(() => {
    writing = false;
  });
  await Promise.all(folders);
  await foldAll();
  deepEqual(await checkFences(db), []);
  await compare(100);
});
