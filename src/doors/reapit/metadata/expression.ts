import type { Condition } from '../../../kernel/condition.ts';
import { readTimestamp } from '../../../kernel/dates.ts';
import { invalid } from '../../../kernel/fault.ts';
import { type Asked, type JsonTest, tokenOf } from '../../../kernel/json-search.ts';
import { isStorable } from '../../../kernel/storable.ts';

/**
 * Filter expressions, `metadata.<field> <operation> <criteria>` (contracts/reapit.md §1.19):
 *
 *     metadata.tags $con 'ONE','TWO'          metadata.visit.on $lt 2020-11-05T13:15:30Z
 */
const MOST_LENGTH = 4_000;
const MOST_VALUES = 200;

type Type = 'boolean' | 'number' | 'text' | 'moment' | 'day';
/** `shown`: what it is compared as; `at`: milliseconds, of moments and days. */
type Value = { readonly type: Type; readonly asked: Asked; readonly at?: number };

/** What an operation may be asked of (the table of §1.19); `$con` looks into arrays, whatever lies there. */
const SCALARS: readonly Type[] = ['boolean', 'number', 'text', 'moment', 'day'];
const ORDERED: readonly Type[] = ['number', 'moment', 'day'];
const LISTED: readonly Type[] = ['number', 'text', 'moment', 'day'];
const OPERATIONS = {
  $eq: { kind: 'any', of: SCALARS, many: false },
  $ne: { kind: 'none', of: SCALARS, many: false },
  $neq: { kind: 'none', of: SCALARS, many: false },
  $gt: { kind: 'compare', op: 'gt', of: ORDERED, many: false },
  $lt: { kind: 'compare', op: 'lt', of: ORDERED, many: false },
  $gte: { kind: 'compare', op: 'ge', of: ORDERED, many: false },
  $lte: { kind: 'compare', op: 'le', of: ORDERED, many: false },
  $in: { kind: 'any', of: LISTED, many: true },
  $nin: { kind: 'none', of: LISTED, many: true },
  $con: { kind: 'holds', of: SCALARS, many: true },
} as const;
const isOperation = (word: string): word is keyof typeof OPERATIONS => Object.hasOwn(OPERATIONS, word);

class Refusal extends Error {}
const refuse = (why: string): never => {
  throw new Refusal(why);
};

const NUMBER = /^[+-]?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,3})?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** A plus sign that was not encoded arrives as a blank. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+\- ]\d\d:?\d\d)?$/i;
const ZONE = /(Z|[+\- ]\d\d:?\d\d)$/i;

function bareValue(text: string): Value {
  if (/^(true|false)$/i.test(text)) return { type: 'boolean', asked: text.toLowerCase() === 'true' };
  if (DAY.test(text) || MOMENT.test(text)) {
    if (!DAY.test(text) && !ZONE.test(text.slice(10))) refuse(`${text} needs a zone designator`);
    const at = readTimestamp(text) ?? refuse(`${text} is no date`);
    if (DAY.test(text)) return { type: 'day', asked: { d: text }, at: at.getTime() };
    return { type: 'moment', asked: { t: at.getTime() }, at: at.getTime() };
  }
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) refuse(`${text} is no boolean, number or date, and text stands between apostrophes`);
  return { type: 'number', asked: number };
}

const APOSTROPHES = '\u2018\u2019\u201B\u2032';
const ENDS = /^ *(,|$)/;

/** The text that opens at `from`, and the place behind it. Doubled apostrophes are one. */
function quotedText(text: string, from: number): { value: string; end: number } {
  const isStraight = text[from] === "'";
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === "'" && text[at + 1] === "'") {
      value += char;
      at++;
    } else if (isStraight && char === "'") return { value, end: at + 1 };
    // A typographic one also stands inside of words, so it closes only where a text may end.
    else if (!isStraight && (char === "'" || APOSTROPHES.includes(char)) && ENDS.test(text.slice(at + 1)))
      return { value, end: at + 1 };
    else value += char;
  }
  return refuse('an apostrophe is missing at the end of the text');
}

function readValues(text: string): Value[] {
  const values: Value[] = [];
  for (let at = 0; ; ) {
    const char = text[at] ?? '';
    if (char === "'" || (char !== '' && APOSTROPHES.includes(char))) {
      const { value, end } = quotedText(text, at);
      values.push({ type: 'text', asked: tokenOf(value) });
      at = end;
    } else {
      const bare = /^[^,']*/.exec(text.slice(at))?.[0] ?? '';
      const value = bare.trimEnd();
      if (value === '' || (at + bare.length === text.length && bare !== value)) refuse('a value is missing, or a blank too many');
      values.push(bareValue(value));
      at += bare.length;
    }
    if (values.length > MOST_VALUES) refuse(`there are more than ${MOST_VALUES} values`);
    const comma = /^ *, */.exec(text.slice(at))?.[0];
    if (comma === undefined) {
      if (at < text.length) refuse(`a comma is expected before ${text.slice(at, at + 20)}`);
      return values;
    }
    at += comma.length;
  }
}

/** @throws Refusal */
function readTest(text: string): JsonTest {
  if (text.length > MOST_LENGTH) refuse(`it is longer than ${MOST_LENGTH} characters`);
  if (!isStorable(text)) refuse('it holds a character that is none');
  const [, names = '', word = '', criteria = ''] = /^metadata\.([^ ]+) +([^ ]+) +(.+)$/is.exec(text) ?? [];
  if (names === '') refuse('its form is metadata.<field> <operation> <criteria>');
  const path = names.toLowerCase().split('.');
  if (path.some((name) => name === '')) refuse('a name is missing between its dots');
  if (path.length > 32) refuse('it has more than 32 names');
  const name = word.toLowerCase();
  if (!isOperation(name)) return refuse(`${word} is no operation`);
  const operation = OPERATIONS[name];
  const values = readValues(criteria);
  if (values.length > 1 && !operation.many) refuse(`${word} takes one value`);
  const unfit = values.find(({ type }) => !operation.of.includes(type));
  if (unfit) refuse(`${word} is not asked of a ${unfit.type}`);
  if (operation.kind !== 'compare') return { kind: operation.kind, path, of: values.map(({ asked }) => asked) };
  const { asked, at } = values[0] ?? refuse('a value is missing');
  return { kind: 'compare', path, op: operation.op, by: at === undefined ? 'number' : 'moment', value: at ?? Number(asked) };
}

const MOST_EXPRESSIONS = 20;

/** All of them have to hold. @throws Fault invalid that names the expression (400) */
export function readTests(expressions: readonly string[], parameter: string): JsonTest[] {
  const bad = (message: string) => invalid({ in: 'query', at: parameter, reason: 'value', message });
  if (expressions.length > MOST_EXPRESSIONS) throw bad(`${parameter} takes at most ${MOST_EXPRESSIONS} expressions.`);
  return expressions.map((text) => {
    try {
      return readTest(text);
    } catch (error) {
      if (error instanceof Refusal) throw bad(`The value '${text}' is not valid for ${parameter}: ${error.message}.`);
      throw error;
    }
  });
}

/** Rows on which the application keeps documents that answer the expressions: what lists add to their other conditions. */
export const metadataCondition = (expressions: readonly string[], type: string, clientId: string): Condition => ({
  kind: 'metadata',
  type,
  clientId,
  tests: readTests(expressions, 'metadata'),
});
