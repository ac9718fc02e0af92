import { type RawBuilder, sql } from 'kysely';
import type { KeptList } from '../../db/index.ts';
import type { Condition } from '../../kernel/condition.ts';

/**
 * Which listings a caller sees: the one rule that lists, notes, carts and searches share (domain-property §3.3). Staff see every row of
 * the organisation, everybody else what is listed; a key with own data sees only what its account or office lists.
 */
export type Visibility = {
  readonly all: boolean;
  readonly own?: { readonly memberId: number; readonly officeId: number | null };
};

/** The same as a condition of those who list all of a site's listings. */
export const LISTED: Condition = {
  kind: 'among',
  left: { kind: 'field', name: 'is_listed' },
  values: [{ kind: 'literal', type: 'boolean', value: true }],
};

/** Rows of `property p` that are seen: tenant first, then the rule. */
export function visibleSql(orgId: number, { all, own }: Visibility): RawBuilder<unknown> {
  const listed = all ? sql`` : sql` and p.listed`;
  const mine = own
    ? sql` and (p.list_member_id = ${own.memberId} or p.co_list_member_id = ${own.memberId} or p.list_office_id = ${own.officeId}::bigint)`
    : sql``;
  return sql`p.org_id = ${orgId} and p.deleted_at is null${listed}${mine}`;
}

/** The lists of listings that the database keeps: of all, and of what anybody may see. */
export const keptListings = ({ all, own }: Visibility): readonly KeptList[] =>
  own ? [] : [{ name: all ? 'property' : 'property.listed', keys: ['id', 'listing_changed_at'] }];
