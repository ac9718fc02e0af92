import { type Querier, statement } from '../../db/index.ts';
import type { Columns, WriteContext } from '../records/index.ts';

const broker = statement<{ id: number; code: string }>(
  'lead.primary_broker',
  `select m.id, m.code from member m join organisation g on g.id = m.org_id
   where m.org_id = $1 and m.active and m.deleted_at is null
     and (m.id = (g.settings -> 'propertybase' ->> 'primaryBrokerId')::bigint or (m.kind = 'agent' and m.access_level = 'broker'))
   order by m.id = (g.settings -> 'propertybase' ->> 'primaryBrokerId')::bigint desc nulls last, m.position nulls last, m.id limit 1`,
);
const agent = statement<{ code: string }>(
  'lead.agent_code',
  `select m.code from contact c join member m on m.org_id = c.org_id and m.id = c.member_ids[1] and m.kind = 'agent' and m.active
     and m.deleted_at is null where c.org_id = $1 and c.id = $2`,
);

/** The primary broker of a brokerage: whom the site names, else the first broker (G17). */
export const primaryBroker = async (tx: Pick<Querier, 'rows'>, orgId: number) => (await tx.rows(broker, [orgId]))[0];

export type LeadTask = {
  readonly name: string;
  readonly description?: string | null;
  readonly contactId: number;
  readonly propertyCode?: string | null;
  /** until it is overdue */
  readonly hours: number;
};

/**
 * A follow-up of a lead, made in the name of the primary broker, for the lead's agent, else for the broker too (contracts/propertybase.md
 * §4.2). Where there is neither, there is nobody to do it.
 */
export async function addLeadTask(
  { tx, what, other }: Pick<WriteContext<Columns>, 'tx' | 'what' | 'other'>,
  task: LeadTask,
): Promise<void> {
  const { name, description = null, contactId, propertyCode = null, hours } = task;
  const { orgId } = what.actor;
  const maker = await primaryBroker(tx, orgId);
  const worker = (await tx.rows(agent, [orgId, contactId]))[0]?.code ?? maker?.code;
  if (worker === undefined) return;
  const contact = await other('contact').find(contactId);
  await other('task').create({
    name,
    description,
    type_code: 'MI',
    follow_up: true,
    due_at: new Date(what.at.getTime() + hours * 3_600_000),
    due_date_only: false,
    assignee_kind: 'member',
    assignee_id: worker,
    contact_id: contact.code,
    property_id: propertyCode,
    ...(maker ? { creator_kind: 'member', creator_id: maker.code } : {}),
  });
}
