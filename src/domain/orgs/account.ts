import type { Condition, ListQuery } from '../../kernel/condition.ts';
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
  /** the key of a picture, or an address */
  readonly photo: string | null;
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
function mentions(condition: unknown, field: string): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  if ('kind' in condition && condition.kind === 'field' && 'name' in condition && condition.name === field) return true;
  return Object.values(condition).some((part) => mentions(part, field));
}

const isKind = (word: unknown): word is AccountKind => ACCOUNT_KINDS.some((kind) => kind === word);

/** The kind that a condition asks for and nothing else. */
function kindIn(condition: Condition): AccountKind | undefined {
  if (condition.kind !== 'compare' || condition.op !== 'eq') return undefined;
  const { left, right } = condition;
  if (left.kind !== 'field' || left.name !== 'kind' || right.kind !== 'literal') return undefined;
  const word = String(right.value).toLowerCase();
  return isKind(word) ? word : undefined;
}

/**
 * Takes the kind out of a question that names one for every row. Members are meant where nothing is said about kinds; no kind: it takes a
 * look at each row.
 */
export function splitKind({ where, ...query }: ListQuery): ListQuery & { readonly kind?: AccountKind } {
  if (!where) return { ...query, kind: 'member' };
  if (!mentions(where, 'kind')) return { ...query, where, kind: 'member' };
  const parts = where.kind === 'and' ? where.of : [where];
  const at = parts.findIndex((part) => kindIn(part) !== undefined);
  const kind = parts[at] && kindIn(parts[at]);
  if (!kind) return { ...query, where };
  return { ...query, kind, where: { kind: 'and', of: parts.filter((_, i) => i !== at) } };
}
