import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import S3rver from '@20minutes/s3rver';
import { openFiles } from '../../src/files/index.ts';
import type { S3Options } from '../../src/files/s3.ts';
import { filesMatrix, put, sha256, sourceOf } from './matrix.ts';

const directory = await mkdtemp(join(tmpdir(), 'portico-s3-'));
const common = {
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: join(directory, 'served'),
  configureBuckets: [{ name: 'portico' }],
};
// s3rver forgets the slash that ends `/bucket/` when it checks the signature of a list (its authentication.js), so lists need a
// server that lets wrong ones pass; what concerns single files is tested on a strict one too.
const server = new S3rver({ ...common, allowMismatchedSignatures: true });
const { port } = await server.run();
const strict = new S3rver(common);
const { port: strictPort } = await strict.run();
after(async () => {
  await server.close();
  await strict.close();
  await rm(directory, { recursive: true, force: true });
});

const temporary = join(directory, 'local');
const options: S3Options = {
  bucket: 'portico',
  prefix: '/files/of é/',
  endpoint: `http://127.0.0.1:${port}`,
  forcePathStyle: true,
  accessKeyId: 'S3RVER',
  secretAccessKey: 'S3RVER',
  temporary,
};
const files = openFiles({ kind: 's3', ...options });
const away = { name: 'Error', kind: 'unavailable' };

filesMatrix('S3', () => ({ files, holding: join(temporary, 'tmp') }));

test('S3: the key is <prefix>/<org>/<2 hex>/<sha256>', async () => {
  const { sha256: hash } = await put(files, 20, 'in the bucket');
  const folder = join(directory, 'served', 'portico', 'files', 'of é', '20', hash.slice(0, 2));
  assert.ok((await readdir(folder)).some((name) => name.startsWith(hash)));
});

test('S3: requests are signed with the keys given', async () => {
  const endpoint = `http://127.0.0.1:${strictPort}`;
  const signed = openFiles({ kind: 's3', ...options, endpoint });
  const { sha256: hash } = await put(signed, 24, 'signed');
  const file = await signed.open(24, hash, { start: 2, end: 5 });
  assert.equal(await text(file!.stream), 'gned');
  await signed.probe();
  await signed.remove(24, hash);
  assert.equal(await signed.open(24, hash), undefined);
  await assert.rejects(openFiles({ kind: 's3', ...options, endpoint, secretAccessKey: 'wrong' }).probe(), away);
});

test('S3: two prefixes of one bucket are two stores', async () => {
  const other = openFiles({ kind: 's3', ...options, prefix: 'other' });
  const { sha256: hash } = await put(files, 21, 'here');
  assert.equal(await other.open(21, hash), undefined);
  await put(other, 21, 'there');
  assert.deepEqual(
    (await Array.fromAsync(other.list())).map((file) => file.sha256),
    [sha256('there')],
  );
});

test('S3: the list goes on behind the first page', async () => {
  // s3rver cannot make the token of a second page on today's OpenSSL (it wants Blowfish), so two pages in the form of AWS's
  // documentation of ListObjectsV2 stand in.
  const hashes = ['ab', 'cd'].map((folder) => folder.repeat(32));
  const page = (hash: string, rest: string) =>
    `<?xml version="1.0"?><ListBucketResult><Contents><Key>7/${hash.slice(0, 2)}/${hash}</Key>` +
    `<LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>1</Size></Contents>${rest}</ListBucketResult>`;
  const pages = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('continuation-token');
    response.setHeader('content-type', 'application/xml');
    if (token === null) {
      const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>go+on=</NextContinuationToken>';
      response.end(page(hashes[0]!, more));
    } else {
      assert.equal(token, 'go+on=');
      response.end(page(hashes[1]!, '<IsTruncated>false</IsTruncated>'));
    }
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  const endpoint = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  const found = await Array.fromAsync(openFiles({ kind: 's3', ...options, prefix: '', endpoint }).list());
  const modifiedAt = new Date('2026-01-02T03:04:05Z');
  assert.deepEqual(
    found,
    hashes.map((hash) => ({ orgId: 7, sha256: hash, modifiedAt })),
  );
  pages.close();
});

test('S3: a store that trips over an upload is asked again, and gets all bytes and their hash', async () => {
  const sent: { body: string; hash: unknown; length: unknown }[] = [];
  const flaky = createServer(async (request, response) => {
    const { 'x-amz-checksum-sha256': hash, 'content-length': length } = request.headers;
    sent.push({ body: await text(request), hash, length });
    response.writeHead(sent.length === 1 ? 503 : 200).end();
  }).listen(0, '127.0.0.1');
  await once(flaky, 'listening');
  const endpoint = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}`;
  await put(openFiles({ kind: 's3', ...options, endpoint }), 25, 'slow down');
  const hash = Buffer.from(sha256('slow down'), 'hex').toString('base64');
  assert.deepEqual(sent, Array(2).fill({ body: 'slow down', hash, length: '9' }));
  flaky.close();
});

test('S3: an answer cut short ends the stream as `unavailable`', async () => {
  const cut = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('half ', () => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(cut, 'listening');
  const endpoint = `http://127.0.0.1:${(cut.address() as AddressInfo).port}`;
  const file = await openFiles({ kind: 's3', ...options, endpoint }).open(26, sha256('x'));
  await assert.rejects(text(file!.stream), away);
  cut.close();
});

test('S3: a bucket that is not there, or away, is `unavailable`, in every call', async () => {
  // A port that was free a moment ago: nobody answers.
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port: dead } = free.address() as AddressInfo;
  await once(free.close(), 'close');
  for (const change of [{ bucket: 'never-made' }, { endpoint: `http://127.0.0.1:${dead}` }]) {
    const broken = openFiles({ kind: 's3', ...options, ...change });
    const received = await broken.receive(1, sourceOf(['x']).source, { limit: 9 });
    await assert.rejects(received.keep(), away);
    await assert.rejects(broken.open(1, sha256('x')), away);
    await assert.rejects(Array.fromAsync(broken.list()), away);
    await assert.rejects(broken.probe(), away);
  }
  assert.deepEqual(await readdir(join(temporary, 'tmp')), []);
});
