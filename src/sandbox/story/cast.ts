import { statement } from '../../db/index.ts';
import type { Stage } from '../stage.ts';

/** The last of each in the volume: what documents print stands apart from them. */
const CAST = {
  applicant: 'applicant',
  landlord: 'landlord',
  contact: 'contact',
  identityCheck: 'identity_check',
  referral: 'referral',
  worksOrder: 'works_order',
  tenancy: `tenancy where status = 'current'`,
  vendor: 'vendor',
  sale: `property where marketing_mode = 'selling' and is_external is not true and standard_status = 'Active'`,
  home: `property where marketing_mode = 'letting' and landlord_id is not null`,
  solicitor: `company where 'SOL' = any (type_ids)`,
  supplier: `company where 'SUP' = any (type_ids)`,
} as const;
export type Part = keyof typeof CAST;
export type Found = { readonly part: Part; readonly id: number; readonly code: string };

const lastOf = (part: string, from: string) => {
  const [table, condition = 'true'] = from.split(' where ');
  return `(select '${part}' as part, id, code from ${table} where org_id = $1 and id > 10000000 and deleted_at is null and ${condition}
    order by id desc limit 1)`;
};
const cast = statement<Found>(
  'sandbox.cast',
  Object.entries(CAST)
    .map(([part, from]) => lastOf(part, from))
    .join(' union all '),
);

/** One of each, by which part it plays. */
export async function castOf({ tx, orgId }: Stage): Promise<(part: Part) => Found> {
  const found = new Map((await tx.rows(cast, [orgId])).map((row) => [row.part, row]));
  return (part) => {
    const row = found.get(part);
    if (!row) throw new Error(`The story has no ${part} in its volume`);
    return row;
  };
}
