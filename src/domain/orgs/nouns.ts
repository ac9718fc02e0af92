import { statement } from '../../db/index.ts';
import type { Address, ContactPoint } from '../people/index.ts';
import { boolean, integer, json, noun, number, ref, refs, text } from '../records/index.ts';
import { handOver } from './hand-over.ts';
import * as profiles from './profile.store.ts';
import { followMember, followNumbers, memberBreaches, officeBreaches, refuseNeeded, STAFF_TAKES } from './site-staff.ts';

/** An office, as Reapit's door and seeds make it. Its profile at the dotloop door is made along with it (domain-people §2.8). */
export const officeNoun = noun({
  name: 'office',
  columns: {
    name: text({ required: true }),
    email: text(),
    contact_points: json<readonly ContactPoint[]>(),
    address: json<Address>(),
    latitude: number(),
    longitude: number(),
    active: boolean({ required: true }),
    manager_id: ref('member'),
    manager_name: text(),
    region: text(),
    position: integer(),
    photo: text(),
  },
  code: { configured: ({ name }) => name ?? '', length: 3 },
  resoKey: true,
  label: ({ name }) => name ?? '',
  metadataType: 'office',
  reads: {
    manager: `coalesce(t.manager_name, (select concat_ws(' ', m.first_name, m.last_name) from member m
      where m.org_id = t.org_id and m.id = t.manager_id and m.deleted_at is null))`,
    manager_kind: '(select m.kind from member m where m.org_id = t.org_id and m.id = t.manager_id and m.deleted_at is null)',
  },
  fields: {
    name_key: { sql: 't.name_key', type: 'text', required: true },
    address_text: { sql: 't.address_text', type: 'text', caseless: 't.address_text', required: true },
    address_sort: { sql: 'left(t.address_text, 200)', type: 'text', required: true },
  },
  takes: STAFF_TAKES,
  check: ({ tx, what, before, after }) => officeBreaches(tx, what, before, after),
  async removed({ tx, what, row }) {
    await refuseNeeded(tx, what, 'office', row.id);
    await profiles.removeProfileOf(tx, what.actor.orgId, { officeId: row.id }, what.at);
  },
  async after({ tx, what, before, after, taken }) {
    await followNumbers(tx, what, { officeId: after.id }, taken);
    if (before) return;
    const row = { id: undefined, createdAt: what.at, updatedAt: what.at, by: null, door: what.actor.door };
    await profiles.insertProfile(tx, what.actor.orgId, { type: 'OFFICE', office_id: after.id }, row);
  },
});

const retire = statement<never>(
  'profile.of_member_active',
  `update profile set deactivated_at = case when $3 then null else $4::timestamptz end, updated_at = $4, version = version + 1
   where org_id = $1 and member_id = $2 and deleted_at is null and (deactivated_at is null) <> $3`,
);

// A task is its recipient's office's too, and moves along.
const moveTasks = statement<never>(
  'task.of_member_moves',
  `update task set assignee_office_id = $3
   where org_id = $1 and assignee_kind = 'member' and assignee_id = $2 and deleted_at is null`,
);

/** A person of the brokerage. One made here has no login (domain-people §3.3). */
export const memberNoun = noun({
  name: 'member',
  columns: {
    first_name: text(),
    last_name: text(),
    display_name: text(),
    job_title: text(),
    email: text(),
    contact_points: json<readonly ContactPoint[]>(),
    office_id: ref('office'),
    active: boolean({ required: true }),
    kind: text(),
    access_level: text(),
    user_id: integer({ readOnly: true }),
    website_url: text(),
    license_number: text(),
    in_queue: boolean({ required: true }),
    distribution: json<Readonly<Record<string, unknown>> | null>(),
    position: integer(),
    propertybase_user_id: text(),
    photo: text(),
  },
  code: { configured: ({ first_name, last_name }) => (first_name ?? '').slice(0, 1) + (last_name ?? '').slice(0, 2), length: 3 },
  resoKey: true,
  label: ({ display_name, first_name, last_name }) => display_name ?? [first_name, last_name].filter((part) => part).join(' '),
  offices: 'office_id',
  metadataType: 'negotiator',
  fields: {
    name_key: { sql: 't.name_key', type: 'text', caseless: 't.name_key', required: true },
    email: { sql: 't.email', type: 'text', caseless: 't.email_key' },
  },
  collections: {
    teams: {
      from: 'team g where g.org_id = t.org_id and t.id = any (g.member_ids) and g.deleted_at is null',
      fields: { id: { sql: 'g.id', type: 'integer' } },
    },
    mls_numbers: {
      from: 'mls_number n where n.org_id = t.org_id and n.member_id = t.id',
      fields: { number: { sql: 'n.number', type: 'text', caseless: true } },
    },
  },
  takes: STAFF_TAKES,
  check: ({ tx, what, before, after }) => memberBreaches(tx, what, before, after),
  removed: ({ tx, what, row }) => refuseNeeded(tx, what, 'member', row.id),
  async after(context) {
    const { tx, what, before, after, idOf, taken } = context;
    const { orgId } = what.actor;
    if (typeof taken.reassign_to === 'string') await handOver(context, 'member', after.id, taken.reassign_to);
    await followMember(tx, what, before, after, taken);
    await followNumbers(tx, what, { memberId: after.id }, taken);
    if (before && before.office_id !== after.office_id) await tx.rows(moveTasks, [orgId, after.id, idOf('office_id')]);
    if (before && before.active !== after.active) await tx.rows(retire, [orgId, after.id, after.active, what.at]);
  },
});

/** Which attributes properties have is a department's matter; doors only read it (domain-people §2.3). */
export const departmentNoun = noun({
  name: 'department',
  columns: {
    name: text({ required: true }),
    has_bedrooms: boolean(),
    has_bathrooms: boolean(),
    has_reception_rooms: boolean(),
    has_parking_spaces: boolean(),
    has_floor_level: boolean(),
    has_internal_floors: boolean(),
    has_total_floors: boolean(),
    options: json<Readonly<Record<string, readonly string[]>>>(),
  },
  code: { configured: ({ name }) => name ?? '', length: 1 },
  label: ({ name }) => name ?? '',
});

/** Where an enquiry, a contact or an instruction came from. */
export const sourceNoun = noun({
  name: 'source',
  columns: {
    name: text({ required: true }),
    type: text({ required: true }),
    office_ids: refs('office'),
    department_ids: refs('department'),
  },
  code: { configured: ({ name }) => name ?? '', length: 3 },
  label: ({ name }) => name ?? '',
  offices: 'office_ids',
});
