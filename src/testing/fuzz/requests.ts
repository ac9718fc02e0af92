import fc from 'fast-check';
import { bodiesOf } from './bodies.ts';
import type { Facts } from './facts.ts';
import { oddHeaders } from './headers.ts';
import type { DoorName, Operation } from './operations.ts';
import { aimsOf } from './paths.ts';
import { queriesOf } from './queries.ts';
import type { Surroundings } from './schema-values.ts';
import { type Caller, CURRENT_TAG, type Header, type Shot } from './shot.ts';

const OWN: Readonly<Record<DoorName, readonly Caller[]>> = {
  dotloop: ['dotloop'],
  reapit: ['reapit'],
  propertybase: ['propertybase', 'propertybase', 'propertybase', 'propertybase-reader'],
  spark: ['spark', 'spark-agent', 'spark-portal', 'spark-idx'],
  app: ['page', 'page-administrator'],
};
const callersOf = (door: DoorName): fc.Arbitrary<Caller> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...OWN[door]) },
    { weight: 1, arbitrary: fc.constantFrom('stranger' as const, 'nobody' as const, 'garbage' as const) },
  );

/** Whether the operation wants to be told which version of the record is meant. */
const wantsTag = ({ door, method }: Operation) =>
  door === 'reapit' && (method === 'PATCH' || method === 'PUT' || method === 'DELETE');

/** Headers under one name would be sent twice: the last one counts. */
const unique = (headers: readonly Header[]): Header[] => [...new Map(headers.map((header) => [header[0], header])).values()];

/** Valid, nearly valid and hostile requests to one operation. */
export function requestsTo(operation: Operation, facts: Facts, around: Surroundings): fc.Arbitrary<Shot> {
  const tag: readonly Header[] = wantsTag(operation) ? [['if-match', CURRENT_TAG]] : [];
  const method = fc.oneof(
    { weight: 40, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE', 'PROPFIND') },
  );
  return fc
    .record({
      method,
      aim: aimsOf(operation, facts),
      query: queriesOf(operation, around),
      odd: oddHeaders,
      caller: callersOf(operation.door),
      sent: bodiesOf(operation, around),
    })
    .map(({ method, aim, query, odd, caller, sent }): Shot => {
      const elsewhere = odd.some(([name]) => name === 'host' || name === 'x-http-method-override');
      return {
        door: operation.door,
        method,
        path: `${aim.path}${query && `?${query}`}`,
        headers: unique([...tag, ...sent.headers, ...odd]),
        ...(sent.body && method !== 'GET' ? { body: sent.body } : {}),
        caller,
        ...(aim.sure && method === operation.method && !elsewhere ? { operation, ids: aim.ids } : {}),
      };
    });
}
