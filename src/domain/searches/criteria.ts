import type { Condition, Shape } from '../../kernel/condition.ts';

/** Both ends belong to it. */
export type Range = { readonly min?: number; readonly max?: number };
export type Side = 'sales' | 'rentals' | 'sold';

/**
 * What a search asks for, in the one form that every door can show: AND between keys, OR inside a list (domain-property §7.1).
 * A value type: it lies inside the row that owns it.
 */
export type Criteria = {
  readonly side?: Side;
  readonly classes?: readonly string[];
  readonly sub_types?: readonly string[];
  /** words of the MLS, and RESO's */
  readonly statuses?: readonly string[];
  readonly standard_statuses?: readonly string[];
  readonly price?: Range;
  readonly bedrooms?: Range;
  readonly bathrooms?: Range;
  /** square feet */
  readonly living_area?: Range;
  readonly year_built?: Range;
  readonly cities?: readonly string[];
  readonly mls_areas?: readonly string[];
  readonly counties?: readonly string[];
  readonly states?: readonly string[];
  readonly postal_codes?: readonly string[];
  readonly subdivisions?: readonly string[];
  readonly listing_numbers?: readonly string[];
  /** keys of MLSs, members and offices */
  readonly mls_keys?: readonly string[];
  readonly list_agents?: readonly string[];
  readonly list_offices?: readonly string[];
  readonly keywords?: readonly string[];
  readonly shape?: Shape;
};

/** key → field of the catalogue of listings: one of these values */
export const LISTS = {
  sub_types: 'property_sub_type',
  statuses: 'mls_status',
  standard_statuses: 'standard_status',
  cities: 'city',
  mls_areas: 'mls_area_minor',
  counties: 'county',
  states: 'state_or_province',
  postal_codes: 'postal_code',
  subdivisions: 'subdivision',
  listing_numbers: 'listing_number',
  mls_keys: 'mls_key',
  list_agents: 'list_agent_key',
  list_offices: 'list_office_key',
} as const satisfies { [K in keyof Criteria]?: string };
export type ListKey = keyof typeof LISTS;

/** key → field: from, to. Of a whole number "above 2" is "3 or more"; of others it has no such form. */
export const RANGES = {
  price: { field: 'list_price', whole: false },
  bedrooms: { field: 'bedrooms', whole: true },
  bathrooms: { field: 'bathrooms_total', whole: false },
  living_area: { field: 'living_area_sqft', whole: false },
  year_built: { field: 'year_built', whole: true },
} as const satisfies { [K in keyof Criteria]?: { field: string; whole: boolean } };
export type RangeKey = keyof typeof RANGES;

export const KEYWORDS_FIELD = 'public_remarks';
export const TYPE_FIELD = 'property_type';
/** The option list property_type by class; what is to let has a code of its own (domain-property §8.4). */
export const CODE_OF_CLASS: Readonly<Record<string, string>> = {
  residential: 'A',
  income: 'B',
  land: 'C',
  commercial: 'D',
  farm: 'E',
};
export const CODE_TO_LET = 'F';
/** What is to let is residential, as far as the code says. */
export const CLASS_OF_CODE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(CODE_OF_CLASS).map(([name, code]) => [code, name])),
  [CODE_TO_LET]: 'residential',
};
export const SOLD = 'Closed';

const text = (value: string) => ({ kind: 'literal', type: 'text', value }) as const;
const number = (value: number, whole: boolean) => ({ kind: 'literal', type: whole ? 'integer' : 'decimal', value }) as const;
const field = (name: string) => ({ kind: 'field', name }) as const;

function oneOf(name: string, values: readonly string[]): Condition {
  const [only = ''] = values;
  if (values.length === 1) return { kind: 'compare', op: 'eq', left: field(name), right: text(only) };
  return { kind: 'among', left: field(name), values: values.map(text) };
}

function within(name: string, { min, max }: Range, whole: boolean): Condition[] {
  const left = field(name);
  if (min !== undefined && max !== undefined)
    return [{ kind: 'between', left, least: number(min, whole), most: number(max, whole) }];
  return [
    ...(min === undefined ? [] : [{ kind: 'compare', op: 'ge', left, right: number(min, whole) } as const]),
    ...(max === undefined ? [] : [{ kind: 'compare', op: 'le', left, right: number(max, whole) } as const]),
  ];
}

function typesOf({ side, classes }: Criteria): Condition[] {
  if (side === 'rentals') return [oneOf(TYPE_FIELD, [CODE_TO_LET])];
  const codes = classes?.flatMap((name) => CODE_OF_CLASS[name] ?? []) ?? (side === 'sales' ? Object.values(CODE_OF_CLASS) : []);
  return codes.length === 0 ? [] : [oneOf(TYPE_FIELD, codes)];
}

/** The question that criteria ask of the listings. Criteria that say nothing ask for every listing. */
export function conditionOf(criteria: Criteria): Condition {
  const { side, shape, keywords = [] } = criteria;
  const lists = (Object.keys(LISTS) as ListKey[]).flatMap((key) => {
    const values = criteria[key] ?? [];
    return values.length === 0 ? [] : [oneOf(LISTS[key], values)];
  });
  const ranges = (Object.keys(RANGES) as RangeKey[]).flatMap((key) =>
    within(RANGES[key].field, criteria[key] ?? {}, RANGES[key].whole),
  );
  const words = keywords.map((word): Condition => ({ kind: 'contains', left: field(KEYWORDS_FIELD), text: word }));
  return {
    kind: 'and',
    of: [
      ...typesOf(criteria),
      ...(side === 'sold' ? [oneOf(LISTS.standard_statuses, [SOLD])] : []),
      ...lists,
      ...ranges,
      ...(words.length > 1 ? [{ kind: 'or', of: words } as const] : words),
      ...(shape ? [{ kind: 'inside', shape } as const] : []),
    ],
  };
}
