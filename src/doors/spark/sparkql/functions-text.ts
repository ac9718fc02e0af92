import { readPattern } from '../../../kernel/pattern.ts';
import { decimalText, readDecimal, toWhole } from './decimal.ts';
import { FilterRefusal } from './faults.ts';
import type { FilterFunction, Parameter } from './functions.ts';
import type { CallNode } from './tree.ts';
import { called, constant, constantOf, type Result, type Value } from './values.ts';

const TEXT: Parameter = { types: ['character'] };
const WORD: Parameter = { types: ['character'], constant: true };
const PLACE: Parameter = { types: ['integer'], constant: true };
const ANYTHING: Parameter = { types: ['character', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'time'] };
/** No text of a listing is longer. */
const MOST_PLACE = 100_000;

const wordOf = (value: Value | undefined): string => String(value && constantOf(value)?.value);

/** Without blanks at its ends; counted, because a regular expression would take the square of a long run of blanks. */
function stripped(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t\r\n'.includes(text.charAt(start))) start++;
  while (end > start && ' \t\r\n'.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** A function of texts, computed at once where all of them are constants. */
const onText = (
  name: 'lower' | 'upper' | 'trim' | 'concat',
  parameters: readonly Parameter[],
  fold: (...texts: string[]) => string,
): FilterFunction => ({
  parameters,
  make: (args) =>
    args.every(constantOf) ? constant('character', fold(...args.map(wordOf))) : called('character', name, ...args),
});

const matching = (kind: 'contains' | 'starts' | 'ends'): FilterFunction => ({
  parameters: [WORD],
  make: ([text]) => ({ kind: 'matcher', test: (left) => ({ kind, left, text: wordOf(text) }) }),
});

function placeOf(value: Value | undefined, at: CallNode): number | undefined {
  if (value === undefined) return undefined;
  const place = Number(constantOf(value)?.value);
  if (place < 0 || place > MOST_PLACE) throw new FilterRefusal(`${at.name} counts from 0 to ${MOST_PLACE}`, at);
  return place;
}

function cast(value: Value, to: string, at: CallNode): Result {
  const text = constantOf(value) && String(constantOf(value)?.value);
  const isNumber = value.type === 'integer' || value.type === 'decimal';
  switch (to) {
    case 'character':
      if (value.type === 'character') return value;
      return text === undefined ? called('character', 'cast_text', value) : constant('character', text);
    case 'decimal':
    case 'integer': {
      if (!isNumber && value.type !== 'character') throw new FilterRefusal(`A ${value.type} cannot be cast to ${to}`, at);
      if (value.type === to) return value;
      if (text === undefined) return called(to, to === 'decimal' ? 'cast_decimal' : 'cast_integer', value);
      if (!/^\s*[-+]?\d{1,30}(\.\d{1,30})?\s*$/.test(text)) throw new FilterRefusal(`'${text.slice(0, 100)}' is no number`, at);
      const number = readDecimal(text.trim().replace('+', ''));
      return constant(to, decimalText(to === 'integer' ? toWhole(number, 'trunc') : number));
    }
    case 'field':
      // A field is one already; there is nothing that a constant could be made into.
      if (text === undefined) return value;
      throw new FilterRefusal('Only a field can be cast to field', at);
    default:
      throw new FilterRefusal(`cast makes field, character, decimal or integer, not ${to.slice(0, 100)}`, at);
  }
}

function regex(pattern: string, flags: string, at: CallNode): Result {
  if (flags !== '' && flags !== 'i') throw new FilterRefusal("The flags of regex are '' or 'i'", at);
  const read = readPattern(pattern);
  if ('fault' in read) throw new FilterRefusal(`The regular expression cannot be run: ${read.fault}`, at);
  return { kind: 'matcher', test: (left) => ({ kind: 'pattern', left, pattern, ignoreCase: flags === 'i' }) };
}

export const textFunctions = {
  contains: matching('contains'),
  startswith: matching('starts'),
  endswith: matching('ends'),
  regex: {
    parameters: [WORD, { ...WORD, optional: true }],
    make: ([pattern, flags], _, at) => regex(wordOf(pattern), flags ? wordOf(flags) : '', at),
  },
  range: {
    parameters: [WORD, WORD],
    make: ([least, most]) => ({
      kind: 'matcher',
      test: (left) => ({
        kind: 'between',
        left,
        least: { kind: 'literal', type: 'text', value: wordOf(least) },
        most: { kind: 'literal', type: 'text', value: wordOf(most) },
      }),
    }),
  },
  tolower: onText('lower', [TEXT], (text = '') => text.toLowerCase()),
  toupper: onText('upper', [TEXT], (text = '') => text.toUpperCase()),
  trim: onText('trim', [TEXT], (text = '') => stripped(text)),
  concat: onText('concat', [TEXT, WORD], (a = '', b = '') => a + b),
  length: {
    parameters: [TEXT],
    make: ([text]) =>
      text && !constantOf(text) ? called('integer', 'length', text) : constant('integer', [...wordOf(text)].length),
  },
  indexof: {
    parameters: [TEXT, WORD],
    make: (args) =>
      args.every(constantOf)
        ? constant('integer', wordOf(args[0]).toLowerCase().indexOf(wordOf(args[1]).toLowerCase()))
        : called('integer', 'indexof', ...args),
  },
  substring: {
    parameters: [TEXT, PLACE, { ...PLACE, optional: true }],
    make: ([text, from, length], _, at) => {
      const start = placeOf(from, at) ?? 0;
      const size = placeOf(length, at);
      if (text && !constantOf(text))
        return called('character', 'substring', text, ...[from, length].filter((place) => place !== undefined));
      const end = size === undefined ? undefined : start + size;
      return constant('character', [...wordOf(text)].slice(start, end).join(''));
    },
  },
  cast: { parameters: [ANYTHING, WORD], make: ([value, to], _, at) => cast(value as Value, wordOf(to), at) },
  // Of a field with many values it asks for every one of them; the fields of listings have one.
  all: {
    parameters: [ANYTHING],
    make: ([value], _, at) => {
      if (at.args[0]?.kind !== 'field') throw new FilterRefusal('all needs a field', at);
      return value as Value;
    },
  },
} satisfies Record<string, FilterFunction>;
