import { readTimestamp, wholeSeconds } from '../../kernel/dates.ts';
import type { Breach } from '../../kernel/fault.ts';
import { isStorable, isStorableValue } from '../../kernel/storable.ts';
import { isShallow } from '../json.ts';
import { hasZone } from './query.ts';
import { type FieldSpec, type Fields, isObject, specAt } from './spec.ts';

/** How a door words breaches and what it takes beyond the published shapes. */
export type BodyWords = {
  enumeration(path: string, spec: FieldSpec): string;
  type(path: string, spec: FieldSpec): string;
  date(path: string, spec: FieldSpec): string;
  /** numbers with a fraction in a member that is published as integer */
  takesFraction(path: string): boolean;
  /** an object that may come as a text that holds it */
  takesJsonText?(path: string): boolean;
};

type Walk = { readonly words: BodyWords; readonly breaches: Breach[]; readonly model: Fields };

const ABSENT = Symbol('absent');
const DAY = /^\d{4}-\d\d-\d\d$/;

function refuse(walk: Walk, at: string, message: string): typeof ABSENT {
  walk.breaches.push({ in: 'body', at, reason: 'value', message });
  return ABSENT;
}

const plainPath = (path: string) => path.replaceAll(/\[\d+\]/g, '');

/** A day where the member is one, both forms where reading and writing are published differently (contracts/reapit.md §1.11). */
function readTime(walk: Walk, spec: FieldSpec, text: string, path: string): unknown {
  const shown = specAt(walk.model, plainPath(path))?.format ?? spec.format;
  const at = hasZone(text) ? readTimestamp(text) : undefined;
  const isDay = spec.format === 'date' && shown === 'date';
  if (!at || (isDay && !DAY.test(text))) return refuse(walk, path, walk.words.date(path, spec));
  return shown === 'date' ? at.toISOString().slice(0, 10) : wholeSeconds(at);
}

/** The one of whose letters some are left out: `perentage` is `percentage`. */
function misspelt({ enum: words = [], alsoAccept = [] }: FieldSpec, word: string): string | undefined {
  if (!alsoAccept.some((one) => one.toLowerCase() === word)) return undefined;
  const letters = new RegExp([...word.replaceAll(/\W/g, '')].join('.*'), 'i');
  return words.find((one) => letters.test(one));
}

function readText(walk: Walk, spec: FieldSpec, text: string, path: string, keepEmpty: boolean): unknown {
  if (text === '') return keepEmpty ? '' : null;
  if (!isStorable(text)) return refuse(walk, path, 'The value contains a character that cannot be stored');
  if (spec.enum) {
    const word = text.toLowerCase();
    const found = spec.enum.find((one) => one.toLowerCase() === word) ?? misspelt(spec, word);
    return found ?? refuse(walk, path, walk.words.enumeration(path, spec));
  }
  return spec.format === 'date' || spec.format === 'date-time' ? readTime(walk, spec, text, path) : text;
}

/** The value that a text holds, if it holds one. */
export function fromJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isShallow(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

function readValue(walk: Walk, spec: FieldSpec, value: unknown, path: string, keepEmpty: boolean): unknown {
  if (value === null) return spec.type === 'array' ? [] : null;
  const wrong = () => refuse(walk, path, walk.words.type(path, spec));
  switch (spec.type) {
    case 'string':
      return typeof value === 'string' ? readText(walk, spec, value, path, keepEmpty) : wrong();
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong();
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e15) return wrong();
      const fits = spec.type === 'number' || walk.words.takesFraction(path);
      return fits || (Number.isInteger(value) && Math.abs(value) < 2 ** 31) ? value : wrong();
    }
    case 'array': {
      if (!Array.isArray(value)) return wrong();
      const items = value.map((item, i) => (spec.items ? readValue(walk, spec.items, item, `${path}[${i}]`, false) : item));
      return items.filter((item) => item !== ABSENT && item !== null);
    }
    case 'object': {
      const object = walk.words.takesJsonText?.(path) ? fromJsonText(value) : value;
      if (!isObject(object)) return wrong();
      if (spec.fields) return readMembers(walk, spec.fields, object, path);
      return isStorableValue(object) ? object : refuse(walk, path, 'The value contains a character that cannot be stored');
    }
    default:
      return isStorableValue(value) ? value : refuse(walk, path, 'The value contains a character that cannot be stored');
  }
}

function readMembers(walk: Walk, fields: Fields, body: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
  const read: [string, unknown][] = [];
  const keepEmpty = /address$/i.test(path);
  for (const [name, value] of Object.entries(body)) {
    const spec = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!spec || spec.readOnly) continue;
    const result = readValue(walk, spec, value, path === '' ? name : `${path}.${name}`, keepEmpty);
    if (result !== ABSENT) read.push([name, result]);
  }
  return Object.fromEntries(read);
}

/**
 * Reads a body by the published shape: members that it does not name are left out, words of enumerations and times get the form they
 * are answered in. `model` is the read shape, whose times decide.
 */
export function readBody(
  fields: Fields,
  body: Readonly<Record<string, unknown>>,
  model: Fields,
  words: BodyWords,
): { value: Readonly<Record<string, unknown>>; breaches: Breach[] } {
  const walk: Walk = { words, breaches: [], model };
  return { value: readMembers(walk, fields, body, ''), breaches: walk.breaches };
}
