import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFiles } from '../../src/files/index.ts';
import { filesMatrix, put, sha256, sourceOf } from './matrix.ts';

const directory = await mkdtemp(join(tmpdir(), 'portico-files-'));
after(() => rm(directory, { recursive: true, force: true }));
const store = join(directory, 'made', 'when', 'needed');
const files = openFiles({ kind: 'disk', directory: store });

filesMatrix('disk', () => ({ files, holding: join(store, 'tmp') }));

const pathOf = (orgId: number, hash: string) => join(store, String(orgId), hash.slice(0, 2), hash);

test('disk: the path is <org>/<2 hex>/<sha256>, readable by nobody else', async () => {
  const { sha256: hash } = await put(files, 20, 'private');
  assert.equal(await readFile(pathOf(20, hash), 'utf8'), 'private');
  if (process.platform !== 'win32') assert.equal((await stat(pathOf(20, hash))).mode & 0o077, 0);
});

test('disk: keeping the same bytes again makes them young, so that the sweeper waits for their row', async () => {
  const { sha256: hash } = await put(files, 21, 'seen before');
  await utimes(pathOf(21, hash), 1_000, 1_000);
  await put(files, 21, 'seen before');
  assert.ok((await stat(pathOf(21, hash))).mtime.getTime() > Date.now() - 60_000);
});

test('disk: what is not ours is not listed', async () => {
  await put(files, 22, 'ours');
  const folder = join(store, '22', sha256('ours').slice(0, 2));
  await writeFile(join(folder, 'README'), 'left here by a person');
  await mkdir(join(store, 'lost+found'), { recursive: true });
  const found = (await Array.fromAsync(files.list())).filter((file) => file.orgId === 22);
  assert.deepEqual(
    found.map((file) => file.sha256),
    [sha256('ours')],
  );
});

test('disk: nothing there yet is an empty list, not a failure', async () => {
  const empty = openFiles({ kind: 'disk', directory: join(directory, 'nothing') });
  assert.deepEqual(await Array.fromAsync(empty.list()), []);
  assert.equal(await empty.sweepTemporary(new Date()), 0);
  assert.equal(await empty.open(1, sha256('x')), undefined);
});

test('disk: a disk that refuses is `unavailable`, in every call', async () => {
  await writeFile(join(directory, 'a-file'), '');
  const broken = openFiles({ kind: 'disk', directory: join(directory, 'a-file', 'below') });
  const away = { name: 'Error', kind: 'unavailable', retryAfterSeconds: 5 };
  await assert.rejects(broken.receive(1, sourceOf(['x']).source, { limit: 9 }), away);
  await assert.rejects(broken.open(1, sha256('x')), away);
  await assert.rejects(broken.remove(1, sha256('x')), away);
  await assert.rejects(Array.fromAsync(broken.list()), away);
  await assert.rejects(broken.sweepTemporary(new Date()), away);
  await assert.rejects(broken.probe(), away);
});

test('disk: a read that fails midway ends the stream as `unavailable`', async () => {
  // A folder opens like a file and fails at the first read (EISDIR), which is what a bad sector does later.
  const hash = sha256('a folder');
  await mkdir(pathOf(23, hash), { recursive: true });
  const file = await files.open(23, hash);
  await assert.rejects(Array.fromAsync(file!.stream), { kind: 'unavailable' });
});
