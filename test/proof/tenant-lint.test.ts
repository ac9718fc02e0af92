import { deepEqual, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { openLab } from '../../src/testing/lab.ts';
import { statementsSeen } from '../../src/testing/lint/sent-statements.ts';
import { lintStatements } from '../../src/testing/lint/tenants.ts';

const TABLES = ['contact', 'note', 'token'];
const lint = async (sql: string) => (await lintStatements([sql], TABLES)).map((line) => line.split(':')[0]);

/** statement → what is not tied in it */
const CASES: readonly (readonly [sql: string, untied: string])[] = [
  ['select * from contact where org_id = $1', ''],
  ['select * from contact where id = $1', 'contact'],
  ['select * from contact c join note n on n.org_id = c.org_id and n.contact_id = c.id where c.org_id = $1', ''],
  ['select * from contact c join note n on n.org_id = c.org_id where c.id = $1', 'contact c, note n'],
  ['select * from contact c join note n on n.contact_id = c.id where c.org_id = $1', 'note n'],
  ['select * from contact c left join note n using (org_id, id) where c.org_id = $1', ''],
  ['select * from contact where org_id = $1 or shared', 'contact'],
  ['select * from contact where not (org_id = $1)', 'contact'],
  ['select * from contact where org_id <> $1', 'contact'],
  ['select * from contact where org_id = id', 'contact'],
  ['select * from contact where (org_id, id) = ($1, $2)', ''],
  ['select * from contact where (org_id, id) in (select org_id, contact_id from note where org_id = $1)', ''],
  ['select * from contact where id in (select contact_id from note where org_id = $1)', 'contact'],
  ['select (select count(*) from note) from contact where org_id = $1', 'note'],
  ['select 1 from contact c where c.org_id = $1 and exists (select from note n where n.org_id = c.org_id)', ''],
  ['select 1 from contact c where c.org_id = $1 and exists (select from note n where n.contact_id = c.id)', 'note n'],
  ['select 1 from contact c join contact d on d.org_id = c.org_id and d.id in (select id from note) where c.org_id = $1', 'note'],
  ['select * from contact where org_id = $1 union all select * from note', 'note'],
  ['with c as (select * from contact where org_id = $1) select * from c', ''],
  ['with c as (select * from contact) select * from c where org_id = $1', 'contact'],
  ['select * from contact c join (select org_id, contact_id from note) n on n.org_id = c.org_id where c.org_id = $1', ''],
  ['select * from (select id from note) n where n.id = $1', 'note'],
  ['update contact set name = $1 where id = $2', 'contact'],
  ['update contact c set name = n.text from note n where n.org_id = $1 and c.org_id = n.org_id', ''],
  ['delete from note using contact c where c.org_id = $1 and note.contact_id = c.id', 'note'],
  ['insert into contact (id) values ($1)', 'contact'],
  ['insert into contact (org_id, id) values ($1, $2) on conflict (org_id, id) do update set name = $3', ''],
  ['insert into contact (org_id, email) values ($1, $2) on conflict (email) do update set name = $3', 'contact'],
  ['insert into contact (org_id, id) select org_id, contact_id from note where id = $1', 'note'],
  ['select * from organisation where id = $1', ''],
  ['select * from organisation where name = $1', 'organisation'],
  // a secret's hash leads to its row, and by that to what is tied to it
  ['select * from token t join contact c on c.org_id = t.org_id where t.hash = $1', ''],
  ['select * from token t join contact c on c.id = t.contact_id where t.hash = $1', 'contact c'],
];

for (const [sql, untied] of CASES) test(sql, async () => deepEqual(await lint(sql), untied === '' ? [] : [untied]));

test('what the house sends is seen, from the first statement on', async () => {
  await using lab = await openLab();
  const { db } = lab.house.stores.ports;
  ok((await lab.dotloop('/contact')).status === 200);
  await db.rows({ name: 'proof.seen', text: 'select 1 as seen_by_the_lint' }, []);
  const seen = [...statementsSeen()];
  ok(seen.includes('select 1 as seen_by_the_lint'));
  match(seen.join('\n'), /from contact/);
});
