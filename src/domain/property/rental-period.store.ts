import { type Querier, statement } from '../../db/index.ts';

/** A row of `property_part` of kind rentalPeriod: from which day to which, and what the place is then. */
export type RentalPeriod = {
  readonly org_id: number;
  readonly id: number;
  readonly reso_key: string;
  readonly property_id: number;
  /** Available, Rented, Reserved …: the firm's own words */
  readonly status: string;
  readonly starts_on: string;
  readonly ends_on: string;
};

const COLUMNS = 'org_id, id, reso_key, property_id, status, starts_on, ends_on';
const LIVE = `kind = 'rentalPeriod' and deleted_at is null`;

const ofListings = statement<RentalPeriod>(
  'rental_period.of_listings',
  `select ${COLUMNS} from property_part where org_id = $1 and property_id = any ($2::bigint[]) and ${LIVE}
   order by property_id, starts_on, id`,
);

/** The periods of several listings in one statement. */
export async function listPeriods(q: Querier, orgId: number, propertyIds: readonly number[]): Promise<RentalPeriod[]> {
  return q.rows(ofListings, [orgId, propertyIds]);
}

const insert = statement<RentalPeriod>(
  'rental_period.insert',
  `insert into property_part (org_id, id, reso_key, property_id, kind, status, starts_on, ends_on, created_at, updated_at, created_by, created_door)
   select $1, coalesce($2::bigint, nextval('property_part_id_seq')), $3, p.id, 'rentalPeriod', $5, $6, $7, $8, $8, $9, $10
   from property p where p.org_id = $1 and p.id = $4 and p.deleted_at is null
   returning ${COLUMNS}`,
);

export type NewPeriodRow = Omit<RentalPeriod, 'org_id' | 'id'> & {
  readonly id?: number;
  readonly created_at: Date;
  readonly created_by: number | null;
  readonly created_door: string;
};

/** Undefined when there is no such listing. */
export async function insertPeriod(q: Querier, orgId: number, row: NewPeriodRow): Promise<RentalPeriod | undefined> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.reso_key,
    row.property_id,
    row.status,
    row.starts_on,
    row.ends_on,
    row.created_at,
    row.created_by,
    row.created_door,
  ]);
  return made;
}

const remove = statement<RentalPeriod>(
  'rental_period.delete',
  `update property_part set deleted_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and property_id = $2 and id = $3 and ${LIVE} returning ${COLUMNS}`,
);

export async function deletePeriod(q: Querier, orgId: number, propertyId: number, id: number, at: Date) {
  return (await q.rows(remove, [orgId, propertyId, id, at]))[0];
}
