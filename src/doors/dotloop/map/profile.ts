import type { Static } from 'typebox';
import type { Profile, ProfileChange } from '../../../domain/index.ts';
import type * as wire from '../contract/profile.ts';
import { renamed, shown } from './shown.ts';

export const toProfile = (profile: Profile) => ({
  id: profile.id,
  name: profile.name ?? '',
  type: profile.type,
  company: shown(profile.company),
  phone: shown(profile.phone),
  fax: shown(profile.fax),
  address: shown(profile.address),
  city: shown(profile.city),
  state: shown(profile.state),
  zipCode: shown(profile.zip_code),
  country: shown(profile.country),
  default: profile.is_default,
  requiresTemplate: profile.requires_template,
  deactivated: profile.deactivated_at !== null,
});

const NAMES = {
  name: 'name',
  company: 'company',
  phone: 'phone',
  fax: 'fax',
  address: 'address',
  city: 'city',
  state: 'state',
  zip_code: 'zipCode',
  country: 'country',
} as const;

export const readNewProfile = (body: Static<typeof wire.NewProfile>): ProfileChange & { name: string } => ({
  ...renamed(body, NAMES),
  name: body.name,
});

export const readProfileChange = (body: Static<typeof wire.ProfileChange>): ProfileChange =>
  renamed(body, NAMES) as ProfileChange;

export const profileWords = { zip_code: 'zipCode' };
