import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyPatch } from '../../../src/domain/metadata/json-patch.ts';
import { Fault } from '../../../src/kernel/fault.ts';

const apply = (document: unknown, ...patch: unknown[]) => applyPatch(document, patch, () => {});
const refused = (document: unknown, ...patch: unknown[]) => {
  const before = JSON.stringify(document);
  throws(
    () => apply(document, ...patch),
    (error) => error instanceof Fault && error.reason === 'patch.refused',
    JSON.stringify(patch),
  );
  equal(JSON.stringify(document), before);
};

describe('RFC 6902', () => {
  test('add', () => {
    deepEqual(apply({ a: 1 }, { op: 'add', path: '/b', value: [2] }), { a: 1, b: [2] });
    deepEqual(apply({ a: 1 }, { op: 'add', path: '/a', value: null }), { a: null });
    deepEqual(apply({ a: [1, 3] }, { op: 'add', path: '/a/1', value: 2 }), { a: [1, 2, 3] });
    deepEqual(apply({ a: [1] }, { op: 'add', path: '/a/1', value: 2 }), { a: [1, 2] });
    deepEqual(apply({ a: [1] }, { op: 'add', path: '/a/-', value: [2] }), { a: [1, [2]] });
    deepEqual(apply({ a: 1 }, { op: 'add', path: '', value: { b: 2 } }), { b: 2 });
    deepEqual(apply({}, { op: 'add', path: '/', value: 1 }), { '': 1 });
    deepEqual(apply({}, { op: 'add', path: '/a~1b~0c', value: 1 }), { 'a/b~c': 1 });
    deepEqual(apply({ 0: 1 }, { op: 'add', path: '/1', value: 2, more: 'ignored' }), { 0: 1, 1: 2 });
    for (const path of ['/b/c', '/a/2', '/a/-1', '/a/01', '/a/1e0', '/a/x', '/a/0/x', 'a', '/a~2'])
      refused({ a: [1] }, { op: 'add', path, value: 1 });
    refused({}, { op: 'add', path: '/a' });
  });

  test('remove and replace', () => {
    deepEqual(apply({ a: 1, b: { c: 2 } }, { op: 'remove', path: '/b/c' }), { a: 1, b: {} });
    deepEqual(apply({ a: [1, 2, 3] }, { op: 'remove', path: '/a/1' }), { a: [1, 3] });
    deepEqual(apply({ a: [1, 2] }, { op: 'replace', path: '/a/0', value: { b: 1 } }), { a: [{ b: 1 }, 2] });
    deepEqual(apply({ a: 1 }, { op: 'replace', path: '', value: 'x' }), 'x');
    for (const path of ['', '/b', '/a/2', '/a/-', '/a/length', '/toString', '/__proto__', '/constructor'])
      refused({ a: [1, 2] }, { op: 'remove', path });
    for (const path of ['/b', '/a/2', '/a/-', '/a/length', '/toString'])
      refused({ a: [1, 2] }, { op: 'replace', path, value: 1 });
    refused({ a: 1 }, { op: 'replace', path: '/a' });
  });

  test('move and copy', () => {
    deepEqual(apply({ a: { b: 1 }, c: [] }, { op: 'move', from: '/a/b', path: '/c/-' }), { a: {}, c: [1] });
    deepEqual(apply({ a: [1, 2, 3] }, { op: 'move', from: '/a/0', path: '/a/2' }), { a: [2, 3, 1] });
    deepEqual(apply({ a: 1 }, { op: 'move', from: '/a', path: '/a' }), { a: 1 });
    deepEqual(apply({ a: { b: 1 } }, { op: 'copy', from: '/a', path: '/c' }, { op: 'add', path: '/a/b', value: 2 }), {
      a: { b: 2 },
      c: { b: 1 },
    });
    refused({ a: { b: 1 } }, { op: 'move', from: '/a', path: '/a/b/c' });
    refused({ a: 1 }, { op: 'move', from: '/b', path: '/c' });
    refused({ a: [1] }, { op: 'move', from: '/a/0', path: '/a/1' });
    refused({ a: 1 }, { op: 'copy', path: '/c' });
  });

  test('test', () => {
    const document = { a: { b: [1, { c: null }], d: 'x' }, n: 1 };
    deepEqual(apply(document, { op: 'test', path: '/a', value: { d: 'x', b: [1, { c: null }] } }), document);
    deepEqual(apply(document, { op: 'test', path: '', value: document }), document);
    for (const value of [{}, [1], { b: [1, { c: null }], d: 'X' }, { b: [{ c: null }, 1], d: 'x' }, null])
      refused(document, { op: 'test', path: '/a', value });
    refused(document, { op: 'test', path: '/n', value: '1' });
    refused(document, { op: 'test', path: '/nothing', value: null });
    refused(document, { op: 'test', path: '/n' });
  });

  test('what is no patch', () => {
    for (const patch of [{}, 'x', null, 1]) throws(() => applyPatch({}, patch, () => {}), { reason: 'patch.refused' });
    for (const operation of [
      null,
      1,
      'x',
      [],
      {},
      { op: 'add' },
      { op: 'spam', path: '/a', value: 1 },
      { op: 'add', path: 1, value: 1 },
    ])
      refused({}, operation);
    refused({}, ...Array.from({ length: 501 }, () => ({ op: 'add', path: '/a', value: 1 })));
  });

  test('members called __proto__ are members, and nothing else', () => {
    const made = apply({}, { op: 'add', path: '/__proto__', value: { polluted: true } }) as object;
    equal(JSON.stringify(made), '{"__proto__":{"polluted":true}}');
    equal(({} as { polluted?: boolean }).polluted, undefined);
    equal(Object.getPrototypeOf(made), Object.prototype);
  });

  test('what grows without bound is stopped by the check, and a long test is quick', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => ({ op: 'copy', from: '', path: `/x${i}` }));
    let checks = 0;
    throws(
      () =>
        applyPatch({ a: 'x'.repeat(100) }, doubling, (grown) => {
          checks++;
          if (JSON.stringify(grown).length > 10_000) throw new Fault('invalid', 'too large');
        }),
      { message: 'too large' },
    );
    ok(checks < 12);
    const long = Array.from({ length: 50_000 }, (_, i) => i);
    const started = performance.now();
    refused({ long }, { op: 'test', path: '/long', value: long.map((n) => -n - 1) });
    ok(performance.now() - started < 2_000);
  });

  test('any patch at all: a document or a refusal, and the one given stays as it was', () => {
    const path = fc.oneof(
      fc.constantFrom('', '/', '/a', '/a/0', '/a/-', '/b/c', '/a/b/0', '/~1', '/__proto__', 'x', '/a/1e0'),
      fc.string(),
    );
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
        path,
        from: path,
        value: fc.jsonValue({ maxDepth: 3 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', ''), fc.jsonValue({ maxDepth: 3 })),
        fc.array(operation, { maxLength: 6 }),
        (document, patch) => {
          const before = JSON.stringify(document);
          try {
            JSON.stringify(applyPatch(document, patch, () => {}));
          } catch (error) {
            ok(error instanceof Fault && error.reason === 'patch.refused', String(error));
          }
          equal(JSON.stringify(document), before);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
