import { statement } from '../../db/index.ts';
import { queueMail, spokenTime } from '../mail/index.ts';
import type { Columns, RowOf, WriteContext } from '../records/index.ts';

type Entry = Pick<RowOf<Columns>, 'id' | 'extras'> & {
  readonly kind: string | null;
  readonly name: string | null;
  readonly status: string | null;
  readonly starts_at: Date | null;
  readonly all_day: boolean | null;
  readonly contact_id: string | null;
};
type Lead = { readonly id: number; readonly email: string | null; readonly time_zone: string; readonly type_name: string | null };

const leadOf = statement<Lead>(
  'appointment.lead',
  `select c.id, c.email, g.time_zone, (select k.name from lookup k where k.org_id = a.org_id and k.list = 'appointmentTypes'
     and k.code = a.type_code and k.deleted_at is null limit 1) as type_name
   from appointment a join organisation g on g.id = a.org_id
   join contact c on c.org_id = a.org_id and c.id = a.contact_id where a.org_id = $1 and a.id = $2`,
);

const placeOf = ({ extras }: Entry): unknown => extras.propertybase?.location ?? null;
const wants = (entry: Entry | null) => entry?.extras.propertybase?.notify_lead === true;
const isOff = ({ status }: Entry) => status === 'cancelled' || status === 'declined';

function newsOf(before: Entry | null, after: Entry): string | undefined {
  if (!before || !wants(before) || before.contact_id !== after.contact_id) return isOff(after) ? undefined : 'In our diary';
  if (isOff(after)) return isOff(before) ? undefined : 'Cancelled';
  const moved = before.starts_at?.getTime() !== after.starts_at?.getTime() || placeOf(before) !== placeOf(after);
  return moved || isOff(before) ? 'Changed' : undefined;
}

/** Tells the lead of an event that says so, when it is made, moved or called off (contracts/propertybase.md §3.13). */
export async function mailAppointment(
  { tx, what }: Pick<WriteContext<Columns>, 'tx' | 'what'>,
  before: Entry | null,
  after: Entry,
): Promise<void> {
  const news = wants(after) && after.kind === 'event' && after.contact_id !== null ? newsOf(before, after) : undefined;
  if (news === undefined || after.starts_at === null) return;
  const [lead] = await tx.rows(leadOf, [what.actor.orgId, after.id]);
  if (!lead?.email) return;
  const name = after.name ?? lead.type_name ?? 'Appointment';
  const when = spokenTime(after.starts_at, lead.time_zone, after.all_day === true);
  const place = placeOf(after);
  await queueMail(tx, what, {
    kind: 'event',
    to: lead.email,
    subject: `${news}: ${name}`,
    body: [name, when, typeof place === 'string' ? place : ''].filter((line) => line).join('\n'),
    contactId: lead.id,
  });
}
