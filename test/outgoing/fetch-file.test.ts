import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FileAway } from '../../src/kernel/fetch-file.ts';
import { makeFetcher } from '../../src/outgoing/fetch-file.ts';

type Answer = (answer: ServerResponse) => void;

describe('a file at an address', () => {
  let server: Server;
  let base: string;
  let port: number;
  const asked: string[] = [];
  const paths: Record<string, Answer> = {
    '/a%20b.txt': (answer) => answer.end('hello'),
    '/none.txt': (answer) => answer.writeHead(404).end('hello'),
    '/large.txt': (answer) => answer.writeHead(200, { 'content-length': '1000' }).end('x'.repeat(1000)),
    '/endless.txt': (answer) => {
      const more = () => answer.destroyed || answer.write('x'.repeat(65_536), more);
      more();
    },
    '/silent.txt': () => {},
    '/stuck.txt': (answer) => answer.writeHead(200).write('x'),
    '/packed.txt': (answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
    '/broken.txt': (answer) => {
      answer.writeHead(200, { 'content-length': '10' }).write('x', () => answer.socket?.destroy());
    },
    '/1': (answer) => answer.writeHead(301, { location: '/2' }).end(),
    '/2': (answer) => answer.writeHead(307, { location: 'a%20b.txt' }).end(),
    '/round': (answer) => answer.writeHead(302, { location: '/round' }).end(),
    '/file': (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/inside': (answer) => answer.writeHead(302, { location: `http://inside.example:${port}/a%20b.txt` }).end(),
  };
  before(async () => {
    server = createServer((request, answer) => {
      asked.push(request.url ?? '');
      paths[request.url ?? '']?.(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    base = `http://127.0.0.1:${port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const fetchFile = makeFetcher({ allowPrivate: true, timeoutMs: 2_000 });
  const refused = (path: string, reason: string) =>
    rejects(fetchFile(base + path, { limit: 100 }), (error) => error instanceof FileAway && error.message === reason);

  test('comes with its name, also behind redirects', async () => {
    for (const path of ['/a%20b.txt', '/1']) {
      const { bytes, name } = await fetchFile(base + path, { limit: 5 });
      deepEqual([Buffer.from(bytes).toString(), name], ['hello', 'a b.txt']);
    }
  });

  for (const [path, reason] of [
    ['/none.txt', 'status 404'],
    ['/large.txt', 'more than 100 bytes'],
    ['/endless.txt', 'more than 100 bytes'],
    ['/packed.txt', 'packed'],
    ['/broken.txt', 'request failed'],
    ['/round', 'too many redirects'],
    ['/file', 'no address of the web'],
  ] as const)
    test(`${path}: ${reason}`, () => refused(path, reason));

  for (const path of ['/silent.txt', '/stuck.txt'])
    test(`${path} is not waited for`, async () => {
      const impatient = makeFetcher({ allowPrivate: true, timeoutMs: 100 });
      await rejects(impatient(base + path, { limit: 100 }), { message: 'timeout' });
      const cut = new AbortController();
      const asked = fetchFile(base + path, { limit: 100, signal: cut.signal });
      cut.abort();
      await rejects(asked, { message: 'timeout' });
    });

  test('private addresses are never called, and neither is one that a public one sends to', async () => {
    const outside = makeFetcher({ allowPrivate: false });
    for (const url of [
      base,
      `http://[::1]:${port}/`,
      'http://169.254.169.254/',
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
    ])
      await rejects(outside(url, { limit: 100 }), { message: 'address not allowed' });
    // Names are told apart here by what they mean; the first may be called, the second may not.
    let named = 0;
    const told = makeFetcher({
      allowPrivate: true,
      lookup: async (host) => {
        named++;
        return host === 'outside.example' ? [{ address: '127.0.0.1', family: 4 }] : [];
      },
    });
    asked.length = 0;
    await rejects(told(`http://outside.example:${port}/inside`, { limit: 100 }), { message: 'host has no address' });
    deepEqual([asked, named], [['/inside'], 2]);
    const rebound = makeFetcher({ allowPrivate: false, lookup: async () => [{ address: '127.0.0.1', family: 4 }] });
    await rejects(rebound(`http://outside.example:${port}/a%20b.txt`, { limit: 100 }), { message: 'address not allowed' });
    equal(asked.length, 1);
  });
});
