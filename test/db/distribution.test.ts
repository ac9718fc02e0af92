import { match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { distribution } from '../../scripts/citus.ts';
import { connect } from '../../src/db/connect.ts';
import { copyDatabase } from '../../src/testing/server.ts';

test('a key that would not hold over several nodes is named, and so is a table of nobody', async () => {
  const database = await copyDatabase('empty');
  const { pool, close } = connect(database.url, { max: 1 });
  match(await distribution(pool), /select create_distributed_table\('contact', 'org_id'\);/);
  for (const [sql, problem] of [
    ['create unique index deal_name on deal (name)', 'the key deal_name of deal does not begin with org_id'],
    ['create unique index deal_name on deal (id, org_id)', 'the key deal_name of deal does not begin with org_id'],
    ['create table stray (id bigint primary key)', 'table stray has no org_id'],
    [
      'create unique index deal_one on deal (id); alter table task add constraint task_of foreign key (deal_id) references deal (id)',
      'the reference task_of of task to deal does not begin with org_id',
    ],
    ['drop index media_public_key', 'there is no key media_public_key'],
    [
      `create table a (org_id bigint not null, id bigint, primary key (org_id, id)); create table b (like a including all);
       alter table a add foreign key (org_id, id) references b; alter table b add foreign key (org_id, id) references a`,
      'tables refer to each other in a circle',
    ],
  ] as const) {
    await pool.query('begin');
    await pool.query(sql);
    await rejects(distribution(pool), new RegExp(problem));
    await pool.query('rollback');
  }
  await close();
  await database.drop();
});
