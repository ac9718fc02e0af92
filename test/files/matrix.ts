import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { type Files, type KeptFile, TooLarge } from '../../src/kernel/files.ts';

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** A source in parts, as a socket gives them; `seen` tells how it was read. */
export function sourceOf(parts: readonly (Uint8Array | string | Error)[]) {
  const seen = { parts: 0, ended: false };
  async function* read() {
    try {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        seen.parts++;
        yield Buffer.from(part);
      }
    } finally {
      seen.ended = true;
    }
  }
  return { source: read(), seen };
}

const LIMIT = { limit: 1_000_000 };

/** Receives and keeps. */
export async function put(files: Files, orgId: number, bytes: Uint8Array | string) {
  const received = await files.receive(orgId, sourceOf([bytes]).source, LIMIT);
  await received.keep();
  return received;
}

async function get(files: Files, orgId: number, hash: string, range?: { start: number; end: number }) {
  const file = await files.open(orgId, hash, range);
  return file && { size: file.size, bytes: await buffer(file.stream) };
}

async function listed(files: Files, orgId: number) {
  const found: KeptFile[] = [];
  for await (const file of files.list()) if (file.orgId === orgId) found.push(file);
  return found;
}

/** A few small real files, by what they are. */
const SAMPLES: readonly (readonly [string, Uint8Array | string])[] = [
  ['application/pdf', '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n'],
  [
    'image/png',
    Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  ],
  ['application/octet-stream', '<!doctype html><script>alert(1)</script>'],
  ['application/octet-stream', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['application/octet-stream', 'Dear Brian, the keys are under the mat.'],
  ['application/octet-stream', ''],
];

/** What every store must do. `holding` is where its temporary files lie. */
export function filesMatrix(name: string, start: () => { files: Files; holding: string }) {
  const heldIn = (folder: string) => readdir(folder).catch(() => []);

  test(`${name}: received bytes are hashed, counted, sniffed, and there only when kept`, async () => {
    const { files, holding } = start();
    const bytes = randomBytes(300_000);
    const received = await files.receive(1, sourceOf([bytes.subarray(0, 100), bytes.subarray(100)]).source, LIMIT);
    assert.equal(received.sha256, sha256(bytes));
    assert.equal(received.size, 300_000);
    assert.equal(await files.open(1, received.sha256), undefined);
    await Promise.all([received.keep(), received.keep(), received.discard()]);
    await received.keep();
    assert.deepEqual(await get(files, 1, received.sha256), { size: 300_000, bytes });
    assert.deepEqual(await heldIn(holding), []);
  });

  test(`${name}: the type is what the bytes say`, async () => {
    const { files } = start();
    for (const [type, bytes] of SAMPLES) assert.equal((await put(files, 2, bytes)).sniffedType, type, String(bytes).slice(0, 20));
    assert.deepEqual(await get(files, 2, sha256('')), { size: 0, bytes: Buffer.alloc(0) });
  });

  test(`${name}: a range is a part of the file with the size of the whole`, async () => {
    const { files } = start();
    const { sha256: hash } = await put(files, 3, '0123456789');
    const part = async (start: number, end: number) => {
      const got = await get(files, 3, hash, { start, end });
      return got && `${got.bytes}/${got.size}`;
    };
    assert.equal(await part(0, 3), '0123/10');
    assert.equal(await part(4, 4), '4/10');
    assert.equal(await part(8, 99), '89/10');
    await assert.rejects(part(10, 12), RangeError);
    await assert.rejects(part(3, 2), RangeError);
    assert.equal(await get(files, 3, sha256('nothing'), { start: 0, end: 3 }), undefined);
  });

  test(`${name}: the limit stops the reading and leaves nothing`, async () => {
    const { files, holding } = start();
    const { source, seen } = sourceOf(['1234', '5678', '9', 'never', 'read']);
    await assert.rejects(files.receive(4, source, { limit: 8 }), (error) => error instanceof TooLarge && error.limit === 8);
    assert.deepEqual(seen, { parts: 3, ended: true });
    assert.deepEqual(await heldIn(holding), []);
    const justFits = await files.receive(4, sourceOf(['1234', '5678']).source, { limit: 8 });
    assert.equal(justFits.size, 8);
    await justFits.discard();
  });

  test(`${name}: a source that fails midway is the caller's error and leaves nothing`, async () => {
    const { files, holding } = start();
    const before = await heldIn(holding);
    const broken = new Error('the browser went away');
    await assert.rejects(files.receive(5, sourceOf(['half of ', broken]).source, LIMIT), broken);
    assert.deepEqual(await heldIn(holding), before);
    assert.deepEqual(await listed(files, 5), []);
  });

  test(`${name}: what is discarded is gone for good`, async () => {
    const { files, holding } = start();
    const before = await heldIn(holding);
    const received = await files.receive(6, sourceOf(['not wanted']).source, LIMIT);
    await received.discard();
    await received.discard();
    assert.deepEqual(await heldIn(holding), before);
    await assert.rejects(received.keep(), /discarded/);
    assert.equal(await files.open(6, received.sha256), undefined);
  });

  test(`${name}: identical bytes are one file, also when they come at once`, async () => {
    const { files } = start();
    await Promise.all([put(files, 7, 'the same'), put(files, 7, 'the same'), put(files, 7, 'the same')]);
    await put(files, 7, 'the same');
    assert.equal((await listed(files, 7)).length, 1);
    assert.equal(String((await get(files, 7, sha256('the same')))?.bytes), 'the same');
  });

  test(`${name}: organisations do not see each other's bytes`, async () => {
    const { files } = start();
    const { sha256: hash } = await put(files, 8, 'ours');
    assert.equal(await files.open(88, hash), undefined);
    await put(files, 88, 'ours');
    await files.remove(8, hash);
    await files.remove(8, hash);
    assert.equal(await files.open(8, hash), undefined);
    assert.equal(String((await get(files, 88, hash))?.bytes), 'ours');
  });

  test(`${name}: the list names each kept file with its age`, async () => {
    const { files } = start();
    const texts = ['a', 'b', 'c', 'd'];
    const from = Date.now();
    for (const text of texts) await put(files, 9, text);
    const found = await listed(files, 9);
    assert.deepEqual(found.map((file) => file.sha256).sort(), texts.map(sha256).sort());
    // S3 tells whole seconds.
    for (const { modifiedAt } of found)
      assert.ok(modifiedAt.getTime() >= from - 1_100 && modifiedAt.getTime() <= Date.now() + 1_100);
  });

  test(`${name}: temporary files of a killed process are swept, fresh ones are not`, async () => {
    const { files, holding } = start();
    const old = await files.receive(10, sourceOf(['old']).source, LIMIT);
    const fresh = await files.receive(10, sourceOf(['fresh']).source, LIMIT);
    const yesterday = new Date(Date.now() - 90_000_000);
    for (const name of await readdir(holding)) {
      const path = join(holding, name);
      if ((await readFile(path, 'utf8')) === 'old') await utimes(path, yesterday, yesterday);
    }
    assert.equal(await files.sweepTemporary(new Date(Date.now() - 86_400_000)), 1);
    await assert.rejects(old.keep(), { kind: 'unavailable' });
    await fresh.keep();
    assert.equal(String((await get(files, 10, fresh.sha256))?.bytes), 'fresh');
  });

  test(`${name}: a stream that nobody finishes can be put down`, async () => {
    const { files } = start();
    const { sha256: hash } = await put(files, 11, randomBytes(900_000));
    const file = await files.open(11, hash);
    for await (const _chunk of file!.stream) break;
    assert.ok(file!.stream.destroyed);
  });

  test(`${name}: a mistaken id or hash never becomes a path`, async () => {
    const { files } = start();
    await assert.rejects(files.open(1, '../../../../etc/passwd'), TypeError);
    await assert.rejects(files.remove(1, 'A'.repeat(64)), TypeError);
    for (const orgId of [0, -1, 1.5, Number.NaN])
      await assert.rejects(files.receive(orgId, sourceOf(['x']).source, LIMIT), TypeError);
  });

  test(`${name}: the probe passes and leaves nothing`, async () => {
    const { files, holding } = start();
    const before = await heldIn(holding);
    await files.probe();
    assert.deepEqual(await heldIn(holding), before);
  });
}
