import { statement } from '../../db/index.ts';
import { queueMail, spokenTime } from '../mail/index.ts';
import type { Columns, RowOf, WriteContext } from '../records/index.ts';

type Task = Pick<RowOf<Columns>, 'id' | 'extras'> & {
  readonly name: string | null;
  readonly due_at: Date | null;
  readonly completed_at: Date | null;
  readonly assignee_id: string | null;
};
type People = {
  readonly creator: string | null;
  readonly manager: string | null;
  readonly assignee: string | null;
  readonly lead: string | null;
  readonly time_zone: string;
};

const people = statement<People>(
  'task.people',
  `select (select m.email from member m where t.creator_kind = 'member' and m.org_id = t.org_id and m.id = t.creator_id and m.active and m.deleted_at is null) as creator,
     (select m.email from office o join member m on m.org_id = o.org_id and m.id = o.manager_id and m.active and m.deleted_at is null
       where o.org_id = t.org_id and o.id = t.assignee_office_id) as manager,
     case t.assignee_kind when 'team' then (select g.name from team g where g.org_id = t.org_id and g.id = t.assignee_id)
       else (select coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) from member m where m.org_id = t.org_id and m.id = t.assignee_id)
     end as assignee,
     (select coalesce(nullif(trim(concat(c.first_name, ' ', c.last_name)), ''), c.company_name, c.email) from contact c
       where c.org_id = t.org_id and c.id = t.contact_id) as lead, g.time_zone
   from task t join organisation g on g.id = t.org_id where t.org_id = $1 and t.id = $2`,
);

/** What has come of a task, where that is something to tell. */
function newsOf(before: Task | null, after: Task): string | undefined {
  if (!before) return after.completed_at === null ? 'New task' : 'Task done';
  if (before.completed_at === null && after.completed_at !== null) return 'Task done';
  return before.assignee_id === after.assignee_id ? undefined : 'Task handed over';
}

/**
 * Tells whoever made a task, and the manager of the office that it is worked in, where the task says so: when it is made, given to
 * somebody else, or done (contracts/propertybase.md §3.12).
 */
export async function mailTask(
  { tx, what }: Pick<WriteContext<Columns>, 'tx' | 'what'>,
  before: Task | null,
  after: Task,
): Promise<void> {
  const { notify_creator, notify_office_manager } = after.extras.propertybase ?? {};
  const news = notify_creator === true || notify_office_manager === true ? newsOf(before, after) : undefined;
  if (news === undefined) return;
  const [found] = await tx.rows(people, [what.actor.orgId, after.id]);
  if (!found) return;
  const told = [notify_creator === true ? found.creator : null, notify_office_manager === true ? found.manager : null];
  const lines = [
    after.name,
    found.assignee && `Assigned to ${found.assignee}`,
    found.lead && `For ${found.lead}`,
    after.due_at && `Due ${spokenTime(after.due_at, found.time_zone)}`,
  ];
  for (const to of new Set(told.flatMap((address) => address ?? [])))
    await queueMail(tx, what, {
      kind: 'task',
      to,
      subject: `${news}: ${after.name ?? ''}`,
      body: lines.filter((line) => line).join('\n'),
    });
}
