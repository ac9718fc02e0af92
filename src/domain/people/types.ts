import type { Selectable } from 'kysely';
import type { Tables, Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';

export type ContactPointKind =
  | 'main'
  | 'home'
  | 'work'
  | 'mobile'
  | 'direct'
  | 'fax'
  | 'tollfree'
  | 'pager'
  | 'voicemail'
  | 'other';

/** One phone, fax or further address of somebody (domain-people §1.6). Values stay as typed. */
export type ContactPoint = {
  via: 'phone' | 'email' | 'other';
  kind: ContactPointKind;
  label?: string;
  value: string;
  slot?: number;
  primary?: boolean;
};

/** Address members as every door shares them (domain-people §1.7). `country` is an ISO code, `country_text` what was typed. */
export type Address = {
  type?: string;
  street_number?: string;
  street_name?: string;
  unit_number?: string;
  building_name?: string;
  address_line2?: string;
  city?: string;
  county?: string;
  state_or_province?: string;
  postal_code?: string;
  country?: string;
  country_text?: string;
};

type Json = 'contact_points' | 'primary_address' | 'secondary_address' | 'work_address' | 'extras' | 'utm' | 'custom_fields';
export type Contact = Omit<Selectable<Tables['contact']>, Json> & {
  contact_points: ContactPoint[];
  primary_address: Address;
  secondary_address: Address;
  work_address: Address;
  /** door → what it wrote and no column carries */
  extras: Record<string, Record<string, unknown>>;
  utm: unknown;
  custom_fields: unknown;
};

/** New values of columns; absent leaves a column as it is. A door computes them from the contact as it stands (echo rule). */
export type ContactChange = Partial<
  Pick<
    Contact,
    | 'first_name'
    | 'last_name'
    | 'display_name'
    | 'company_name'
    | 'email'
    | 'contact_points'
    | 'primary_address'
    | 'secondary_address'
    | 'work_address'
    | 'extras'
    | 'tags'
    | 'pref_email'
  >
>;

export type ContactQuery = { updatedMin?: Date };

/** A contact by its id, or by the 26 digits of its key. */
export type ContactRef = number | string;

/** A contact as a book shows it. */
export type BookEntry = Contact & {
  /** the member who asks, else the first one of the contact (domain-people §1.9); null when no member has it */
  readonly owner_key: string | null;
  /** the contact has a login at the portal, and may use it */
  readonly portal_enabled: boolean;
};

/** What goes with a deleted contact, in the transaction that deletes it (domain-people §3.5). */
export type Parting = (tx: Tx, what: Happening, contactId: number) => Promise<void>;
