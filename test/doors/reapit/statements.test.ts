import { equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { groupOf } from '../../../src/doors/reapit/contract/data.ts';
import { declared } from '../../../src/doors/reapit/resources/index.ts';
import { openReapit, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

/** How many statements an answer takes. */
async function count(path: string): Promise<number> {
  const { pool } = house.lab.house.stores.connected;
  const query = pool.query;
  let sent = 0;
  pool.query = ((...given: Parameters<typeof query>) => {
    sent++;
    return query.apply(pool, given);
  }) as typeof query;
  try {
    equal((await house.call(path)).status, 200, path);
  } finally {
    pool.query = query;
  }
  return sent;
}

const lists = declared
  .map(({ group }) => ({ group, ...groupOf(group) }))
  .filter(({ paged, path = '', endpoints }) => paged && !path.includes('{') && endpoints.some((one) => one.path === path));
/** What a page takes besides its own statement: invoices are told with their payments, credits and charges. */
const BESIDES: Readonly<Record<string, number>> = { invoices: 3 };
/** Links that lead to collections of several kinds are one statement a kind. */
const KINDS: Readonly<Record<string, number>> = { source: 2, contact: 2 };

test('a page is one statement, however many rows it has, and one more for each embed', async () => {
  for (const { group, path = '', embed = [] } of lists) {
    const page = 1 + (BESIDES[group] ?? 0);
    for (const size of [1, 100]) {
      const taken = await count(`${path}?pageSize=${size}`);
      ok(taken <= page, `${group}, ${size} rows: ${taken} statements`);
    }
    for (const name of embed) {
      const taken = await count(`${path}?pageSize=25&embed=${name}`);
      ok(taken <= page + (KINDS[name] ?? 1), `${group} with ${name}: ${taken} statements`);
    }
  }
});

test('a page with two embeds is at most three statements', async () => {
  for (const { group, path = '', embed = [] } of lists) {
    const plain = embed.filter((name) => KINDS[name] === undefined);
    for (const [at, name] of plain.entries()) {
      const other = plain[(at + 1) % plain.length];
      if (other === undefined || other === name) continue;
      const taken = await count(`${path}?pageSize=10&embed=${name}&embed=${other}`);
      ok(taken <= 3, `${group} with ${name} and ${other}: ${taken} statements`);
    }
  }
});

test('one record is one statement', async () => {
  for (const { group, path = '', itemPath } of lists) {
    if (itemPath === undefined) continue;
    const { body } = await house.call(`${path}?pageSize=1`);
    const [row] = (body as { _embedded: readonly { id?: unknown }[] })._embedded;
    if (row?.id === undefined || row.id === null) continue;
    const item = itemPath.replace(/\{\w+\}/, String(row.id));
    const taken = await count(item);
    ok(taken <= 1 + (BESIDES[group] ?? 0), `${item}: ${taken} statements`);
  }
});
