import { Type } from 'typebox';
import type { ApiDescription } from '../../wire/openapi.ts';
import { optional } from './contract/operation.ts';

/** contracts/spark.md §3 */
const Failure = Type.Object(
  {
    D: Type.Object({
      Success: Type.Literal(false),
      Code: Type.Integer(),
      Message: Type.String(),
      Details: optional(Type.Array(Type.Object({}))),
      SparkQLErrors: optional(Type.Array(Type.Object({}))),
    }),
  },
  { $id: 'Failure' },
);

const failure = (description: string) => ({ description, schema: Failure });
const count = (description: string) => ({ description, schema: Type.Integer() });

/** What holds for every operation of this door. */
export const description = (publicUrl: string): ApiDescription => ({
  title: 'Spark API v1',
  version: '1',
  description:
    'Listings, listing notes, contacts, accounts, searches and carts, as clients of the Spark API know them. Besides bearer tokens the door takes sessions with signed requests.',
  servers: [`${publicUrl}/spark/v1`],
  security: { name: 'bearer', scheme: { type: 'http', scheme: 'bearer' } },
  faults: {
    400: failure('Body, query or filter are malformed.'),
    401: failure('No credentials, unknown or expired ones, or a wrong signature.'),
    403: failure('The key, its user or its role may not do this.'),
    404: failure('Not there, or not for this caller.'),
    405: failure('The path has no such method, or not for this key or role.'),
    409: failure('Conflicts with what is there.'),
    413: failure('The body is too large.'),
    429: failure('Over the rate limit: wait for the reset.'),
    500: failure('A defect, with the id of the request.'),
    503: failure('Database or file store are away for the moment, or the search took too long.'),
  },
  headers: {
    'X-RateLimit-Limit': count('Calls in five minutes.'),
    'X-RateLimit-Remaining': count('Calls left.'),
    'X-RateLimit-Reset': count('Seconds until the reset.'),
  },
});
