import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeClient, UUID } from './dotloop-client.ts';
import { CALLBACK, CLIENT, openHouse } from './house.ts';
import { makeVisitor } from './visitor.ts';

const house = await openHouse();
after(() => house[Symbol.asyncDispose]());
const client = makeClient(house);
const BRIAN = 'brianerwin@newkyhome.com';
const ALLEN = 'allen@newkyhome.com';

const signedIn = async (email = BRIAN) => {
  const visitor = makeVisitor(house.base);
  await visitor.signIn(email);
  return visitor;
};
const locationOf = (response: Response) => response.headers.get('location') ?? '';
/** Every value of an address to return to; its path stays in `to`. */
const told = (response: Response) => {
  const [to = '', query = ''] = locationOf(response).split('?');
  return { status: response.status, to, ...Object.fromEntries(new URLSearchParams(query)) };
};

test('D01: after sign-in and consent the code and the state come back by 302', async () => {
  const visitor = makeVisitor(house.base);
  const path = client.authorizePath({ state: 'a b&c', redirect_on_deny: 'true' });
  const start = await visitor.go(path);
  equal(start.status, 302);
  match(locationOf(start), /^\/login\?return_to=%2Fdotloop%2Foauth%2Fauthorize%3F/);
  const entered = await visitor.signIn(BRIAN, undefined, locationOf(start));
  equal(entered.status, 303);
  match(locationOf(entered), /^\/dotloop\/oauth\/authorize\?/);

  const consent = await visitor.go(locationOf(entered));
  const page = await consent.text();
  equal(consent.status, 200);
  match(page, /<h1>Connect Deal &lt;Helper&gt;\?<\/h1>/);
  match(page, /<li>See, create and change your profiles<\/li>/);
  match(
    consent.headers.get('content-security-policy') ?? '',
    /form-action 'self' http:\/\/localhost:3000;.*frame-ancestors 'none'/,
  );

  const { code, ...rest } = told(await visitor.decide(path, 'approve')) as ReturnType<typeof told> & { code: string };
  match(code, UUID);
  deepEqual(rest, { status: 302, to: CALLBACK, state: 'a b&c' });

  const again = await visitor.go(client.authorizePath());
  equal(again.status, 302, 'a live consent is not asked again');
  deepEqual(Object.keys(told(again)), ['status', 'to', 'code']);
});

test('who is signed in now is who consents', async () => {
  const visitor = await signedIn(ALLEN);
  await visitor.decide(client.authorizePath(), 'approve');
  const page = await (await visitor.go(client.authorizePath({ scope: 'account:read' }))).status;
  equal(page, 302);
  const csrf = (await house.identity.readSession(visitor.jar.get('portico_session') ?? ''))?.csrf ?? '';
  const out = await visitor.post('/logout', { csrf, return_to: '/dotloop/oauth/authorize?x=1' });
  deepEqual([out.status, locationOf(out)], [303, '/dotloop/oauth/authorize?x=1']);
  match(locationOf(await visitor.go(client.authorizePath())), /^\/login/);
  await visitor.signIn(BRIAN);
  const code = new URL(locationOf(await visitor.go(client.authorizePath()))).searchParams.get('code') ?? '';
  const tokens = (await (await client.exchange(code)).json()) as { access_token: string };
  const bearer = await house.identity.authenticateToken(tokens.access_token, 'dotloop');
  equal(bearer.kind === 'ok' && bearer.actor.name, 'Brian Erwin');
});

test('an unknown client or address is a page, never a redirect', async () => {
  const visitor = await signedIn();
  for (const more of [
    { client_id: 'c0000000-0000-4000-8000-000000000000' },
    { client_id: 'a\0b' },
    { redirect_uri: 'http://localhost:3000/other' },
    { redirect_uri: `${CALLBACK}/` },
    { redirect_uri: 'http://localhost:3000/callback?x=1' },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: '' },
    { client_id: '' },
  ]) {
    const response = await visitor.go(client.authorizePath(more));
    equal(response.status, 400, JSON.stringify(more));
    equal(response.headers.get('location'), null);
    match(response.headers.get('content-type') ?? '', /^text\/html/);
    match(await response.text(), /<h1>This application cannot be connected<\/h1>/);
  }
  const twice = await visitor.go(`${client.authorizePath()}&redirect_uri=https://evil.example/`);
  equal(twice.status, 400);
});

test('other refusals are told to the application', async () => {
  const visitor = await signedIn();
  const ask = async (more: Record<string, string>, extra = '') => told(await visitor.go(client.authorizePath(more) + extra));
  const back = { status: 302, to: CALLBACK };
  deepEqual(await ask({ response_type: 'token', state: 's' }), {
    ...back,
    error: 'unsupported_response_type',
    error_description: 'response_type must be code',
    state: 's',
  });
  deepEqual(await ask({ response_type: '' }), {
    ...back,
    error: 'invalid_request',
    error_description: 'response_type is missing',
  });
  deepEqual(await ask({ scope: 'nope loop' }), {
    ...back,
    error: 'invalid_scope',
    error_description: 'None of the scopes asked for is registered for this application',
  });
  deepEqual(await ask({ state: 'a' }, '&state=b'), {
    ...back,
    error: 'invalid_request',
    error_description: 'state is given with different values',
    state: 'a',
  });
  const pkce = await ask({ code_challenge: 'short', code_challenge_method: 'S256' });
  equal('error' in pkce && pkce.error, 'invalid_request');
});

test('a denial closes the window, or is told when that was asked', async () => {
  const visitor = await signedIn(ALLEN);
  const scope = { scope: 'account:read' };
  await house.identity.revokeApplication(
    (await house.identity.readSession(visitor.jar.get('portico_session') ?? ''))!.actor,
    CLIENT,
  );
  const closed = await visitor.decide(client.authorizePath(scope), 'deny');
  equal(closed.status, 200);
  match(await closed.text(), /<script>window\.close\(\)<\/script>/);
  match(closed.headers.get('content-security-policy') ?? '', /script-src 'sha256-[A-Za-z0-9+/=]+';/);
  for (const flag of ['true', 'TRUE', 'True'])
    deepEqual(told(await visitor.decide(client.authorizePath({ ...scope, redirect_on_deny: flag, state: 'x' }), 'deny')), {
      status: 302,
      to: CALLBACK,
      error: 'access_denied',
      error_description: 'The user denied access',
      state: 'x',
    });
  equal((await visitor.go(client.authorizePath(scope))).status, 200, 'and is not remembered');
});

test('a query of the registered address is kept, encoded or not', async () => {
  const uri = 'http://127.0.0.1:3000/cb?app=1&x=2';
  const visitor = await signedIn();
  for (const written of [uri, encodeURIComponent(uri)]) {
    const response = await visitor.go(`/oauth/authorize?response_type=code&client_id=${CLIENT}&redirect_uri=${written}`);
    ok(locationOf(response).startsWith(`${uri}&code=`), locationOf(response));
  }
});

test('scopes are the part that the registration covers, and asked again when there are more', async () => {
  const visitor = await signedIn(ALLEN);
  const asked = client.authorizePath({ scope: 'profile:read,loop:* nonsense:read' });
  const code = new URL(locationOf(await visitor.decide(asked, 'approve'))).searchParams.get('code') ?? '';
  const tokens = (await (await client.exchange(code)).json()) as { scope: string };
  equal(tokens.scope, 'profile:read, loop:*');
  equal((await visitor.go(client.authorizePath({ scope: 'loop:read' }))).status, 302, 'covered by loop:*');
  equal((await visitor.go(client.authorizePath({ scope: 'profile:*' }))).status, 200, 'not covered by profile:read');
});

test('the form of the consent page needs its token', async () => {
  const visitor = await signedIn();
  for (const csrf of ['', 'wrong', 'x'.repeat(43)]) {
    const response = await visitor.post(client.authorizePath(), { csrf, decision: 'approve' });
    equal(response.status, 403);
    match(await response.text(), /This form is out of date/);
  }
});

test('the sandbox application is for people of the sandbox', async () => {
  const visitor = await signedIn('dora@example.com');
  const response = await visitor.go(client.authorizePath());
  equal(response.status, 403);
  match(await response.text(), /works for people of the sandbox only/);
});

test('trailing slash, trailing ?, and other methods', async () => {
  const visitor = await signedIn();
  equal((await visitor.go(client.authorizePath().replace('authorize?', 'authorize/?'))).status, 302);
  equal((await visitor.go('/oauth/authorize?')).status, 400);
  equal((await visitor.go('/oauth/authorize', { method: 'DELETE' })).status, 404);
});
