import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { openSite, type SiteHouse } from './house.ts';

type Body = { data: { id: number }; errors?: string[] };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const named = async (name: string, json: unknown, path = '/tasks') => {
  const answer = await site.call(path, { json, headers: { 'idempotency-key': name } });
  return { ...answer, body: answer.body as Body };
};
const task = (name: string) => ({ name, due_date: '2027-05-07', assignee_id: 3 });
const tasksOf = (name: string) => site.lab.rows<{ id: number }>('select id from task where org_id = 1 and name = $1', [name]);
const RUNNING = ['Request with this idempotency key is in progress'];

test('of calls that come at once with one name one is made; the others may come again', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => named('at-once', task('At once'))));
  const made = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  equal((await tasksOf('At once')).length, 1);
  for (const { body } of made) deepEqual(body, made[0]?.body);
  for (const { status, body, headers } of refused)
    deepEqual([status, body.errors, headers.get('retry-after')], [409, RUNNING, '1']);
  const again = await named('at-once', task('At once'));
  deepEqual([again.status, again.body], [201, made[0]?.body]);
  const other = await named('at-once', task('Something else'));
  deepEqual([other.status, other.body.errors], [409, ['Idempotency key was used with another body']]);
});

test('a call that was refused leaves its name free', async () => {
  equal((await named('refused', { ...task('Refused'), due_date: null })).status, 422);
  equal((await named('refused', task('Refused'))).status, 201);
  equal((await tasksOf('Refused')).length, 1);
});

test('a call whose process died is made again only if it had no effect', async () => {
  const { callAnswers } = site.lab.house.stores.domain;
  const [key] = await site.lab.rows<{ id: number }>("select id from api_key where org_id = 1 and name = 'Everything'");
  const actor = { ...systemActor(1, 'propertybase'), kind: 'key' as const, id: key?.id ?? 0 };
  const hashOf = (json: unknown) => createHash('sha256').update('POST /tasks\n').update(JSON.stringify(json)).digest();
  const dies = async (name: string, json: unknown) => {
    const begun = await callAnswers.begin(actor, name, hashOf(json));
    if (begun.kind !== 'new') throw new Error(`${name} is ${begun.kind}`);
    return begun.group;
  };
  const aMinutePasses = (name: string) =>
    site.lab.rows("update call_answer set created_at = created_at - interval '2 minutes' where name = $1", [name]);

  await dies('early', task('Died early'));
  deepEqual((await named('early', task('Died early'))).body.errors, RUNNING);
  await aMinutePasses('early');
  equal((await named('early', task('Died early'))).status, 201);
  equal((await tasksOf('Died early')).length, 1);

  const group = await dies('late', task('Died late'));
  await site.lab.house.stores.domain.records.task.create(
    { ...actor, group },
    {
      values: {
        name: 'Died late',
        type_code: 'MI',
        due_at: new Date(),
        due_date_only: true,
        assignee_kind: 'member',
        assignee_id: 'JAS',
      },
    },
  );
  await aMinutePasses('late');
  const lost = await named('late', task('Died late'));
  deepEqual(
    [lost.status, lost.body.errors],
    [409, ['Request with this idempotency key was carried out, and its answer is lost']],
  );
  equal((await tasksOf('Died late')).length, 1);
});
