import {
  type BookEntry,
  type Contact,
  type ContactChange,
  changeNames,
  type EntryChange,
  primaryPhone,
  regionOf,
  shownName,
  streetLine,
  writeAddressLine,
  writePrimaryPhone,
} from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { invalidMember } from '../../../kernel/fault.ts';
import type * as wire from '../contract/contact.ts';

export const contactUri = (key: string) => `/v1/contacts/${key}`;

const shown = (value: string | null | undefined) => value || null;
const addressOf = <P extends 'Home' | 'Work'>(place: P, address: Contact['primary_address']) =>
  ({
    [`${place}StreetAddress`]: shown(streetLine(address)),
    [`${place}Locality`]: shown(address.city),
    [`${place}Region`]: shown(regionOf(address)),
    [`${place}PostalCode`]: shown(address.postal_code),
  }) as Record<`${P}${'StreetAddress' | 'Locality' | 'Region' | 'PostalCode'}`, string | null>;

export const toContact = (entry: BookEntry): wire.Contact => ({
  Id: entry.reso_key,
  ResourceUri: contactUri(entry.reso_key),
  OwnerId: entry.owner_key,
  DisplayName: shownName(entry),
  GivenName: shown(entry.first_name),
  FamilyName: shown(entry.last_name),
  PrimaryEmail: shown(entry.email),
  PrimaryPhoneNumber: primaryPhone(entry.contact_points),
  ...addressOf('Home', entry.primary_address),
  ...addressOf('Work', entry.work_address),
  Tags: entry.tags,
  VowEnabled: entry.portal_enabled,
  CreatedTimestamp: wholeSeconds(entry.created_at),
  ModificationTimestamp: wholeSeconds(entry.updated_at),
});

/** A name must be one: null, "" and blanks are as none at all. @throws Fault invalid */
export function checkName({ body }: { body: { readonly DisplayName?: string | null } }): void {
  if (body.DisplayName !== undefined && !body.DisplayName?.trim())
    throw invalidMember('DisplayName', 'required', 'DisplayName is required');
}

/** One @, a name before it and a domain of several labels behind; whether mail arrives there is another question. */
const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

const cleared = (value: string | null | undefined) => (value === '' ? null : value);

function changeEmail(standing: Standing, value: string | null | undefined): ContactChange {
  const email = cleared(value);
  if (email === undefined || email === (standing.email || null)) return {};
  if (email !== null && !EMAIL.test(email))
    throw invalidMember('PrimaryEmail', 'value', 'PrimaryEmail must be an e-mail address');
  return { email };
}

type Line = { street?: string | null; city?: string | null; region?: string | null; postalCode?: string | null };
function lineOf(body: wire.OwnContactChange, place: 'Home' | 'Work'): Line {
  const line: Line = {};
  const put = (name: keyof Line, value: string | null | undefined) => {
    if (value !== undefined) line[name] = cleared(value) ?? null;
  };
  put('street', body[`${place}StreetAddress`]);
  put('city', body[`${place}Locality`]);
  put('region', body[`${place}Region`]);
  put('postalCode', body[`${place}PostalCode`]);
  return line;
}
const isEmpty = (change: object) => Object.keys(change).length === 0;

type Standing = Pick<
  Contact,
  'first_name' | 'last_name' | 'display_name' | 'company_name' | 'email' | 'contact_points' | 'primary_address' | 'work_address'
>;
const NOBODY: Standing = {
  first_name: null,
  last_name: null,
  display_name: null,
  company_name: null,
  email: null,
  contact_points: [],
  primary_address: {},
  work_address: {},
};

/** New values of columns, computed from the contact as it stands, so that what is sent back as it was read changes nothing. */
export function fromOwnContact(body: wire.OwnContactChange): (standing: Standing) => ContactChange {
  const home = lineOf(body, 'Home');
  const work = lineOf(body, 'Work');
  const phone = cleared(body.PrimaryPhoneNumber);
  return (standing) => ({
    ...changeNames(standing, {
      displayName: body.DisplayName ?? undefined,
      firstName: cleared(body.GivenName),
      lastName: cleared(body.FamilyName),
    }),
    ...changeEmail(standing, body.PrimaryEmail),
    ...(phone === undefined ? {} : { contact_points: writePrimaryPhone(standing.contact_points, phone) }),
    ...(isEmpty(home) ? {} : { primary_address: writeAddressLine(standing.primary_address, home) }),
    ...(isEmpty(work) ? {} : { work_address: writeAddressLine(standing.work_address, work) }),
  });
}

const once = (tags: readonly string[]) => [...new Set(tags)];

export const fromContact =
  (body: wire.ContactChange) =>
  (standing: Standing): EntryChange => ({
    values: { ...fromOwnContact(body)(standing), ...(body.Tags ? { tags: once(body.Tags) } : {}) },
    portal: body.VowEnabled,
  });

/** `Tag` is one more of the tags. */
export const fromNewContact = (body: wire.NewContact): ContactChange => ({
  ...fromOwnContact(body)(NOBODY),
  tags: once([...(body.Tags ?? []), ...(body.Tag === undefined ? [] : [body.Tag])]),
});
