import fc from 'fast-check';
import { form } from './forms.ts';
import { TYPES } from './headers.ts';
import { hostileJson } from './hostile.ts';
import { jsonSchema } from './languages.ts';
import { damaged, spoiled } from './mutate.ts';
import type { Operation } from './operations.ts';
import { type Surroundings, valuesOf } from './schema-values.ts';
import type { Header } from './shot.ts';

export type Sent = { readonly headers: readonly Header[]; readonly body?: Uint8Array };

/** JSON Schemas and documents under them, where the operation is about those. */
const specialBodies = ({ path, method }: Operation): fc.Arbitrary<unknown> | undefined => {
  if (!path.includes('/metadata') || method === 'DELETE') return undefined;
  if (path.includes('metadataSchema'))
    return fc.record({
      entityType: fc.constantFrom('fuzzed', 'contact', 'any'),
      schema: jsonSchema.map((schema) => JSON.stringify(schema)),
    });
  return fc.record({
    entityType: fc.constantFrom('fuzzed', 'any'),
    entityId: fc.constantFrom('f1', 'f2'),
    metadata: hostileJson,
  });
};

/** The body of an operation, if it has one: right, nearly right, or anything. */
export function bodiesOf(operation: Operation, around: Surroundings): fc.Arbitrary<Sent> {
  if (operation.form) return form.map(({ header, body }) => ({ headers: [header], body }));
  if (!operation.body) {
    if (operation.method === 'GET') return fc.constant({ headers: [] });
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant<Sent>({ headers: [] }) },
      {
        weight: 1,
        arbitrary: hostileJson.map(
          (json): Sent => ({ headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(json)) }),
        ),
      },
    );
  }
  const right = fc.oneof(
    { weight: 3, arbitrary: valuesOf(operation.body, around) },
    ...(operation.printed.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...operation.printed) }] : []),
    ...[specialBodies(operation) ?? []].flat().map((arbitrary) => ({ weight: 3, arbitrary })),
  );
  const text = right.map((value) => JSON.stringify(value));
  const bytes = fc.oneof(
    { weight: 10, arbitrary: text.map((sent): Uint8Array => Buffer.from(sent)) },
    { weight: 8, arbitrary: spoiled(right).map((value): Uint8Array => Buffer.from(JSON.stringify(value) ?? 'null')) },
    { weight: 1, arbitrary: hostileJson.map((value): Uint8Array => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: damaged(text) },
  );
  const type = fc.oneof(
    { weight: 30, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
  );
  return fc.tuple(bytes, type).map(([body, named]) => ({ headers: [['content-type', named]], body }));
}
