import fc from 'fast-check';
import { hostileText } from './hostile.ts';

const LINES = [
  'GET / HTTP/1.1',
  'GET /reapit/contacts HTTP/1.0',
  'GET http://evil.example/ HTTP/1.1',
  'GET //evil.example/ HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'CONNECT evil.example:443 HTTP/1.1',
  'PRI * HTTP/2.0',
  'get / http/1.1',
  'GET / HTTP/9.9',
  'GET  /  HTTP/1.1',
  'GET /\u0000 HTTP/1.1',
  'GET /\u00ff\u00fe HTTP/1.1',
  'TRACE / HTTP/1.1',
  'BREW /dotloop/public/v2/account HTTP/1.1',
  'POST /dotloop/oauth/token HTTP/1.1',
  'POST /spark/v1/session HTTP/1.1',
  'PUT /reapit/uploads/x HTTP/1.1',
  'GET',
  '',
  '\u0016\u0003\u0001\u0002\u0000\u0001',
];
const HEADERS = [
  'Host: portico',
  'Host: portico',
  'Host: portico',
  'Host:',
  'Host: a\r\nHost: b',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 5, 6',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nContent-Length: 5',
  'Transfer-Encoding: identity',
  'Transfer-Encoding: xchunked',
  'Connection: upgrade\r\nUpgrade: h2c',
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x',
  'Expect: 100-continue',
  'Content-Type: multipart/form-data',
  'Authorization: Bearer \u00e9\u0001',
  'Cookie: \u0000',
  ' folded: x',
  'no colon',
  ': no name',
  `X-Long: ${'x'.repeat(20_000)}`,
  ...['X-Many: 1\r\n'.repeat(1_500).trimEnd()],
];
const BODIES = [
  '',
  'hello',
  '5\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '-1\r\n',
  '5;ext="\r\nhello\r\n0\r\n\r\n',
  'GET /smuggled HTTP/1.1\r\n\r\n',
];

/** Bytes that are nearly HTTP, with both ends of lines, and some that are nothing like it. */
export const rawRequests: fc.Arbitrary<Uint8Array> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...LINES),
        fc.array(fc.constantFrom(...HEADERS), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
        fc.constantFrom(...BODIES),
      )
      .map(([line, headers, end, body]) => Buffer.from([line, ...headers, '', body].join(end), 'latin1')),
  },
  { weight: 1, arbitrary: hostileText.map((text) => Buffer.from(text)) },
);
