import type { Condition, Literal, Scalar } from '../../kernel/condition.ts';
import {
  CLASS_OF_CODE,
  CODE_TO_LET,
  type Criteria,
  KEYWORDS_FIELD,
  LISTS,
  type ListKey,
  RANGES,
  type Range,
  type RangeKey,
  SOLD,
  TYPE_FIELD,
} from './criteria.ts';

/** What of a question fits the normal form, and whether that is all of it. */
export type Fitting = { readonly criteria: Criteria; readonly fits: boolean };

const LIST_OF = new Map<string, ListKey>((Object.keys(LISTS) as ListKey[]).map((key) => [LISTS[key], key]));
const RANGE_OF = new Map<string, RangeKey>((Object.keys(RANGES) as RangeKey[]).map((key) => [RANGES[key].field, key]));

const isText = (value: Scalar): value is Literal & { value: string } =>
  value.kind === 'literal' && value.type === 'text' && typeof value.value === 'string';
/** As many digits as a number keeps; doors may send more, as text. */
const MOST_DIGITS = 15;
function numberIn(value: Scalar): number | undefined {
  if (value.kind !== 'literal' || (value.type !== 'integer' && value.type !== 'decimal')) return undefined;
  const text = String(value.value);
  const number = Number(text);
  return Number.isFinite(number) && text.replace(/\D/g, '').length <= MOST_DIGITS ? number : undefined;
}
const fieldIn = (value: Scalar): string | undefined => (value.kind === 'field' ? value.name : undefined);

type Choice = { readonly field: string; readonly values: readonly string[] };

/** One of these texts, however it is said: Eq, a list, or several of both joined by Or. */
function choiceOf(condition: Condition): Choice | undefined {
  if (condition.kind === 'or') {
    const parts = condition.of.map(choiceOf);
    const [first] = parts;
    if (!first || !parts.every((part) => part?.field === first.field)) return undefined;
    return { field: first.field, values: [...new Set(parts.flatMap((part) => part?.values ?? []))] };
  }
  if (condition.kind === 'contains') {
    const name = fieldIn(condition.left);
    return name === KEYWORDS_FIELD ? { field: name, values: [condition.text] } : undefined;
  }
  if (condition.kind !== 'among' && !(condition.kind === 'compare' && condition.op === 'eq')) return undefined;
  const name = fieldIn(condition.left);
  const values = condition.kind === 'among' ? condition.values : [condition.right];
  // What is compared whole is no keyword.
  if (name === undefined || name === KEYWORDS_FIELD || !values.every(isText)) return undefined;
  return { field: name, values: values.map(({ value }) => value) };
}

function rangeOf(condition: Condition): { readonly key: RangeKey; readonly range: Range } | undefined {
  if (condition.kind !== 'compare' && condition.kind !== 'between') return undefined;
  const key = RANGE_OF.get(fieldIn(condition.left) ?? '');
  if (key === undefined) return undefined;
  if (condition.kind === 'between') {
    const [min, max] = [numberIn(condition.least), numberIn(condition.most)];
    return min === undefined || max === undefined ? undefined : { key, range: { min, max } };
  }
  const bound = numberIn(condition.right);
  if (bound === undefined) return undefined;
  const beyond = RANGES[key].whole && Number.isInteger(bound);
  switch (condition.op) {
    case 'eq':
      return { key, range: { min: bound, max: bound } };
    case 'ge':
      return { key, range: { min: bound } };
    case 'le':
      return { key, range: { max: bound } };
    case 'gt':
      return beyond ? { key, range: { min: bound + 1 } } : undefined;
    case 'lt':
      return beyond ? { key, range: { max: bound - 1 } } : undefined;
    default:
      return undefined;
  }
}

const narrowed = (a: Range, b: Range): Range => {
  const mins = [a.min ?? [], b.min ?? []].flat();
  const maxs = [a.max ?? [], b.max ?? []].flat();
  return { ...(mins.length > 0 ? { min: Math.max(...mins) } : {}), ...(maxs.length > 0 ? { max: Math.min(...maxs) } : {}) };
};

/** Kinds of property: what is to let and what is for sale are two sides, and a search has one. */
function withTypes(criteria: Criteria, codes: readonly string[]): Criteria | undefined {
  if (criteria.classes !== undefined || criteria.side === 'rentals' || criteria.side === 'sales') return undefined;
  const upper = [...new Set(codes.map((code) => code.toUpperCase()))];
  if (upper.length === 1 && upper[0] === CODE_TO_LET)
    return { ...criteria, side: 'rentals', ...(criteria.side === 'sold' ? { standard_statuses: [SOLD] } : {}) };
  const classes = upper.flatMap((code) => (code === CODE_TO_LET ? [] : (CLASS_OF_CODE[code] ?? [])));
  if (classes.length !== upper.length) return undefined;
  return { ...criteria, classes, side: criteria.side ?? 'sales' };
}

function withChoice(criteria: Criteria, { field, values }: Choice): Criteria | undefined {
  if (field === TYPE_FIELD) return withTypes(criteria, values);
  if (field === KEYWORDS_FIELD) return criteria.keywords ? undefined : { ...criteria, keywords: values };
  const key = LIST_OF.get(field);
  if (key === undefined) return undefined;
  const sold = key === 'standard_statuses' && values.length === 1 && values[0]?.toLowerCase() === SOLD.toLowerCase();
  if (sold && criteria.side !== 'rentals' && criteria.side !== 'sold') return { ...criteria, side: 'sold' };
  // A second list of one key would be AND inside a key.
  return criteria[key] ? undefined : { ...criteria, [key]: values };
}

/** The criteria with this part of the question in them; undefined when they have no place for it. */
function withPart(criteria: Criteria, condition: Condition): Criteria | undefined {
  if (condition.kind === 'inside') return criteria.shape ? undefined : { ...criteria, shape: condition.shape };
  const range = rangeOf(condition);
  if (range) return { ...criteria, [range.key]: narrowed(criteria[range.key] ?? {}, range.range) };
  const choice = choiceOf(condition);
  return choice && withChoice(criteria, choice);
}

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.of.flatMap(partsOf) : [condition];

/** Reads a question into the normal form: an And of comparisons fits it, most else does not (domain-property §7.1). */
export function criteriaOf(condition: Condition | undefined): Fitting {
  let criteria: Criteria = {};
  let fits = true;
  for (const part of condition ? partsOf(condition) : []) {
    const more = withPart(criteria, part);
    if (more) criteria = more;
    else fits = false;
  }
  return { criteria, fits };
}
