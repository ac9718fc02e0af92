import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { FileAway } from '../../src/kernel/fetch-file.ts';
import { makeFetcher } from '../../src/outgoing/fetch-file.ts';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeSender } from '../../src/webhooks/index.ts';

/** This machine, as URLs can spell it: forms of numbers, IPv6 around IPv4, names, letters that become digits. */
const SPELLED = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '0',
    '0.0.0.0',
  ],
  ...[
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
  ],
  ...[
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'x.localhost',
  ],
  ...[
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '１２７.0.0.1',
    'ⓛocalhost',
    'someone@127.0.0.1',
    'someone:word@[::1]',
    '127.0.0.1%2f@localhost',
  ],
];
/** Where clouds keep the keys of their machines, and other places inside. */
const INSIDE = [
  ...[
    '169.254.169.254',
    '169.254.170.2',
    '[fd00:ec2::254]',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '2852039166',
    '0xa9fea9fe',
  ],
  ...['100.100.100.200', '192.0.0.192', '10.0.0.1', '172.16.0.1', '192.168.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
];

let canary: Server;
let port: number;
let heard = 0;
before(async () => {
  canary = createServer((_request, answer) => {
    heard++;
    answer.end('secrets of the inside');
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  port = (canary.address() as AddressInfo).port;
});
after(() => {
  canary.close();
  canary.closeAllConnections();
});

const addresses = () => [...SPELLED, ...INSIDE].map((host) => `http://${host}:${port}/hook`);
/** Some of the spellings are no URLs at all, which is as good. */
const parseable = () => addresses().filter((url) => URL.canParse(url));

describe('what other people name is never fetched or told from the inside', () => {
  test('the canary is there', async () => {
    equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'secrets of the inside');
    heard = 0;
  });

  test('messages of webhooks', async () => {
    const send = makeSender({ allowPrivate: false, timeoutMs: 1_000 });
    for (const url of parseable()) {
      const told = await send({ url, headers: {}, body: '{}' });
      ok('error' in told, `${url}: ${JSON.stringify(told)}`);
    }
    equal(heard, 0);
  });

  test('files', async () => {
    const fetchFile = makeFetcher({ allowPrivate: false, timeoutMs: 1_000 });
    for (const url of parseable()) await rejects(fetchFile(url, { limit: 100 }), FileAway, url);
    equal(heard, 0);
  });

  test('names that mean such an address, alone or behind a public one', async () => {
    for (const inside of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '169.254.169.254', 'fd00:ec2::254']) {
      const family = inside.includes(':') ? 6 : 4;
      const lookup = async () => [{ address: inside, family }];
      const url = `http://outside.example:${port}/hook`;
      deepEqual(await makeSender({ allowPrivate: false, lookup })({ url, headers: {}, body: '{}' }), {
        error: 'address not allowed',
      });
      await rejects(makeFetcher({ allowPrivate: false, lookup })(url, { limit: 100 }), { message: 'address not allowed' });
    }
    equal(heard, 0);
  });
});

describe('through the doors', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab[Symbol.asyncDispose]());

  test('subscriptions to such addresses are refused', async () => {
    for (const url of addresses()) {
      const terms = { targetType: 'PROFILE', targetId: 42, eventTypes: ['LOOP_UPDATED'], url };
      const dotloop = await lab.dotloop('/subscription', { json: terms });
      equal(dotloop.status, 400, `${url}: ${dotloop.text}`);
      const reapit = await lab.reapit('/resthooks', { json: { url, topicIds: ['contacts.created'], active: true } });
      equal(reapit.status, 422, `${url}: ${reapit.text}`);
    }
  });

  test('files at such addresses are not copied', async () => {
    heard = 0;
    for (const url of parseable()) {
      const { status, text } = await lab.call('/propertybase/api/v2/agents/3', {
        method: 'PATCH',
        json: { photo_url: url },
        headers: { 'x-bl-api-key': SANDBOX.propertybase.key },
      });
      ok(status === 422 || !text.includes('secrets'), `${url}: ${status} ${text}`);
    }
    equal(heard, 0);
  });
});
