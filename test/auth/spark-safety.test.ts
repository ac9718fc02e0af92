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

test('bad input never gives a 5xx', async () => {
  await using lab = await openSparkLab();
  const client = makeSparkClient(lab);
  const visitor = await client.visitor();
  const known = `client_id=${KEYS.agent.key}&redirect_uri=${encodeURIComponent('http://localhost:3000/callback')}`;
  const openid = `openid.spark.client_id=${KEYS.agent.key}&openid.return_to=${encodeURIComponent('http://localhost:3000/callback')}`;
  const queries = [
    '',
    '&&==&',
    '%',
    '%zz=%zz',
    'client_id=%00',
    'client_id[]=x&redirect_uri[a]=b',
    `${known}&response_type=code&state=%ED%A0%80`,
    `${known}&response_type=code&state=${'x'.repeat(6000)}`,
    `${known}&response_type=code%20code&scope=%0A&nonce=%00`,
    `${known}&response_type=code&scope=openid&claims=${encodeURIComponent('{"id_token":{"__proto__":null,"sub":{"value":1}}}')}`,
    `${known}&response_type=code&scope=openid&max_age=-1`,
    `${known}&response_type=code&scope=openid&max_age=1e999&prompt=none%20login`,
    `${known}&response_type=code&scope=openid&id_token_hint=x.y.z`,
    `${known}&response_type=code&scope=openid&acr_values=%00&ui_locales=%FF&login_hint=%00`,
    `${known}&response_type=code&code_challenge=%00&code_challenge_method=S256`,
    `${known}&response_type=none`,
    `${openid}&openid.mode=checkid_setup&openid.spark.state=%ED%A0%80&openid.ax.required=${'a,'.repeat(2000)}`,
    `${openid}&openid.mode=%00&openid.ax.type.=x`,
  ];
  for (const path of [...PAGES, '/spark/auth/vow/%E0%A4%A', '/spark/r/login/%ED%A0%80', '/spark/openid/userinfo'])
    for (const query of queries)
      for (const init of [{}, { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) }, { method: 'POST', body: '{"a":' }]) {
        const { status } = await visitor.go(`${path}?${query}`, init);
        ok(status < 500, `${path}?${query.slice(0, 80)}: ${status}`);
      }
  const text =
    '{"grant_type":"authorization_code","code":"\\u0000","redirect_uri":"\\ud800","client_id":"sandbox_agent","client_secret":"sandbox_agent_secret"}';
  for (const path of ['/spark/v1/oauth2/grant', '/spark/openid/token', '/spark/openid/revoke', '/spark/openid/userinfo'])
    for (const body of [
      text,
      '',
      '\u0000',
      '{}',
      '[]',
      'a=b&a=c',
      '%',
      `grant_type=refresh_token&refresh_token=%00&${known}&client_secret=${KEYS.agent.secret}`,
    ])
      for (const type of [
        'application/json',
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data; boundary=x',
        ';;',
      ]) {
        const { status } = await lab.call(path, {
          method: 'POST',
          body,
          headers: { 'content-type': type, authorization: 'Basic %%%' },
        });
        ok(status >= 400 && status < 500, `${path} ${type} ${body}: ${status}`);
        const plain = await lab.call(path, { method: 'POST', body, headers: { 'content-type': type } });
        ok(plain.status < 500, `${path} ${type} ${body}: ${plain.status}`);
      }
});
