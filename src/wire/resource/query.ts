import { readTimestamp } from '../../kernel/dates.ts';
import { type Breach, invalid } from '../../kernel/fault.ts';
import { isStorable } from '../../kernel/storable.ts';
import type { QuerySpec } from './spec.ts';

/** What was asked for, by the published names; every parameter is a list. */
export type ReadQuery = Readonly<Record<string, readonly unknown[]>>;
export type QuerySpecs = Readonly<Record<string, QuerySpec>>;

const bad = (at: string, message: string): Breach => ({ in: 'query', at, reason: 'value', message });
const unfit = (name: string, text: string) => bad(name, `The value '${text}' is not valid for ${name}.`);

/** A time needs a zone designator; a bare day is its midnight (contracts/reapit.md §1.5, §1.11). */
export const hasZone = (text: string) => !/[T ]\d\d:/i.test(text) || /(Z|[+\- ]\d\d:?\d\d)$/i.test(text.slice(10));

function readValue(spec: QuerySpec, text: string): unknown {
  switch (spec.type) {
    case 'boolean': {
      const word = text.toLowerCase();
      return word === 'true' ? true : word === 'false' ? false : undefined;
    }
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^[+-]?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : undefined;
    default:
      if (spec.enum) return spec.enum.find((one) => one.toLowerCase() === text.toLowerCase());
      if (spec.format !== 'date-time' && spec.format !== 'date') return isStorable(text) ? text : undefined;
      return hasZone(text) ? readTimestamp(text) : undefined;
  }
}

/** `%2B` and `+` are read once; names are matched without case. Unknown parameters are nobody's business. */
export function readQuery(search: string, specs: QuerySpecs): ReadQuery {
  const names = new Map(Object.keys(specs).map((name) => [name.toLowerCase(), name]));
  const read: Record<string, unknown[]> = {};
  const breaches: Breach[] = [];
  for (const [given, text] of new URLSearchParams(search)) {
    const name = names.get(given.toLowerCase());
    const spec = name === undefined ? undefined : specs[name];
    if (name === undefined || !spec || text === '') continue;
    const value = readValue(spec, text);
    if (value === undefined) {
      breaches.push(unfit(name, text));
      continue;
    }
    const before = read[name] ?? [];
    if (!spec.array && before.length > 0 && before[0] !== value) breaches.push(bad(name, `${name} is given more than once.`));
    read[name] = [...before, value];
  }
  for (const [name, { minItems = 0, maxItems = Number.POSITIVE_INFINITY }] of Object.entries(specs)) {
    const count = new Set(read[name] ?? []).size;
    if (count < minItems || count > maxItems)
      breaches.push(bad(name, `${name} takes ${minItems} to ${maxItems} values, not ${count}.`));
  }
  if (breaches.length > 0) throw invalid(breaches);
  return read;
}

export type Paging = { readonly number: number; readonly size: number };

/** @throws Fault invalid for sizes outside 1 to 100; a page number below 1 is the first (contracts/reapit.md §1.3) */
export function readPaging(query: ReadQuery): Paging {
  const [size = 25] = query.pageSize ?? [];
  const [number = 1] = query.pageNumber ?? [];
  if ((size as number) < 1 || (size as number) > 100) throw invalid(unfit('pageSize', String(size)));
  // Beyond this a place in a list is no number any more; there are no rows either way.
  return { size: size as number, number: Math.min(1_000_000_000, Math.max(1, number as number)) };
}

/** `-created` is downwards; any word that the group does not sort by is refused. */
export function readSort(query: ReadQuery, words: readonly string[]): { word: string; descending: boolean } | undefined {
  const [text] = query.sortBy ?? [];
  if (text === undefined) return undefined;
  const asked = String(text);
  const descending = asked.startsWith('-');
  const word = words.find((one) => one.toLowerCase() === asked.replace(/^-/, '').toLowerCase());
  if (word === undefined) throw invalid(unfit('sortBy', asked));
  return { word, descending };
}

/** @throws Fault invalid for a name that the group does not embed */
export function readEmbeds(query: ReadQuery, names: readonly string[]): string[] {
  const asked = (query.embed ?? []).map((text) => {
    const name = names.find((one) => one.toLowerCase() === String(text).toLowerCase());
    if (name === undefined) throw invalid(unfit('embed', String(text)));
    return name;
  });
  return [...new Set(asked)];
}

const written = (value: unknown): string => {
  const text = value instanceof Date ? `${value.toISOString().slice(0, 19)}Z` : String(value);
  return text.replaceAll(/[&#+%]/g, (sign) => encodeURIComponent(sign));
};

/** `PageNumber`, `PageSize`, then everything else in the order of the alphabet, as clients know these links (contracts/reapit.md §1.3). */
export function pageLink(path: string, query: ReadQuery, number: number, size: number): string {
  const others = Object.entries(query)
    .filter(([name]) => name !== 'pageNumber' && name !== 'pageSize')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => values.map((value) => `&${name}=${written(value)}`));
  return `${path}?PageNumber=${number}&PageSize=${size}${others.join('')}`;
}
