import type { Condition, ListQuery, Order } from '../../kernel/condition.ts';
import { type ColumnKind, holdsList } from '../../kernel/record.ts';
import {
  all,
  among,
  atLeast,
  atMost,
  containsAny,
  missing,
  not,
  present,
  since,
  sinceDay,
  until,
  untilDay,
  words,
} from './conditions.ts';
import type { ReadQuery } from './query.ts';
import { type FilterOf, mappingAt, orderOf, type Resource } from './resource.ts';
import type { QuerySpec } from './spec.ts';

/** Parameters that say how to answer, not which rows. */
const MANNERS: ReadonlySet<string> = new Set(['pageSize', 'pageNumber', 'sortBy', 'embed', 'metadata', 'extrasField']);

const asDate = (value: unknown) => value as Date;

/** A plain comparison of one column, by what the column is. */
function compareColumn(name: string, kind: ColumnKind, { op = 'in' }: QuerySpec): FilterOf {
  const isList = holdsList(kind);
  const isDay = kind === 'date';
  return (values: readonly unknown[]) => {
    const [first] = values;
    switch (op) {
      case 'gte':
        if (first instanceof Date) return isDay ? sinceDay(name, first) : since(name, first);
        return atLeast(name, first as number);
      case 'lte':
        if (first instanceof Date) return isDay ? untilDay(name, first) : until(name, first);
        return atMost(name, first as number);
      case 'exists':
        return first === true ? present(name) : missing(name);
      case 'text':
        return words(name, String(first));
      case 'notIn':
        return not(isList ? containsAny(name, values) : among(name, values));
      default:
        return isList || op === 'containsAny' ? containsAny(name, values) : among(name, values);
    }
  };
}

function ownFilter<A>({ mappings, source }: Resource<A>, spec: QuerySpec): FilterOf | undefined {
  const path = spec.field ?? '';
  if (path === 'id')
    return (values: readonly unknown[]) =>
      among(
        'code',
        values.map((value) => source.normalCode(String(value))),
      );
  if (path === 'fromArchive')
    return ([value]: readonly unknown[]) => (value === true ? present('archived_at') : missing('archived_at'));
  const mapping = path === '' ? undefined : mappingAt(mappings, path);
  if (mapping?.kind !== 'column') return undefined;
  const { column } = mapping;
  if (column === 'created_at' || column === 'updated_at')
    return ([value]: readonly unknown[]) => (spec.op === 'lte' ? until(column, asDate(value)) : since(column, asDate(value)));
  return compareColumn(column, source.columns[column]?.kind ?? 'text', spec);
}

/** Parameters of the group that have no meaning yet: a declaration has to give them one. */
export const unplacedFilters = <A>(resource: Resource<A>): string[] =>
  Object.entries(resource.spec.query ?? {})
    .filter(
      ([name, spec]) => !MANNERS.has(name) && spec.field !== undefined && !resource.filters?.[name] && !ownFilter(resource, spec),
    )
    .map(([name]) => name);

const SORTS: Readonly<Record<string, string>> = { created: 'created_at', modified: 'updated_at', id: 'code' };

function sortFields<A>({ sorts, mappings, source }: Resource<A>, word: string): readonly string[] | undefined {
  const own = sorts?.[word];
  if (own) return own;
  if (SORTS[word]) return [SORTS[word]];
  const mapping = mappingAt(mappings, word);
  return mapping?.kind === 'column' && source.columns[mapping.column]?.kind !== 'json' ? [mapping.column] : undefined;
}

export const unplacedSorts = <A>(resource: Resource<A>): string[] =>
  (resource.spec.sortBy ?? []).filter((word) => sortFields(resource, word) === undefined);

/** What was asked for, as a condition: parameters all hold, values of one are any of them (contracts/reapit.md §1.5). */
export function conditionOf<A>(resource: Resource<A>, query: ReadQuery): Condition | undefined {
  const asked = Object.entries(query).flatMap(([name, values]) => {
    const spec = resource.spec.query?.[name];
    if (!spec || MANNERS.has(name) || values.length === 0) return [];
    const filter = resource.filters?.[name] ?? ownFilter(resource, spec);
    const condition = filter?.(values as readonly never[], query);
    return condition ? [condition] : [];
  });
  const standing = resource.where?.(query);
  const parts = standing ? [...asked, standing] : asked;
  return parts.length === 0 ? undefined : all(...parts);
}

/** `created` upwards where nothing is said, and the id where there is no `created` (contracts/reapit.md §1.4). */
export function orderFor<A>(resource: Resource<A>, sort: { word: string; descending: boolean } | undefined): readonly Order[] {
  if (!sort) return orderOf(Object.hasOwn(resource.model, 'created') ? ['created_at'] : ['code'], false);
  return orderOf(sortFields(resource, sort.word) ?? [], sort.descending);
}

/** Every row that meets the condition, however many: what embeds and bare lists answer. */
export const everyRow = (where: Condition | undefined, order: ListQuery['order']): ListQuery => ({
  ...(where ? { where } : {}),
  order,
  limit: 100_000,
  offset: 0,
  total: false,
});
