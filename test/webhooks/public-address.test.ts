import { equal, throws } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPublicAddress } from '../../src/domain/webhooks/index.ts';
import { checkTargetUrl } from '../../src/domain/webhooks/target-url.ts';

const REFUSED = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.254',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '5f00::1',
  '3fff::1',
  '4000::1',
  '',
  'localhost',
  '1.2.3',
  'not an address',
];
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
];

describe('what is a public address', () => {
  for (const address of REFUSED) test(`not ${address || 'nothing'}`, () => equal(isPublicAddress(address), false));
  for (const address of PUBLIC) test(`but ${address}`, () => equal(isPublicAddress(address), true));
});

describe('addresses that a subscription may have', () => {
  const bad = [
    'ftp://example.com/',
    'javascript:alert(1)',
    'example.com/hooks',
    '/hooks',
    'http://',
    'http://exa mple.com/',
    'http://a.example/\nx',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://x.localhost:8080/',
    'http://169.254.169.254/latest/meta-data',
    `https://example.com/${'x'.repeat(2000)}`,
  ];
  for (const url of bad)
    test(`refuses ${JSON.stringify(url.slice(0, 60))}`, () =>
      throws(() => checkTargetUrl(url, { allowPrivate: false }), { kind: 'invalid' }));
  for (const url of [
    'https://example.com/hooks?x=1',
    'http://example.com:8443',
    'https://user:pass@example.com/',
    'http://1.1.1.1/',
  ])
    test(`takes ${url}`, () => checkTargetUrl(url, { allowPrivate: false }));
  test('takes private ones where the operator allows them', () => checkTargetUrl('http://127.0.0.1:9/', { allowPrivate: true }));
});

describe('addresses that must be https', () => {
  const bad: [string, boolean][] = [
    ['http://example.com/hooks', false],
    ['http://example.com/hooks', true],
    ['http://10.1.2.3/', true],
    ['http://192.168.0.1/', true],
    ['http://localhost.example.com/', true],
    ['http://127.0.0.1/', false],
    ['https://127.0.0.1/', false],
    ['https://[fd00::1]/', false],
    ['ftp://127.0.0.1/', true],
  ];
  for (const [url, allowPrivate] of bad)
    test(`refuses ${url}${allowPrivate ? ' where private ones are allowed' : ''}`, () =>
      throws(() => checkTargetUrl(url, { allowPrivate, httpsOnly: true }), { kind: 'invalid' }));
  for (const [url, allowPrivate] of [
    ['https://example.com/hooks', false],
    ['https://10.1.2.3/', true],
    // Plain http is for a receiver on this machine alone.
    ['http://127.0.0.1:9000/', true],
    ['http://localhost:9000/', true],
    ['http://hooks.localhost/', true],
    ['http://[::1]:9000/', true],
  ] as const)
    test(`takes ${url}${allowPrivate ? ' where private ones are allowed' : ''}`, () =>
      checkTargetUrl(url, { allowPrivate, httpsOnly: true }));
});
