import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '../../src/cli.ts';
import { copyDatabase, TEST_SECRET } from '../../src/testing/server.ts';

const database = await copyDatabase('sandbox');
const folder = await mkdtemp(join(tmpdir(), 'portico-cli-'));
Object.assign(process.env, { DATABASE_URL: database.url, PORTICO_DATA: folder, PORTICO_SECRET: TEST_SECRET });
after(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** One command line, as a script calls it. */
async function portico(line: string) {
  let out = '';
  let err = '';
  const args = [...line.split(' '), '--json'];
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
  });
  return { code, out: out ? JSON.parse(out) : undefined, err };
}
const done = async (line: string) => {
  const { code, out, err } = await portico(line);
  equal(code, 0, err);
  return out;
};

test('an application is registered, renewed, installed for a group and a customer, and uninstalled', async () => {
  await done('org create --code DEVS --name Developers');
  const made = await done(
    'app create --org DEVS --name Board --grant authorization_code --grant client_credentials --redirect-uri https://board.example/cb --scope agencyCloud/offices.read',
  );
  deepEqual(Object.keys(made), ['clientId', 'clientSecret']);
  const renewed = await done(`app secret ${made.clientId} --org DEVS`);
  equal(renewed.clientSecret === made.clientSecret, false);

  deepEqual(Object.keys(await done('office-group create --org DEMO --code west --name West --office OXF')), ['id', 'code']);
  await done(`app install ${made.clientId} --org DEMO --office-group WEST --extra-field pDirections`);
  await done(`app install ${made.clientId} --org DEMO`);
  match((await portico(`app install ${made.clientId} --org DEMO`)).err, /installed already/);
  await done(`app uninstall ${made.clientId} --org DEMO`);
  match((await portico(`app uninstall ${made.clientId} --org DEMO`)).err, /has not installed/);
  await done(`app uninstall ${made.clientId} --org DEMO --office-group west`);
});

test('a public application has no secret', async () => {
  const made = await done(
    'app create --org SBOX --name Page --public --grant authorization_code --redirect-uri http://localhost:5173/',
  );
  equal(made.clientSecret, null);
  match((await portico(`app secret ${made.clientId} --org SBOX`)).err, /has no secret/);
});

test('what is wrong is said', async () => {
  const wrong = await portico('app create --org SBOX --name X --grant implicit');
  deepEqual([wrong.code, wrong.err.includes('--grant implicit')], [64, true]);
  const unknown = await portico('app create --org SBOX --name X --grant client_credentials --scope agencyCloud/all.read');
  match(unknown.err, /There is no scope agencyCloud\/all.read/);
  match((await portico('app secret nobody --org SBOX')).err, /No such application/);
});

test('the key that signs tokens is replaced', async () => {
  match((await done('signing-key rotate')).kid, /^[0-9a-f-]{36}$/);
});
