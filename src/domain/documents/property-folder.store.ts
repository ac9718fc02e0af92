import { type Querier, statement } from '../../db/index.ts';
import type { Folder } from './types.ts';

/** What a property's folder holds (domain-property §6.1): `d` the document, `f` the folder. */
export const IN_PROPERTY_FOLDER = `d.folder_id is null and d.subject_type = 'property' and d.subject_id = f.property_id and d.audience <> 'private'`;

const make = statement<Folder>(
  'folder.make_of_property',
  `insert into folder (org_id, deal_id, name, property_id, created_at, updated_at, created_by, created_door)
   select g.org_id, g.id, $3, g.property_id, $4, $4, $5, $6 from deal g
   where g.org_id = $1 and g.property_id = $2 and g.deleted_at is null and g.merged_into_id is null
     and exists (select from document d, (select $2::bigint as property_id) f
                 where d.org_id = $1 and d.deleted_at is null and d.created_door = 'reapit' and ${IN_PROPERTY_FOLDER})
   on conflict (org_id, property_id, deal_id) where deleted_at is null and property_id is not null do nothing returning *`,
);

/**
 * A folder for each deal of the property that lacks one, once a document was posted to be in it. What a listing is marketed with does not
 * make one: a loop made of a listing has the folders of its template and no more.
 */
export async function makePropertyFolders(
  q: Querier,
  orgId: number,
  propertyId: number,
  row: { name: string; at: Date; by: number | null; door: string },
): Promise<Folder[]> {
  return q.rows(make, [orgId, propertyId, row.name, row.at, row.by, row.door]);
}

const touch = statement<{ deal_id: number }>(
  'folder.touch_of_property',
  `update folder set updated_at = $3, version = version + 1 where org_id = $1 and property_id = $2 and deleted_at is null returning deal_id`,
);

/** Answers the deals whose folders changed. */
export async function touchPropertyFolders(q: Querier, orgId: number, propertyId: number, at: Date): Promise<number[]> {
  return (await q.rows(touch, [orgId, propertyId, at])).map(({ deal_id }) => deal_id);
}

const drop = statement<Folder>(
  'folder.drop_of_other_properties',
  `update folder set deleted_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and deal_id = $2 and property_id is not null and property_id is distinct from $3::bigint and deleted_at is null
   returning *`,
);

/** Folders of properties that the deal is not linked to any more. */
export async function dropOtherFolders(
  q: Querier,
  orgId: number,
  dealId: number,
  propertyId: number | null,
  at: Date,
): Promise<Folder[]> {
  return q.rows(drop, [orgId, dealId, propertyId, at]);
}

const resubject = statement<{ id: number; name: string; was: number | null; deal_id: number }>(
  'document.resubject',
  `update document d set subject_type = case when p.id is not null then 'property' end, subject_id = p.id, subject_code = p.code,
     updated_at = $4, version = d.version + 1
   from document old join folder f on f.org_id = old.org_id and f.id = old.folder_id and f.deleted_at is null and f.property_id is null
     left join property p on p.org_id = $1 and p.id = $3::bigint
   where d.org_id = $1 and old.org_id = $1 and d.id = old.id and f.deal_id = $2 and d.deleted_at is null
     and (d.subject_type is null or d.subject_type = 'property') and d.subject_id is distinct from p.id
   returning d.id, d.name, old.subject_id as was, f.deal_id`,
);

/** The deal's own documents are about the property that it is linked to. Answers those that were about something else. */
export async function resubjectDocuments(q: Querier, orgId: number, dealId: number, propertyId: number | null, at: Date) {
  return q.rows(resubject, [orgId, dealId, propertyId, at]);
}
