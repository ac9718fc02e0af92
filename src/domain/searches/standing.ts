import type { Actor } from '../../access/actor.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Criteria, Side } from './criteria.ts';

/** A saved search as whoever runs it for its contacts reads it, at another door than its own or by a job. */
export type StandingSearch = {
  readonly name: string;
  readonly side: Side | null;
  /** what of the search fits the one form that every door shows */
  readonly criteria: Criteria;
  /** Spark's text, which is the authority where there is one (domain-property §7.1) */
  readonly filter_text: string | null;
  readonly owner_member_id: number | null;
  readonly owner_contact_id: number | null;
  /** as a site sent it */
  readonly kept: { readonly search_attributes?: Readonly<Record<string, unknown>>; readonly url?: string | null } | null;
};

/** `s` is the row of `saved_search`. */
export const standingSql = (
  s: string,
): string => `jsonb_build_object('name', ${s}.name, 'side', ${s}.side, 'criteria', ${s}.criteria,
  'filter_text', ${s}.filter_text, 'owner_member_id', ${s}.owner_member_id, 'owner_contact_id', ${s}.owner_contact_id,
  'kept', ${s}.extras -> 'propertybase')`;

/** What a search asks of the listings, and the zone that its moments are told in. */
export type Question = { readonly where: Condition; readonly zone?: string };

/** Reads a search into its question: languages are the doors' that they were written for. @throws Fault for what cannot be read any more */
export type SearchReader = (actor: Actor, search: StandingSearch) => Promise<Question>;
