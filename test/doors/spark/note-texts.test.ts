import { deepEqual, equal } from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import {
  clearNotes,
  codeOf,
  made,
  mine,
  none,
  privately,
  putNote,
  shared,
  tokenOf,
  withAgent,
  withContact,
} from './note-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());
beforeEach(() => clearNotes(lab));

const put = (body: string, headers: Record<string, string> = {}) => lab.spark(mine(), { method: 'PUT', body, headers });

/** Every character outside ASCII as `\uXXXX`, and every slash with a backslash. */
const escaped = (text: string) =>
  JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(
        ' ',
        '\t',
        '\r',
        '\n',
        '\u0001',
        '\u2028',
        '\ufeff',
        '\ufffd',
        '"',
        '\\',
        '<',
        '&',
        '/',
        'é',
        'e\u0301',
      ),
      minLength: 1,
    }),
  )
  .filter((text) => !text.includes('\u0000') && text.isWellFormed());

test('whatever text is put comes back as it was, raw or escaped', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.boolean(), async (text, raw) => {
      const answer = await put(`{"D":{"Note":${raw ? JSON.stringify(text) : escaped(text)}}}`);
      equal(answer.status < 300, true, answer.text);
      const read = await lab.spark(mine());
      deepEqual(read.body, privately(text));
      // not a byte is changed on the way out either
      equal(read.text, JSON.stringify(privately(text)));
    }),
    { numRuns: 60 },
  );
});

test('the two spellings of a text are one note', async () => {
  deepEqual((await put('{"D":{"Note":"Pi\\u00f1a 1\\/2"}}')).status, 201);
  deepEqual((await put('{"D":{"Note":"Piña 1/2"}}')).status, 200);
  deepEqual(await lab.rows('select version from note where id not in (6001, 6002)'), [{ version: 1 }]);
});

test('texts that cannot come back are refused, wherever they are put', async () => {
  for (const bad of [
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udc00"',
    '"\\udc00\\ud800"',
    '5',
    '1e400',
    'true',
    '[]',
    '["x"]',
    '{}',
  ])
    for (const [path, as] of [
      [mine(), 'agent'],
      [withAgent(), 'portal'],
      [withContact(), 'agent'],
    ] as const) {
      const answer = await lab.spark(path, { method: 'PUT', as, body: `{"D":{"Note":${bad}}}` });
      equal(codeOf(answer), '400/1053', `${bad} ${answer.text}`);
    }
  deepEqual(await lab.rows('select id from note where id not in (6001, 6002)'), []);
});

test('bytes that are no UTF-8 are no JSON', async () => {
  const token = await tokenOf(lab);
  const call = (bytes: number[]) =>
    lab.call(`/spark/v1${mine()}`, {
      method: 'PUT',
      token,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([...Buffer.from('{"D":{"Note":"'), ...bytes, ...Buffer.from('"}}')]),
    });
  // a byte of Latin-1, half a pair as CESU-8 writes it, an overlong form, a raw control character
  for (const bytes of [[0xf1], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x0a]]) equal(codeOf(await call(bytes)), '400/1035');
  deepEqual((await lab.spark(mine())).body, none);
});

test('a body that is none, or of another type', async () => {
  equal(codeOf(await lab.spark(mine(), { method: 'PUT' })), '400/1035');
  equal(codeOf(await put('')), '400/1035');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])
    equal(codeOf(await put('{"D":{"Note":"x"}}', { 'content-type': type })), '400/1035', type);
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;x=y'])
    equal((await put('{"D":{"Note":"x"}}', { 'content-type': type })).status < 300, true, type);
});

test('what is absent, or no object, is missing; other members are nobody’s', async () => {
  for (const body of [
    '{}',
    '[]',
    '1',
    'null',
    '"D"',
    '{"D":1}',
    '{"D":[]}',
    '{"D":{}}',
    '{"d":{"Note":"x"}}',
    '{"D":{"Note":null}}',
  ])
    equal(codeOf(await put(body)), '400/1050', body);
  equal((await put('{"D":{"Note":"x","ContactId":"1","ResourceUri":5},"E":1}')).status, 201);
  equal((await put('{"D":{"Note":"y","__proto__":{"Note":"z"},"constructor":1}}')).status, 200);
  deepEqual((await lab.spark(mine())).body, privately('y'));
});

test('length is counted in code points, and said', async () => {
  const details = (length: number) => [
    { Note: [{ RuleName: 'MaxLength', RuleValue: 4000, Value: length, RuleField: null, RuleFieldValue: null }] },
  ];
  for (const fits of ['x'.repeat(4000), '😀'.repeat(4000), 'e\u0301'.repeat(2000)]) {
    equal((await putNote(lab, mine(), fits)).status < 300, true);
    deepEqual((await lab.spark(mine())).body, privately(fits));
  }
  for (const long of ['x'.repeat(4001), '😀'.repeat(4001), 'e\u0301'.repeat(2001)]) {
    const answer = await putNote(lab, mine(), long);
    equal(codeOf(answer), '400/1053');
    deepEqual((answer.body as { D: { Details: unknown } }).D.Details, details([...long].length));
  }
});

test('an organisation may allow longer notes, never shorter ones', async () => {
  const set = (value: unknown) =>
    lab.rows(
      `update organisation set settings = jsonb_build_object('spark', jsonb_build_object('noteLength', $1::jsonb)) where id = 1`,
      [JSON.stringify(value)],
    );
  await set(5000);
  equal((await putNote(lab, mine(), 'x'.repeat(5000))).status, 201);
  const { body } = await putNote(lab, mine(), 'x'.repeat(5001));
  equal((body as { D: { Details: { Note: { RuleValue: number }[] }[] } }).D.Details[0]?.Note[0]?.RuleValue, 5000);
  for (const odd of [10, -1, 4000.5, 'long', null, {}]) {
    await set(odd);
    equal((await putNote(lab, mine(), 'x'.repeat(4000))).status, 200);
    equal(codeOf(await putNote(lab, mine(), 'x'.repeat(4001))), '400/1053');
  }
  await lab.rows(`update organisation set settings = '{}' where id = 1`);
});

test('an empty text removes the note, and says where it was', async () => {
  await putNote(lab, withContact(), 'x');
  deepEqual((await lab.spark(withAgent(), { as: 'portal' })).body, shared('x'));
  for (let times = 0; times < 2; times++) {
    const answer = await putNote(lab, withAgent(), '', 'portal');
    deepEqual([answer.status, answer.body], [200, made(withContact())]);
  }
  deepEqual((await lab.spark(withContact())).body, none);
  deepEqual(await lab.rows('select e.text from note n join note_entry e on e.note_id = n.id where n.id not in (6001, 6002)'), [
    { text: 'x' },
  ]);
});
