import fc from 'fast-check';
import type { Header } from './shot.ts';

/** What a body may say it is. */
export const TYPES = [
  ...['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'text/json', 'application/merge-patch+json'],
  ...[
    'application/xml',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json; charset=utf-16',
    ';;',
    '',
  ],
];
const HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['accept', ['*/*', 'application/json', 'application/pdf', 'text/html', 'application/json;q=0', ';', 'a'.repeat(2_000)]],
  ['accept-encoding', ['gzip', 'br', 'deflate;q=0.1', 'identity;q=0', '*', 'gzip;q=nope']],
  ['if-match', ['*', '"x"', 'W/"x"', '""', '"a", "b"', '\u00e9', 'x'.repeat(3_000)]],
  ['if-none-match', ['*', '"x"', 'W/"1"']],
  ['if-modified-since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'never', '0000-00-00']],
  ['range', ['bytes=0-', 'bytes=-1', 'bytes=5-1', 'bytes=0-0,2-3', 'lines=1-2', 'bytes=99999999999999999999-']],
  ['api-version', ['2020-01-31', '2018-01-01', 'latest', '0000-00-00', '9999-12-31', '\u00ff']],
  ['reapit-customer', ['SBOX', 'DEMO', 'sbox', '', 'NOPE', "' or 1=1"]],
  ['idempotency-key', ['k1', 'k2', 'x'.repeat(2_000), '\u00e9', ' ']],
  ['x-http-method-override', ['GET', 'DELETE', 'PATCH', 'nope']],
  ['x-forwarded-for', ['127.0.0.1', "'", ':::', '1'.repeat(500)]],
  ['x-forwarded-proto', ['https', 'javascript']],
  ['host', ['reapit.localhost', 'spark.localhost', 'example.com', '[::1', 'a'.repeat(300), '127.0.0.1:99999']],
  ['x-sparkapi-user-agent', ['fuzz', '\u00ff']],
  ['cookie', ['portico_session=x', '__Host-portico_session=%00', 'a=b; '.repeat(200), '=;;']],
  ['origin', ['null', 'https://evil.example']],
];
/** Now and then one or two headers that nobody asked for. */
export const oddHeaders: fc.Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.constantFrom(...HEADERS).chain(([name, values]) => fc.constantFrom(...values).map((value): Header => [name, value])),
      { minLength: 1, maxLength: 2 },
    ),
  },
);
