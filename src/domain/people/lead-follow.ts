import { type Statement, statement } from '../../db/index.ts';
import { queueMail } from '../mail/index.ts';
import type { Columns, RowOf, Stored, WriteContext } from '../records/index.ts';
import { addLeadTask, primaryBroker } from './lead-task.ts';
import { shownName } from './names.ts';

/** What a call asks to follow from a new or changed lead (contracts/propertybase.md §4.2). */
export type LeadCall = {
  readonly mailLead: boolean;
  readonly mailAgent: boolean;
  readonly followUp: boolean;
  /** hours until the follow-up task is overdue */
  readonly followUpHours: number;
  /** the search that it ran, and the one that goes on */
  readonly search?: { readonly run: Readonly<Record<string, unknown>>; readonly saved: Readonly<Record<string, unknown>> };
  readonly valuation?: Readonly<Record<string, unknown>>;
};
export const LEAD_TAKES = ['lead_call', 'login_hash'] as const;

type Person = { readonly email: string | null; readonly name: string; readonly organisation: string };
const agent = statement<Person>(
  'lead.agent',
  `select m.email, coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as name, g.name as organisation
   from member m join organisation g on g.id = m.org_id where m.org_id = $1 and m.id = $2`,
);
const organisation = statement<{ name: string }>('lead.organisation', 'select name from organisation where id = $1');
const openTasks: Statement<{ id: number }> = statement(
  'lead.open_tasks',
  `select id from task where org_id = $1 and contact_id = $2 and assignee_kind = 'member' and assignee_id = $3
     and completed_at is null and deleted_at is null order by id`,
);
const futureEvents: Statement<{ id: number }> = statement(
  'lead.future_events',
  `select id from appointment where org_id = $1 and contact_id = $2 and member_ids[1] = $3 and starts_at > $4 and deleted_at is null order by id`,
);
const login = statement<never>(
  'lead.login',
  `insert into contact_login (org_id, contact_id, reso_key, login_name, password_hash, created_at, updated_at, created_door)
   values ($1, $2, $3, $4, $5, $6, $6, $7)
   on conflict (org_id, contact_id) do update set password_hash = excluded.password_hash, updated_at = excluded.updated_at,
     version = contact_login.version + 1`,
);

type Context = Pick<WriteContext<Columns>, 'tx' | 'what' | 'idsOf' | 'taken' | 'other' | 'newKey'> & {
  readonly before: LeadRow | null;
  readonly after: LeadRow;
};
type LeadRow = Pick<RowOf<Columns>, 'id' | 'code'> & {
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly display_name: string | null;
  readonly email: string | null;
  readonly member_ids: readonly string[];
};

async function welcome({ tx, what, after }: Context): Promise<void> {
  const [house] = await tx.rows(organisation, [what.actor.orgId]);
  if (!after.email || !house) return;
  await queueMail(tx, what, {
    kind: 'lead.welcome',
    to: after.email,
    subject: `Welcome to ${house.name}`,
    body: `Hello ${shownName(after)},\n\nthank you for getting in touch with ${house.name}. One of us will be in contact soon.`,
    contactId: after.id,
  });
}

async function tellAgent({ tx, what, after }: Context, memberId: number): Promise<void> {
  const [person] = await tx.rows(agent, [what.actor.orgId, memberId]);
  if (!person?.email) return;
  await queueMail(tx, what, {
    kind: 'lead.assigned',
    to: person.email,
    subject: `New lead: ${shownName(after)}`,
    body: `${shownName(after)}${after.email ? ` (${after.email})` : ''} was assigned to you.`,
    memberId,
  });
}

/** A new first member takes the lead's open tasks and future events along; without one the primary broker has the tasks (G04). */
async function moveWork({ tx, what, after, other }: Context, from: number, to: string | undefined): Promise<void> {
  const { orgId } = what.actor;
  const heir = to ?? (await primaryBroker(tx, orgId))?.code;
  if (heir !== undefined)
    for (const { id } of await tx.rows(openTasks, [orgId, after.id, from]))
      await other('task').update(id, { assignee_kind: 'member', assignee_id: heir });
  if (to === undefined) return;
  for (const { id } of await tx.rows(futureEvents, [orgId, after.id, from, what.at])) {
    const event = await other('appointment').find(id);
    const [, ...rest] = event.member_ids as readonly string[];
    await other('appointment').update(id, { member_ids: [to, ...rest.filter((code) => code !== to)] });
  }
}

/** A lead that brings a search along was there: said with the row, which the search would write a second time else. */
export const leadArrival = ({ what, before, taken }: Pick<Context, 'what' | 'taken'> & { readonly before: unknown }): Stored =>
  !before && (taken.lead_call as LeadCall | undefined)?.search ? { last_active_at: what.at } : {};

/** What follows from a lead that was made or changed at the site; contacts of other doors start no mail and no task. */
export async function followLead(context: Context): Promise<void> {
  const { tx, what, before, after, idsOf, taken, other, newKey } = context;
  if (what.actor.door !== 'propertybase') return;
  const { orgId, door } = what.actor;
  const call = taken.lead_call as LeadCall | undefined;
  const hash = taken.login_hash;
  if (typeof hash === 'string' && after.email)
    await tx.rows(login, [orgId, after.id, newKey(), after.email, hash, what.at, door]);
  const [first] = idsOf('member_ids');
  const [code] = after.member_ids;
  const assigned = code !== undefined && code !== before?.member_ids[0];
  if (before && before.member_ids[0] !== undefined && before.member_ids[0] !== code) {
    const leaver = await tx.rows(memberOf, [orgId, before.member_ids[0]]);
    if (leaver[0]) await moveWork(context, leaver[0].id, code);
  }
  if (!call) return;
  if (!before && call.mailLead) await welcome(context);
  if (assigned && first !== undefined) {
    if (call.mailAgent) await tellAgent(context, first);
    if (call.followUp)
      await addLeadTask(context, { name: `Follow up with ${shownName(after)}`, contactId: after.id, hours: call.followUpHours });
  }
  if (before) return;
  if (call.search) {
    await other('lead_search').create({ ...call.search.run, contact_id: after.code });
    await other('saved_search_contact').create({
      ...call.search.saved,
      contact_id: after.code,
      frequency: 'daily',
      active: true,
    });
  }
  if (call.valuation)
    await other('lead_property').create({ ...call.valuation, contact_id: after.code, relationship: 'home_valuation' });
}

const memberOf = statement<{ id: number }>('lead.member_of_code', 'select id from member where org_id = $1 and code = $2');
