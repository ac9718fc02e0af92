import { type Querier, statement } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';

const remove = statement<never>(
  'note.delete_of_contact',
  `with gone as (
     update note set closed_at = $3, deleted_at = $3, updated_at = $3, version = version + 1
     where org_id = $1 and contact_id = $9 and kind <> 'property' and closed_at is null and deleted_at is null
     returning *)
   insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id,
                      noun, row_id, verb, changed, property_id, contact_id)
   select $1, $2, $3, $4, $5, $6, $7, $8, 'note', n.id, 'deleted',
          case n.kind when 'private' then '{}'::jsonb else to_jsonb(n) end,
          case when n.kind <> 'private' then n.property_id end, case when n.kind <> 'private' then n.contact_id end
   from gone n`,
);

/** With a deleted contact go the notes shared with it, its own ones, and what was said about it (domain-people §3.5). */
export async function deleteNotesOfContact(q: Querier, what: Happening, contactId: number): Promise<void> {
  await q.rows(remove, [what.actor.orgId, ...shared(what), contactId]);
}
