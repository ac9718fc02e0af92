import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, addContact, BRIAN, done, HANNAH, JOHN_SMITH, post, put, readContact, rowsOf, saysOf } from './contact-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const path = (key: string) => `/contacts/${key}/portal`;
const made = (key: string) => ({ D: { Success: true, Results: [{ ResourceUri: `/v1/contacts/${key}/portal` }] } });
const readAccount = async (key: string) => rowsOf(await lab.spark(path(key)))[0];

describe('a portal account', () => {
  test('is one record, whose flag stands there twice', async () => {
    const account = {
      Id: '20170425180000000000000000',
      OwnerId: BRIAN,
      LoginName: 'john.smith@example.com',
      ResourceUri: `/v1/contacts/${JOHN_SMITH}/portal`,
      LastActive: '2018-09-03T19:20:00Z',
      LastLogin: '2018-09-03T19:20:00Z',
      Locale: { Language: 'en' },
      Identity: { Connected: false, Email: null },
      Enabled: true,
      Settings: { Enabled: 'true' },
    };
    const answer = await lab.spark(path(JOHN_SMITH));
    deepEqual([answer.status, answer.body], [200, { D: { Success: true, Results: [account] } }]);
    equal(answer.headers.get('cache-control'), 'private, no-store');
    deepEqual((await lab.spark(path(JOHN_SMITH), { as: 'portal' })).body, answer.body);
    deepEqual([(await readAccount(HANNAH))?.Enabled, (await readAccount(HANNAH))?.Settings], [false, { Enabled: 'false' }]);
    equal(saysOf(await lab.spark(path(ATTURO))), '404/404');
  });

  test('is made as clients send it, once', async () => {
    const key = await addContact(lab, { DisplayName: 'Johnny Everyman' });
    const D = { LoginName: 'Johnny Everyman', Password: 'MyPassw0rd', Settings: { Enabled: 'true' }, Locale: { Language: 'en' } };
    const answer = await post(lab, path(key), D);
    deepEqual([answer.status, answer.body], [201, made(key)]);
    const account = await readAccount(key);
    match(String(account?.Id), /^\d{26}$/);
    deepEqual(
      [account?.LoginName, account?.Enabled, account?.LastLogin, account?.Locale],
      ['Johnny Everyman', true, null, { Language: 'en' }],
    );
    equal(JSON.stringify(account).includes('MyPassw0rd'), false);
    equal((await readContact(lab, key)).VowEnabled, true);
    equal(saysOf(await post(lab, path(key), D)), '409/1110');
    const { identity } = lab.house.stores.domain;
    const signedIn = await identity.signInConsumer({ orgId: 1, agentId: 1 }, 'johnny everyman', 'MyPassw0rd', { address: '::1' });
    equal(signedIn.kind, 'ok');
  });

  test('is made without a body too: then the address is the name, and the contact is invited', async () => {
    const key = await addContact(lab, { DisplayName: 'Invited', PrimaryEmail: 'invited@example.com' });
    const answer = await lab.spark(path(key), { method: 'POST', headers: { 'content-type': 'application/json' } });
    deepEqual([answer.status, answer.body], [201, made(key)]);
    equal((await readAccount(key))?.LoginName, 'invited@example.com');
    const nameless = await addContact(lab, { DisplayName: 'No Address' });
    equal(saysOf(await lab.spark(path(nameless), { method: 'POST' })), '400/1050');
  });

  test('may be made for an agent’s site, and not changed from there', async () => {
    const key = await addContact(lab, { DisplayName: 'Site Visitor' });
    equal((await post(lab, path(key), { LoginName: 'visitor', Enabled: false }, 'idx')).status, 201);
    equal((await readAccount(key))?.Enabled, false);
    equal(saysOf(await put(lab, path(key), { Enabled: true }, 'idx')), '405/1018');
  });

  test('takes its flag as text or Boolean, in either place', async () => {
    for (const [D, wanted] of [
      [{ Settings: { Enabled: 'false' } }, false],
      [{ Enabled: true }, true],
      [{ Enabled: 'false' }, false],
      [{ Settings: { Enabled: true } }, true],
      [{ Enabled: 'false', Settings: { Enabled: 'true' } }, false],
      [{ Enabled: true, Unknown: [] }, true],
    ] as const) {
      deepEqual((await put(lab, path(HANNAH), D)).body, done);
      deepEqual((await readAccount(HANNAH))?.Settings, { Enabled: String(wanted) }, JSON.stringify(D));
      equal((await readContact(lab, HANNAH)).VowEnabled, wanted);
    }
    deepEqual((await put(lab, `/contacts/${HANNAH}`, { VowEnabled: false })).body, done);
    equal((await readAccount(HANNAH))?.Enabled, false);
  });

  test('changes name, language and password; what is sent back changes nothing', async () => {
    const account = await readAccount(HANNAH);
    deepEqual((await put(lab, path(HANNAH), { ...account })).body, done);
    deepEqual(await readAccount(HANNAH), account);
    deepEqual(
      (await put(lab, path(HANNAH), { LoginName: 'hannah', Locale: { Language: 'de' }, Password: 'a fresh one' })).body,
      done,
    );
    const changed = await readAccount(HANNAH);
    deepEqual([changed?.LoginName, changed?.Locale], ['hannah', { Language: 'de' }]);
    equal(saysOf(await put(lab, path(HANNAH), { LoginName: 'JOHN.SMITH@example.com' })), '409/1055');
    equal(saysOf(await put(lab, path(ATTURO), { Enabled: true })), '404/404');
  });

  test('refuses what cannot be', async () => {
    for (const D of [
      { LoginName: '' },
      { LoginName: '  ' },
      { LoginName: null },
      { LoginName: 'x'.repeat(255) },
      { LoginName: 'a\u0000' },
      { Password: 'short' },
      { Password: 'x'.repeat(1025) },
      { Password: {} },
      { Enabled: 'perhaps' },
      { Enabled: 1 },
      { Settings: 'true' },
      { Settings: { Enabled: 'TRUE!' } },
      { Locale: 'en' },
      { Locale: { Language: {} } },
    ]) {
      equal(saysOf(await put(lab, path(JOHN_SMITH), D)), '400/1053', JSON.stringify(D).slice(0, 60));
      equal(saysOf(await post(lab, path(ATTURO), { LoginName: 'fine', ...D })), '400/1053', JSON.stringify(D).slice(0, 60));
    }
    equal(saysOf(await lab.spark(path(JOHN_SMITH), { method: 'PUT', body: '{' })), '400/1035');
    equal(saysOf(await lab.spark(path(JOHN_SMITH), { method: 'PUT' })), '400/1035');
    equal(saysOf(await lab.spark(path(ATTURO))), '404/404', 'and nothing of it is made');
  });
});

describe('a consumer’s own contact', () => {
  test('is read and changed, but not what the agent says about it', async () => {
    const [own] = rowsOf(await lab.spark('/my/contact', { as: 'portal' }));
    deepEqual(own, await readContact(lab, JOHN_SMITH));
    const D = { GivenName: 'Jonathan', HomeLocality: 'Hamilton', Tags: ['Nuisance'], VowEnabled: false, OwnerId: HANNAH };
    deepEqual((await put(lab, '/my/contact', D, 'portal')).body, done);
    const seen = await readContact(lab, JOHN_SMITH);
    deepEqual(
      [seen.DisplayName, seen.HomeLocality, seen.Tags, seen.VowEnabled, seen.OwnerId],
      ['Jonathan Smith', 'Hamilton', ['Current Buyers'], true, BRIAN],
    );
    equal(saysOf(await put(lab, '/my/contact', { PrimaryEmail: 'atturo.garay@example.com' }, 'portal')), '409/1055');
    equal(saysOf(await put(lab, '/my/contact', { PrimaryEmail: 'nonsense' }, 'portal')), '400/1053');
    equal(saysOf(await put(lab, '/my/contact', { DisplayName: ' ' }, 'portal')), '400/1050');
    const [selected] = rowsOf(await lab.spark('/my/contact?_select=DisplayName', { as: 'portal' }));
    deepEqual(selected, { Id: JOHN_SMITH, ResourceUri: `/v1/contacts/${JOHN_SMITH}`, DisplayName: 'Jonathan Smith' });
  });
});
