import { type Statement, statement } from '../../db/index.ts';
import type { Columns, WriteContext } from '../records/index.ts';

type Ids = Statement<{ id: number }>;
const leadsOfMember: Ids = statement(
  'hand_over.leads_of_member',
  `select id from contact where org_id = $1 and facets && array[$1::bigint::text || ':member:' || $2::bigint::text] and member_ids[1] = $2::bigint
     and deleted_at is null order by id`,
);
const leadsOfTeam: Ids = statement(
  'hand_over.leads_of_team',
  'select id from contact where org_id = $1 and team_id = $2 and deleted_at is null order by id',
);
const openTasks: Ids = statement(
  'hand_over.tasks',
  `select id from task where org_id = $1 and assignee_kind = $3 and assignee_id = $2 and completed_at is null and deleted_at is null order by id`,
);
const eventsOfMember: Ids = statement(
  'hand_over.events_of_member',
  `select id from appointment where org_id = $1 and member_ids[1] = $2 and starts_at > $3 and deleted_at is null order by id`,
);
const eventsOfTeam: Ids = statement(
  'hand_over.events_of_team',
  `select id from appointment where org_id = $1 and team_id = $2 and starts_at > $3 and deleted_at is null order by id`,
);

type Context = Pick<WriteContext<Columns>, 'tx' | 'what' | 'other'>;

/** Leads, open tasks and future events of somebody who leaves go to another agent (contracts/propertybase.md §1.11, domain-people §3.3). */
export async function handOver({ tx, what, other }: Context, kind: 'member' | 'team', id: number, heir: string): Promise<void> {
  const { orgId } = what.actor;
  const first = (codes: unknown) => [
    heir,
    ...(codes as readonly string[]).slice(kind === 'member' ? 1 : 0).filter((code) => code !== heir),
  ];
  const without = kind === 'team' ? { team_id: null } : {};
  for (const lead of await tx.rows(kind === 'member' ? leadsOfMember : leadsOfTeam, [orgId, id])) {
    const { member_ids } = await other('contact').find(lead.id);
    await other('contact').update(lead.id, { member_ids: first(member_ids), ...without });
  }
  for (const task of await tx.rows(openTasks, [orgId, id, kind]))
    await other('task').update(task.id, { assignee_kind: 'member', assignee_id: heir });
  for (const event of await tx.rows(kind === 'member' ? eventsOfMember : eventsOfTeam, [orgId, id, what.at])) {
    const { member_ids } = await other('appointment').find(event.id);
    await other('appointment').update(event.id, { member_ids: first(member_ids), ...without });
  }
}
