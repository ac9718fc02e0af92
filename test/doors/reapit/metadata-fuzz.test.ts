import { equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { jsonSchema, metadataExpression } from '../../../src/testing/fuzz/languages.ts';
import { openReapit, type ReapitCall, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
  for (let i = 0; i < 50; i++)
    equal(
      (
        await house.call('/metadata', {
          json: { entityType: 'fuzzed', entityId: `f${i}`, metadata: { a: i, b: [{ c: `t${i}` }], d: '2020-01-01' } },
        })
      ).status,
      201,
    );
});
after(() => house[Symbol.asyncDispose]());

const MOST_MS = 6_000;

/** Whatever is sent: an answer that is no fault of ours, in time. */
async function answers(path: string, call?: ReapitCall): Promise<number> {
  const started = performance.now();
  const { status, text } = await house.call(path, call);
  ok(status < 500, `${status} for ${path} ${JSON.stringify(call ?? {}).slice(0, 500)}: ${text}`);
  const took = performance.now() - started;
  ok(took < MOST_MS, `${took} ms for ${path}`);
  return status;
}

test('filter expressions', async () => {
  await fc.assert(
    fc.asyncProperty(metadataExpression, async (text) => {
      for (const path of ['/metadata?filter=', '/contacts?metadata='])
        ok([200, 400].includes(await answers(path + encodeURIComponent(text.toWellFormed()))), text);
    }),
    { numRuns: 40 },
  );
});

test('JSON schemas, and documents under them', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      jsonSchema,
      fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue({ maxDepth: 3 })),
      async (of, document) => {
        const entityType = `schema${n++}`;
        const made = await answers('/metadata/metadataSchema', { json: { entityType, schema: JSON.stringify(of) } });
        ok(made === 201 || made === 422);
        if (made === 201) ok([201, 422].includes(await answers('/metadata', { json: { entityType, metadata: document } })));
      },
    ),
    { numRuns: 80 },
  );
});

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

test('documents, bodies and patches of any form', async () => {
  const anyJson = fc.jsonValue({ maxDepth: 5 });
  await fc.assert(
    fc.asyncProperty(anyJson, anyJson, async (one, other) => {
      await answers('/metadata', { json: one });
      await answers('/metadata', { json: { entityType: 'any', entityId: other, metadata: one } });
      await answers('/metadata', { json: { entityType: other, metadata: one } });
      await answers('/metadata/metadataSchema', { json: { entityType: one, schema: other } });
      for (const method of ['PUT', 'PATCH']) await answers('/metadata/SBOX_fuzzed_portico-sandbox_f1', { method, json: one });
      await answers('/metadata/SBOX_fuzzed_portico-sandbox_f2', {
        method: 'PATCH',
        json: [{ op: 'add', path: '/x', value: one }, other],
      });
    }),
    { numRuns: 40 },
  );
});

test('depth and size', async () => {
  for (const levels of [31, 33, 499, 1_000, 2_000, 3_000, 5_000, 7_000, 9_000, 20_000, 100_000]) {
    await answers('/metadata', { text: `{"entityType":"deep","metadata":${deep(levels)}}` });
    await answers('/metadata', { text: `{"entityType":"deep","metadata":${JSON.stringify(deep(Math.min(levels, 20_000)))}}` });
    await answers('/metadata/SBOX_fuzzed_portico-sandbox_f3', { method: 'PUT', text: `{"metadata":${deep(levels)}}` });
    await answers('/metadata/SBOX_fuzzed_portico-sandbox_f3', {
      method: 'PATCH',
      text: `[{"op":"add","path":"/x","value":${deep(levels)}}]`,
    });
    await answers('/metadata/metadataSchema', { json: { entityType: 'deep', schema: deep(Math.min(levels, 10_000)) } });
    await answers('/contacts', { text: `{"surname":"Deep","metadata":${deep(levels)}}` });
    await answers('/documents', { text: `{"name":"Deep","metadata":${deep(levels)}}` });
  }
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
  await answers('/metadata', { json: { entityType: 'wide', metadata: wide } });
  const arrays = Array.from({ length: 4_000 }, (_, i) => ({ [`k${i}`]: i }));
  await answers('/metadata', { json: { entityType: 'wide', metadata: { arrays } } });
  await answers('/metadata', { json: { entityType: 'wide', metadata: { n: 'x'.repeat(5_000_000) } } });
  await answers('/metadata', { text: '{"entityType":"wide","metadata":{"n":1e999}}' });
  for (const id of [
    '%00',
    '%ff',
    'SBOX_',
    'SBOX__portico-sandbox_',
    'SBOX_a_portico-sandbox_',
    '_portico-sandbox_',
    'x'.repeat(600),
    '..',
    '%2e%2e',
  ]) {
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH'])
      await answers(`/metadata/${id}`, { method, ...(method === 'PUT' || method === 'PATCH' ? { json: { metadata: {} } } : {}) });
    for (const method of ['GET', 'DELETE', 'PUT'])
      await answers(`/metadata/metadataSchema/${id}`, { method, ...(method === 'PUT' ? { json: { schema: '{}' } } : {}) });
  }
  for (const query of [
    'entityType=%00',
    'entityId=%00',
    'id=%00',
    'id=SBOX_x_portico-sandbox_%00',
    'nextPageToken=%00',
    'nextPageToken=WyJhIiwiYiJd',
    'nextPageToken=WzEsMl0',
    'useTokenBasedPaging=x',
    'pageNumber=999999999999',
  ])
    await answers(`/metadata?${query}`);
});
