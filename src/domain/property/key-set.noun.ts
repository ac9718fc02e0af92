import { statement } from '../../db/index.ts';
import { holdKey } from '../guard.ts';
import { noun, option, ref, text } from '../records/index.ts';

const inUse = statement<{ id: number }>(
  'key_set.number_in_use',
  `select id from key_set where org_id = $1 and office_id = $2 and lower(number) = lower($3) and status <> 'noLongerHeld'
     and deleted_at is null limit 1`,
);

/** Keys of a property on one ring. Where they are is what their movements say. */
export const keySetNoun = noun({
  name: 'key_set',
  columns: {
    property_id: ref('property', { required: true }),
    office_id: ref('office'),
    number: text(),
    type_code: option('keyTypes'),
    status: text({ readOnly: true, required: true }),
  },
  code: { width: 10, office: ['office_id', 'property_id'] },
  label: ({ number, code }) => number ?? code,
  parent: 'property_id',
  offices: 'property_id',
  /** A number hangs on one board only once: it is the office's own, as long as the keys are there. */
  async check({ tx, what, before, after, idOf }) {
    const office = idOf('office_id');
    if (before || office === null || after.number === null) return [];
    await holdKey(tx, what.actor.orgId, 'key-number', `${office} ${after.number.toLowerCase()}`);
    const [other] = await tx.rows(inUse, [what.actor.orgId, office, after.number]);
    return other
      ? [{ in: 'body', at: 'number', reason: 'value', message: 'Another set of keys of this office has this number' }]
      : [];
  },
});
