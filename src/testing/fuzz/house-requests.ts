import fc from 'fast-check';
import type { Facts } from './facts.ts';
import { hostileText } from './hostile.ts';
import { segment } from './paths.ts';
import type { Shot } from './shot.ts';

const PAGES = [
  ...[
    '/',
    '/applications',
    '/developer',
    '/installations',
    '/healthz',
    '/readyz',
    '/metrics',
    '/icon.svg',
    '/assets/none.js',
    '/app/none',
  ],
  ...[
    '/explore/dotloop',
    '/explore/nobody',
    '/openapi/spark.json',
    '/openapi/none.json',
    '/openapi/__proto__.json',
    '/favicon.ico',
  ],
];
/** Before an odd piece of a path. */
const BELOW = [
  ...[
    '/m/loop?viewId=',
    '/s/',
    '/developer/',
    '/installations/',
    '/media/',
    '/media/documents/',
    '/media/x/',
    '/reapit/uploads/',
    '/assets/',
  ],
  ...[
    '/explore/',
    '/explore/spark/',
    '/openapi/',
    '/',
    '//',
    '/app/',
    '/app/loops/',
    '/login?return_to=',
    '/api/v2/',
    '/public/v2/',
    '/connect/',
  ],
  ...[
    '/dotloop/public/v2/',
    '/reapit/',
    '/propertybase/',
    '/propertybase/api/v2/',
    '/spark/',
    '/spark/v1/',
    '/spark/v1/listings/',
  ],
];

/** One place of an address that was given out is another. */
const changed = (address: string, at: number, by: string) =>
  address.slice(0, 1 + (at % address.length)) + by + address.slice(2 + (at % address.length));

/** Requests to pages, pictures, signed addresses and whatever else is no operation. */
export const houseRequests = ({ addresses }: Facts): fc.Arbitrary<Shot> => {
  const given = addresses.length > 0 ? fc.constantFrom(...addresses) : fc.constant('/media/x/640.jpg');
  const path = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...PAGES) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...BELOW), fc.array(segment, { minLength: 1, maxLength: 3 }))
        .map(([below, rest]) => below + rest.join('/')),
    },
    { weight: 1, arbitrary: given },
    {
      weight: 3,
      arbitrary: fc.tuple(given, fc.nat(200), fc.constantFrom('x', '%00', '', '/', '&', '0')).map((parts) => changed(...parts)),
    },
  );
  return fc
    .record({
      path,
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'),
      caller: fc.constantFrom('nobody' as const, 'visitor' as const, 'reapit' as const),
      body: hostileText.map((text): Uint8Array => Buffer.from(text)),
    })
    .map(
      ({ path, method, caller, body }): Shot => ({
        door: 'house',
        method,
        path: path.replace(/[^\u0021-\u00ff]/g, '_').slice(0, 12_000),
        headers: [],
        caller,
        ...(method === 'PUT' || method === 'POST' ? { body } : {}),
      }),
    );
};
