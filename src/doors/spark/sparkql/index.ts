import type { Condition } from '../../../kernel/condition.ts';
import { checkComparison } from './check.ts';
import { explained } from './faults.ts';
import { comparisonsOf, parseFilter } from './parse.ts';
import {
  addWanted,
  checkSpecial,
  type Found,
  findPlaces,
  findRecords,
  type Lookups,
  specialOf,
  type Wanted,
} from './specials.ts';
import type { Filter } from './tree.ts';
import type { FilterFields, Setting } from './values.ts';

export type { Lookups, SpecialField } from './specials.ts';
export type { FilterField, FilterFields } from './values.ts';

/**
 * `_filter` of contracts/spark.md §8: text → tree → condition in the domain's words. Every step is bounded by what the step before let
 * through, and nothing but a SparkFault leaves it:
 *
 *     tokens.ts       words, literals                     100,000 characters
 *     parse.ts        comparisons and connectives         75 comparisons, 2 levels of parentheses
 *     parse-value.ts  values, functions, arithmetic       200 values, 5 levels of functions, 50 operations
 *     evaluate.ts     fields, constants, functions → values with a type
 *     check.ts        comparisons → conditions            operators by type, coercions
 */
export type FilterContext = {
  readonly fields: FilterFields;
  readonly now: Date;
  /** zone of moments that name none; asked only by filters that need it */
  readonly zone: () => Promise<string>;
  readonly lookups?: Lookups;
};

/** What makes the zone matter: dates, moments, functions of them, and searches that may have any of these. */
const NEEDS_ZONE =
  /\d{4}-\d\d-\d\d|\bSavedSearch\b|\b(?:now|date|time|(?:year|month|day|weekday|hour|minute|second)s?|dayof\w+|fractionalseconds)\s*\(/;

function conditionOf(filter: Filter, source: string, setting: Setting, found: Found): Condition {
  if (filter.kind === 'not') return { kind: 'not', of: conditionOf(filter.of, source, setting, found) };
  if (filter.kind !== 'comparison')
    return { kind: filter.kind, of: filter.of.map((part) => conditionOf(part, source, setting, found)) };
  return explained(source, filter, () => {
    const special = specialOf(filter);
    return special ? checkSpecial(filter, special, found) : checkComparison(filter, setting);
  });
}

/** The condition, and the zone that its parts of moments are told in; undefined for an empty filter. */
export type ReadFilter = { readonly where: Condition; readonly zone: string };

/** @throws SparkFault 1040, 1041, 2000 to 2003, with SparkQLErrors */
export async function readFilter(source: string | undefined, context: FilterContext): Promise<ReadFilter | undefined> {
  const filter = source === undefined ? undefined : parseFilter(source);
  if (source === undefined || !filter) return undefined;
  const { fields, now, lookups = {} } = context;
  const wanted: Wanted = { records: new Map(), places: new Set() };
  for (const comparison of comparisonsOf(filter)) explained(source, comparison, () => addWanted(comparison, wanted));
  const zone = NEEDS_ZONE.test(source) ? await context.zone() : 'UTC';
  const found = await findRecords(wanted, lookups);
  const places = await findPlaces(wanted, lookups);
  return { where: conditionOf(filter, source, { fields, now, zone, places }, found), zone };
}
