import type { AttendeeContact } from '../../../domain/index.ts';
import type { Change, Row } from '../../../kernel/record.ts';
import { computed, type Mapping } from '../../../wire/resource/mapping.ts';
import { valueAt } from '../../../wire/resource/spec.ts';
import type { Model } from '../desk.ts';
import { contactPhones } from './points.ts';

export type WireAttendee = { readonly id?: string | null; readonly type?: string | null; readonly confirmed?: boolean | null };

/** Answered as tenant; filters and links say tenancy, and both words are taken (contracts/reapit.md §4.3). */
const shownKind = (kind: unknown) => (kind === 'tenancy' ? 'tenant' : kind);
export const storedKind = (type: string | null | undefined) => (type === 'tenant' ? 'tenancy' : (type ?? null));

function showContact(contact: AttendeeContact) {
  const points = { id: 0, code: '', version: 0, contact_points: contact.contact_points };
  const phone = (mapping: Mapping) => (mapping.kind === 'computed' ? mapping.read(points) : null);
  const { title, first_name, surname } = contact;
  return {
    id: contact.code,
    name: [title, first_name, surname].filter((part) => part).join(' '),
    title,
    forename: first_name,
    surname,
    homePhone: phone(contactPhones.homePhone),
    workPhone: phone(contactPhones.workPhone),
    mobilePhone: phone(contactPhones.mobilePhone),
    email: contact.email,
    fromArchive: contact.archived,
    marketingConsent: contact.marketing_consent,
  };
}

function writeAttendee(value: WireAttendee | null): Change {
  const id = value?.id ?? null;
  return { attendee_id: id, attendee_kind: id === null ? null : storedKind(value?.type) };
}

/** `attendee {id, type, contacts}`: an empty id clears it. */
export const attendeeField = (more: (value: WireAttendee | null) => Change = () => ({})): Mapping =>
  computed<WireAttendee | null>({
    columns: ['attendee_id'],
    read: ({ attendee_id, attendee_kind, attendee_contacts }: Row) =>
      attendee_id === null
        ? null
        : {
            id: attendee_id,
            type: shownKind(attendee_kind),
            contacts: ((attendee_contacts ?? []) as readonly AttendeeContact[]).map(showContact),
          },
    write: (value) => ({ ...writeAttendee(value), ...more(value) }),
  });

/** Where the link of an attendee leads: each type has a collection of its own. */
export const attendeeLink = {
  ref: 'attendee.id',
  type: (model: Model) => storedKind(valueAt(model, 'attendee.type') as string | null)?.slice(0, 6),
};
