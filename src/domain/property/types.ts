import type { Insertable, Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';

export type Property = Selectable<Tables['property']>;
/** Columns of a new property; the store fills the derived ones. */
export type NewProperty = Omit<
  Insertable<Tables['property']>,
  | 'org_id'
  | 'code'
  | 'reso_key'
  | 'mls_id'
  | 'listing_number'
  | 'created_door'
  | 'created_by'
  | 'first_line'
  | 'address_text'
  | 'address_sort'
  | 'place_key'
> & { mls_id?: number; listing_number?: string };

/** A property as a listing: with the keys of what it points to. */
export type Listing = Property & {
  mls_key: string;
  list_agent_key: string | null;
  co_list_agent_key: string | null;
  buyer_agent_key: string | null;
  co_buyer_agent_key: string | null;
  list_office_key: string | null;
  co_list_office_key: string | null;
};

/** An agent who is no member of the brokerage, as the MLS told. */
export type OutsideAgent = {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly mls_number?: string;
  readonly license?: string;
};
export type OutsideOffice = {
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly mls_number?: string;
};
/** What `property.agents` holds: whoever is not named by a column (domain-property §3.3). */
export type OutsideParties = {
  readonly list_agent?: OutsideAgent;
  readonly co_list_agent?: OutsideAgent;
  readonly buyer_agent?: OutsideAgent;
  readonly co_buyer_agent?: OutsideAgent;
  readonly list_office?: OutsideOffice;
  readonly co_list_office?: OutsideOffice;
};
