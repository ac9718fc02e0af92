import { deepEqual, equal } from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { makeSender } from '../../src/webhooks/index.ts';
import { openReceiver } from './house.ts';

const message = (url: string) => ({ url, headers: { 'Content-Type': 'application/json' }, body: '{"é":1}' });

describe('one attempt', () => {
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  const send = makeSender({ allowPrivate: true });
  before(async () => {
    receiver = await openReceiver();
  });
  after(() => receiver.close());

  test('posts the bytes and tells the status', async () => {
    receiver.answers(202);
    deepEqual(await send(message(`${receiver.url}?a=b`)), { status: 202 });
    const last = receiver.got.at(-1);
    equal(last?.body, '{"é":1}');
    equal(last?.url, '/hooks?a=b');
    equal(last?.headers['content-length'], '8');
  });

  test('does not follow redirects', async () => {
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    const before = receiver.got.length;
    deepEqual(await send(message(receiver.url)), { status: 302 });
    equal(receiver.got.length, before + 1);
  });

  test('calls the address that was judged, whatever the name says the second time', async () => {
    const { port } = new URL(receiver.url);
    let asked = 0;
    const rebinding = makeSender({
      allowPrivate: true,
      lookup: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
      },
    });
    receiver.answers(200);
    deepEqual(await rebinding(message(`http://hooks.example:${port}/hooks`)), { status: 200 });
    equal(asked, 1);
    equal(receiver.got.at(-1)?.headers.host, `hooks.example:${port}`);
  });

  for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1'])
    test(`never calls a name that means ${address}`, async () => {
      const { port } = new URL(receiver.url);
      const guarded = makeSender({
        allowPrivate: false,
        lookup: async () => [{ address, family: address.includes(':') ? 6 : 4 }],
      });
      const before = receiver.got.length;
      deepEqual(await guarded(message(`http://hooks.example:${port}/hooks`)), { error: 'address not allowed' });
      equal(receiver.got.length, before);
    });

  test('never calls a private address that is written out', async () => {
    const guarded = makeSender({ allowPrivate: false });
    const { port } = new URL(receiver.url);
    for (const host of ['127.0.0.1', '2130706433', '[::1]', '[::ffff:7f00:1]', '0.0.0.0'])
      deepEqual(await guarded(message(`http://${host}:${port}/hooks`)), { error: 'address not allowed' }, host);
  });

  test('gives up a receiver that does not answer, and a name that is not found', async () => {
    const held: Socket[] = [];
    const mute = createTcpServer((socket) => held.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const hasty = makeSender({ allowPrivate: true, timeoutMs: 40 });
    deepEqual(await hasty(message(`http://127.0.0.1:${port}/`)), { error: 'timeout' });
    const lost = makeSender({ allowPrivate: true, timeoutMs: 40, lookup: () => new Promise(() => {}) });
    deepEqual(await lost(message('http://hooks.example/')), { error: 'timeout' });
    for (const socket of held) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
    deepEqual(await send(message(`http://127.0.0.1:${port}/`)), { error: 'econnrefused' });
  });

  test('does not read an endless answer', async () => {
    let cut = () => {};
    const ended = new Promise<void>((resolve) => {
      cut = resolve;
    });
    const chatty = createServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response
        .on('drain', more)
        .on('close', cut)
        .on('error', () => {});
      more();
    });
    await new Promise<void>((resolve) => chatty.listen(0, '127.0.0.1', resolve));
    deepEqual(await send(message(`http://127.0.0.1:${(chatty.address() as AddressInfo).port}/`)), { status: 200 });
    await ended;
    await new Promise((resolve) => chatty.close(resolve));
  });
});
