import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemActor } from '../../src/access/actor.ts';
import { connect } from '../../src/db/connect.ts';
import { checkFences, foldFences } from '../../src/db/fences.ts';
import { statement } from '../../src/db/index.ts';
import { buildDomain, LEADS, type Ports } from '../../src/domain/index.ts';
import { NOUNS } from '../../src/domain/nouns.ts';
import { openFiles } from '../../src/files/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Condition } from '../../src/kernel/condition.ts';
import { makeResoKeys } from '../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../src/kernel/secrets.ts';
import { copyDatabase, TEST_SECRET } from '../../src/testing/server.ts';

const openDomain = async (template: 'empty' | 'sandbox') => {
  const database = await copyDatabase(template);
  const connected = connect(database.url, { max: 8 });
  const ports: Ports = {
    db: connected.db,
    clock: systemClock,
    files: openFiles({ kind: 'disk', directory: '/nowhere' }),
    secrets: makeSecrets(TEST_SECRET),
    mintResoKey: makeResoKeys(),
  };
  after(async () => {
    await connected.close();
    await database.drop();
  });
  return { ...connected, domain: buildDomain(ports) };
};

const { db, pool, domain } = await openDomain('empty');
const { id: orgId } = await domain.orgs.createOrganisation({ code: 'KEP', name: 'Kept Realty' });
const actor = systemActor(orgId);
const office = await domain.orgs.createOffice(actor, { name: 'Kept' });
const member = await domain.orgs.createMember(actor, { firstName: 'Ann', lastName: 'Allen', officeId: office.id });
const ann = { ...actor, kind: 'user', memberId: member.id } as const;

const FIRST = 1_000;
const COUNT = 9_500;
/** Rows as an import would leave them: seven share a moment, one in nine is no lead, one in eleven is gone; ids, times and books disagree. */
const LOAD = `
  with made as (
    insert into contact (org_id, id, code, reso_key, last_name, member_ids, created_at, updated_at, created_door, lead_deleted_at, deleted_at)
    select $1, $3 + n, 'K' || n, lpad(n::text, 26, '0'), 'Person ' || n, array[$2::bigint],
           '2020-01-01'::timestamptz + (n * 31 % $4 / 7) * interval '1.001 seconds',
           '2021-01-01'::timestamptz + (n * 17 % $4 / 7) * interval '1.001 seconds', 'portico',
           case when n % 9 = 0 then now() end, case when n % 11 = 0 then now() end
    from generate_series(1, $4::int) n returning *)
  insert into contact_agent (org_id, member_id, contact_id, updated_at) select org_id, $2, id, updated_at from made where deleted_at is null`;

const foldAll = async () => {
  while ((await foldFences(db)) > 0);
};

const time = (op: 'ge' | 'gt' | 'lt' | 'le', name: string, value: string): Condition => ({
  kind: 'compare',
  op,
  left: { kind: 'field', name },
  right: { kind: 'literal', type: 'datetime', value },
});
/** Row `n` of the load carries this moment. */
const at = (n: number) => new Date(Date.parse('2021-01-01T00:00:00Z') + Math.floor(n / 7) * 1_001).toISOString();
const and = (...of: Condition[]): Condition => ({ kind: 'and', of });

const PARTS: readonly (readonly [sql: string, where: Condition | undefined])[] = [
  ['true', undefined],
  ['lead_deleted_at is null', LEADS],
  [`updated_at >= '${at(5_000)}'`, and(time('ge', 'updated_at', at(5_000)))],
  [`updated_at > '${at(5_000)}' and lead_deleted_at is null`, and(LEADS, time('gt', 'updated_at', at(5_000)))],
  [
    `updated_at >= '${at(300)}' and updated_at < '${at(10_000)}'`,
    and(time('ge', 'updated_at', at(300)), time('lt', 'updated_at', at(10_000))),
  ],
  [`updated_at <= '${at(8_000)}'`, and(time('le', 'updated_at', at(8_000)))],
  [`updated_at < '1960-01-01'`, and(time('lt', 'updated_at', '1960-01-01T00:00:00Z'))],
  [`updated_at >= '2030-01-01'`, and(time('ge', 'updated_at', '2030-01-01T00:00:00Z'))],
  // No kept list answers these: two keys, or one that is not a key.
  [
    `updated_at >= '${at(5_000)}' and created_at >= '2020-01-01 00:10'`,
    and(time('ge', 'updated_at', at(5_000)), time('ge', 'created_at', '2020-01-01T00:10:00Z')),
  ],
  [
    `active`,
    and({
      kind: 'compare',
      op: 'eq',
      left: { kind: 'field', name: 'active' },
      right: { kind: 'literal', type: 'boolean', value: true },
    }),
  ],
];

/** Pages around every fence, in every order, of every part, beside what a plain statement says. */
async function compare() {
  const size = 50;
  for (const [sql, where] of PARTS)
    for (const field of ['id', 'created_at', 'updated_at'] as const)
      for (const descending of field === 'id' ? [false] : [false, true]) {
        const { rows } = await pool.query<{ id: number }>(
          `select id from contact where org_id = $1 and deleted_at is null and ${sql} order by ${field} ${descending ? 'desc' : 'asc'}, id`,
          [orgId],
        );
        const ids = rows.map(({ id }) => id);
        for (const offset of new Set([0, 4_120, 6_150, ids.length - 20].filter((n) => n >= 0))) {
          const asked = { order: [{ field, descending }], limit: size, offset, total: true, ...(where ? { where } : {}) };
          const page = await domain.records.contact.list(actor, asked);
          const name = `${sql} by ${field}${descending ? ' down' : ''} at ${offset}`;
          equal(page.total, ids.length, name);
          deepEqual(
            page.rows.map(({ id }) => id),
            ids.slice(offset, offset + size),
            name,
          );
        }
      }
}

test('totals and pages of parts of a list are those of a plain count, before and after folds', async () => {
  await pool.query(LOAD, [orgId, member.id, FIRST, COUNT]);
  await pool.query("select setval('contact_id_seq', $1)", [FIRST + COUNT]);
  await foldAll();
  const fences = await pool.query("select count(*)::int as n from list_fence where list = 'contact.updated_at'");
  equal(fences.rows[0].n > 3, true, 'the full fence was split');
  await compare();
  for (let n = 0; n < 30; n++) {
    const code = `K${242 * n + 1}`;
    await domain.records.contact.update(actor, code, () => ({
      values: n % 3 === 0 ? { lead_deleted_at: new Date() } : { title: 'Dr' },
    }));
    if (n % 4 === 0) await domain.records.contact.remove(actor, `K${242 * n + 2}`);
  }
  await compare();
  await foldAll();
  deepEqual(await checkFences(db), []);
});

test('a book has its total and its deep pages by fences too', async () => {
  const { rows } = await pool.query<{ id: number; since: boolean }>(
    'select contact_id as id, updated_at >= $3 as since from contact_agent where org_id = $1 and member_id = $2 order by contact_id',
    [orgId, member.id, at(6_000)],
  );
  for (const number of [1, 82, 83, 90, 200]) {
    const page = await domain.people.contacts(ann, { number, size: 50 }, {});
    equal(page.total, rows.length);
    deepEqual(
      page.rows.map(({ id }) => id),
      rows.slice((number - 1) * 50, number * 50).map(({ id }) => id),
    );
  }
  const since = rows.filter((row) => row.since).map(({ id }) => id);
  const page = await domain.people.contacts(ann, { number: 3, size: 50 }, { updatedMin: new Date(at(6_000)) });
  equal(page.total, since.length);
  deepEqual(
    page.rows.map(({ id }) => id),
    since.slice(100, 150),
  );
});

const touch = statement<never>('test.touch', 'update contact set updated_at = now() where org_id = $1 and id = $2');
const miscount = statement<never>(
  'test.miscount',
  "update list_fence set n = n + 1 where org_id = $1 and list = 'contact.id' and lower_key = 0",
);

test('who writes at once, in transactions that end well or not, leaves every total right', async () => {
  let writing = true;
  const folder = async () => {
    while (writing) await foldFences(db);
  };
  const writer = async (from: number) => {
    for (let n = 0; n < 12; n++) {
      const made = await domain.records.contact.create(actor, { values: { last_name: `Writer ${from} ${n}` } });
      await domain.records.contact.update(actor, `K${from + 11 * n}`, () => ({ values: { last_name: `Changed ${n}` } }));
      await rejects(
        db.tx(async (tx) => {
          await tx.rows(touch, [orgId, made.id]);
          throw new Error('given up');
        }),
        /given up/,
      );
      if (n % 3 === 0) await domain.records.contact.remove(actor, made.code);
      deepEqual(await checkFences(db), []);
    }
  };
  const folders = [folder(), folder()];
  await Promise.all([writer(1), writer(3_000), writer(3_004)]).finally(() => {
    writing = false;
  });
  await Promise.all(folders);
  await foldAll();
  deepEqual(await checkFences(db), []);
});

test('what doctor finds is a total that nothing explains', async () => {
  await db.rows(miscount, [orgId]);
  const [wrong] = await checkFences(db);
  deepEqual(wrong && [wrong.list, wrong.org, wrong.kept - wrong.counted], ['contact.id', orgId, 1]);
  await pool.query("select fill_fences('contact')");
  deepEqual(await checkFences(db), []);
});

/** Every row meets it, and no kept list answers it. */
const EVERY: Condition = { kind: 'not', of: { kind: 'never' } };

test('every list that a noun says is kept has the rows of the noun', async () => {
  const { domain: story, db: told } = await openDomain('sandbox');
  deepEqual(await checkFences(told), []);
  const somebody = systemActor(1);
  let lists = 0;
  for (const [name, noun] of Object.entries(NOUNS))
    for (const { name: list, keys, where } of noun.kept ?? []) {
      const service = story.records[name as keyof typeof NOUNS];
      for (const field of keys) {
        const asked = { order: [{ field, descending: false }], limit: 0, offset: 0, total: true };
        const kept = await service.list(somebody, { ...asked, ...(where ? { where } : {}) });
        const counted = await service.list(somebody, { ...asked, where: where ? and(where, EVERY) : EVERY });
        equal(kept.total, counted.total, `${list} by ${field}`);
        lists++;
      }
    }
  equal(lists > 30, true);
});
