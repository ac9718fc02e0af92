import { type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';

/** Columns of the event of a part; $3 to $9 are what events share. */
const HAPPENED = `insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, row_name, verb,
                                     changed, contact_id)
   select $1, $3, $4, $5, $6, $7, $8, $9, 'saved_search_contact', l.id, s.name`;

const link = statement<never>(
  'saved_search.link',
  `with l as (
     insert into saved_search_contact (org_id, id, search_id, contact_id, creator_kind, creator_id, created_at, updated_at, created_by, created_door)
     select $1, coalesce(g.id, nextval('saved_search_contact_id_seq')), $2, g.contact_id, $6, $7, $4, $4, $12, $5
     from unnest($10::bigint[], $11::bigint[]) with ordinality g(contact_id, id, place) order by g.place
     on conflict (org_id, search_id, contact_id) where deleted_at is null do nothing
     returning *)
   ${HAPPENED}, 'created', to_jsonb(l), l.contact_id from l join saved_search s on s.org_id = $1 and s.id = $2`,
);

/** The search is for these contacts too; one that it is for already stays as it is. */
export async function linkContacts(
  q: Querier,
  what: Happening,
  searchId: number,
  contactIds: readonly number[],
  given: readonly number[] = [],
): Promise<void> {
  const { actor } = what;
  if (contactIds.length === 0) return;
  await q.rows(link, [
    actor.orgId,
    searchId,
    ...shared(what),
    contactIds,
    contactIds.map((_, place) => given[place] ?? null),
    actor.kind === 'user' ? actor.id : null,
  ]);
}

const unlink = statement<never>(
  'saved_search.unlink',
  `with l as (
     update saved_search_contact set deleted_at = $4, updated_at = $4, version = version + 1
     where org_id = $1 and search_id = $2 and deleted_at is null
       and case when $11 then contact_id <> all ($10::bigint[]) else contact_id = any ($10::bigint[]) end
     returning *)
   ${HAPPENED}, 'deleted', to_jsonb(l), l.contact_id from l join saved_search s on s.org_id = $1 and s.id = $2`,
);

/** The search is no longer for these contacts. */
export const unlinkContacts = (q: Querier, what: Happening, searchId: number, contactIds: readonly number[]): Promise<unknown> =>
  q.rows(unlink, [what.actor.orgId, searchId, ...shared(what), contactIds, false]);

/** The search is for nobody but these. */
export const keepContacts = (q: Querier, what: Happening, searchId: number, contactIds: readonly number[]): Promise<unknown> =>
  q.rows(unlink, [what.actor.orgId, searchId, ...shared(what), contactIds, true]);
