import { type Querier, statement } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import type { Property } from './types.ts';

type VendorRow = { readonly id: number; readonly code: string };

const insert = statement<VendorRow>(
  'vendor.insert',
  `insert into vendor (org_id, id, code, property_id, created_at, updated_at, created_by, created_door)
   values ($1, $2, $3, $2, $4, $4, $5, $6)
   on conflict (org_id, property_id) do nothing returning *`,
);

/** Who sells: made with the first selling side of a property, under its code, and kept when that side goes (domain-property §3.5). */
export async function addVendor(q: Querier, what: Happening, property: Property): Promise<void> {
  const { actor } = what;
  const [made] = await q.rows(insert, [
    actor.orgId,
    property.id,
    property.code,
    property.version === 1 ? property.created_at : what.at,
    actor.kind === 'user' ? actor.id : null,
    actor.door,
  ]);
  if (!made) return;
  await emit(q, what, {
    noun: 'vendor',
    row_id: made.id,
    row_name: property.first_line,
    verb: 'created',
    changed: made,
    property_id: property.id,
  });
}
