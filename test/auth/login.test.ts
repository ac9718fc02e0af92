import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, test } from 'node:test';
import { openHouse, PASSWORD } from './house.ts';
import { makeVisitor } from './visitor.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());
const BRIAN = 'brianerwin@newkyhome.com';
const whoIs = async (visitor: ReturnType<typeof makeVisitor>) =>
  (await (await visitor.go('/me')).json()) as { name?: string; organisation?: string };
const locationOf = (response: Response) => response.headers.get('location');

test('the right password opens a session; signing out ends it', async () => {
  const visitor = makeVisitor(house.base);
  const response = await visitor.signIn('BrianErwin@NewKyHome.com');
  deepEqual([response.status, locationOf(response)], [303, '/']);
  const [cookie = ''] = response.headers.getSetCookie();
  match(cookie, /^portico_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  equal((await whoIs(visitor)).name, 'Brian Erwin');
  equal(locationOf(await visitor.go('/login?return_to=/account')), '/account');

  const token = visitor.jar.get('portico_session') ?? '';
  const csrf = (await house.identity.readSession(token))?.csrf ?? '';
  equal((await visitor.post('/logout', {})).status, 403);
  equal((await whoIs(visitor)).name, 'Brian Erwin');
  const out = await visitor.post('/logout', { csrf });
  deepEqual([out.status, locationOf(out)], [303, '/login']);
  deepEqual(await whoIs(visitor), {});
  equal(await house.identity.readSession(token), undefined, 'the old cookie is dead too');
});

test('a sign-in replaces the session that was there', async () => {
  const visitor = makeVisitor(house.base);
  await visitor.signIn(BRIAN);
  const before = visitor.jar.get('portico_session') ?? '';
  const form = makeVisitor(house.base);
  const csrf = form.fieldOf(await (await form.go('/login')).text(), 'csrf');
  visitor.jar.set('portico_form', form.jar.get('portico_form') ?? '');
  await visitor.post('/login', { csrf, email: 'allen@newkyhome.com', password: PASSWORD });
  notEqual(visitor.jar.get('portico_session'), before);
  equal((await whoIs(visitor)).name, 'Allen Grey');
  equal(await house.identity.readSession(before), undefined);
});

test('a form without its token is refused', async () => {
  const visitor = makeVisitor(house.base);
  const fields = { email: BRIAN, password: PASSWORD };
  equal((await visitor.post('/login', fields)).status, 403);
  await visitor.go('/login');
  equal((await visitor.post('/login', { ...fields, csrf: 'wrong' })).status, 403);
  const other = makeVisitor(house.base);
  const csrf = other.fieldOf(await (await other.go('/login')).text(), 'csrf');
  equal((await visitor.post('/login', { ...fields, csrf })).status, 403, "another browser's token");
  equal(
    (await visitor.go('/login', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status,
    415,
  );
});

test('return_to leads nowhere else', async () => {
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '@evil.example',
    '',
  ]) {
    const visitor = makeVisitor(house.base);
    const response = await visitor.signIn(BRIAN, PASSWORD, `/login?return_to=${encodeURIComponent(to)}`);
    deepEqual([response.status, locationOf(response)], [303, '/'], to);
    equal(locationOf(await visitor.go(`/login?return_to=${encodeURIComponent(to)}`)), '/', to);
  }
  const visitor = makeVisitor(house.base);
  equal(locationOf(await visitor.signIn(BRIAN, PASSWORD, '/login?return_to=%2Fa%2Fb%3Fc%3D%2F%2Fd')), '/a/b?c=//d');
});

test('after five failures each try has to wait, and a known address looks like an unknown one', async () => {
  house.stopClock();
  for (const email of ['allen@newkyhome.com', 'nobody@example.com']) {
    const visitor = makeVisitor(house.base);
    for (let i = 0; i < 5; i++) {
      const response = await visitor.signIn(email, 'wrong password');
      equal(response.status, 422);
      match(await response.text(), /role="alert">E-mail address or password is wrong\./);
    }
    const slowed = await visitor.signIn(email, PASSWORD);
    deepEqual([slowed.status, slowed.headers.get('retry-after')], [429, '1']);
    match(await slowed.text(), /Too many tries\. Wait 1 seconds?/);
    house.pass(1_001);
    equal((await visitor.signIn(email, 'wrong password')).status, 422);
    equal((await visitor.signIn(email, PASSWORD)).headers.get('retry-after'), '2');
    house.pass(2_001);
  }
  const visitor = makeVisitor(house.base);
  equal((await visitor.signIn('allen@newkyhome.com')).status, 303);
  equal((await visitor.signIn('allen@newkyhome.com', 'x')).status, 403, 'signed in, so the page shown was another');
});

test('many tries at the same time count as many', async () => {
  const page = makeVisitor(house.base);
  const csrf = page.fieldOf(await (await page.go('/login')).text(), 'csrf');
  const tries = await Promise.all(
    Array.from({ length: 12 }, () => page.post('/login', { csrf, email: 'dora@example.com', password: 'wrong' })),
  );
  equal(tries.filter((response) => response.status === 422).length, 5);
  house.pass(900_001);
});

test('an address with logins in several organisations is asked which', async () => {
  await house.identity.createUser({ orgId: 2, email: BRIAN, password: PASSWORD });
  const visitor = makeVisitor(house.base);
  const shown = await visitor.signIn(BRIAN, PASSWORD, '/login?return_to=/after');
  const page = await shown.text();
  equal(shown.status, 200);
  match(page, /name="organisation" value="1">Sign in at SBOX Realty</);
  const fields = {
    csrf: visitor.fieldOf(page, 'csrf'),
    return_to: visitor.fieldOf(page, 'return_to'),
    ticket: visitor.fieldOf(page, 'ticket'),
  };
  equal((await visitor.post('/login', { ...fields, organisation: '3' })).status, 422);
  equal((await visitor.post('/login', { ...fields, ticket: 'v1.AAAA', organisation: '2' })).status, 422);
  const chosen = await visitor.post('/login', { ...fields, organisation: '2' });
  deepEqual([chosen.status, locationOf(chosen)], [303, '/after']);
  equal((await whoIs(visitor)).organisation, 'DEMO Realty');
  house.pass(300_001);
  equal((await makeVisitor(house.base).post('/login', { ...fields, organisation: '2' })).status, 403);
});

test('sessions end after two idle hours, twelve in all, a new password, or the member leaving', async () => {
  const idle = makeVisitor(house.base);
  await idle.signIn('allen@newkyhome.com');
  house.pass(2 * 3_600_000 + 1);
  deepEqual(await whoIs(idle), {});

  const long = makeVisitor(house.base);
  await long.signIn('allen@newkyhome.com');
  for (let hour = 0; hour < 11; hour++) {
    house.pass(3_600_000);
    equal((await whoIs(long)).name, 'Allen Grey');
  }
  house.pass(3_600_000);
  deepEqual(await whoIs(long), {});

  const changed = makeVisitor(house.base);
  await changed.signIn('allen@newkyhome.com');
  await house.identity.setPassword(house.allen, 'another password');
  deepEqual(await whoIs(changed), {});
  await changed.signIn('allen@newkyhome.com', 'another password');
  equal((await whoIs(changed)).name, 'Allen Grey');
  await house.query('update member set active = false where id = $1', [house.allen.memberId]);
  deepEqual(await whoIs(changed), {});
  equal((await makeVisitor(house.base).signIn('allen@newkyhome.com', 'another password')).status, 422);
});

test('what people type does no harm', async () => {
  for (const email of ['a\0b@example.com', '"><script>alert(1)</script>@example.com', 'x'.repeat(5_000)]) {
    const response = await makeVisitor(house.base).signIn(email, 'y'.repeat(5_000));
    equal(response.status, 422);
    equal((await response.text()).includes('<script'), false);
  }
  const big = await makeVisitor(house.base).post('/login', { email: 'x'.repeat(70_000) });
  equal(big.status, 413);
});
