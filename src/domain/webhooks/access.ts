import { type Actor, systemActor } from '../../access/actor.ts';
import { maySeeProfile } from '../../access/profile-access.ts';
import { type Querier, statement } from '../../db/index.ts';

type Facts = {
  id: number;
  org_id: number;
  user_id: number | null;
  target_kind: string;
  target_id: number | null;
  ended: boolean;
  closed: boolean;
  administrator: boolean;
  member_id: number | null;
  type: string | null;
  profile_member_id: number | null;
  deactivated_at: Date | null;
  manager_id: number | null;
};

const facts = statement<Facts>(
  'webhook.access_facts',
  `select w.id, w.org_id, w.user_id, w.target_kind, w.target_id,
          c.revoked_at is not null or a.deleted_at is not null as ended,
          u.deleted_at is not null or u.status = 'closed' or coalesce(m.deleted_at is not null or not m.active, false) as closed,
          u.administrator, m.id as member_id,
          p.type, p.member_id as profile_member_id, p.deactivated_at, coalesce(o.manager_id, t.leader_id) as manager_id
   from webhook w
   left join app_user u on u.org_id = w.org_id and u.id = w.user_id
   left join member m on m.org_id = w.org_id and m.user_id = w.user_id
   left join consent c on c.org_id = w.org_id and c.user_id = w.user_id and c.client_id = w.client_id
   left join client_app a on a.client_id = w.client_id
   left join profile p on w.target_kind = 'profile' and p.org_id = w.org_id and p.id = w.target_id and p.deleted_at is null
   left join office o on o.org_id = p.org_id and o.id = p.office_id
   left join team t on t.org_id = p.org_id and t.id = p.team_id
   where w.id = any($1)`,
);

function isLost(hook: Facts): boolean {
  if (hook.ended) return true;
  if (hook.user_id === null) return false;
  if (hook.closed) return true;
  if (hook.target_kind === 'user') return hook.target_id !== hook.user_id;
  if (hook.target_kind !== 'profile') return false;
  if (hook.type === null) return true;
  const actor: Actor = {
    ...systemActor(hook.org_id),
    kind: 'user',
    id: hook.user_id,
    memberId: hook.member_id,
    administrator: hook.administrator,
  };
  return !maySeeProfile(actor, {
    type: hook.type,
    member_id: hook.profile_member_id,
    deactivated_at: hook.deactivated_at,
    manager_id: hook.manager_id,
  });
}

/**
 * Which of these webhooks may no longer be served: the person behind one has left, has taken the application's access back, or sees
 * its target no more (contracts/dotloop.md §5.14, domain-people §3.3). Asked before every event and every attempt.
 */
export async function findLost(q: Querier, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await q.rows(facts, [[...new Set(ids)]]);
  return new Set(rows.filter(isLost).map((row) => row.id));
}
