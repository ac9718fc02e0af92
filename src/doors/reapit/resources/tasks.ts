import type { Change, Row } from '../../../kernel/record.ts';
import { among, anyOf, sinceDay, untilDay, words } from '../../../wire/resource/conditions.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { declare } from '../desk.ts';
import { joinText, writeText } from '../map/first-line.ts';

const MINUTE = 60_000;

/** The day on the clocks by which the moment was said (domain-people §2.12). */
function dayOf({ due_at, due_offset }: Row): string | null {
  if (!(due_at instanceof Date)) return null;
  const offset = typeof due_offset === 'number' ? due_offset : 0;
  return new Date(due_at.getTime() + offset * MINUTE).toISOString().slice(0, 10);
}

const dueOn = (day: string | null): Change =>
  day === null
    ? { due_at: null, due_date_only: false, due_offset: null }
    : { due_at: new Date(`${day}T00:00:00Z`), due_date_only: true, due_offset: 0 };

const midnight = (day: string | null) => (day === null ? null : new Date(`${day.slice(0, 10)}T00:00:00Z`));

const KINDS: Readonly<Record<string, string>> = { member: 'negotiator', team: 'negotiator', office: 'office' };

/** Of an office, a person, or a team, which is its leader here. */
const recipientIs = (values: readonly string[]) =>
  anyOf(...['assignee_id:office', 'assignee_id:member', 'leader_id'].map((name) => among(name, values)));

export const tasks = declare('tasks', ({ domain }) => ({
  source: domain.records.task,
  fields: {
    text: computed<string | null>({ columns: ['name'], read: joinText, write: writeText }),
    typeId: column('type_code'),
    activates: computed<string | null>({ columns: ['due_at'], read: dayOf, write: dueOn }),
    completed: computed<string | null>({
      columns: ['completed_at'],
      read: ({ completed_at }) => completed_at,
      write: (day) => ({ completed_at: midnight(day) }),
    }),
    senderId: computed<string | null>({
      columns: ['creator_id'],
      read: ({ creator_code, primary_broker }) => creator_code ?? primary_broker,
      write: (creator_id) => ({ creator_kind: 'member', creator_id }),
    }),
    recipientId: computed<string | null>({
      columns: ['assignee_id'],
      read: ({ assignee_kind, assignee_id, leader_id }) => (assignee_kind === 'team' ? leader_id : assignee_id),
      write: (assignee_id) => ({ assignee_id }),
    }),
    recipientType: computed<string | null>({
      columns: ['assignee_kind'],
      read: ({ assignee_kind }) => KINDS[String(assignee_kind)],
      write: (type) => ({ assignee_kind: type === 'negotiator' ? 'member' : type }),
    }),
  },
  filters: {
    officeId: (values: readonly string[]) => among('assignee_office_id', values),
    recipientId: recipientIs,
    senderId: (values: readonly string[]) => among('creator_code', values),
    text: ([text = '']: readonly string[]) => words('words', text),
    activatesFrom: ([at]: readonly Date[]) => at && sinceDay('due_on', at),
    activatesTo: ([at]: readonly Date[]) => at && untilDay('due_on', at),
    completedFrom: ([at]: readonly Date[]) => at && sinceDay('completed_on', at),
    completedTo: ([at]: readonly Date[]) => at && untilDay('completed_on', at),
  },
  sorts: { activates: ['due_on'], senderId: ['creator_code'] },
  links: { sender: 'senderId', recipient: { ref: 'recipientId', type: 'recipientType' } },
}));
