import type { Between } from './types.ts';

/** The three keys of an open thread. Each has a unique index of its own, over threads that are not closed (migration 0005). */
export type ThreadKind = 'private_member' | 'private_contact' | 'shared';

export const kindOf = ({ kind, memberId }: Between): ThreadKind =>
  kind === 'shared' ? 'shared' : memberId === null ? 'private_contact' : 'private_member';

type Sql = {
  readonly kind: Between['kind'];
  /** $1 organisation, $2 listing, $3 member, $4 contact; every parameter stands in it, so that the server knows its type */
  readonly open: string;
  /** the index that a second thread of the same key runs into */
  readonly index: string;
};

export const THREADS: Readonly<Record<ThreadKind, Sql>> = {
  private_member: {
    kind: 'private',
    open: `n.org_id = $1 and n.property_id = $2 and n.kind = 'private' and n.closed_at is null
           and n.member_id = $3 and $4::bigint is null`,
    index: `(org_id, property_id, member_id) where kind = 'private' and closed_at is null and member_id is not null`,
  },
  private_contact: {
    kind: 'private',
    open: `n.org_id = $1 and n.property_id = $2 and n.kind = 'private' and n.closed_at is null
           and n.contact_id = $4 and $3::bigint is null`,
    index: `(org_id, property_id, contact_id) where kind = 'private' and closed_at is null and contact_id is not null`,
  },
  shared: {
    kind: 'shared',
    open: `n.org_id = $1 and n.property_id = $2 and n.kind = 'shared' and n.closed_at is null
           and n.member_id = $3 and n.contact_id = $4`,
    index: `(org_id, member_id, property_id, contact_id) where kind = 'shared' and closed_at is null`,
  },
};

/** The newest entry is the note. In the order of their ids, which are taken while the thread's row is locked. */
export const NEWEST = `(select e.text from note_entry e where e.org_id = n.org_id and e.note_id = n.id order by e.id desc limit 1)`;

/**
 * The event of a change of `thread`, in the same statement; $5 to $11 are what events share, `name` what the listing is called. A private
 * note leaves one without text, contact or listing: nobody else is to learn even what it is about (domain-people §2.16).
 */
export const eventOf = ({ kind }: Sql, verb: string, changed: string, name: string) => `
  insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id,
                     noun, row_id, row_name, verb, changed, property_id, contact_id)
  select $1, $5, $6, $7, $8, $9, $10, $11, 'note', n.id, ${name}::text, ${verb},
         ${kind === 'shared' ? `${changed}, n.property_id, n.contact_id` : `'{}'::jsonb, null, null`}
  from thread n`;
