import { type Querier, statement } from '../../db/index.ts';
import type { Medium, MediumKind } from './media.ts';

const LIVE = 'm.deleted_at is null and m.archived_at is null';

const ofListings = statement<Medium>(
  'media.of_listings',
  `select m.* from media m
   where m.org_id = $1 and m.property_id = any ($2::bigint[]) and m.kind = any ($3::text[]) and ${LIVE}
   order by m.property_id, m.kind, m.position, m.id`,
);

/** The media of several listings in one statement, each listing's in their order. */
export async function listMedia(
  q: Querier,
  orgId: number,
  propertyIds: readonly number[],
  kinds: readonly MediumKind[],
): Promise<Medium[]> {
  return q.rows(ofListings, [orgId, propertyIds, kinds]);
}

const firstOfListings = statement<Medium>(
  'media.first_of_listings',
  `select m.* from unnest($2::bigint[]) as wanted (property_id)
   cross join lateral (
     select m.* from media m
     where m.org_id = $1 and m.property_id = wanted.property_id and m.kind = $3 and ${LIVE}
     order by m.position, m.id limit 1) m`,
);

/** The first of a kind of each listing: one row a listing is read, however many pictures it has. */
export async function listFirstMedia(
  q: Querier,
  orgId: number,
  propertyIds: readonly number[],
  kind: MediumKind,
): Promise<Medium[]> {
  return q.rows(firstOfListings, [orgId, propertyIds, kind]);
}

const byId = statement<Medium>(
  'media.by_id',
  'select m.* from media m where m.org_id = $1 and m.property_id = $2 and m.id = $3 and m.deleted_at is null',
);

/** Call it under the listing's lock. */
export async function readMedium(q: Querier, orgId: number, propertyId: number, id: number): Promise<Medium | undefined> {
  return (await q.rows(byId, [orgId, propertyId, id]))[0];
}

const touch = statement<{ code: string }>(
  'property.touch_photos',
  'update property set photos_changed_at = $3 where org_id = $1 and id = $2 and deleted_at is null returning code',
);

/** Locks the listing, so that whoever else changes its media waits, and says that they changed; answers its code. */
export async function touchPhotos(q: Querier, orgId: number, propertyId: number, at: Date): Promise<string | undefined> {
  return (await q.rows(touch, [orgId, propertyId, at]))[0]?.code;
}

const places = statement<{ number: number; position: number }>(
  'media.places',
  `select count(*)::int + 1 as number,
     coalesce(max(position) filter (where kind = any ($3::text[]) and deleted_at is null), 0) + 1 as position
   from media where org_id = $1 and property_id = $2`,
);

/** The next number of a code (tombstones count) and the next place in the order. */
export async function nextPlaces(q: Querier, orgId: number, propertyId: number, kinds: readonly MediumKind[]) {
  return (await q.rows(places, [orgId, propertyId, kinds]))[0] as { number: number; position: number };
}

const insert = statement<Medium>(
  'media.insert',
  `insert into media (org_id, id, code, reso_key, property_id, kind, position, caption, file_name, blob_id, public_key, link, branded,
                      created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('media_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
   returning *`,
);

export type NewMediumRow = Pick<
  Medium,
  | 'code'
  | 'reso_key'
  | 'property_id'
  | 'kind'
  | 'position'
  | 'caption'
  | 'file_name'
  | 'blob_id'
  | 'public_key'
  | 'link'
  | 'branded'
  | 'created_at'
  | 'updated_at'
  | 'created_by'
  | 'created_door'
> & { readonly id?: number };

export async function insertMedium(q: Querier, orgId: number, row: NewMediumRow): Promise<Medium> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.code,
    row.reso_key,
    row.property_id,
    row.kind,
    row.position,
    row.caption,
    row.file_name,
    row.blob_id,
    row.public_key,
    row.link,
    row.branded,
    row.created_at,
    row.updated_at,
    row.created_by,
    row.created_door,
  ]);
  return made as Medium;
}

const save = statement<Medium>(
  'media.save',
  `update media set caption = $3, link = $4, branded = $5, archived_at = $6, updated_at = $7, version = version + 1
   where org_id = $1 and id = $2 returning *`,
);

export async function saveMedium(q: Querier, medium: Medium, at: Date): Promise<Medium> {
  const { org_id, id, caption, link, branded, archived_at } = medium;
  return (await q.rows(save, [org_id, id, caption, link, branded, archived_at, at]))[0] as Medium;
}

const remove = statement<never>(
  'media.delete',
  'update media set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function deleteMedium(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}

const order = statement<{ id: number; was: number; position: number }>(
  'media.order',
  `update media m set position = wanted.position, updated_at = $4, version = m.version + 1
   from (select old.id, old.position as was,
           row_number() over (order by array_position($5::bigint[], old.id), old.position, old.id)::int as position
         from media old
         where old.org_id = $1 and old.property_id = $2 and old.kind = any ($3::text[]) and old.deleted_at is null) wanted
   where m.org_id = $1 and m.id = wanted.id and m.position <> wanted.position
   returning m.id, wanted.was, m.position`,
);

/** Places 1 to n: those that are named first, in the order of their names, then the others as they stood. Answers what moved. */
export async function orderMedia(
  q: Querier,
  orgId: number,
  propertyId: number,
  kinds: readonly MediumKind[],
  first: readonly number[],
  at: Date,
): Promise<{ id: number; was: number; position: number }[]> {
  return q.rows(order, [orgId, propertyId, kinds, at, first]);
}
