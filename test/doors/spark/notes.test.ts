import { deepEqual, equal } from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { brian } from '../../domain/notes/people.ts';
import {
  ATTURO,
  clearNotes,
  codeOf,
  done,
  every,
  HOT_TUB,
  JOHN_SMITH,
  made,
  mine,
  NOTED,
  none,
  PLAIN,
  privately,
  putNote,
  shared,
  sharedRow,
  withAgent,
  withContact,
} from './note-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());
beforeEach(() => clearNotes(lab));

describe('a note that two sides share', () => {
  test('is written by one and read by the other, whoever begins', async () => {
    const begun = await putNote(lab, withAgent(), 'What about the hot tub?', 'portal');
    deepEqual([begun.status, begun.body], [201, made(withContact())]);
    deepEqual((await lab.spark(withContact())).body, shared('What about the hot tub?'));
    const replied = await putNote(lab, withContact(), 'It stays.');
    deepEqual([replied.status, replied.body], [200, made(withContact())]);
    for (const [path, as] of [
      [withContact(), 'agent'],
      [withAgent(), 'portal'],
      [every(), 'agent'],
    ] as const)
      deepEqual((await lab.spark(path, { as })).body, shared('It stays.'));
    deepEqual((await lab.spark(withAgent(), { method: 'DELETE', as: 'portal' })).body, done);
    deepEqual((await lab.spark(withContact())).body, none);
    deepEqual((await lab.spark(every())).body, none);
  });

  test('is no private note of either', async () => {
    await putNote(lab, withContact(), 'shared');
    await putNote(lab, mine(), 'of the agent');
    await putNote(lab, mine(), 'of the consumer', 'portal');
    deepEqual((await lab.spark(mine())).body, privately('of the agent'));
    deepEqual((await lab.spark(mine(), { as: 'portal' })).body, privately('of the consumer'));
    deepEqual((await lab.spark(withAgent(), { as: 'portal' })).body, shared('shared'));
  });

  test('put by both sides at once: one thread, every text kept, both read the last', async () => {
    const texts = Array.from({ length: 16 }, (_, at) => `text ${at}`);
    const answers = await Promise.all(
      texts.map((text, at) => (at % 2 ? putNote(lab, withAgent(), text, 'portal') : putNote(lab, withContact(), text))),
    );
    deepEqual(answers.map(({ status }) => status).sort(), [...Array(15).fill(200), 201]);
    const entries = await lab.rows<{ note_id: number; text: string }>(
      'select note_id, text from note_entry where note_id not in (6001, 6002) order by id',
    );
    deepEqual(entries.map(({ text }) => text).sort(), texts.toSorted());
    equal(new Set(entries.map(({ note_id }) => note_id)).size, 1);
    const last = shared(entries.at(-1)?.text ?? '');
    deepEqual([(await lab.spark(withContact())).body, (await lab.spark(withAgent(), { as: 'portal' })).body], [last, last]);
  });

  test('the rows of all contacts come with the latest change first', async () => {
    await putNote(lab, withContact(JOHN_SMITH), 'one');
    await putNote(lab, withContact(ATTURO), 'two');
    const rows = async () => (await lab.spark(every())).body;
    deepEqual(await rows(), { D: { Success: true, Results: [sharedRow('two', ATTURO), sharedRow('one')] } });
    await putNote(lab, withAgent(), 'three', 'portal');
    deepEqual(await rows(), { D: { Success: true, Results: [sharedRow('three'), sharedRow('two', ATTURO)] } });
  });
});

describe('a listing that goes out of sight', () => {
  const hide = (column: string) => lab.rows(`update property set ${column} where org_id = 1 and reso_key = $1`, [NOTED]);
  const calls = (path: string, as: 'agent' | 'portal') => [
    lab.spark(path, { as }),
    putNote(lab, path, 'x', as),
    lab.spark(path, { as, method: 'DELETE' }),
  ];

  test('takes its notes along for consumers, and brings them back', async () => {
    for (const [gone, back] of [
      ['published = false', 'published = true'],
      ["standard_status = 'Withdrawn'", "standard_status = 'Active'"],
      ['archived_at = now()', 'archived_at = null'],
    ] as const) {
      await hide(gone);
      for (const path of [mine(NOTED), withAgent(NOTED)])
        for (const answer of await Promise.all(calls(path, 'portal'))) {
          equal(codeOf(answer), '404/404', gone);
          deepEqual(answer.body, { D: { Success: false, Code: 404, Message: 'Not found' } });
        }
      // staff sees every listing of the house
      deepEqual((await lab.spark(withContact(JOHN_SMITH, NOTED))).body, shared(HOT_TUB, JOHN_SMITH, NOTED));
      await hide(back);
      deepEqual((await lab.spark(withAgent(NOTED), { as: 'portal' })).body, shared(HOT_TUB, JOHN_SMITH, NOTED));
    }
  });

  test('takes them along for everybody when it is deleted', async () => {
    await hide('deleted_at = now()');
    for (const path of [mine(NOTED), withContact(JOHN_SMITH, NOTED)])
      for (const answer of await Promise.all(calls(path, 'agent'))) equal(codeOf(answer), '404/404');
    equal(codeOf(await lab.spark(every(NOTED))), '404/404');
    await hide('deleted_at = null');
    deepEqual((await lab.spark(mine(NOTED))).body, privately(HOT_TUB, NOTED));
    deepEqual((await lab.spark(every(NOTED))).body, shared(HOT_TUB, JOHN_SMITH, NOTED));
  });
});

describe('the order of checks', () => {
  const unknown = '20100912153422758914000001';
  const put = (path: string, body: string, as: 'agent' | 'portal' | 'idx' = 'agent') =>
    lab.spark(path, { method: 'PUT', as, body });

  test('role, then syntax, then ids, then content', async () => {
    equal(codeOf(await put(mine(unknown), '{', 'idx')), '403/1500');
    equal(codeOf(await put(mine(unknown), '{')), '400/1035');
    for (const body of ['{}', '{"D":{"Note":5}}', '{"D":{"Note":null}}', JSON.stringify({ D: { Note: 'x'.repeat(5000) } })]) {
      equal(codeOf(await put(mine(unknown), body)), '404/404', body);
      equal(codeOf(await put(mine('1'), body)), '404/404', body);
      equal(codeOf(await put(withContact(JOHN_SMITH, unknown), body)), '404/404', body);
      equal(codeOf(await put(withContact(PLAIN), body)), '404/404', body);
      equal(codeOf(await put(withAgent(unknown), body, 'portal')), '404/404', body);
    }
    equal(codeOf(await put(`${mine(unknown)}?a=1&a=2`, '{"D":{"Note":"x"}}')), '404/404');
    equal(codeOf(await put(`${mine()}?a=1&a=2`, '{"D":{"Note":"x"}}')), '400/1053');
  });

  test('an unknown path, and one of another case', async () => {
    for (const path of ['/listings', '/Notes'].map((part) => `${part}/${PLAIN}/my/note`))
      equal(codeOf(await lab.spark(path)), '404/404');
    equal(codeOf(await lab.spark(`/listings/${PLAIN}/My/Notes`)), '404/404');
    equal(codeOf(await lab.spark(`${withContact()}/more`)), '404/404');
  });

  test('ids that are odd in every way', async () => {
    for (const id of [
      '%00',
      '..%2f',
      `${PLAIN}%20`,
      `${PLAIN}0`,
      PLAIN.slice(1),
      '%F0%9F%98%80',
      '٢'.repeat(26),
      "'%20or%201=1--",
    ]) {
      const answer = await lab.spark(`/listings/${id}/my/notes`);
      equal(answer.status === 404 || answer.status === 401, true, `${id} ${answer.text}`);
    }
  });
});

describe('contacts', () => {
  test('without a portal account: the note waits, unless the house asks for an account', async () => {
    equal((await putNote(lab, withContact(ATTURO), 'waiting')).status, 201);
    const { orgs, identity } = lab.house.stores.domain;
    const ask = (requirePortalAccount: boolean) => orgs.changeSettings(systemActor(1), { spark: { requirePortalAccount } });
    await ask(true);
    equal(codeOf(await putNote(lab, withContact(ATTURO), 'again')), '403/1100');
    equal(codeOf(await lab.spark(withContact(ATTURO), { method: 'PUT', body: '{}' })), '403/1100');
    equal(codeOf(await lab.spark(withContact(PLAIN), { method: 'PUT', body: '{}' })), '404/404');
    deepEqual((await lab.spark(withContact(ATTURO))).body, shared('waiting', ATTURO));
    deepEqual((await lab.spark(withContact(ATTURO), { method: 'DELETE' })).body, done);
    await identity.createConsumerLogin(brian, ATTURO, { loginName: 'atturo', password: 'a long enough one' });
    equal((await putNote(lab, withContact(ATTURO), 'now')).status, 201);
    await ask(false);
    equal((await putNote(lab, withContact(ATTURO), 'and so')).status, 200);
  });

  test('one that another door deletes takes its shared notes along', async () => {
    await putNote(lab, withContact(ATTURO), 'soon gone');
    equal((await lab.dotloop('/contact/3603864', { method: 'DELETE' })).status, 204);
    for (const method of ['GET', 'DELETE']) equal(codeOf(await lab.spark(withContact(ATTURO), { method })), '404/404');
    equal(codeOf(await putNote(lab, withContact(ATTURO), 'x')), '404/404');
    deepEqual((await lab.spark(every())).body, none);
    deepEqual(await lab.rows('select closed_at is not null as closed from note where contact_id = 3603864'), [{ closed: true }]);
  });

  test('of another member’s book are not found', async () => {
    const [other] = await lab.rows<{ reso_key: string }>(
      'select reso_key from contact where org_id = 1 and deleted_at is null and not 1 = any (member_ids) order by id limit 1',
    );
    const path = withContact(other?.reso_key);
    for (const answer of [await lab.spark(path), await putNote(lab, path, 'x'), await lab.spark(path, { method: 'DELETE' })])
      equal(codeOf(answer), '404/404');
  });
});

test('another brokerage has a listing and a contact of the same keys, and notes of its own', async () => {
  const demo = { as: 'demo' } as const;
  deepEqual((await lab.spark(mine(NOTED), demo)).body, privately('Northgate: ask about the well', NOTED));
  deepEqual((await lab.spark(every(NOTED), demo)).body, shared('Northgate: new pump in May', JOHN_SMITH, NOTED));
  equal((await putNote(lab, withContact(JOHN_SMITH, NOTED), 'Northgate: done', 'demo')).status, 200);
  equal((await lab.spark(mine(NOTED), { as: 'demo', method: 'DELETE' })).status, 200);
  deepEqual((await lab.spark(withContact(JOHN_SMITH, NOTED))).body, shared(HOT_TUB, JOHN_SMITH, NOTED));
  deepEqual((await lab.spark(mine(NOTED))).body, privately(HOT_TUB, NOTED));
  // what only the other house has is not found
  equal(codeOf(await lab.spark(mine(PLAIN), demo)), '404/404');
  equal(codeOf(await putNote(lab, withContact(ATTURO, NOTED), 'x', 'demo')), '404/404');
});

test('answers are nobody else’s to keep', async () => {
  for (const answer of [
    await lab.spark(mine(NOTED)),
    await putNote(lab, mine(), 'x'),
    await lab.spark(mine(), { method: 'DELETE' }),
    await lab.spark(every(NOTED)),
  ])
    deepEqual(
      [answer.headers.get('cache-control'), answer.headers.get('content-type')],
      ['private, no-store', 'application/json; charset=utf-8'],
    );
});
