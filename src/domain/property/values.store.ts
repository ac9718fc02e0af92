import { type Querier, statement } from '../../db/index.ts';

/** Texts of listings that make up a list of their own: what people chose so far. */
export const VALUE_FIELDS = [
  'street_dir_prefix',
  'street_suffix',
  'street_dir_suffix',
  'city',
  'state_or_province',
  'postal_code',
  'county',
  'subdivision',
  'mls_area_minor',
] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

export type ListingValue = {
  readonly field: ValueField;
  readonly value: string;
  /** codes of the property types of the listings that have it */
  readonly types: readonly string[];
};

const values = statement<ListingValue>(
  'property.values',
  `select f.field, f.value, array_agg(distinct p.type_code) as types
   from property p
   cross join lateral (values ${VALUE_FIELDS.map((field) => `('${field}', p.${field})`).join(', ')}) as f (field, value)
   where p.org_id = $1 and p.deleted_at is null and ($2 or p.listed) and ($4::bigint is null or p.mls_id = $4)
     and f.field = any ($3::text[]) and f.value <> ''
   group by f.field, f.value
   order by f.field, f.value`,
);

/**
 * The different values of some fields, over all listings of the organisation or the listed ones. Reads every listing: 0.3 s for
 * 100,000, and metadata is asked for once in a while.
 */
export async function listValues(
  q: Querier,
  orgId: number,
  fields: readonly ValueField[],
  { all, mlsId }: { readonly all: boolean; readonly mlsId: number | null },
): Promise<ListingValue[]> {
  return q.rows(values, [orgId, all, fields, mlsId]);
}

const mlsByKey = statement<{ id: number }>(
  'mls.by_key',
  'select id from mls where org_id = $1 and reso_key = $2 and deleted_at is null',
);
export const findMls = async (q: Querier, orgId: number, key: string): Promise<number | undefined> =>
  (await q.rows(mlsByKey, [orgId, key]))[0]?.id;
