import { equal, match, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

/** An answer of each kind of each room: done, refused, not there, unreadable. */
const ANSWERS = [
  ...['/dotloop/public/v2/account', '/dotloop/public/v2/nothing', '/dotloop/public/v2/%', '/dotloop/oauth/nothing'],
  ...['/reapit/contacts', '/reapit/%', '/connect/.well-known/jwks.json', '/connect/nothing'],
  ...['/propertybase/api/v2/offices', '/propertybase/%', '/api/v2/offices'],
  ...['/spark/v1/system', '/spark/%', '/spark/openid/jwks.json', '/spark/openid/userinfo'],
  ...['/openapi/spark.json', '/openapi/none.json', '/explore/spark', '/explore/none', '/healthz', '/readyz', '/metrics', '/%'],
  ...[
    '/media/none/640.jpg',
    '/media/documents/none',
    '/s/none',
    '/app/front',
    '/app/none',
    '/',
    '/login',
    '/nothing',
    '/assets/none.js',
  ],
];

test('no answer is taken for another type than it says', async () => {
  for (const path of ANSWERS) {
    const { status, headers } = await lab.call(path, { token: SANDBOX.dotloop.accessToken });
    equal(headers.get('x-content-type-options'), 'nosniff', `${status} ${path}`);
  }
});

const PAGES = [
  ...['/', '/login', '/m/loop', '/s/none', '/explore/spark/', '/dotloop/oauth/authorize', '/connect/authorize', '/spark/oauth2'],
  ...['/spark/openid', '/spark/auth/vow/brian-erwin', '/spark/auth/vow/nobody', '/unsubscribe/none', '/invitation/none'],
];

test('every page runs its own scripts alone, is framed by nobody, and tells no other site where somebody was', async () => {
  for (const path of PAGES) {
    const { status, headers } = await lab.call(path, { headers: { accept: 'text/html' } });
    if (status >= 300 && status < 400) continue;
    const policy = headers.get('content-security-policy') ?? '';
    match(headers.get('content-type') ?? '', /^text\/html/, path);
    match(policy, /(^|; )default-src '(self|none)'/, path);
    match(policy, /(^|; )frame-ancestors 'none'/, path);
    match(policy, /(^|; )base-uri 'none'/, path);
    match(headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/, path);
    // The explorer's library builds its page in the browser; nothing of a person is on it.
    if (!path.startsWith('/explore')) ok(!/script-src[^;]*'unsafe-/.test(policy), policy);
  }
});

test('pages that belong to somebody are kept by nobody', async () => {
  for (const path of ['/login', '/app/session', '/app/applications', '/dotloop/oauth/authorize'])
    match((await lab.call(path)).headers.get('cache-control') ?? '', /no-store/, path);
});

test('who came by https goes on by https; over plain http nobody is told so', async () => {
  equal((await lab.call('/healthz')).headers.get('strict-transport-security'), null);
  await using secure = await openLab({ env: { PUBLIC_URL: 'https://portico.example.com', PORTICO_SANDBOX: 'on' } });
  // The lab calls the address of its settings; this house has another one.
  const { port } = secure.house.app.server.address() as { port: number };
  for (const path of ['/login', '/healthz', '/dotloop/public/v2/account', '/spark/v1/system', '/reapit/contacts', '/nothing']) {
    const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
    equal(headers.get('strict-transport-security'), 'max-age=31536000', path);
  }
  const { headers } = await fetch(`http://127.0.0.1:${port}/login`);
  for (const cookie of headers.getSetCookie()) match(cookie, /^__Host-\w+=[^;]+;.*Secure/i);
});

test('cookies are for this host, not for scripts, and not sent along by other sites', async () => {
  const cookies = (await lab.call('/login')).headers.getSetCookie();
  ok(cookies.length > 0);
  for (const cookie of cookies) {
    match(cookie, /; HttpOnly/i);
    match(cookie, /; SameSite=(Lax|Strict)/i);
    ok(!/; Domain=/i.test(cookie), cookie);
  }
});

test('only doors of applications let other origins read, and never with a cookie', async () => {
  for (const path of ANSWERS) {
    const { headers } = await lab.call(path, { headers: { origin: 'https://evil.example' } });
    equal(headers.get('access-control-allow-credentials'), null, path);
    if (/^\/(app|login|s|m|developer|installations)\b/.test(path)) equal(headers.get('access-control-allow-origin'), null, path);
  }
});
