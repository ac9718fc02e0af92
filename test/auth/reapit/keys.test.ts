import { deepEqual, equal, notEqual, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createRemoteJWKSet, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { type Connect, claimsOf, headerOf, machineToken, openConnect, tokensOf } from './connect.ts';

let lab: Connect;
before(async () => {
  lab = await openConnect();
});
after(() => lab[Symbol.asyncDispose]());

const JOHN = 'john.smith@allenrealty.example';
const MINUTE = 60_000;
const kidsOf = async (of: Connect) =>
  ((await of.call('/connect/.well-known/jwks.json')).body as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

describe('the key set', () => {
  test('R29: verifies both tokens for whoever takes its address from the issuer', async () => {
    const { access_token, id_token = '' } = await tokensOf(lab, JOHN);
    for (const token of [access_token, id_token]) {
      const issuer = String(claimsOf(token).iss);
      for (const address of [`${issuer}/.well-known/jwks.json`, `${issuer}//.well-known/jwks.json`]) {
        const keys = createRemoteJWKSet(new URL(address));
        equal((await jwtVerify(token, keys, { issuer, algorithms: ['RS256'] })).payload.token_use !== undefined, true);
      }
    }
  });

  test('has nothing of the private keys', async () => {
    const { body } = await lab.call('/connect/.well-known/jwks.json');
    const [key = {}] = (body as { keys: object[] }).keys;
    deepEqual(Object.keys(key), ['kty', 'use', 'alg', 'kid', 'n', 'e']);
  });
});

test('a replaced key stays until its last token has run out', async () => {
  await using own = await openConnect();
  const kind = async (token: string) => (await own.identity.authenticateReapit(token, 'SBOX')).kind;
  const before = await machineToken(own);
  const old = headerOf(before).kid;
  const fresh = await own.identity.rotateSigningKey();
  deepEqual(await kidsOf(own), [old, fresh], 'published before it signs');
  equal(headerOf(await machineToken(own)).kid, old);
  own.pass(11 * MINUTE);
  const after = await machineToken(own);
  equal(headerOf(after).kid, fresh);
  deepEqual(await kidsOf(own), [fresh, old]);
  deepEqual([await kind(before), await kind(after)], ['ok', 'ok']);
  own.pass(3 * 60 * MINUTE);
  deepEqual(await kidsOf(own), [fresh]);
  deepEqual(
    [await kind(before), await kind(after)],
    ['unauthenticated', 'unauthenticated'],
    'tokens that were known have run out too',
  );
});

test('a stolen key can be ended at once', async () => {
  await using own = await openConnect();
  const before = await machineToken(own);
  equal((await own.identity.authenticateReapit(before, 'SBOX')).kind, 'ok', 'and its signature need not be checked again');
  const fresh = await own.identity.rotateSigningKey({ atOnce: true });
  deepEqual(await kidsOf(own), [fresh]);
  equal((await own.identity.authenticateReapit(before, 'SBOX')).kind, 'unauthenticated');
  const after = await machineToken(own);
  equal(headerOf(after).kid, fresh);
  equal((await own.identity.authenticateReapit(after, 'SBOX')).kind, 'ok');
});

test('once in ninety days the job replaces it, and not before', async () => {
  await using own = await openConnect();
  const [first] = await kidsOf(own);
  await own.identity.renewSigningKey();
  deepEqual(await kidsOf(own), [first]);
  own.pass(91 * 24 * 60 * MINUTE);
  await own.identity.renewSigningKey();
  equal((await kidsOf(own)).length, 2);
});

test('an instance knows a key that another has made', async () => {
  await using own = await openConnect();
  await kidsOf(own);
  const { identity } = own.house.stores.domain;
  const { signingKeyService } = await import('../../../src/domain/identity/signing-key.service.ts');
  const { makeSecrets } = await import('../../../src/kernel/secrets.ts');
  const { TEST_SECRET } = await import('../../../src/testing/server.ts');
  const { db, clock } = own.house.stores.ports;
  const other = signingKeyService(db, clock, makeSecrets(TEST_SECRET));
  const kid = await other.rotateSigningKey();
  own.pass(6_000);
  equal((await identity.findSigningKey(kid))?.kid, kid);
  equal(await identity.findSigningKey('nobody'), undefined);
});

describe('what is no token of ours', () => {
  const kind = async (token: string) => (await lab.identity.authenticateReapit(token, 'SBOX')).kind;

  test('changed, cut, of another key, without signature', async () => {
    const token = await machineToken(lab);
    const [head = '', body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(token), scope: 'agencyCloud/everything' })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', kid: headerOf(token).kid })).toString('base64url');
    const { privateKey } = await generateKeyPair('RS256');
    const foreign = await new SignJWT(claimsOf(token))
      .setProtectedHeader({ alg: 'RS256', kid: String(headerOf(token).kid) })
      .sign(privateKey);
    const secret = new TextEncoder().encode((await kidsOf(lab)).join().padEnd(64, 'x'));
    const confused = await new SignJWT(claimsOf(token))
      .setProtectedHeader({ alg: 'HS256', kid: String(headerOf(token).kid) })
      .sign(secret);
    for (const wrong of [
      `${head}.${forged}.${signature}`,
      `${head}.${body}`,
      `${head}.${body}.`,
      `${none}.${body}.`,
      foreign,
      confused,
      '',
      'x',
      'a.b.c',
      '\0',
      'x'.repeat(20_000),
    ])
      equal(await kind(wrong), 'unauthenticated', wrong.slice(0, 80));
    equal(await kind(token), 'ok');
  });

  test('id tokens, refresh tokens, and what these keys sign for another door', async () => {
    const { id_token = '', refresh_token = '' } = await tokensOf(lab, JOHN);
    notEqual(id_token, '');
    equal(await kind(id_token), 'unauthenticated');
    equal(await kind(refresh_token), 'unauthenticated');
    await rejects(
      jwtVerify(id_token, createRemoteJWKSet(new URL(`${lab.url}/connect/.well-known/jwks.json`)), { issuer: 'http://else' }),
    );
  });
});
