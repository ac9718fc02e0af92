import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from '../../src/db/connect.ts';
import { runPortico } from '../../src/testing/command.ts';
import { copyDatabase, TEST_SECRET } from '../../src/testing/server.ts';

const database = await copyDatabase('sandbox');
const folder = await mkdtemp(join(tmpdir(), 'portico-cli-'));
after(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const portico = (args: string[], env: Record<string, string> = {}) =>
  runPortico(args, { DATABASE_URL: database.url, PORTICO_DATA: folder, PORTICO_SECRET: TEST_SECRET, ...env });

test('settings of an organisation are shown, checked and changed', async () => {
  const settings = async (...more: string[]) => portico(['org', 'settings', '--org', 'SBOX', '--json', ...more]);
  const before = JSON.parse((await settings()).out);
  const set = ['--set', 'pictures.largestWidth=1024', '--set', 'currencyRates.EUR=0.92', '--set', 'reapit.useSoldStc=true'];
  const after = JSON.parse((await settings(...set)).out);
  deepEqual(after, {
    ...before,
    pictures: { largestWidth: 1024 },
    currencyRates: { ...before.currencyRates, EUR: 0.92 },
    reapit: { ...before.reapit, useSoldStc: true },
  });
  deepEqual(JSON.parse((await settings('--clear', 'pictures.largestWidth')).out).pictures, {});
  const wrong = await settings('--set', 'reapit.useSoldStc=false', '--set', 'pictures.largestWidth=9');
  match(wrong.err, /pictures\.largestWidth is a whole number from 160 to 2048/);
  equal(wrong.code, 1);
});

test('organisation, user and client are made, and secrets shown once', async () => {
  const org = await portico(['org', 'create', '--code', 'cli', '--name', 'Command Realty', '--json']);
  equal(org.code, 0, org.err);
  const made = JSON.parse(org.out);
  deepEqual(made, { id: made.id, code: 'CLI', office: { id: made.office.id, code: 'COM' } });

  const user = await portico([
    'user',
    'create',
    '--org',
    'CLI',
    '--email',
    'ann@example.com',
    '--first-name',
    'Ann',
    '--last-name',
    'Allen',
    '--json',
  ]);
  equal(user.code, 0, user.err);
  deepEqual(Object.keys(JSON.parse(user.out)), ['userId', 'memberId', 'profileId', 'password']);

  const again = await portico([
    'user',
    'create',
    '--org',
    'CLI',
    '--email',
    'ANN@example.com',
    '--first-name',
    'A',
    '--last-name',
    'B',
  ]);
  deepEqual([again.code, again.out], [1, '']);
  match(again.err, /login in the organisation already/);

  const client = await portico([
    'client',
    'create',
    '--org',
    'CLI',
    '--door',
    'dotloop',
    '--name',
    'CRM',
    '--redirect-uri',
    'https://crm.example.com/cb',
    '--scope',
    'loop:* contact:read',
    '--json',
  ]);
  equal(client.code, 0, client.err);
  deepEqual(Object.keys(JSON.parse(client.out)), ['clientId', 'clientSecret']);
});

test('two loops are merged', async () => {
  const merged = await portico(['loop', 'merge', '34308', '30004', '--org', 'SBOX', '--json']);
  deepEqual([merged.code, merged.err, JSON.parse(merged.out)], [0, '', { from: 34308, to: 30004 }]);
  const gone = await portico(['loop', 'merge', '34308', '30004', '--org', 'SBOX', '--json']);
  deepEqual([gone.code, JSON.parse(gone.err)], [1, { error: { message: 'No such loop' } }]);
});

/** What doctor says of each check but that of durability: the server that the tests start forces nothing to the disk. */
async function examine(env: Record<string, string> = {}) {
  const { code, out, err } = await portico(['doctor', '--json'], env);
  equal(err, '');
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] };
  deepEqual([ok, code], checks.every((check) => check.ok) ? [true, 0] : [false, 1]);
  const examined = checks.filter(({ name }) => name !== 'durability');
  return {
    said: examined.map((check) => `${check.name}: ${check.ok}`),
    details: examined.map(({ detail }) => detail).join('\n'),
  };
}

test('doctor says what is well and what is not', async () => {
  const { said } = await examine();
  deepEqual(said, ['settings: true', 'database: true', 'schema: true', 'totals: true', 'files: true', 'mails: true']);
});

test('doctor says where mails go, and what keeps a mail server from taking them', async () => {
  match(
    (await examine()).details,
    new RegExp(`^no server \\(PORTICO_SMTP\\): mails go to files in ${join(folder, 'mail')}$`, 'm'),
  );
  const ill = await portico(['doctor'], { PORTICO_SMTP: 'smtp://crm:secret@127.0.0.1:1' });
  equal(ill.code, 1);
  match(ill.out, /^WRONG {2}mails {7}127\.0\.0\.1:1 takes no mails: .*ECONNREFUSED/m);
  doesNotMatch(ill.out + ill.err, /secret/);
});

test('doctor leaves a database of an older version as it is', async () => {
  const older = await copyDatabase('empty');
  const { pool, close } = connect(older.url, { max: 1 });
  try {
    const newest = 'delete from schema_migration where version = (select max(version) from schema_migration) returning name';
    const [{ name }] = (await pool.query(newest)).rows;
    for (const _ of ['first', 'second']) {
      const { said, details } = await examine({ DATABASE_URL: older.url });
      deepEqual(said, ['settings: true', 'database: true', 'schema: false', 'files: true', 'mails: true']);
      match(details, new RegExp(`^\`portico migrate\` is to run ${name}$`, 'm'));
    }
  } finally {
    await close();
    await older.drop();
  }
});

test('doctor goes on where the database does not answer, and makes none where there is none', async () => {
  const { said } = await examine({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  deepEqual(said, ['settings: true', 'database: false', 'files: true', 'mails: true']);
  const nowhere = join(folder, 'nowhere');
  const none = await runPortico(['doctor'], { PORTICO_DATA: nowhere, PORTICO_SECRET: TEST_SECRET });
  deepEqual(none, {
    code: 69,
    out: '',
    err: `portico: There is no database in ${nowhere}. \`portico start\` makes one; PORTICO_DATA says where another is.\n`,
  });
});

test('wrong use ends with 64, wrong settings with 78, a missing database with 69 or 1', async () => {
  equal((await portico(['frobnicate'])).code, 64);
  const group = await portico(['key']);
  deepEqual([group.code, group.err.match(/portico \w+(?= create| list| rotate| remove)/g)], [64, Array(4).fill('portico key')]);
  const missing = await portico(['org', 'create', '--name', 'x']);
  deepEqual([missing.code, missing.err], [64, 'portico: --code is required\n']);
  equal((await portico(['migrate'], { PORT: 'x' })).code, 78);
  equal((await portico(['migrate', '--help'])).code, 0);
  const away = await portico(['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  equal(away.code === 1 || away.code === 69, true);
});

test('a personal token is made for a person with an account, shown once, and ended by its name', async () => {
  const token = (verb: string, user: string, name = 'Backups') =>
    portico(['token', verb, '--org', 'SBOX', '--user', user, '--name', name, '--json']);
  const made = await token('create', 'BrianErwin@newkyhome.com');
  equal(made.code, 0, made.err);
  match(JSON.parse(made.out).token, /^[\w-]{43}$/);
  const again = await token('create', 'brianerwin@newkyhome.com');
  deepEqual([again.code, JSON.parse(again.err).error.message], [1, 'There is a personal token named Backups already']);
  match((await token('create', 'nobody@example.com')).err, /Nobody at .* signs in with nobody@example.com/);
  equal((await token('create', 'brianerwin@newkyhome.com', ' ')).code, 1);
  deepEqual(JSON.parse((await token('revoke', 'brianerwin@newkyhome.com')).out), { revoked: 'Backups' });
  equal((await token('revoke', 'brianerwin@newkyhome.com')).code, 1, 'it has ended');
  equal((await token('create', 'brianerwin@newkyhome.com')).code, 0);
});

test('a key of the Spark door opens a session of its member', async () => {
  const asked = ['key', 'create', '--org', 'SBOX', '--door', 'spark', '--member', 'brianerwin@newkyhome.com', '--name', 'Site'];
  const made = await portico([...asked, '--role', 'idx', '--flag', 'read_only', '--json']);
  equal(made.code, 0, made.err);
  const { key, secret, ...rest } = JSON.parse(made.out);
  deepEqual(rest, {});
  match(key, /^[0-9a-f]{32}$/);
  match(secret, /^[\w-]{32}$/);
  const listed = async () => {
    const { sparkKeys } = JSON.parse((await portico(['key', 'list', '--org', 'SBOX', '--json'])).out);
    return sparkKeys.find((one: { key: string }) => one.key === key);
  };
  const { id, role, flags, member_name } = await listed();
  deepEqual([role, flags, member_name], ['idx', ['read_only'], 'Brian Erwin']);
  const remove = () => portico(['key', 'remove', String(id), '--org', 'SBOX', '--door', 'spark', '--json']);
  deepEqual(JSON.parse((await remove()).out), { removed: id });
  equal(await listed(), undefined);
  deepEqual(JSON.parse((await remove()).err), { error: { message: 'No such key' } });
  for (const [more, said, code] of [
    [['--role', 'king'], '--role king: must be one of idx, public, vow, portal, private', 64],
    [['--role', 'idx', '--flag', 'all'], 'all is none of read_only', 1],
    [['--role', 'portal', '--consumer', '12'], 'No such contact', 1],
  ] as const) {
    const refused = await portico([...asked, ...more]);
    equal(refused.code, code);
    match(refused.err, new RegExp(said));
  }
});
