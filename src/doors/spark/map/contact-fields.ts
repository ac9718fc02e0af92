import { filterFields } from '../filtering.ts';

/** The names by which contacts are filtered, in the domain's. */
const FIELDS = {
  Id: 'reso_key',
  OwnerId: 'owner_key',
  DisplayName: 'display_name',
  GivenName: 'first_name',
  FamilyName: 'last_name',
  PrimaryEmail: 'email',
  PrimaryPhoneNumber: 'primary_phone',
  HomeStreetAddress: 'home_street',
  HomeLocality: 'home_city',
  HomeRegion: 'home_region',
  HomePostalCode: 'home_postal_code',
  WorkStreetAddress: 'work_street',
  WorkLocality: 'work_city',
  WorkRegion: 'work_region',
  WorkPostalCode: 'work_postal_code',
  VowEnabled: 'portal_enabled',
  CreatedTimestamp: 'created_at',
  ModificationTimestamp: 'updated_at',
} as const;
export const contactFields = filterFields(FIELDS, {
  VowEnabled: 'boolean',
  CreatedTimestamp: 'datetime',
  ModificationTimestamp: 'datetime',
});
/** An index keeps the beginning of the shown name, which is enough to sort by. */
export const CONTACT_ORDERS = { ...FIELDS, DisplayName: 'display_key' } as const;
