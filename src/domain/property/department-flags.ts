import { statement } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import type { PropertyContext } from './property.noun.ts';

/** What a department may switch off, and the column of the department that says so (contracts/reapit.md §4.3). */
const FLAGS = {
  bedrooms: 'has_bedrooms',
  receptions: 'has_reception_rooms',
  bathrooms_total: 'has_bathrooms',
  parking_spaces: 'has_parking_spaces',
  floor_level: 'has_floor_level',
  internal_floors: 'has_internal_floors',
  total_floors: 'has_total_floors',
} as const;
type Gated = keyof typeof FLAGS;
const GATED = Object.keys(FLAGS) as Gated[];

const flags = statement<Record<(typeof FLAGS)[Gated], boolean>>(
  'department.flags',
  `select ${Object.values(FLAGS).join(', ')} from department where org_id = $1 and id = $2`,
);

/** Nought and nothing pass: only a value that says something is refused. */
const says = (value: unknown) => value !== null && value !== undefined && value !== 0;

/** No door refuses a write for what another demands (domain-people §3.1): departments are known at one door, and gate what it writes. */
export async function departmentBreaches({ tx, what, before, after, idOf }: PropertyContext): Promise<Breach[]> {
  const written = GATED.filter((column) => says(after[column]) && after[column] !== before?.[column]);
  const department = idOf('department_id');
  if (what.actor.door !== 'reapit' || written.length === 0 || department === null) return [];
  const [has] = await tx.rows(flags, [what.actor.orgId, department]);
  return written
    .filter((column) => has?.[FLAGS[column]] === false)
    .map((at) => ({ in: 'body', at, reason: 'value', message: 'Properties of this department do not have this member' }));
}
