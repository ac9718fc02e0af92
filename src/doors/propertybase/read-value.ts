import { readTimestamp } from '../../kernel/dates.ts';
import { isStorable, isStorableValue } from '../../kernel/storable.ts';
import { badRequest } from './faults.ts';
import type { Field } from './fields.ts';
import { TEXTS } from './words.ts';

/** What a value is to the door, or the text of what is wrong with it. */
export type Read = { readonly value: unknown } | { readonly error: string };

const MOST_STRING = 255;
const MOST_TEXT = 65_535;
const MOST_ITEMS = 10_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const INTEGER = /^[+-]?\d{1,15}$/;
const DECIMAL = /^[+-]?\d{1,15}(\.\d{1,10})?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

const ok = (value: unknown): Read => ({ value });
const wrong = (error: string): Read => ({ error });

function readNumber(at: string, value: unknown, whole: boolean): Read {
  const number =
    typeof value === 'string' && (whole ? INTEGER : DECIMAL).test(value.trim())
      ? Number(value)
      : typeof value === 'number'
        ? value
        : Number.NaN;
  if (!Number.isFinite(number) || Math.abs(number) > 1e15) return wrong(TEXTS.notNumber(at));
  if (!whole) return ok(number);
  if (!Number.isInteger(number)) return wrong(TEXTS.notNumber(at));
  return Math.abs(number) < 2 ** 31 ? ok(number) : wrong(TEXTS.invalid(at));
}

/** Zone-less times are UTC (contracts/propertybase.md §1.10). */
function readTime(at: string, value: unknown): Read {
  const text = typeof value === 'string' ? value.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T') : '';
  const found = readTimestamp(text);
  return found ? ok(found) : wrong(TEXTS.invalid(at));
}

function readDay(at: string, value: unknown): Read {
  const text = typeof value === 'string' ? value.trim() : '';
  const found = DAY.test(text.slice(0, 10)) ? readTimestamp(text) : undefined;
  return found && text.slice(0, 4) >= '0001' ? ok(found.toISOString().slice(0, 10)) : wrong(TEXTS.invalid(at));
}

function readBool(at: string, value: unknown): Read {
  if (value === true || value === 'true' || value === 1 || value === '1') return ok(true);
  if (value === false || value === 'false' || value === 0 || value === '0') return ok(false);
  return wrong(TEXTS.invalid(at));
}

function readText(at: string, { words, type, most = type === 'text' ? MOST_TEXT : MOST_STRING }: Field, value: unknown): Read {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  if (text === undefined || !isStorable(text)) return wrong(TEXTS.invalid(at));
  if ([...text].length > most) return wrong(TEXTS.tooLong(at, most));
  if (!words) return ok(text);
  const word = words.find((one) => one.toLowerCase() === text.trim().toLowerCase());
  return word === undefined ? wrong(TEXTS.notListed(at)) : ok(word);
}

function readUrl(at: string, value: unknown): Read {
  if (typeof value !== 'string' || value.length > 2_048 || !/^https?:\/\/[^\s/]+/i.test(value) || !URL.canParse(value))
    return wrong(TEXTS.invalid(at));
  return isStorable(value) ? ok(value) : wrong(TEXTS.invalid(at));
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** A file that stands in the body (contracts/propertybase.md §1.11). */
export function readFile(at: string, { data, filename }: Readonly<Record<string, unknown>>): Read {
  const text = typeof data === 'string' ? data.replace(/^data:[^,]{0,200};base64,/, '').replaceAll(/\s/g, '') : '';
  const named = filename === undefined || filename === null || (typeof filename === 'string' && isStorable(filename));
  if (text === '' || !BASE64.test(text) || !named) return wrong(TEXTS.invalid(at));
  return ok({ bytes: Buffer.from(text, 'base64'), name: filename || null });
}

function readList(at: string, field: Field, value: unknown, item: Field): Read {
  const list = Array.isArray(value) ? value : typeof value === 'string' && field.type === 'strings' ? value.split(',') : [value];
  if (list.length > MOST_ITEMS) return wrong(TEXTS.invalid(at));
  const values: unknown[] = [];
  for (const one of list) {
    const next = typeof one === 'string' ? one.trim() : one;
    if (next === '' || next === null) continue;
    if (typeof next === 'object') throw badRequest(TEXTS.parameter(at));
    const read = readValue(at, item, next);
    if ('error' in read) return read;
    values.push(read.value);
  }
  return ok(field.type === 'ids' ? [...new Set(values)] : values);
}

/**
 * Reads one value of a body; null is no value of any type.
 * @throws SiteFault 400 for a list or an object where one value is due
 */
export function readValue(at: string, field: Field, value: unknown): Read {
  const { type } = field;
  if (value === null) return ok(null);
  switch (type) {
    case 'objects': {
      const list = Array.isArray(value) ? value : [value];
      if (list.length > MOST_ITEMS || !list.every((one) => isObject(one) || typeof one === 'string' || typeof one === 'number'))
        return wrong(TEXTS.invalid(at));
      return isStorableValue(list) ? ok(list) : wrong(TEXTS.invalid(at));
    }
    case 'object':
      return isObject(value) && isStorableValue(value) ? ok(value) : wrong(TEXTS.invalid(at));
    case 'strings':
      return readList(at, field, value, { ...field, type: 'string' });
    case 'ints':
      return readList(at, field, value, { type: 'int', access: 'rw' });
    case 'ids':
      return readList(at, field, value, { type: 'id', access: 'rw' });
    case 'place':
      if (isObject(value)) return isStorableValue(value) ? ok(value) : wrong(TEXTS.invalid(at));
      break;
    case 'file':
      if (isObject(value)) return readFile(at, value);
      break;
    default:
  }
  if (typeof value === 'object') throw badRequest(TEXTS.parameter(at));
  if (value === '' && type !== 'string' && type !== 'text') return ok(null);
  switch (type) {
    case 'int':
      return readNumber(at, value, true);
    case 'decimal':
      return readNumber(at, value, false);
    case 'id': {
      const read = readNumber(at, value, false);
      if ('error' in read) return read;
      return Number.isSafeInteger(read.value) ? read : wrong(TEXTS.notNumber(at));
    }
    case 'bool':
      return readBool(at, value);
    case 'timestamp':
      return readTime(at, value);
    case 'date':
      return readDay(at, value);
    case 'url':
    case 'file':
      return readUrl(at, value);
    default:
      return readText(at, field, value);
  }
}
