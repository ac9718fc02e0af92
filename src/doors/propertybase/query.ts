import type { Condition, ListQuery, Order } from '../../kernel/condition.ts';
import { readTimestamp } from '../../kernel/dates.ts';
import { isStorable } from '../../kernel/storable.ts';
import { all, equal, field, literal } from '../../wire/resource/conditions.ts';
import type { Caller } from './desk.ts';
import { badRequest } from './faults.ts';
import type { Filter, Resource } from './resource.ts';
import { TEXTS } from './words.ts';

const DEFAULT_SIZE = 30;
export const MOST_ROWS = 200;
/** Rows of a list for a client that never pages, unless the site says otherwise (contracts/propertybase.md §1.7). */
const WHOLE_LIST = 1_000;

/** Every value of a parameter: repeated, or as `x[]`. */
export const valuesOf = (query: URLSearchParams, name: string): string[] => [...query.getAll(name), ...query.getAll(`${name}[]`)];
const oneOf = (query: URLSearchParams, ...names: readonly string[]): string | undefined =>
  names.map((name) => query.get(name)).find((value) => value !== null && value !== '') ?? undefined;

/** Commas join too. */
export const listOf = (query: URLSearchParams, name: string): string[] =>
  valuesOf(query, name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

const readCount = (query: URLSearchParams, name: string): number | undefined => {
  const text = oneOf(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1) throw badRequest(TEXTS.parameter(name));
  return Number(text);
};

/** A walk over the rows in the order of ids: those with a greater id than `after`. They are counted once, when it begins. */
export type Walk = { readonly after: number; readonly total?: number };
export type Paging = {
  readonly number: number;
  readonly size: number;
  readonly walk?: Walk;
};

/** Where a walk goes on. */
export const cursorOf = ({ after: id, total }: Required<Walk>) => Buffer.from(`${id}-${total}`).toString('base64url');
function readCursor(cursor: string): Walk {
  if (cursor === '*') return { after: 0 };
  const [, id, total] = /^(\d{1,15})-(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (id === undefined || total === undefined) throw badRequest(TEXTS.parameter('cursor'));
  return { after: Number(id), total: Number(total) };
}

/** @throws SiteFault 400 */
export function readPaging(query: URLSearchParams, { perPage, rules }: Caller): Paging {
  const number = readCount(query, 'page');
  const size = readCount(query, 'per_page');
  const cursor = oneOf(query, 'cursor');
  const paged = size === undefined ? DEFAULT_SIZE : Math.min(size, MOST_ROWS);
  if (cursor !== undefined) return { number: 1, size: paged, walk: readCursor(cursor) };
  if (number === undefined && size === undefined) return { number: 1, size: perPage ?? rules.listLimit ?? WHOLE_LIST };
  return { number: Math.min(number ?? 1, 1_000_000_000), size: paged };
}

const EVERYWHERE = { id: 'id', created_at: 'created_at', updated_at: 'updated_at' };

/** @throws SiteFault 400 for a field that the list is not ordered by */
export function readOrder(query: URLSearchParams, { orders = {} }: Resource): readonly Order[] {
  const asked = oneOf(query, 'order_by', 'sort_by', 'sort');
  const way = oneOf(query, 'order', 'sort_order', 'direction')?.toLowerCase();
  if (way !== undefined && way !== 'asc' && way !== 'desc') throw badRequest(TEXTS.parameter('order'));
  const words: Readonly<Record<string, string>> = { ...EVERYWHERE, ...orders };
  const word = (asked ?? 'id').replace(/^-/, '');
  const name = Object.hasOwn(words, word) ? words[word] : undefined;
  if (name === undefined) throw badRequest(TEXTS.parameter('order_by'));
  return [{ field: name, descending: asked?.startsWith('-') || way === 'desc' }];
}

const moment = (name: string, text: string): string => {
  const found = readTimestamp(text.trim());
  if (!found) throw badRequest(TEXTS.parameter(name));
  return found.toISOString();
};

/** `<x>_after` inclusive, `<x>_before` exclusive. */
export const after =
  (name: string): Filter =>
  (values, parameter) => ({
    kind: 'compare',
    op: 'ge',
    left: field(name),
    right: literal('datetime', moment(parameter, values[0] ?? '')),
  });
export const before =
  (name: string): Filter =>
  (values, parameter) => ({
    kind: 'compare',
    op: 'lt',
    left: field(name),
    right: literal('datetime', moment(parameter, values[0] ?? '')),
  });

const TIMES: Readonly<Record<string, Filter>> = {
  created_after: after('created_at'),
  created_before: before('created_at'),
  updated_after: after('updated_at'),
  updated_before: before('updated_at'),
};

const STATUS: Readonly<Record<string, boolean | null>> = { active: true, true: true, inactive: false, false: false, all: null };

/** Absent means active (contracts/propertybase.md §1.9). @throws SiteFault 400 */
function activeOnly(query: URLSearchParams): Condition | undefined {
  const asked = oneOf(query, 'active_status')?.toLowerCase() ?? 'active';
  const wanted = Object.hasOwn(STATUS, asked) ? STATUS[asked] : undefined;
  if (wanted === undefined) throw badRequest(TEXTS.parameter('active_status'));
  return wanted === null ? undefined : equal('active', wanted);
}

/** What the parameters ask of the rows. Unknown ones are ignored. @throws SiteFault 400 */
export function readFilters(query: URLSearchParams, resource: Resource): Condition {
  const filters = { ...TIMES, ...resource.filters };
  const asked = Object.entries(filters).map(([name, read]) => {
    const values = valuesOf(query, name).filter((value) => value.trim() !== '');
    for (const value of values) if (!isStorable(value)) throw badRequest(TEXTS.parameter(name));
    return values.length === 0 ? undefined : read(values, name);
  });
  return all(...asked, resource.activates ? activeOnly(query) : undefined);
}

export function listQueryOf(where: Condition, order: readonly Order[], { number, size, walk }: Paging): ListQuery {
  const beyond: Condition | undefined = walk && {
    kind: 'compare',
    op: 'gt',
    left: field('id'),
    right: literal('integer', walk.after),
  };
  return {
    where: all(where, walk?.after === 0 ? undefined : beyond),
    order: walk ? [{ field: 'id', descending: false }] : order,
    limit: size,
    offset: (number - 1) * size,
    total: walk?.total === undefined,
  };
}
