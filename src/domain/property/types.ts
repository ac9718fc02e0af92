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
