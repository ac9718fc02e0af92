import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { DEMO_FOR_TESTS, SANDBOX } from '../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor } from '../auth/visitor.ts';

const { people, dotloop, reapit, propertybase, spark } = SANDBOX;
const [CALLBACK = ''] = dotloop.redirectUris;

type Tokens = { readonly access_token: string; readonly refresh_token?: string; readonly id_token?: string };
const parameter = (address: string, name: string) => /[?&#]/.test(address) && new URL(address).searchParams.get(name);
const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });

/** What lets somebody in, by what it is. Everything here is used once rightly and once wrongly. */
async function useEverything(lab: Lab): Promise<Map<string, string>> {
  const used = new Map<string, string>([
    // not the sandbox's password: an application is called the same
    ['password', DEMO_FOR_TESTS.people.password],
    ['dotloop client secret', dotloop.clientSecret],
    ['dotloop access token', dotloop.accessToken],
    ['dotloop refresh token', dotloop.refreshToken],
    ['Reapit client secret', reapit.clientSecret],
    ['Propertybase key', propertybase.key],
    ['Spark key secret', spark.agent.secret],
    ['Spark personal token', spark.accessToken],
  ]);
  const note = (what: string, value: unknown) => {
    ok(typeof value === 'string' && value.length >= 8, `${what} was got: ${value}`);
    used.set(what, value);
    return value;
  };
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    lab.call(path, { method: 'POST', body: new URLSearchParams(form), headers });

  const visitor = makeVisitor(lab.url);
  await makeVisitor(lab.url).signIn(DEMO_FOR_TESTS.people.agent, DEMO_FOR_TESTS.people.password);
  await visitor.signIn(people.agent, 'a wrong password');
  await visitor.signIn(people.agent, people.password);
  note('session cookie', [...visitor.jar].find(([name]) => name.includes('session'))?.[1]);
  note('form token', ((await (await visitor.go('/app/session')).json()) as { csrf: string }).csrf);
  used.set('wrong password', 'a wrong password');

  await lab.dotloop('/account');
  await lab.dotloop('/account?access_token=in-a-query-by-mistake', { token: 'not-a-token-of-anybody' });
  used.set('dotloop token in a query', 'in-a-query-by-mistake').set('unknown dotloop token', 'not-a-token-of-anybody');
  const asked = `/dotloop/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: dotloop.clientId, redirect_uri: CALLBACK })}`;
  const told = await visitor.go(asked);
  const sent = told.status === 302 ? told : await visitor.decide(asked, 'approve');
  const code = note('dotloop code', parameter(sent.headers.get('location') ?? '', 'code'));
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
  const pair = (await post('/dotloop/oauth/token', exchange, basic(dotloop.clientId, dotloop.clientSecret))).body as Tokens;
  note('new dotloop access token', pair.access_token);
  note('new dotloop refresh token', pair.refresh_token);
  await lab.call(`/dotloop/oauth/token?${new URLSearchParams({ ...exchange, client_secret: 'a-wrong-secret-in-a-query' })}`, {
    method: 'POST',
  });
  used.set('wrong secret in a query', 'a-wrong-secret-in-a-query');
  await lab.dotloop('/subscription', {
    json: {
      targetType: 'PROFILE',
      targetId: 42,
      url: 'https://user:password-in-an-address@example.com/hook',
      eventTypes: ['LOOP_UPDATED'],
      signingKey: 'a-signing-key-of-a-webhook',
    },
  });
  used.set('signing key', 'a-signing-key-of-a-webhook');

  const machine = await post('/connect/token', { grant_type: 'client_credentials' }, basic(reapit.clientId, reapit.clientSecret));
  note('machine token', (machine.body as Tokens).access_token);
  await lab.reapit('/contacts', { token: (machine.body as Tokens).access_token });
  await lab.reapit('/contacts', { token: `${(machine.body as Tokens).access_token}x` });
  const [home = ''] = reapit.redirectUris;
  const question = {
    response_type: 'code',
    client_id: reapit.clientId,
    redirect_uri: home,
    scope: 'openid offline_access',
    state: 'x',
  };
  const back = await visitor.go(`/connect/authorize?${new URLSearchParams(question)}`);
  const connectCode = note('Connect code', parameter(back.headers.get('location') ?? '', 'code'));
  const ofPerson = await post(
    '/connect/token',
    { grant_type: 'authorization_code', code: connectCode, redirect_uri: home },
    basic(reapit.clientId, reapit.clientSecret),
  );
  for (const [name, value] of Object.entries(ofPerson.body as Tokens)) if (/token$/.test(name)) note(`Connect ${name}`, value);
  const given = await lab.reapit('/documents/signedUrl', { json: { amount: 1 } });
  const [address = ''] = (given.body as { urls: string[] }).urls;
  note('signature of an upload', new URL(address).searchParams.get('X-Amz-Signature'));
  await lab.call(address, { method: 'PUT', body: 'hello' });

  await lab.call('/propertybase/api/v2/offices', { headers: { 'x-bl-api-key': propertybase.key } });
  await lab.call('/propertybase/api/v2/offices', { headers: { 'x-bl-api-key': 'a-key-that-is-none' } });
  used.set('unknown Propertybase key', 'a-key-that-is-none');

  await lab.spark('/system');
  await lab.spark('/system', { bearer: spark.accessToken });
  const grant = { client_id: spark.agent.key, client_secret: spark.agent.secret };
  const sparkAsked = `/spark/oauth2?${new URLSearchParams({ response_type: 'code', client_id: spark.agent.key, redirect_uri: CALLBACK })}`;
  const sparkTold = await visitor.go(sparkAsked);
  const sparkSent = sparkTold.status === 302 ? sparkTold : await visitor.decide(sparkAsked, 'approve');
  const sparkCode = note('Spark code', parameter(sparkSent.headers.get('location') ?? '', 'code'));
  const ofSpark = await lab.call('/spark/v1/oauth2/grant', {
    json: { ...grant, grant_type: 'authorization_code', code: sparkCode, redirect_uri: CALLBACK },
  });
  note('Spark access token', (ofSpark.body as Tokens).access_token);
  note('Spark refresh token', (ofSpark.body as Tokens).refresh_token);
  return used;
}

/** Every row of every table, as text. */
async function everythingStored(lab: Lab): Promise<string> {
  const tables = await lab.rows<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await lab.rows<{ all: string | null }>(`select string_agg(t::text, E'\\n') as all from ${name} t`);
    texts.push(row?.all ?? '');
  }
  return texts.join('\n');
}

test('what lets somebody in stands in no line of the log, whatever becomes of the request, and in no table as it is', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  await using lab = await openLab({ log });
  const used = await useEverything(lab);
  ok(used.size > 25, `${used.size} were used`);
  ok(lines.length > 25, `${lines.length} lines were logged`);
  const [logged, stored] = [lines.join(''), await everythingStored(lab)];
  for (const [what, value] of used) {
    equal(logged.includes(value), false, `${what} in the log`);
    equal(stored.includes(value), false, `${what} in a table`);
  }
});
