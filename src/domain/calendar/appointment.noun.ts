import { sql } from 'kysely';
import { statement } from '../../db/index.ts';
import { aboutListing } from '../about-listing.ts';
import { keptFields } from '../kept-fields.ts';
import {
  boolean,
  date,
  instant,
  integer,
  json,
  noun,
  option,
  ref,
  refs,
  TIMES,
  text,
  type WriteContext,
} from '../records/index.ts';
import { mailAppointment } from './appointment-mails.ts';
import { attendeeColumns, attendeeContacts } from './attendee.ts';

const columns = {
  kind: text({ required: true }),
  type_code: option('appointmentTypes'),
  name: text(),
  description: text(),
  starts_at: instant({ required: true }),
  ends_at: instant({ required: true }),
  all_day: boolean({ required: true }),
  member_ids: refs('member', { facet: 'member' }),
  office_ids: refs('office', { facet: 'office' }),
  organiser_id: ref('member'),
  ...attendeeColumns,
  contact_id: ref('contact'),
  property_id: ref('property'),
  status: text({ required: true }),
  negotiator_confirmed: boolean({ required: true }),
  attendee_confirmed: boolean({ required: true }),
  property_confirmed: boolean({ required: true }),
  attended: text({ required: true }),
  follow_up_on: date(),
  recurs: text(),
  recurs_every: integer(),
  recurs_until: instant(),
  archived_at: instant(),
  team_id: ref('team'),
  bold_leads_id: text(),
  // The listing of a showing as the site knew it, and what it was like then.
  listing_number: text(),
  mls_name: text(),
  property_address: text(),
  property_copy: json<Readonly<Record<string, unknown>> | null>(),
};
type Context = WriteContext<typeof columns>;
type Status = Context['after'];

const ENDED: ReadonlySet<string> = new Set(['cancelled', 'declined']);

/** Everybody who is needed has confirmed (contracts/reapit.md §4.3). */
export const isConfirmed = (
  row: Pick<Status, 'negotiator_confirmed' | 'attendee_confirmed' | 'property_confirmed' | 'attendee_id' | 'property_id'>,
) =>
  row.negotiator_confirmed === true &&
  (row.attendee_id === null || row.attendee_confirmed === true) &&
  (row.property_id === null || row.property_confirmed === true);

/** One rule for all doors (domain-people §2.13): what was called off stays so, then what took place, then what is agreed. */
function statusOf(row: Status): string {
  if (row.status !== null && ENDED.has(row.status)) return row.status;
  if (row.attended === 'attended') return 'completed';
  return isConfirmed(row) ? 'confirmed' : 'requested';
}

const mainContact = statement<{ contact_id: number }>(
  'appointment.main_contact',
  `select p.contact_id from party p
   where p.org_id = $1 and case $2::text when 'applicant' then p.applicant_id when 'landlord' then p.landlord_id else p.tenancy_id end = $3
     and p.is_main and p.contact_id is not null and p.deleted_at is null and p.archived_at is null limit 1`,
);

/** The attendee where that is a contact, else the main one of the role; null where that is a company. */
async function contactOf({ tx, what, after, idOf }: Context): Promise<number | null> {
  const id = idOf('attendee_id');
  if (id === null || after.attendee_kind === null) return null;
  if (after.attendee_kind === 'contact') return id;
  const [main] = await tx.rows(mainContact, [what.actor.orgId, after.attendee_kind, id]);
  return main?.contact_id ?? null;
}

/** The type of viewings: with a contact and a property one is a showing (domain-people §2.13). */
const VIEWING = 'VW';

/** An entry in somebody's diary. */
export const appointmentNoun = noun({
  name: 'appointment',
  columns,
  kept: [{ name: 'appointment', keys: TIMES }],
  code: { width: 10, office: ['office_ids', 'member_ids', 'organiser_id', 'property_id'] },
  label: ({ name, description, type_code }) => name ?? description ?? type_code ?? '',
  offices: 'office_ids',
  metadataType: 'appointment',
  takes: ['entry_kind'],
  reads: { attendee_contacts: attendeeContacts },
  fields: {
    ...keptFields('first_name', 'last_name', 'email'),
    // What the site's lists ask of entries.
    lead_bold_id: {
      sql: `coalesce(t.bold_leads_id, (select c.bold_leads_id from contact c where c.org_id = t.org_id and c.id = t.contact_id))`,
      type: 'text',
      caseless: true,
    },
    first_member_id: { sql: 't.member_ids[1]', type: 'integer' },
    assignee_type: {
      sql: `case when t.team_id is not null then 'team' else (select m.kind from member m where m.org_id = t.org_id and m.id = t.member_ids[1]) end`,
      type: 'text',
    },
    assignee_email: {
      sql: `case when t.team_id is not null then (select lower(g.email) from team g where g.org_id = t.org_id and g.id = t.team_id)
        else (select m.email_key from member m where m.org_id = t.org_id and m.id = t.member_ids[1]) end`,
      type: 'text',
      caseless: true,
    },
    site_agent_id: {
      sql: `coalesce(t.member_ids[1], (select c.member_ids[1] from contact c where c.org_id = t.org_id and c.id = t.contact_id))`,
      type: 'integer',
    },
    site_type: { sql: `coalesce(t.extras -> 'propertybase' ->> 'event_type', t.type_code)`, type: 'text', caseless: true },
    listing_number: {
      sql: `coalesce(t.listing_number, (select p.listing_number from property p where p.org_id = t.org_id and p.id = t.property_id))`,
      type: 'text',
      caseless: true,
    },
    confirmed: { sql: 't.confirmed', type: 'boolean', required: true },
    cancelled: { sql: 't.cancelled', type: 'boolean', required: true },
    recurring: { sql: 't.recurring', type: 'boolean', required: true },
  },
  questions: {
    occurs: ([since, till]) =>
      sql`occurs_within(t.starts_at, t.ends_at, t.recurs, t.recurs_every, t.recurs_until, ${since}, ${till})`,
  },
  derive: (after) => ({ status: statusOf(after) }),
  async settle(context) {
    const { before, after, idOf } = context;
    const same = before && before.attendee_id === after.attendee_id && before.attendee_kind === after.attendee_kind;
    const contact = same ? {} : { contact_id: await contactOf(context) };
    if (before) return contact;
    const { contact_id } = contact as { contact_id: number | null };
    // The site says which of the two it makes.
    const said = context.taken.entry_kind;
    if (said === 'showing') return { contact_id, kind: said, ...(await aboutListing(context, after, true)) };
    if (typeof said === 'string') return { contact_id, kind: said };
    const showing = after.type_code?.toUpperCase() === VIEWING && contact_id !== null && idOf('property_id') !== null;
    if (!showing) return { contact_id, kind: 'event' };
    // A showing has no name of its own.
    const { name, description } = after;
    return {
      ...(await aboutListing(context, after, true)),
      contact_id,
      kind: 'showing',
      name: null,
      description: [name, description].filter((part) => part).join('\n') || null,
    };
  },
  after: (context) => mailAppointment(context, context.before, context.after),
});

/** Somebody who came to an open house. */
export const openHouseAttendeeNoun = noun({
  name: 'open_house_attendee',
  columns: { appointment_id: ref('appointment'), ...attendeeColumns },
  code: { width: 11, office: ['appointment_id'] },
  label: ({ attendee_id }) => attendee_id ?? '',
  parent: 'appointment_id',
  offices: 'appointment_id',
  reads: { attendee_contacts: attendeeContacts },
});
