import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { openLab } from '../../src/testing/lab.ts';
import { BRIAN, KEYS, locationOf, makeSparkClient, openSparkLab, PASSWORD, type Tokens, toldIn } from './spark-client.ts';

const PAGES = [
  '/spark/oauth2',
  '/spark/openid',
  '/spark/openid/authorize',
  '/spark/openid/logout',
  '/spark/auth/vow/brian-erwin',
];

test('H13: behind a proxy everything here needs https, and only the proxy may say that it was', async () => {
  await using lab = await openSparkLab({ PORTICO_TRUST_PROXY: 'on' });
  const grant = { json: { grant_type: 'refresh_token', client_id: KEYS.agent.key, client_secret: KEYS.agent.secret } };
  const https = { headers: { 'x-forwarded-proto': 'https' } };
  for (const path of PAGES) {
    const answer = await lab.call(path);
    equal(answer.status, 403, path);
    match(answer.text, /<h1>https is needed<\/h1>/);
    ok((await lab.call(path, https)).status !== 403, path);
  }
  for (const [path, call] of [
    ['/spark/v1/oauth2/grant', grant],
    ['/spark/openid/token', grant],
    ['/spark/openid/revoke', grant],
    ['/spark/openid/userinfo', {}],
  ] as const) {
    const plain = await lab.call(path, call);
    deepEqual([plain.status, (plain.body as { error: string }).error], [403, 'invalid_request'], path);
    ok((await lab.call(path, { ...call, ...https })).status !== 403, path);
  }
  equal((await lab.call('/spark/v1/oauth2/grant')).status, 405, 'the method comes first');
});

test('what lets somebody in stands in no line of the log', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  await using lab = await openLab({ log });
  const client = makeSparkClient(lab);
  const code = await client.code({ state: 'the-state' });
  const pair = (await client.exchange(code)).body as Tokens;
  const next = (await client.refresh(pair.refresh_token)).body as Tokens;
  await client.exchange(code);
  await client.grant({ grant_type: 'password', username: BRIAN, password: PASSWORD });
  await lab.spark('/my/account', { bearer: next.access_token });
  await lab.call('/spark/openid/userinfo', { token: next.access_token });
  const consumer = toldIn(
    locationOf(await client.consumer(client.pathOf('/spark/auth/vow/brian-erwin', { state: 'the-state' }))),
  );
  const openid = await client.allow(
    `/spark/openid?${new URLSearchParams({ 'openid.mode': 'checkid_setup', 'openid.spark.client_id': KEYS.agent.key, 'openid.return_to': 'http://localhost:3000/callback', 'openid.spark.combined_flow': 'true' })}`,
  );
  const secrets = [
    code,
    ...Object.values(pair).map(String).slice(0, 2),
    next.access_token,
    next.refresh_token,
    consumer.code,
    toldIn(openid)['openid.spark.code'],
    PASSWORD,
    KEYS.agent.secret,
    'the-state',
  ];
  const text = lines.join('');
  ok(lines.length > 10);
  for (const secret of secrets) {
    ok(secret);
    equal(text.includes(secret), false, secret);
  }
  match(text, /"operation":"POST \/spark\/v1\/oauth2\/grant"/);
});
