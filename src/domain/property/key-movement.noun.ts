import { statement } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { anyRef, boolean, instant, noun, ref, text } from '../records/index.ts';

type KeyStatus = 'checkedIn' | 'checkedOut' | 'noLongerHeld';

const lock = statement<{ status: KeyStatus }>(
  'key_set.lock',
  'select status from key_set where org_id = $1 and id = $2 and deleted_at is null for update',
);
const breach = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'value', message });

/** Keys go out to somebody and come back, or do not (domain-property §3.5; contracts/reapit.md §5.2). */
export const keyMovementNoun = noun({
  name: 'key_movement',
  columns: {
    key_set_id: ref('key_set', { required: true }),
    out_kind: text(),
    out_id: anyRef('out_kind', { contact: 'contact', negotiator: 'member' }),
    out_at: instant({ required: true }),
    out_member_id: ref('member'),
    in_at: instant(),
    in_member_id: ref('member'),
    check_in_required: boolean({ required: true }),
  },
  code: { width: 10, office: ['key_set_id'] },
  label: ({ code }) => code,
  parent: 'key_set_id',
  offices: 'key_set_id',
  reads: {
    property_code: `(select p.code from key_set k join property p on p.org_id = k.org_id and p.id = k.property_id
      where k.org_id = t.org_id and k.id = t.key_set_id)`,
  },
  derive: ({ check_in_required }) => (check_in_required === null ? { check_in_required: true } : {}),
  settle: async ({ what, before }) => (before ? { in_at: what.at } : { out_at: what.at }),
  async check({ tx, what, before, after, idOf }) {
    const [set] = await tx.rows(lock, [what.actor.orgId, idOf('key_set_id')]);
    if (!before) return set?.status === 'checkedIn' ? [] : [breach('key_set_id', 'These keys are not there to be given out')];
    if (before.in_at !== null) return [breach('in_member_id', 'These keys were checked in already')];
    return after.check_in_required ? [] : [breach('in_member_id', 'These keys are not expected back')];
  },
  async after({ before, after, idOf, other }) {
    const id = idOf('key_set_id');
    if (id === null) return;
    const status: KeyStatus = before ? 'checkedIn' : after.check_in_required ? 'checkedOut' : 'noLongerHeld';
    await other('key_set').update(id, { status });
  },
});
