import { statement } from '../../db/index.ts';
import type { ContactPoint } from '../people/index.ts';
import { boolean, integer, json, noun, ref, refs, text } from '../records/index.ts';
import { handOver } from './hand-over.ts';
import * as profiles from './profile.store.ts';
import { refuseNeeded } from './site-staff.ts';

const members = statement<{ ok: boolean }>(
  'team.leader_is_member',
  'select $3::bigint = any (member_ids) as ok from team where org_id = $1 and id = $2',
);
const join = statement<never>(
  'team.leader_joins',
  'update team set member_ids = member_ids || $3::bigint where org_id = $1 and id = $2',
);

/** People of the brokerage who work leads together; it has no login of its own (domain-people §2.3). */
export const teamNoun = noun({
  name: 'team',
  columns: {
    name: text({ required: true }),
    office_id: ref('office'),
    leader_id: ref('member'),
    member_ids: refs('member'),
    email: text(),
    contact_points: json<readonly ContactPoint[]>(),
    active: boolean({ required: true }),
    position: integer(),
    propertybase_user_id: text(),
  },
  code: 'none',
  label: ({ name }) => name ?? '',
  offices: 'office_id',
  takes: ['reassign_to', 'files'],
  reads: {
    agent_ids: `array(select m.id from unnest(t.member_ids) with ordinality as u (id, place)
      join member m on m.org_id = t.org_id and m.id = u.id and m.deleted_at is null order by u.place)`,
  },
  fields: {
    email: { sql: 't.email', type: 'text', caseless: 't.email_key' },
    name_key: { sql: 'lower(t.name)', type: 'text', required: true },
  },
  collections: {
    members: { from: '(select unnest(t.member_ids) as id) m where true', fields: { id: { sql: 'm.id', type: 'integer' } } },
  },
  async after(context) {
    const { tx, what, before, after, idOf, taken } = context;
    const { orgId, door } = what.actor;
    if (typeof taken.reassign_to === 'string') await handOver(context, 'team', after.id, taken.reassign_to);
    const leader = idOf('leader_id');
    // A leader is a member.
    if (leader !== null) {
      const [found] = await tx.rows(members, [orgId, after.id, leader]);
      if (!found?.ok) await tx.rows(join, [orgId, after.id, leader]);
    }
    if (before) return;
    const row = { id: undefined, createdAt: what.at, updatedAt: what.at, by: null, door };
    await profiles.insertProfile(tx, orgId, { type: 'TEAM', team_id: after.id }, row);
  },
  async removed({ tx, what, row }) {
    await refuseNeeded(tx, what, 'team', row.id);
    await profiles.removeProfileOf(tx, what.actor.orgId, { teamId: row.id }, what.at);
  },
});
