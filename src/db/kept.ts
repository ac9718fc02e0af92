import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Condition, Literal } from '../kernel/condition.ts';
import { type Catalogue, fieldOf } from './catalogue.ts';
import { compileCondition } from './condition.ts';
import type { Bound } from './fences.ts';

/** A list as the database keeps it (`fenced_list`): its rows are those of the list, or those of them that meet `where`. */
export type KeptList = {
  readonly name: string;
  /** which of several, where an organisation has one for each of something */
  readonly scope?: number;
  /** fields of the catalogue that are its keys, under the names of their columns */
  readonly keys: readonly string[];
  readonly where?: Condition;
};

/** The part of a kept list that a question is about: a range of one key, or all of it. */
export type KeptPart = { readonly kept: KeptList; readonly field?: string; readonly least?: Bound; readonly most?: Bound };

const partsOf = (where: Condition | undefined): readonly Condition[] =>
  where === undefined ? [] : where.kind === 'and' ? where.of.flatMap(partsOf) : [where];

type End = { readonly field: string; readonly side: 'least' | 'most'; readonly bound: Bound };
/** Rows before the end: those that do not reach the least value, or those that do not pass the most. */
const ENDS = { ge: ['least', 'lt'], gt: ['least', 'le'], lt: ['most', 'lt'], le: ['most', 'le'] } as const;

/** What a comparison with a value says about a key, if it says anything. */
function endOf(condition: Condition, { keys }: KeptList, catalogue: Catalogue): End | undefined {
  if (condition.kind !== 'compare' || condition.left.kind !== 'field' || condition.right.kind !== 'literal') return undefined;
  const { op, left, right } = condition;
  if (op === 'eq' || op === 'ne' || !keys.includes(left.name) || right.type !== fieldOf(catalogue, left.name).type)
    return undefined;
  const [side, before] = ENDS[op];
  return {
    field: left.name,
    side,
    bound: { value: literalSql(right), before: compileCondition({ ...condition, op: before }, catalogue) },
  };
}

const literalSql = ({ type, value }: Literal) => (type === 'datetime' ? sql`${value}::timestamptz` : sql`${value}::bigint`);

/** The part of one of the lists that meets exactly this condition; undefined where none does. */
export function keptPart(lists: readonly KeptList[], where: Condition | undefined, catalogue: Catalogue): KeptPart | undefined {
  const asked = partsOf(where);
  for (const kept of lists) {
    const own = partsOf(kept.where);
    if (!own.every((part) => asked.some((one) => isDeepStrictEqual(one, part)))) continue;
    const rest = asked.filter((one) => !own.some((part) => isDeepStrictEqual(one, part)));
    const ends = rest.map((one) => endOf(one, kept, catalogue));
    const [first] = ends;
    if (ends.length === 0) return { kept };
    const of = (side: End['side']) => ends.filter((end) => end?.side === side);
    if (!first || ends.some((end) => end?.field !== first.field) || of('least').length > 1 || of('most').length > 1) continue;
    const [[least], [most]] = [of('least'), of('most')];
    return { kept, field: first.field, ...(least ? { least: least.bound } : {}), ...(most ? { most: most.bound } : {}) };
  }
  return undefined;
}
