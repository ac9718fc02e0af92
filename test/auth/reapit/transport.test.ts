import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { authorizePath, basicOf, type Connect, claimsOf, openConnect, type Tokens } from './connect.ts';

let lab: Connect;
before(async () => {
  lab = await openConnect({ env: { PORTICO_HOSTS: 'connect=connect.localhost' } });
});
after(() => lab[Symbol.asyncDispose]());

type Told = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
/** A call with a Host of its own, and a path that nobody tidies up. */
const atHost = (host: string, path: string, form?: Record<string, string>, headers: Record<string, string> = {}) =>
  new Promise<Told>((resolve, reject) => {
    const { hostname, port } = new URL(lab.url);
    const body = form && new URLSearchParams(form).toString();
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(
      { hostname, port, path, method, headers: { host: `${host}:${port}`, ...type, ...headers } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    sent.on('error', reject).end(body);
  });

test('discovery says what is served', async () => {
  const { body } = await lab.call('/connect/.well-known/openid-configuration');
  const { issuer, jwks_uri, token_endpoint, userinfo_endpoint } = body as Record<string, string>;
  equal(issuer, `${lab.url}/connect`);
  for (const [address, status] of [
    [jwks_uri, 200],
    [userinfo_endpoint, 401],
  ] as const)
    equal((await lab.call(address ?? '')).status, status);
  equal((await lab.call(token_endpoint ?? '', { method: 'POST', body: '' })).status, 401);
});

test('R24: every answer has an id of its own, and any origin may call', async () => {
  const seen = new Set<string | null>();
  for (const path of ['/token', '/nothing', '/.well-known/jwks.json', '/oauth2/userInfo', '/authorize']) {
    const { headers } = await lab.call(`/connect${path}`);
    match(headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
    equal(headers.get('access-control-allow-origin'), '*');
    seen.add(headers.get('x-amzn-requestid'));
  }
  equal(seen.size, 5);
  const preflight = await lab.call('/connect/token', { method: 'OPTIONS' });
  equal(preflight.status, 204);
  match(preflight.headers.get('access-control-allow-headers') ?? '', /reapit-customer/);
});

test('unknown paths and verbs are the answer of the vendor’s gateway', async () => {
  for (const [method, path] of [
    ['GET', '/connect'],
    ['GET', '/connect/nothing'],
    ['GET', '/connect/token'],
    ['POST', '/connect/authorize'],
    ['DELETE', '/connect/token'],
    ['GET', '/connect/%zz'],
  ] as const) {
    const { status, body } = await lab.call(path, { method });
    deepEqual([status, body], [403, { message: 'Missing Authentication Token' }], `${method} ${path}`);
  }
});

test('at the root of its own host: the same, and that host is the issuer', async () => {
  const own = await atHost('connect.localhost', '/token', { grant_type: 'client_credentials' }, { authorization: basicOf() });
  equal(own.status, 200, own.text);
  const { port } = new URL(lab.url);
  const { access_token } = JSON.parse(own.text) as Tokens;
  equal(claimsOf(access_token).iss, `http://connect.localhost:${port}`);
  equal((await lab.identity.authenticateReapit(access_token, 'SBOX')).kind, 'ok');
  for (const path of ['/.well-known/jwks.json', '//.well-known/jwks.json', '/.Well-Known/JWKS.json'])
    equal((await atHost('connect.localhost', path)).status, 200, path);
  const found = JSON.parse((await atHost('connect.localhost', '/.well-known/openid-configuration')).text);
  equal(found.token_endpoint, `http://connect.localhost:${port}/oauth/token`);
});

test('people sign in on the main host, wherever the application sent them', async () => {
  const { status, headers } = await atHost('connect.localhost', authorizePath({}, '/login'));
  equal(status, 302);
  match(String(headers.location), new RegExp(`^${lab.url}/connect/oauth/authorize\\?response_type=code`));
  const login = await lab.call(String(headers.location));
  match(login.headers.get('location') ?? '', /^\/login\?return_to=/);
  // A page of the house, whose form may end where the application has registered.
  const page = await lab.call(login.headers.get('location') ?? '');
  match(page.headers.get('content-security-policy') ?? '', /form-action 'self' http:\/\/localhost:3000/);
});

test('the main host has no token endpoint at its root', async () => {
  notEqual((await lab.call('/token', { method: 'POST', body: '' })).status, 200);
});
