import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Domain } from '../../../src/domain/index.ts';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, brian, consumer, JOHN_SMITH, member } from '../notes/people.ts';

let lab: Lab;
let identity: Domain['identity'];
let people: Domain['people'];
let later = 0;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date(Date.now() + later) } });
  ({ identity, people } = lab.house.stores.domain);
});
after(() => lab[Symbol.asyncDispose]());

const { password } = SANDBOX.people;
const AT_BRIAN = { orgId: 1, agentId: 1 };
let places = 0;
/** From another network each time, so that one test does not slow the next one down. */
const signIn = (name: string, secret: string, at = AT_BRIAN, address = `10.0.0.${++places}`) =>
  identity.signInConsumer(at, name, secret, { address });

describe('signing in at a portal', () => {
  const john = { orgId: 1, contactId: 3603863, agentId: 1 };

  test('goes by login name or by e-mail address, in any case, and is noted', async () => {
    const before = await identity.consumerLogin(brian, JOHN_SMITH);
    for (const name of ['john.smith@example.com', 'JOHN.SMITH@EXAMPLE.COM'])
      deepEqual(await signIn(name, password), { kind: 'ok', consumer: john, resoKey: JOHN_SMITH, name: 'John Smith' });
    const after = await identity.consumerLogin(brian, JOHN_SMITH);
    ok((after?.last_login_at ?? 0) > (before?.last_login_at ?? 0));
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { loginName: 'jsmith' });
    for (const name of ['JSmith', 'john.smith@example.com']) equal((await signIn(name, password)).kind, 'ok', name);
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { loginName: 'john.smith@example.com' });
  });

  test('is for contacts in the book of that agent, who may, and have a password', async () => {
    const refused = { kind: 'refused' };
    deepEqual(await signIn('john.smith@example.com', 'a wrong password'), refused);
    deepEqual(await signIn('nobody', password), refused);
    deepEqual(await signIn('\u0000', password), refused);
    deepEqual(await signIn('john.smith@example.com', password, { orgId: 1, agentId: 2 }), refused);
    deepEqual(await signIn('john.smith@example.com', password, { orgId: 2, agentId: 1 }), refused);
    deepEqual(await signIn('hannah.voss', password), refused, 'her login is closed');
    await identity.createConsumerLogin(brian, ATTURO, {});
    deepEqual(await signIn('atturo.garay@example.com', ''), refused, 'invited, without a password');
    await identity.changeConsumerLogin(brian, ATTURO, { password: 'now he has one' });
    equal((await signIn('atturo.garay@example.com', 'now he has one')).kind, 'ok');
  });

  test('is slowed down after failures, and goes on after the wait', async () => {
    const tries = [];
    for (let n = 0; n < 7; n++) tries.push((await signIn('john.smith@example.com', 'guess', AT_BRIAN, '10.9.9.9')).kind);
    deepEqual(tries.slice(0, 5), Array(5).fill('refused'));
    equal(tries.at(-1), 'slow_down');
    equal((await signIn('john.smith@example.com', password, AT_BRIAN, '10.9.9.9')).kind, 'slow_down');
    later += 60_000;
    equal((await signIn('john.smith@example.com', password, AT_BRIAN, '10.9.9.9')).kind, 'ok');
  });
});

describe('a portal account', () => {
  test('has the e-mail address for a name unless it is given one, and names are unique in any case', async () => {
    const made = await people.addEntry(brian, { last_name: 'Account', email: 'account@example.com' });
    await identity.createConsumerLogin(brian, made.reso_key, {});
    const login = await identity.consumerLogin(brian, made.reso_key);
    deepEqual([login?.login_name, login?.enabled, login?.has_password], ['account@example.com', true, false]);
    const again = { kind: 'conflict', reason: 'login.exists' };
    await rejects(identity.createConsumerLogin(brian, made.reso_key, { loginName: 'x' }), again);
    const taken = { kind: 'conflict', reason: 'login.name_taken' };
    await rejects(identity.changeConsumerLogin(brian, made.reso_key, { loginName: 'JOHN.smith@example.com' }), taken);
    const nameless = await people.addEntry(brian, { last_name: 'Nameless' });
    await rejects(identity.createConsumerLogin(brian, nameless.reso_key, {}), { kind: 'invalid' });
    await rejects(identity.createConsumerLogin(brian, nameless.reso_key, { loginName: 'Account@Example.com' }), taken);
  });

  test('of two that want one name at once one gets it', async () => {
    const contacts = await Promise.all([1, 2, 3, 4].map((n) => people.addEntry(brian, { last_name: `Same ${n}` })));
    const tries = await Promise.allSettled(
      contacts.map(({ reso_key }) => identity.createConsumerLogin(brian, reso_key, { loginName: 'same name' })),
    );
    equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('changes only where something differs, and keeps secrets out of the log', async () => {
    const before = await identity.consumerLogin(brian, JOHN_SMITH);
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { enabled: true, language: 'en', loginName: 'john.smith@example.com' });
    deepEqual(await identity.consumerLogin(brian, JOHN_SMITH), before);
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { language: 'fr', password: 'a new password' });
    const [row] = await lab.rows<{ changed: unknown }>(
      `select changed from event where noun = 'contact_login' and contact_id = 3603863 order by id desc limit 1`,
    );
    deepEqual(row?.changed, { language: ['en', 'fr'], password: ['********', '********'] });
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { language: 'en', password });
  });

  test('that is closed ends every sign-in of the contact', async () => {
    await lab.rows(`insert into oauth_grant (id, client_id, org_id, contact_id, agent_id, scopes)
      select 'g-consumer', client_id, 1, 3603863, 1, '{}' from client_app limit 1`);
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { enabled: false });
    const [grant] = await lab.rows<{ ended_at: Date | null }>(`select ended_at from oauth_grant where id = 'g-consumer'`);
    ok(grant?.ended_at);
    await identity.changeConsumerLogin(brian, JOHN_SMITH, { enabled: true });
  });

  test('is unknown to strangers, and each consumer sees its own', async () => {
    const unknown = { kind: 'not_found' };
    for (const actor of [member(2), { ...brian, orgId: 2, memberId: 2 }]) {
      await rejects(identity.consumerLogin(actor, JOHN_SMITH), unknown);
      await rejects(identity.createConsumerLogin(actor, JOHN_SMITH, {}), unknown);
      await rejects(identity.changeConsumerLogin(actor, JOHN_SMITH, { enabled: false }), unknown);
    }
    equal((await identity.consumerLogin(consumer, JOHN_SMITH))?.login_name, 'john.smith@example.com');
    await rejects(identity.consumerLogin(consumer, ATTURO), unknown);
  });
});

describe('a password of one’s own', () => {
  const wrong = { kind: 'invalid', reason: 'password.wrong' };
  const used = { kind: 'invalid', reason: 'password.used_before' };

  test('is changed by whoever knows the current one, and an earlier one does not come back', async () => {
    await rejects(identity.changeOwnPassword(consumer, 'not this one', 'something new'), wrong);
    await rejects(identity.changeOwnPassword(consumer, password, password), used);
    await rejects(identity.changeOwnPassword(consumer, password, 'short'), { kind: 'invalid' });
    await identity.changeOwnPassword(consumer, password, 'the second one');
    await rejects(identity.changeOwnPassword(consumer, 'the second one', password), used);
    equal((await signIn('john.smith@example.com', 'the second one')).kind, 'ok');
    equal((await signIn('john.smith@example.com', password)).kind, 'refused');
  });

  test('is no matter of members, nor of contacts without an account', async () => {
    await rejects(identity.changeOwnPassword(brian, password, 'something new'), { kind: 'not_found' });
    await rejects(identity.changeOwnPassword({ ...consumer, id: 3603868 }, 'x', 'something new'), { kind: 'not_found' });
  });

  test('is not guessed at leisure', async () => {
    const guess = () => identity.changeOwnPassword(consumer, 'a guess', 'something new').catch((fault) => fault.kind);
    const kinds = [];
    for (let n = 0; n < 7; n++) kinds.push(await guess());
    equal(kinds.at(-1), 'too_many');
  });
});
