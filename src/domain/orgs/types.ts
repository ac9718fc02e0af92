import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';
import type { Address, ContactPoint } from '../people/index.ts';

export type Organisation = Selectable<Tables['organisation']>;
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
