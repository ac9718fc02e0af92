import { type Querier, statement } from '../../db/index.ts';

export type LookupRow = {
  readonly id: number;
  readonly list: string;
  readonly code: string;
  readonly name: string;
  readonly position: number;
  readonly active: boolean;
  readonly reso_name: string | null;
  readonly extras: { readonly applies_to?: readonly string[]; readonly [name: string]: unknown };
};

const COLUMNS = 'id, list, code, name, position, active, reso_name, extras';

const ofLists = statement<LookupRow>(
  'lookup.of_lists',
  `select ${COLUMNS} from lookup where org_id = $1 and list = any ($2::text[]) and deleted_at is null order by list, position, name, id`,
);

/** The rows of several lists in one statement, in their order; inactive ones too. */
export async function listLookups(q: Querier, orgId: number, lists: readonly string[]): Promise<LookupRow[]> {
  return q.rows(ofLists, [orgId, lists]);
}

const lock = statement<LookupRow>(
  'lookup.lock',
  `select ${COLUMNS} from lookup where org_id = $1 and list = $2 and code = $3 and deleted_at is null for update`,
);

export async function lockLookup(q: Querier, orgId: number, list: string, code: string): Promise<LookupRow | undefined> {
  return (await q.rows(lock, [orgId, list, code]))[0];
}

const insert = statement<LookupRow>(
  'lookup.insert',
  `insert into lookup (org_id, id, list, code, name, position, reso_name, extras, created_at, updated_at)
   select $1, coalesce(o.id, nextval('lookup_id_seq')), $2, o.code, o.name,
          (select coalesce(max(position), 0) from lookup where org_id = $1 and list = $2 and deleted_at is null) + o.place,
          o.reso_name, o.extras, $3, $3
   from jsonb_to_recordset($4::jsonb) as o(id bigint, place int, code text, name text, reso_name text, extras jsonb)
   on conflict (org_id, list, code) where deleted_at is null do nothing
   returning ${COLUMNS}`,
);

export type NewLookup = {
  readonly id?: number;
  readonly code: string;
  readonly name: string;
  readonly reso_name: string | null;
  readonly extras: LookupRow['extras'];
};

/** Options go behind those that are there; one whose code is there already is left as it is. Answers those that were made. */
export async function insertLookups(
  q: Querier,
  orgId: number,
  list: string,
  rows: readonly NewLookup[],
  at: Date,
): Promise<LookupRow[]> {
  return q.rows(insert, [orgId, list, at, JSON.stringify(rows.map((row, i) => ({ ...row, place: i + 1 })))]);
}

const save = statement<never>(
  'lookup.save',
  `update lookup set name = $3, position = $4, active = $5, reso_name = $6, extras = $7, updated_at = $8, version = version + 1
   where org_id = $1 and id = $2`,
);

export async function saveLookup(q: Querier, orgId: number, row: LookupRow, at: Date): Promise<void> {
  await q.rows(save, [orgId, row.id, row.name, row.position, row.active, row.reso_name, JSON.stringify(row.extras), at]);
}
