import { statement } from '../../db/index.ts';
import { anyRef, boolean, instant, integer, noun, option, ref, TIMES, text } from '../records/index.ts';
import { touchDeal } from './deal.store.ts';
import { mailTask } from './task-mails.ts';

const officeOf = statement<{ office_id: number | null }>(
  'task.office_of_member',
  'select office_id from member where org_id = $1 and id = $2',
);
const leaderOf = statement<{ office_id: number | null }>(
  'task.office_of_team',
  'select office_id from team where org_id = $1 and id = $2',
);

/**
 * Tasks that somebody has: lines of a loop's checklist that nobody was given are no tasks outside of it (domain-people §2.12). A line
 * that is done here is done there, and the loop's counts follow.
 */
export const taskNoun = noun({
  name: 'task',
  columns: {
    name: text({ required: true }),
    description: text(),
    type_code: option('taskTypes'),
    due_at: instant(),
    due_date_only: boolean({ required: true }),
    due_offset: integer(),
    completed_at: instant(),
    assignee_kind: text(),
    assignee_id: anyRef('assignee_kind', { member: 'member', office: 'office', team: 'team' }),
    assignee_office_id: ref('office', { readOnly: true }),
    creator_kind: text(),
    creator_id: anyRef('creator_kind', { member: 'member' }),
    creator_code: text(),
    contact_id: ref('contact'),
    property_id: ref('property'),
    applicant_id: ref('applicant'),
    landlord_id: ref('landlord'),
    tenancy_id: ref('tenancy'),
    deal_id: integer({ readOnly: true }),
    follow_up: boolean(),
    bold_leads_id: text(),
  },
  kept: [{ name: 'task', keys: TIMES }],
  code: { width: 10, office: ['assignee_id', 'creator_id'] },
  label: ({ name }) => name ?? '',
  offices: 'assignee_office_id',
  metadataType: 'task',
  shown: 't.assignee_kind is not null',
  deal: 'deal_id',
  reads: {
    // A team is its leader, and what a key made is the primary broker's, for doors that know neither.
    leader_id: `(select m.code from team g join member m on m.org_id = g.org_id and m.id = g.leader_id and m.deleted_at is null
      where t.assignee_kind = 'team' and g.org_id = t.org_id and g.id = t.assignee_id)`,
    primary_broker: `(select m.code from member m where t.creator_code is null and m.org_id = t.org_id and m.access_level = 'broker'
      and m.active and m.deleted_at is null order by m.id limit 1)`,
  },
  fields: {
    due_on: { sql: 't.due_on', type: 'date' },
    completed_on: { sql: 't.completed_on', type: 'date' },
    // What the site's lists ask of tasks: the stored value, else that of the lead; people by their kinds and addresses.
    lead_bold_id: {
      sql: `coalesce(t.bold_leads_id, (select c.bold_leads_id from contact c where c.org_id = t.org_id and c.id = t.contact_id))`,
      type: 'text',
      caseless: true,
    },
    assignee_type: {
      sql: `case t.assignee_kind when 'member' then (select m.kind from member m where m.org_id = t.org_id and m.id = t.assignee_id)
        else t.assignee_kind end`,
      type: 'text',
    },
    assignee_email: {
      sql: `case t.assignee_kind when 'member' then (select m.email_key from member m where m.org_id = t.org_id and m.id = t.assignee_id)
        when 'team' then (select lower(g.email) from team g where g.org_id = t.org_id and g.id = t.assignee_id) end`,
      type: 'text',
      caseless: true,
    },
    is_completed: { sql: '(t.completed_at is not null)', type: 'boolean', required: true },
    words: { sql: 't.words', type: 'text', caseless: 't.words', required: true },
    leader_id: {
      sql: `(select g.leader_id from team g where g.org_id = t.org_id and g.id = t.assignee_id)`,
      type: 'text',
      refers: {
        id: '(select g.leader_id from team g where g.org_id = t.org_id and g.id = t.assignee_id)',
        table: 'member',
        by: 'code',
        when: "t.assignee_kind = 'team'",
      },
    },
  },
  derive: ({ creator_id }) => (creator_id === null ? {} : { creator_code: creator_id.toUpperCase() }),
  async settle({ tx, what, before, after, idOf }) {
    const { orgId } = what.actor;
    if (before && before.assignee_id === after.assignee_id && before.assignee_kind === after.assignee_kind) return {};
    const id = idOf('assignee_id');
    if (after.assignee_kind === 'office') return { assignee_office_id: id };
    const [found] = await tx.rows(after.assignee_kind === 'team' ? leaderOf : officeOf, [orgId, id]);
    return { assignee_office_id: found?.office_id ?? null };
  },
  async after(context) {
    const { tx, what, before, after } = context;
    const { deal_id } = after;
    await mailTask(context, before, after);
    if (!before || deal_id === null) return;
    const done = Number(after.completed_at !== null) - Number(before.completed_at !== null);
    await touchDeal(tx, what.actor.orgId, deal_id, what.at, 0, done);
  },
});
