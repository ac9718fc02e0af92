import type { Selectable } from 'kysely';
import { type Querier, statement, type Tables } from '../../db/index.ts';

/** `broker`: a tour for the trade. */
export type OpenHouseAudience = 'public' | 'broker';
export type OpenHouse = Omit<Selectable<Tables['open_house']>, 'audience'> & {
  readonly audience: OpenHouseAudience;
  /** the organisation's, in which people read its times */
  readonly time_zone: string;
};

const COLUMNS = 'o.*, g.time_zone';
const FROM = 'open_house o join organisation g on g.id = o.org_id';

const ofListings = statement<OpenHouse>(
  'open_house.of_listings',
  `select ${COLUMNS} from ${FROM}
   where o.org_id = $1 and o.property_id = any ($2::bigint[]) and o.audience = $3 and o.ends_at > $4 and o.deleted_at is null
   order by o.property_id, o.starts_at, o.id`,
);

/** Those of several listings that are not over, in one statement. */
export async function listOpenHouses(
  q: Querier,
  orgId: number,
  propertyIds: readonly number[],
  audience: OpenHouseAudience,
  now: Date,
): Promise<OpenHouse[]> {
  return q.rows(ofListings, [orgId, propertyIds, audience, now]);
}

const byKey = statement<OpenHouse>(
  'open_house.by_key',
  `select ${COLUMNS} from ${FROM}
   where o.org_id = $1 and o.property_id = $2 and o.reso_key = $3 and o.audience = $4 and o.deleted_at is null`,
);

export async function findOpenHouse(
  q: Querier,
  orgId: number,
  propertyId: number,
  key: string,
  audience: OpenHouseAudience,
): Promise<OpenHouse | undefined> {
  return (await q.rows(byKey, [orgId, propertyId, key, audience]))[0];
}

const byId = statement<OpenHouse>(
  'open_house.by_id',
  `select ${COLUMNS} from ${FROM} where o.org_id = $1 and o.property_id = $2 and o.id = $3 and o.deleted_at is null`,
);

/** Call it under the listing's lock. */
export async function readOpenHouse(q: Querier, orgId: number, propertyId: number, id: number): Promise<OpenHouse | undefined> {
  return (await q.rows(byId, [orgId, propertyId, id]))[0];
}

const touch = statement<{ id: number }>(
  'property.touch_open_houses',
  'update property set open_house_changed_at = $3 where org_id = $1 and id = $2 and deleted_at is null returning id',
);

/** Locks the listing and says that its open houses changed; false when there is no such listing. */
export async function touchOpenHouses(q: Querier, orgId: number, propertyId: number, at: Date): Promise<boolean> {
  return (await q.rows(touch, [orgId, propertyId, at])).length > 0;
}

const insert = statement<{ id: number }>(
  'open_house.insert',
  `insert into open_house (org_id, id, reso_key, property_id, starts_at, ends_at, comments, audience, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('open_house_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
);

export type NewOpenHouseRow = Pick<
  OpenHouse,
  | 'reso_key'
  | 'property_id'
  | 'starts_at'
  | 'ends_at'
  | 'comments'
  | 'audience'
  | 'created_at'
  | 'updated_at'
  | 'created_by'
  | 'created_door'
> & { readonly id?: number };

export async function insertOpenHouse(q: Querier, orgId: number, row: NewOpenHouseRow): Promise<number> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.reso_key,
    row.property_id,
    row.starts_at,
    row.ends_at,
    row.comments,
    row.audience,
    row.created_at,
    row.updated_at,
    row.created_by,
    row.created_door,
  ]);
  return (made as { id: number }).id;
}

const save = statement<never>(
  'open_house.save',
  `update open_house set starts_at = $3, ends_at = $4, comments = $5, audience = $6, updated_at = $7, version = version + 1
   where org_id = $1 and id = $2`,
);

export async function saveOpenHouse(q: Querier, house: OpenHouse, at: Date): Promise<void> {
  const { org_id, id, starts_at, ends_at, comments, audience } = house;
  await q.rows(save, [org_id, id, starts_at, ends_at, comments, audience, at]);
}

const remove = statement<never>(
  'open_house.delete',
  'update open_house set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function deleteOpenHouse(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}
