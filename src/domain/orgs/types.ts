import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';
import type { SiteRules } from '../identity/index.ts';
import type { Address, ContactPoint } from '../people/index.ts';

/** The part of the map that opens where a visitor asked for none, in degrees. */
export type MapExtent = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

/** What an organisation tells the sites that show its listings. */
export type SiteSettings = {
  /** plain text under every list of listings */
  readonly disclaimer?: string;
  /** addresses of pictures */
  readonly logo?: string;
  readonly smallLogo?: string;
  readonly mlsLogos?: readonly { readonly name: string; readonly uri: string }[];
  readonly map?: MapExtent;
};
/** One typed member for each setting that a contract names (domain-people §2.1). */
export type OrganisationSettings = {
  readonly site?: SiteSettings;
  readonly propertybase?: SiteRules;
  readonly reapit?: {
    /** which words sites use for properties under offer and for valuations */
    readonly useSoldStc?: boolean;
    readonly useMarketAppraisal?: boolean;
  };
  readonly pictures?: {
    /** pixels; wider pictures are scaled down (contracts/reapit.md §4.3 propertyImages) */
    readonly largestWidth?: number;
  };
  /** currency → how much of it one of the base currency is */
  readonly currencyRates?: Readonly<Record<string, number>>;
  readonly listings?: {
    /** how much a price may rise at once; null: by any amount */
    readonly maxPriceIncreasePercent?: number | null;
  };
  readonly spark?: {
    /** how long an older session goes on when the same key opens another */
    readonly sessionOverlapMinutes?: number;
    /** shared notes only with contacts that can sign in */
    readonly requirePortalAccount?: boolean;
    /** characters of a listing note; 4,000 at least */
    readonly noteLength?: number;
  };
};

export type Organisation = Omit<Selectable<Tables['organisation']>, 'settings'> & { settings: OrganisationSettings };
export type Mls = Selectable<Tables['mls']>;
export type Office = Omit<Selectable<Tables['office']>, 'contact_points' | 'address'> & {
  contact_points: ContactPoint[];
  address: Address;
};
export type Team = Omit<Selectable<Tables['team']>, 'contact_points'> & { contact_points: ContactPoint[] };
export type Member = Omit<Selectable<Tables['member']>, 'contact_points'> & { contact_points: ContactPoint[] };

export const PROFILE_TYPES = ['INDIVIDUAL', 'TEAM', 'OFFICE', 'COMPANY', 'ASSOCIATION', 'NATIONAL_PARTNER'] as const;
export type ProfileType = (typeof PROFILE_TYPES)[number];

/** A dotloop profile; `name` … `country` of OFFICE, TEAM and COMPANY profiles are those of the noun behind them. */
export type Profile = Omit<Selectable<Tables['profile']>, 'type'> & {
  type: ProfileType;
  /** who manages the office or leads the team behind it */
  manager_id: number | null;
};

export type ProfileChange = {
  name?: string;
  company?: string | null;
  phone?: string | null;
  fax?: string | null;
  address?: string | null;
  city?: string | null;
  state?: string | null;
  zip_code?: string | null;
  country?: string | null;
};

/** What a portal may ask of its consumers besides a name and an address for mail. */
export const PORTAL_FIELDS = ['address', 'phone'] as const;
export type PortalField = (typeof PORTAL_FIELDS)[number];

/** The pages where an agent's consumers sign in (domain-people §2.6). */
export type Portal = Pick<
  Selectable<Tables['portal']>,
  'org_id' | 'id' | 'reso_key' | 'member_id' | 'name' | 'display_name' | 'enabled' | 'version' | 'created_at' | 'updated_at'
> & {
  required_fields: PortalField[];
  /** the owner's own key */
  member_key: string;
};
export type PortalChange = { display_name?: string; enabled?: boolean; required_fields?: PortalField[] };
