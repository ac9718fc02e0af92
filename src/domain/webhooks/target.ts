import type { Actor } from '../../access/actor.ts';
import { allowProfile, type ProfileFacts } from '../../access/profile-access.ts';
import { type Querier, statement } from '../../db/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { NewWebhook } from './types.ts';

const profileFacts = statement<ProfileFacts>(
  'webhook.target_profile',
  `select p.type, p.member_id, p.deactivated_at, coalesce(o.manager_id, t.leader_id) as manager_id
   from profile p
   left join office o on o.org_id = p.org_id and o.id = p.office_id
   left join team t on t.org_id = p.org_id and t.id = p.team_id
   where p.org_id = $1 and p.id = $2 and p.deleted_at is null`,
);

/**
 * A webhook brings news of what its maker may see: the own user, or a profile.
 * @throws Fault not_found; forbidden `profile.no_access`
 */
export async function checkTarget(
  q: Querier,
  actor: Actor,
  target: Pick<NewWebhook, 'target_kind' | 'target_id'>,
): Promise<void> {
  if (target.target_kind === 'user') {
    if (target.target_id !== actor.id) throw notFound('user');
    return;
  }
  const [profile] = await q.rows(profileFacts, [actor.orgId, target.target_id]);
  if (!profile) throw notFound('profile');
  allowProfile(actor, profile);
}
