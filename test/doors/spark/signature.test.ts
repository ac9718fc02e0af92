import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { readPairs } from '../../../src/doors/spark/request.ts';
import { matchesOne, requestSignatures, sessionSignature } from '../../../src/doors/spark/signature.ts';

const SIGNER = { key: 'my_key', secret: 'my_secret' };
const L = '/v1/listings/20100815153524571646000000';
const C = '20100912536192756362000000';
const NOTE = '{"D":{"Note":"hi"}}';
const CONTACT = '{"D":{"Contacts":[{"DisplayName":"Contact Four","PrimaryEmail":"contact4@fbsdata.com"}]}}';

/** The vectors of contracts/spark.md §4.2; AuthToken=1234 is on all of them. */
const VECTORS: readonly (readonly [vector: string, path: string, query: string, body: string, signature: string])[] = [
  ['V03', '/test', 'ApiUser=CoolAsIce', '', '7bbe3384a8b64368357f8551cab271e3'],
  ['V04', '/v1/listings', 'ApiUser=foobar&_limit=10&_page=1&_pagination=1', '', '1cb789831f8f4c6925dc708c93762a2c'],
  ['V05', '/v1/contacts', 'ApiUser=foobar', CONTACT, '82898ef88d22e1b31bd2e2ea6bb8efe7'],
  ['V06', `${L}/my/notes`, '', '', '9ddfd623d03e5781d395906e9e5b7c23'],
  ['V07', `${L}/my/notes/`, '', '', 'f3bb09c441dde8ac1bfa7f2d7bd12e22'],
  ['V08', `${L}/my/notes`, '', NOTE, '2b54a42fca1002b81f1e94caf8bfa4df'],
  ['V09', `${L}/my/notes/`, '', NOTE, '608e6f94b998bfb8ed9484a422a9094c'],
  ['V10', `${L}/shared/notes`, '', '', '197e24eb18145b939f065bce41ed4168'],
  ['V11', `${L}/shared/notes/contacts`, '', '', '00a6adc7f96100d3b7b21cdedde25dbc'],
  ['V12', `${L}/shared/notes/contacts/${C}`, '', NOTE, '89249f422f2c94edb56e7fe70207376b'],
  ['V13', `${L}/my/notes`, '', '{"D":{"Note":"Piña"}}', '452b0d58c0ffb8517c608f8cb2a148d6'],
  ['V14', `${L}/my/notes`, '', String.raw`{"D":{"Note":"Pi\u00f1a"}}`, '8f91ea300f8ccae1b91d000331db7b14'],
  ['V15', '/v1/contacts/tags/Current%20Buyers', '', '', 'd54a1c81b68d72e8676b322393510ae3'],
  ['V16', '/v1/contacts/tags/Current%20Buyers', '', '', '8532903a602ed090a563a45a2bd0c71f'],
  ['V17', '/v1/listings', '_filter=City+Eq+%27Fargo%27', '', 'cc39540f9ca1940f2d864ff2bb937496'],
  ['V18', '/v1/listings', '_filter=City+Eq+%27Fargo%27', '', '8f7dfceaba2e449e862008c6c5662965'],
  ['V19', '/v1/listings', '_filter=City%20Eq%20%27Fargo%27', '', 'ec4afefbcca9e093ca3034cc8910a939'],
  ['V20', '/v1/listings', '', '_filter=City+Eq+%27Fargo%27&_pagination=count', '30ac6ab574e9c0aaaccefc32fb7703fc'],
  ['V21', '/v1/session/1234', '', '', 'f596abb578b4cc3ab359c0d65e0ae5bf'],
  ['V22', '/Reso/OData/Property', '$top=5', '', '56eeacf21eb95635a5899be8807ee20c'],
];

test('V01, V02: sessions', () => {
  equal(sessionSignature({ key: 'abcd', secret: '1234' }), '2fde9e59147081ad4e39382e1f809710');
  equal(sessionSignature(SIGNER), 'c731cf2455fbc7a4ef937b2301108d7a');
});

for (const [vector, path, query, body, signature] of VECTORS)
  test(`${vector}: ${path}`, () => {
    const pairs = readPairs(`${query}&AuthToken=1234&ApiSig=${signature}`);
    const candidates = requestSignatures(SIGNER, { path, pairs }, body ? Buffer.from(body) : undefined);
    ok(candidates.includes(signature), candidates.join());
    ok(matchesOne(signature.toUpperCase(), candidates));
  });

test('one changed character anywhere, and no variant matches', () => {
  const [, path, query, body, signature] = VECTORS[2] as (typeof VECTORS)[number];
  const sent = (p: string, q: string) => ({ path: p, pairs: readPairs(`${q}&AuthToken=1234`) });
  const matches = (signer: typeof SIGNER, p: string, q: string, b: string) =>
    matchesOne(signature, requestSignatures(signer, sent(p, q), Buffer.from(b)));
  deepEqual(
    [
      matches(SIGNER, path, query, body),
      matches({ ...SIGNER, secret: 'my_secreu' }, path, query, body),
      matches(SIGNER, `${path}s`, query, body),
      matches(SIGNER, path, 'ApiUser=foobas', body),
      matches(SIGNER, path, query, body.replace('Four', 'Five')),
    ],
    [true, false, false, false, false],
  );
  equal(matchesOne('', ['']), true);
  equal(matchesOne('7bbe', requestSignatures(SIGNER, sent(path, query), undefined)), false);
});
