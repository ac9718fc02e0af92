import { Type } from 'typebox';
import { datetime, none, operation, results, success } from './operation.ts';

const learned = 'contracts/spark.md 4.1';

/** Registered by hand: it is how credentials are had, so nobody is admitted first. */
export const openSession = operation({
  operationId: 'openSession',
  row: 'E01',
  service: 'session',
  method: 'POST',
  url: '/session',
  summary: 'Open a session',
  params: none,
  query: Type.Object({ ApiKey: Type.String(), ApiSig: Type.String({ description: 'MD5 of secret, "ApiKey" and key, in hex.' }) }),
  answers: {
    200: results(
      Type.Object({
        AuthToken: Type.String({ pattern: '^[0-9a-f]{32}$' }),
        Expires: datetime(),
        Roles: Type.Array(Type.String()),
      }),
    ),
  },
  learned,
});

export const endSession = operation({
  operationId: 'endSession',
  row: 'E02',
  service: 'session',
  method: 'DELETE',
  url: '/session/:token',
  summary: 'End a session',
  params: Type.Object({ token: Type.String({ maxLength: 200 }) }),
  query: none,
  answers: { 200: success },
  learned,
});
