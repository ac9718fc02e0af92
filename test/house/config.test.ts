import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../../src/config.ts';
import { makeRewrite } from '../../src/rewrite.ts';

const SECRET = 'x'.repeat(32);

test('every wrong setting is listed at once, and secrets are not echoed', () => {
  throws(
    () => readConfig({ PORT: 'eighty', PORTICO_SANDBOX: 'maybe', PORTICO_SECRET: 'short-secret' }),
    (error: unknown) => {
      if (!(error instanceof ConfigError)) return false;
      equal(error.problems.length, 3);
      match(error.message, /PORT is 'eighty'/);
      match(error.message, /PORTICO_SANDBOX/);
      equal(error.message.includes('short-secret'), false);
      return true;
    },
  );
});

test('what looks like a setting and is none is told; what could not work is refused', () => {
  const given = { PORTICO_SECRET: SECRET, PORTICO_SANBOX: 'off', PORTICO_SERVICE_HOST: '10.0.0.7', PORTICO: 'x' };
  deepEqual(readConfig(given).unknownSettings, ['PORTICO_SANBOX', 'PORTICO_SERVICE_HOST']);
  for (const [name, value] of [
    ['PORTICO_POOL', '0'],
    ['PORTICO_HOSTS', 'dotlop=api.example.com'],
    ['PORTICO_HOSTS', 'dotloop=api.example.com,'],
  ] as const)
    throws(() => readConfig({ PORTICO_SECRET: SECRET, [name]: value }), new RegExp(`${name} is '${value}'`));
  deepEqual(
    [...readConfig({ PORTICO_SECRET: SECRET, PORTICO_HOSTS: 'spark=API.example.com,connect=id.example.com' }).hosts],
    [
      ['api.example.com', 'spark'],
      ['id.example.com', 'connect'],
    ],
  );
});

test('elsewhere than on loopback the sandbox is off, and secret and address must be given', () => {
  throws(() => readConfig({ HOST: '0.0.0.0' }), /PORTICO_SECRET[\s\S]*PUBLIC_URL/);
  const config = readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://portico.example.com/', PORTICO_SECRET: SECRET });
  deepEqual([config.sandbox, config.publicUrl], [false, 'https://portico.example.com']);
  equal(readConfig({ PORTICO_SECRET: SECRET }).sandbox, true);
  equal(readConfig({ PUBLIC_URL: 'https://portico.example.com', PORTICO_SECRET: SECRET }).sandbox, false, 'behind a proxy');
});

test('a secret is made once and kept beside the data, for its owner only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portico-config-'));
  const first = readConfig({ PORTICO_DATA: folder });
  equal(readConfig({ PORTICO_DATA: folder }).secret, first.secret);
  equal(readFileSync(join(folder, 'secret'), 'utf8').trim(), first.secret);
  equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600);
  rmSync(folder, { recursive: true });
});

test('files go to a folder or to a bucket', () => {
  const s3 = readConfig({
    PORTICO_SECRET: SECRET,
    PORTICO_FILES: 's3://papers/portico/live',
    AWS_REGION: 'us-east-1',
    PORTICO_DATA: '/data',
  });
  deepEqual(s3.files, {
    kind: 's3',
    bucket: 'papers',
    prefix: 'portico/live',
    temporary: '/data/uploads',
    forcePathStyle: false,
    region: 'us-east-1',
  });
});

test('mails go to a server by one address, and its password is not echoed', () => {
  const mail = (PORTICO_SMTP: string) => readConfig({ PORTICO_SECRET: SECRET, PORTICO_DATA: '/data', PORTICO_SMTP }).mail.smtp;
  deepEqual(mail('smtp://crm%40example.com:p%2Fss@mail.example.com'), {
    host: 'mail.example.com',
    port: 587,
    secure: false,
    login: { user: 'crm@example.com', password: 'p/ss' },
    onThisMachine: false,
  });
  deepEqual(mail('smtps://[::1]:2465/'), { host: '::1', port: 2465, secure: true, login: undefined, onThisMachine: true });
  for (const wrong of [
    'http://crm:secret@mail.example.com',
    'smtp://crm:secret%@mail.example.com',
    'smtp://crm:secret@host:port',
  ])
    throws(
      () => mail(wrong),
      (error: unknown) => error instanceof ConfigError && /PORTICO_SMTP/.test(error.message) && !/secret/.test(error.message),
    );
});

test('a door answers at the root of its own host; the main host has the roots that redirects need', () => {
  const rewrite = makeRewrite({
    hosts: new Map([
      ['dotloop.localhost', 'dotloop'],
      ['reapit.localhost', 'reapit'],
    ]),
    doors: new Set(['dotloop']),
  });
  const at = (host: string, url: string) => rewrite({ url, headers: { host } });
  deepEqual(
    [
      at('dotloop.localhost:8080', '/public/v2/account'),
      at('DOTLOOP.localhost', '/healthz'),
      at('127.0.0.1:8080', '/public/v2/loop-it?profile_id=1'),
      at('127.0.0.1:8080', '/oauth/token'),
      at('127.0.0.1:8080', '/oauthorize'),
      at('127.0.0.1:8080', '/dotloop/public/v2/account'),
      at('reapit.localhost', '/contacts'),
    ],
    [
      '/dotloop/public/v2/account',
      '/dotloop/healthz',
      '/dotloop/public/v2/loop-it?profile_id=1',
      '/dotloop/oauth/token',
      '/oauthorize',
      '/dotloop/public/v2/account',
      '/contacts',
    ],
  );
});
