import { equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { groupOf } from '../../../src/doors/reapit/contract/data.ts';
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

test('a list is as many statements for a hundred rows as for one', async () => {
  equal(await count('/contacts?pageSize=1&fromArchive=false'), await count('/contacts?pageSize=100&fromArchive=false'));
});

test('an embed is as many statements for a hundred rows as for one', async () => {
  for (const embed of ['offices', 'negotiators', 'source', 'landlordDetails']) {
    const one = await count(`/contacts?id=OXF18000001&embed=${embed}`);
    const many = await count(`/contacts?pageSize=100&embed=${embed}`);
    equal(many - (await count('/contacts?pageSize=100')) <= Math.max(2, one), true, embed);
  }
  equal(await count('/offices?pageSize=1&embed=negotiators'), await count('/offices?pageSize=100&embed=negotiators'));
  equal(await count('/negotiators?pageSize=1&embed=office'), await count('/negotiators?pageSize=100&embed=office'));
});

test('what hangs on a row is read for the whole page', async () => {
  const groups = ['landlords', 'tenancies', 'worksOrders', 'invoices', 'transactions', 'companies', 'identityChecks', 'tasks'];
  for (const group of [...groups, 'appointments', 'journalEntries', 'enquiries', 'referrals']) {
    const one = await count(`/${group}?pageSize=1`);
    equal(await count(`/${group}?pageSize=100`), one, group);
    const { embed = [] } = groupOf(group);
    for (const name of embed) {
      // The embed itself, its documents of the application, and what hangs on its rows.
      const many = await count(`/${group}?pageSize=100&embed=${name}`);
      equal(many - one <= 3, true, `${group} ${name}: ${many - one} statements`);
    }
  }
});
