import { anyRef, text } from '../records/index.ts';

/** Who may come: a contact, or those who stand in a role. */
export const ATTENDEE_NOUNS = { applicant: 'applicant', contact: 'contact', landlord: 'landlord', tenancy: 'tenancy' } as const;

export const attendeeColumns = { attendee_kind: text(), attendee_id: anyRef('attendee_kind', ATTENDEE_NOUNS) };

/** A contact behind an attendee, as lists of appointments show it. */
export type AttendeeContact = {
  readonly code: string;
  readonly title: string | null;
  readonly first_name: string | null;
  readonly surname: string;
  readonly email: string | null;
  readonly contact_points: readonly { readonly via: string; readonly kind: string; readonly value: string }[];
  readonly marketing_consent: string;
  readonly archived: boolean;
};

const ROLES = ['applicant', 'landlord', 'tenancy'] as const;

/** Rows `a (contact_id, place)`: the attendee itself, or the contacts of its role, the main one first. */
export const attendeeContactsSql = [
  `select t.attendee_id as contact_id, 0::bigint as place where t.attendee_kind = 'contact'`,
  ...ROLES.map(
    (role) => `select p.contact_id, row_number() over (order by p.is_main desc, p.position, p.id) from party p
      where t.attendee_kind = '${role}' and p.org_id = t.org_id and p.${role}_id = t.attendee_id and p.contact_id is not null
        and p.deleted_at is null and p.archived_at is null`,
  ),
].join('\n    union all\n    ');

/** JSON list of them; `t` is the row with the attendee. */
export const attendeeContacts = `(select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'title', c.title, 'first_name', c.first_name,
    'surname', c.surname, 'email', c.email, 'contact_points', c.contact_points, 'marketing_consent', c.marketing_consent,
    'archived', c.archived_at is not null) order by a.place), '[]')
  from (${attendeeContactsSql}) a join contact c on c.org_id = t.org_id and c.id = a.contact_id and c.deleted_at is null)`;
