import type { Condition } from '../../kernel/condition.ts';
import type { Address, ContactPoint } from '../people/index.ts';

export const ACCOUNT_KINDS = ['member', 'office', 'company', 'mls'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** A person, an office, the brokerage or an MLS, as a list of accounts shows it. What a kind does not have is null or empty. */
export type Account = {
  readonly org_id: number;
  /** unique among accounts of its kind; the key is unique among all */
  readonly id: number;
  readonly kind: AccountKind;
  readonly reso_key: string;
  readonly name: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly last_name: string | null;
  readonly access_level: string | null;
  readonly email: string | null;
  readonly contact_points: readonly ContactPoint[];
  readonly website_url: string | null;
  /** of a member: the office's */
  readonly address: Address;
  readonly extras: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly office_id: number | null;
  readonly office_name: string | null;
  readonly office_key: string | null;
  readonly company_name: string | null;
  readonly company_key: string | null;
  readonly mls_name: string | null;
  readonly mls_key: string | null;
};

/** Which accounts a list is of; every one of the organisation's unless told otherwise. */
export type AccountScope = {
  /** those of this office */
  readonly officeId?: number;
  /** only the member's own and those of the member's office */
  readonly own?: { readonly memberId: number; readonly officeId: number | null };
};

/** Does the condition say anything about a field? */
export function mentions(condition: Condition | undefined, field: string): boolean {
  if (!condition) return false;
  const inside = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (('kind' in value && value.kind === 'field' && 'name' in value && value.name === field) || Object.values(value).some(inside));
  return inside(condition);
}
