import { deepEqual, equal, match } from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  BRIAN_KEY,
  CALLBACK,
  KEYS,
  locationOf,
  makeSparkClient,
  openSparkLab,
  outcomeOf,
  type Tokens,
  toldIn,
} from './spark-client.ts';
import { makeVisitor } from './visitor.ts';

const lab = await openSparkLab();
after(() => lab[Symbol.asyncDispose]());
const client = makeSparkClient(lab);

/** The question as client libraries of this vendor put it. */
const ask = (more: Record<string, string> = {}, key: string = KEYS.agent.key) =>
  `/spark/openid?${new URLSearchParams({
    'openid.mode': 'checkid_setup',
    'openid.spark.client_id': key,
    'openid.return_to': CALLBACK,
    ...more,
  })}`;
const COMBINED = { 'openid.spark.combined_flow': 'true' };
const ALIASES = ['first_name', 'last_name', 'middle_name', 'friendly', 'id', 'email'];
const ATTRIBUTES = {
  'openid.ax.mode': 'fetch_request',
  'openid.ax.type.first_name': 'http://openid.net/schema/namePerson/first',
  'openid.ax.type.last_name': 'http://openid.net/schema/namePerson/last',
  'openid.ax.type.middle_name': 'http://openid.net/schema/namePerson/middle',
  'openid.ax.type.friendly': 'http://openid.net/schema/namePerson/friendly',
  'openid.ax.type.id': 'http://openid.net/schema/person/guid',
  'openid.ax.type.email': 'http://openid.net/schema/contact/internet/email',
  'openid.ax.required': ALIASES.join(','),
};

test('E06: without the combined flow the person is told, and no code', async () => {
  const path = ask({ ...ATTRIBUTES, 'openid.spark.state': 's&1' });
  const visitor = makeVisitor(lab.url);
  match(locationOf(await visitor.go(path)), /^\/login\?return_to=%2Fspark%2Fopenid%3F/);
  const signedIn = await client.visitor();
  const page = await (await signedIn.go(path)).text();
  deepEqual(
    [...page.matchAll(/<li>(.*)<\/li>/g)].map(([, words]) => words),
    [
      'Know which account is yours',
      'See your name, web site, time zone, licence and MLS numbers, and your office',
      'See your e-mail address',
    ],
  );
  deepEqual(toldIn(locationOf(await signedIn.decide(path, 'approve'))), {
    to: CALLBACK,
    'openid.mode': 'id_res',
    'openid.spark.state': 's&1',
    'openid.ax.value.first_name': 'Brian',
    'openid.ax.value.last_name': 'Erwin',
    'openid.ax.value.middle_name': '',
    'openid.ax.value.friendly': 'Brian Erwin',
    'openid.ax.value.id': BRIAN_KEY,
    'openid.ax.value.email': 'brianerwin@newkyhome.com',
  });
});

test('E06: the combined flow brings a code for the grant', async () => {
  const visitor = await client.visitor();
  const path = ask({ ...COMBINED, 'openid.spark.state': 'x' });
  match(await (await visitor.go(path)).text(), /<li>See and change your listings/, 'more than was allowed before is asked');
  const told = toldIn(locationOf(await visitor.decide(path, 'approve')));
  const { 'openid.spark.code': code = '', ...rest } = told;
  deepEqual(rest, { to: CALLBACK, 'openid.mode': 'id_res', 'openid.spark.state': 'x' });
  const { access_token } = (await client.exchange(code)).body as Tokens;
  equal(await outcomeOf(lab, access_token), '200');
  const again = toldIn(locationOf(await visitor.go(ask({ ...COMBINED, 'openid.ax.required': 'id,nonsense, a&b=c' }))));
  deepEqual(Object.keys(again).sort(), ['openid.ax.value.id', 'openid.mode', 'openid.spark.code', 'to']);
});

test('an attribute is known by its type, under whatever alias', async () => {
  const visitor = await client.visitor();
  const path = ask({
    'openid.ax.type.who': 'http://openid.net/schema/person/guid',
    'openid.ax.required': 'who,__proto__,constructor',
  });
  deepEqual(toldIn(locationOf(await visitor.go(path))), {
    to: CALLBACK,
    'openid.mode': 'id_res',
    'openid.ax.value.who': BRIAN_KEY,
  });
});

test('refusals are told in the way clients read them; without an address to return to they are a page', async () => {
  const visitor = await client.visitor();
  const told = async (path: string) => toldIn(locationOf(await visitor.go(path)));
  const refused = (error: string) => ({
    to: CALLBACK,
    'openid.mode': 'error',
    'openid.error': error,
    error,
    'openid.spark.state': 's',
  });
  const state = { 'openid.spark.state': 's' };
  deepEqual(await told(ask({ ...state, 'openid.mode': 'checkid_immediate' })), refused('invalid_request'));
  deepEqual(await told(ask({ ...state, 'openid.mode': '' })), refused('invalid_request'));
  deepEqual(await told(ask(state, KEYS.portal.key)), refused('unauthorized_client'));
  for (const more of [
    { 'openid.spark.client_id': 'nobody' },
    { 'openid.return_to': 'https://evil.example/' },
    { 'openid.return_to': '' },
  ] as Record<string, string>[]) {
    const response = await visitor.go(ask(more));
    equal(response.status, 400);
    equal(response.headers.get('location'), null);
  }
  const idx = makeSparkClient(lab, KEYS.idx);
  const asIdx = await idx.visitor();
  deepEqual(toldIn(locationOf(await asIdx.decide(ask(state, KEYS.idx.key), 'deny'))), refused('access_denied'));
  equal((await asIdx.go(ask(state, KEYS.idx.key))).status, 200);
});

test('E07: logging out ends the browser session, with or without one', async () => {
  const visitor = await client.visitor();
  const cookie = visitor.jar.get('portico_session') ?? '';
  const out = await visitor.go('/spark/openid/logout');
  equal(out.status, 200);
  match(await out.text(), /<h1>Signed out<\/h1>/);
  equal(visitor.jar.has('portico_session'), false);
  equal(await lab.house.stores.domain.identity.readSession(cookie), undefined);
  equal((await visitor.go('/spark/openid/logout')).status, 200);
});
