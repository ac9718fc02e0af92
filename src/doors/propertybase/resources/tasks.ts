import { all, anyOf, equal, missing, present } from '../../../wire/resource/conditions.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, of } from '../fields.ts';
import { byId, byText, byTruth, when, wordsOf } from '../filters.ts';
import { TASK_TYPES } from '../lists.ts';
import { after, before } from '../query.ts';
import { ofLead, type Resource } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { assigneeFields, assigneeModel, byAssigneeType, creatorFields, creatorModel, creatorOf, toldOf } from './assignee.ts';

const PRIORITIES = ['low', 'normal', 'high'] as const;
const lastSecond = (day: string) => new Date(`${day.slice(0, 10)}T23:59:59.000Z`);

export const tasks = (desk: Desk): Resource => ({
  name: 'tasks',
  permission: 'tasks',
  model: 'Task',
  models: 'Tasks',
  key: 'task',
  methods: 'LGCUD',
  places: ofLead('tasks'),
  source: desk.domain.records.task,
  // Messages of Reapit's door are tasks without a type (domain-people §2.15).
  scope: all(present('type_code')),
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    task_type: computed<string | null>(
      'string',
      'rw',
      { read: ({ follow_up }) => (follow_up === true ? 'Follow-Up' : 'Task'), write: () => ({}) },
      { words: TASK_TYPES },
    ),
    due_at: computed<Date | null>('timestamp', 'rw', {
      read: ({ due_at }) => due_at,
      write: (value) => (value === null ? {} : { due_at: value, due_date_only: false, due_offset: null }),
    }),
    due_date: computed<string | null>('date', 'rw', {
      read: ({ due_at }) => due_at,
      write: (value, _row, sent) =>
        value === null || (sent.due_at !== undefined && sent.due_at !== null)
          ? {}
          : { due_at: lastSecond(value), due_date_only: true, due_offset: null },
    }),
    bold_leads_id: computed<string | null>('string', 'rw', {
      read: (row) => row.bold_leads_id ?? row.lead_bold ?? null,
      write: (value) => ({ bold_leads_id: value }),
    }),
    ...assigneeFields,
    ...of('timestamp', 'r', 'completed_at'),
    ...of('text', 'rw', 'description'),
    completed: computed<boolean | null>('bool', 'rw', {
      read: ({ completed_at }) => completed_at !== null,
      write: (value, row) => ({ completed_at: value ? (row.completed_at ?? desk.domain.now()) : null }),
    }),
    ...of('string', 'rw', 'priority', { words: PRIORITIES, fallback: 'normal' }),
    lead_id: { type: 'id', access: 'rw', of: 'Lead', column: 'contact_id' },
    ...creatorFields,
    ...of('bool', 'rw', 'notify_creator notify_office_manager', { fallback: false }),
  },
  filters: {
    lead_id: byId('contact_id:id'),
    bold_leads_id: byText('lead_bold_id'),
    assignee_id: byId('assignee_id:id'),
    assignee_type: byAssigneeType,
    assignee_email: byText('assignee_email'),
    completed: byTruth('is_completed'),
    overdue: when((asked) => {
      const late = all(missing('completed_at'), {
        kind: 'compare',
        op: 'lt',
        left: { kind: 'field', name: 'due_at' },
        right: { kind: 'literal', type: 'datetime', value: desk.domain.now().toISOString() },
      });
      return asked ? late : { kind: 'not', of: late };
    }),
    task_type: (values, name) =>
      anyOf(...wordsOf(values, name, TASK_TYPES).map((word) => equal('follow_up', word === 'Follow-Up'))),
    due_after: after('due_at'),
    due_before: before('due_at'),
  },
  orders: { due_at: 'due_at', name: 'name', completed_at: 'completed_at' },
  async check(own, written) {
    const { sent, row } = written;
    const { lead, assigned } = await toldOf(own, written);
    const due = (value: unknown) => value !== undefined && value !== null;
    const undue =
      row === null
        ? !due(sent.due_at) && !due(sent.due_date)
        : row.due_at !== null && ((sent.due_at === null && !due(sent.due_date)) || (sent.due_date === null && !due(sent.due_at)));
    const follow = sent.task_type === 'Follow-Up';
    const bold = typeof sent.bold_leads_id === 'string' && sent.bold_leads_id !== '';
    const standing = row !== null && row.contact_id !== null && sent.lead_id !== null;
    return [
      ...(undue ? [TEXTS.blank('due_at')] : []),
      ...(follow && !lead && !bold && !standing ? [TEXTS.blank('lead_id')] : []),
      ...assigned.texts,
    ];
  },
  async complete(own, written) {
    const { sent, row } = written;
    const { lead, assigned } = await toldOf(own, written);
    const creating = row === null;
    const { person } = assigned;
    const hasLead = lead !== undefined || (row !== null && row.contact_id !== null);
    const exact = sent.due_at !== undefined && sent.due_at !== null;
    const asked = sent.task_type as string | null | undefined;
    const follow = asked === 'Follow-Up' ? hasLead : creating && !asked ? hasLead && exact : false;
    const maker = creating ? await creatorOf(own, written) : undefined;
    return {
      ...(creating ? { type_code: 'MI', due_date_only: !exact } : {}),
      ...(creating || asked ? { follow_up: follow } : {}),
      ...(person ? { assignee_kind: person.kind === 'team' ? 'team' : 'member', assignee_id: person.code } : {}),
      ...(lead && (creating || row.contact_id !== lead.code) ? { contact_id: lead.code } : {}),
      ...(maker && (maker.kind === 'agent' || maker.kind === 'employee')
        ? { creator_kind: 'member', creator_id: maker.code }
        : {}),
    };
  },
  extend: workOf(
    ({ assignee_kind, 'assignee_id:id': id }) => ({ kind: String(assignee_kind), id: Number(id) }),
    ({ creator_kind, 'creator_id:id': id }) =>
      creator_kind === 'member' && typeof id === 'number' ? { kind: 'member', id } : undefined,
  ),
});

type Ref = { readonly kind: string; readonly id: number };
/** People and leads that rows of work name: two statements for all of them. */
export function workOf(
  assignee: (row: Model) => Ref | undefined,
  creator: (row: Model) => Ref | undefined,
): NonNullable<Resource['extend']> {
  return async ({ domain }, { actor }, rows) => {
    const refs = rows.flatMap((row) => [assignee(row) ?? [], creator(row) ?? []].flat());
    const people = await domain.persons(actor, refs);
    const bold = await domain.boldOfLeads(
      actor,
      rows.flatMap((row) => (typeof row['contact_id:id'] === 'number' ? [row['contact_id:id']] : [])),
    );
    const of = (ref: Ref | undefined) => ref && people.get(`${ref.kind} ${ref.id}`);
    return new Map(
      rows.map((row) => [
        row.id,
        {
          ...assigneeModel(of(assignee(row))),
          ...creatorModel(of(creator(row))),
          lead_bold: bold.get(row['contact_id:id'] as number) ?? null,
        },
      ]),
    );
  };
}
