import { deepEqual, throws } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Type } from 'typebox';
import { Fault } from '../../src/kernel/fault.ts';
import { type BodyRules, readBody, readObject } from '../../src/wire/read-body.ts';

const constant = (text: string) => text.toUpperCase().replaceAll(' ', '_');
const create: BodyRules = { empty: 'absent', numbersAndTexts: true, constant };
const change: BodyRules = { empty: 'cleared', numbersAndTexts: true, constant };

const Thing = Type.Object({
  name: Type.String({ maxLength: 5 }),
  note: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 10 })),
  kind: Type.Optional(Type.Enum(['BIG_ONE', 'SMALL'])),
  size: Type.Optional(Type.Integer({ maximum: 1000 })),
  parts: Type.Optional(Type.Array(Type.Object({ 'a/b': Type.Optional(Type.String()) }))),
});

const read = (text: string, rules = create) => readBody(Thing, readObject(Buffer.from(text)), rules);
const wrong = (text: string, rules = create) => read(text, rules).breaches.map((b) => `${b.reason} ${b.at}`);

describe('the bytes of a body', () => {
  test('nothing is an empty object', () => {
    deepEqual(readObject(undefined), {});
    deepEqual(readObject(Buffer.alloc(0)), {});
  });

  for (const bytes of ['[1]', '"a"', '1', 'null', '{', '{"a":1}x', `${'['.repeat(200_000)}`, Buffer.from([0x7b, 0xff, 0x7d])])
    test(`no JSON object: ${String(bytes).slice(0, 12)}`, () => {
      throws(
        () => readObject(Buffer.from(bytes as string)),
        (fault: Fault) => fault instanceof Fault && fault.breaches[0]?.reason === 'form',
      );
    });
});

describe('reading by a schema', () => {
  test('unknown members are left out, also those named like members of every object', () => {
    deepEqual(read('{"name":"a","x":1,"__proto__":{"y":1},"constructor":2}').value, { name: 'a' });
  });

  test('numbers keep their digits as text, and digits become integers', () => {
    deepEqual(read('{"name":1.50,"size":"12"}').value, { name: '1.50', size: 12 });
    deepEqual(read('{"name":9007199254740993,"size":12}').breaches.length, 1);
    deepEqual(read('{"name":"a","note":9007199254740993}', change).breaches.length, 1);
  });

  test('a boolean is no text, a fraction no integer', () => {
    deepEqual(wrong('{"name":true,"size":1.5}'), ['value name', 'value size']);
    deepEqual(wrong('{"name":"a","size":"12a"}'), ['value size']);
  });

  test('words of an enumeration come in any form, and as nothing else', () => {
    deepEqual(read('{"name":"a","kind":"big one"}').value, { name: 'a', kind: 'BIG_ONE' });
    deepEqual(wrong('{"name":"a","kind":"huge"}'), ['value kind']);
  });

  test('null, "" and an empty list are absent where things are created', () => {
    deepEqual(read('{"name":"a","note":"","size":null,"parts":[]}').value, { name: 'a' });
    deepEqual(wrong('{"name":""}'), ['required name']);
    deepEqual(wrong('{"name":null}'), ['required name']);
  });

  test('null and "" clear where things are changed, unless the member must have a value', () => {
    deepEqual(read('{"name":"a","note":""}', change).value, { name: 'a', note: null });
    deepEqual(wrong('{"name":""}', change), ['required name']);
  });

  test('a slash in a name is escaped in the path of a breach', () => {
    deepEqual(wrong('{"name":"a","parts":[{"a/b":true}]}'), ['value parts/0/a~1b']);
  });

  test('length is counted in code points, not in UTF-16 units and not in what looks like one character', () => {
    deepEqual(wrong('{"name":"😀😀😀😀😀"}'), []);
    deepEqual(wrong(`{"name":"${'e\u0301'.repeat(4)}"}`), ['length name']);
  });

  test('what a database cannot keep is refused', () => {
    deepEqual(wrong('{"name":"a\\u0000"}'), ['value name']);
    deepEqual(wrong('{"name":"\\ud800"}'), ['value name']);
  });
});
