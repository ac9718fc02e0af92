import { build, type Querier, statement, type Tx } from '../../db/index.ts';
import { difference, emit, type Happening } from '../../events/index.ts';
import type { Given } from '../given.ts';
import { linkWaiting } from './arrival.ts';
import { type PropertyValues, SHIPPED_NAMES, type StatusName, whatFollows } from './follow.ts';
import type { Property } from './types.ts';
import { addVendor } from './vendor.store.ts';

/** Columns that hold JSON: they go in as text. */
const JSON_COLUMNS: ReadonlySet<string> = new Set(['rooms', 'agents', 'extras']);
const toStored = (values: PropertyValues): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => [column, JSON_COLUMNS.has(column) && typeof value !== 'string' ? JSON.stringify(value) : value]),
  );

const statusNames = statement<StatusName>(
  'property.status_names',
  `select name, replace(reso_name, ' ', '') as standard from lookup
   where org_id = $1 and list = 'mls_status' and reso_name is not null and deleted_at is null order by position, id`,
);

async function namesOf(q: Querier, orgId: number, values: PropertyValues): Promise<readonly StatusName[]> {
  const asked = ['sale_status', 'let_status', 'standard_status', 'mls_status', 'marketing_mode'].some((one) => one in values);
  const own = asked ? await q.rows(statusNames, [orgId]) : [];
  return own.length === 0 ? SHIPPED_NAMES : own;
}

const codes = statement<{ list_member_code: string | null; list_office_code: string | null }>(
  'property.sorting_codes',
  `select (select code from member where org_id = $1 and id = $2) as list_member_code,
          (select code from office where org_id = $1 and id = $3) as list_office_code`,
);

/** Codes that lists are sorted by, beside the ids that are written. */
async function codesOf(q: Querier, orgId: number, values: PropertyValues): Promise<PropertyValues> {
  const { list_member_id: member, list_office_id: office } = values;
  if (member === undefined && office === undefined) return {};
  const [found] = await q.rows(codes, [orgId, member ?? null, office ?? null]);
  return {
    ...(member === undefined ? {} : { list_member_code: found?.list_member_code ?? null }),
    ...(office === undefined ? {} : { list_office_code: found?.list_office_code ?? null }),
  };
}

const defaults = statement<{ mls_id: number | null; currency: string; department_id: number | null }>(
  'property.defaults',
  `select g.own_mls_id as mls_id, g.base_currency as currency,
          (select d.id from department d where d.org_id = g.id and d.deleted_at is null order by d.id limit 1) as department_id
   from organisation g where g.id = $1`,
);

export type NewPropertyRow = Pick<Given, 'id' | 'updatedAt'> & {
  readonly code: string;
  readonly resoKey: string;
  readonly createdAt: Date;
};

const hasVendor = ({ marketing_mode, is_external }: Property) => marketing_mode !== 'letting' && is_external !== true;

/** Makes a property, what follows from it, its vendor, and the events. The one way in, through whichever door. */
export async function insertProperty(tx: Tx, what: Happening, values: PropertyValues, row: NewPropertyRow): Promise<Property> {
  const { actor } = what;
  const [standing] = await tx.rows(defaults, [actor.orgId]);
  const mls_id = values.mls_id ?? standing?.mls_id;
  if (!standing || !mls_id) throw new Error(`Organisation ${actor.orgId} has no MLS of its own`);
  const known = whatFollows(null, values, await namesOf(tx, actor.orgId, values), row.createdAt);
  const stored = {
    currency: standing.currency,
    department_id: standing.department_id,
    listing_number: row.code,
    ...toStored({ ...known, ...(await codesOf(tx, actor.orgId, known)) }),
    ...(row.id === undefined ? {} : { id: row.id }),
    mls_id,
    org_id: actor.orgId,
    code: row.code,
    reso_key: row.resoKey,
    created_at: row.createdAt,
    updated_at: row.updatedAt ?? row.createdAt,
    created_by: actor.kind === 'user' ? actor.id : null,
    created_door: actor.door,
  };
  const [made] = await tx.run(build.insertInto('property').values(stored).returningAll().compile());
  if (!made) throw new Error('The property was not made');
  await emit(tx, what, { ...lineOf(made), verb: 'created', changed: made });
  if (hasVendor(made)) await addVendor(tx, what, made);
  await linkWaiting(tx, what, made);
  return made;
}

const lineOf = (row: Property) => ({ noun: 'property', row_id: row.id, row_name: row.first_line, property_id: row.id }) as const;

const lock = statement<Property>(
  'property.lock_by_id',
  'select * from property where org_id = $1 and id = $2 and deleted_at is null for update',
);
export async function lockProperty(q: Querier, orgId: number, id: number): Promise<Property> {
  const [row] = await q.rows(lock, [orgId, id]);
  if (!row) throw new Error(`Property ${id} went away while it was written`);
  return row;
}

/**
 * Writes a property that the transaction holds, what follows from it, and the event: the one way, through whichever door. The version
 * moves in any case; a door whose writes of nothing are none asks `difference` before.
 */
export async function updateProperty(tx: Tx, what: Happening, before: Property, values: PropertyValues): Promise<Property> {
  const { orgId } = what.actor;
  const known = whatFollows(before, values, await namesOf(tx, orgId, values), what.at);
  const changed = difference(before, { ...known, ...(await codesOf(tx, orgId, known)) } as Partial<Property>) ?? {};
  const next = Object.fromEntries(Object.entries(changed).map(([column, [, value]]) => [column, value])) as PropertyValues;
  const [after] = await tx.run(
    build
      .updateTable('property')
      .set({ ...toStored(next), updated_at: what.at, version: before.version + 1 })
      .where('org_id', '=', orgId)
      .where('id', '=', before.id)
      .returningAll()
      .compile(),
  );
  if (!after) throw new Error(`Property ${before.id} went away while it was written`);
  await emit(tx, what, { ...lineOf(after), verb: 'updated', changed });
  if (hasVendor(after) && !hasVendor(before)) await addVendor(tx, what, after);
  if ('listing_number' in changed || 'mls_id' in changed) await linkWaiting(tx, what, after);
  return after;
}
