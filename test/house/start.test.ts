import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { TEST_SECRET } from '../../src/testing/server.ts';
import { openWorld } from '../sandbox/world.ts';

/** `npm start` on a database with the schema and nothing else. */
async function startOn(url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'portico-start-'));
  const child = spawn(join(import.meta.dirname, '../../bin/portico'), ['start', '--json'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: url,
      PORTICO_DATA: folder,
      PORTICO_SECRET: TEST_SECRET,
      PORTICO_LOG: 'silent',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').finally(() => rm(folder, { recursive: true }));
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return {
    child,
    ended,
    said: () => err,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

test('the first start makes the sandbox world, serves it, and ends when it is told to', async () => {
  await using world = await openWorld('empty');
  await using started = await startOn(world.url);
  const { child, ended } = started;
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, doors } = JSON.parse(line);
  deepEqual(
    doors.map((door: { explorer: string }) => door.explorer),
    ['dotloop', 'reapit', 'propertybase', 'spark'].map((name) => `${url}/explore/${name}`),
  );
  const answer = await fetch(`${url}/public/v2/account`, { headers: { authorization: `Bearer ${SANDBOX.dotloop.accessToken}` } });
  equal(((await answer.json()) as { data: { email: string } }).data.email, SANDBOX.people.agent);
  child.kill('SIGTERM');
  deepEqual(await ended, [0, null]);
});

test('a start that finds no room for the sandbox says so and ends', async () => {
  await using world = await openWorld('empty');
  await world.domain.orgs.createOrganisation({ code: 'REAL', name: 'A real brokerage' });
  await using started = await startOn(world.url);
  const { ended, said } = started;
  deepEqual(await ended, [1, null]);
  match(said(), /Organisation REAL has an id or code of the sandbox/);
  match(said(), /The sandbox world was not made/);
});
