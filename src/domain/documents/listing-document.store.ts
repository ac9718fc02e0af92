import { type Querier, statement } from '../../db/index.ts';
import type { Document } from './types.ts';

export type Audience = 'private' | 'office' | 'public';

const FROM = `select d.*, b.sha256, b.size, b.sniffed_type
  from document d
  join document_version v on v.org_id = d.org_id and v.document_id = d.id and v.n = d.version_no
  join blob b on b.org_id = v.org_id and b.id = v.blob_id`;
const LIVE = `d.subject_type = 'property' and d.archived_at is null and d.deleted_at is null`;

const ofListings = statement<Document>(
  'document.of_listings',
  `${FROM} where d.org_id = $1 and d.subject_id = any ($2::bigint[]) and d.audience = any ($3::text[]) and ${LIVE}
   order by d.subject_id, d.id`,
);

/** The documents of several listings in one statement. */
export async function listOfListings(
  q: Querier,
  orgId: number,
  propertyIds: readonly number[],
  audiences: readonly Audience[],
): Promise<Document[]> {
  return q.rows(ofListings, [orgId, propertyIds, audiences]);
}

const counts = statement<{ property_id: number; n: number }>(
  'document.count_of_listings',
  `select d.subject_id as property_id, count(*)::int as n from document d
   where d.org_id = $1 and d.subject_id = any ($2::bigint[]) and d.audience = any ($3::text[]) and ${LIVE}
   group by d.subject_id`,
);

export async function countOfListings(
  q: Querier,
  orgId: number,
  propertyIds: readonly number[],
  audiences: readonly Audience[],
): Promise<{ property_id: number; n: number }[]> {
  return q.rows(counts, [orgId, propertyIds, audiences]);
}

const linked = statement<Document>(
  'document.linked',
  `${FROM} join property p on p.org_id = d.org_id and p.id = d.subject_id and p.deleted_at is null
   where d.org_id = $1 and d.id = $2 and d.audience <> 'private' and ${LIVE}`,
);

/** A document that a link names; it may have been withdrawn since. */
export async function findLinked(q: Querier, orgId: number, id: number): Promise<Document | undefined> {
  return (await q.rows(linked, [orgId, id]))[0];
}

const insert = statement<{ id: number }>(
  'document.insert_of_listing',
  `with p as (select id, code from property where org_id = $1 and id = $6 and deleted_at is null),
   d as (
     insert into document (org_id, id, code, reso_key, name, subject_type, subject_id, subject_code, audience, added_by, created_at, updated_at, created_by, created_door)
     select $1, coalesce($2::bigint, nextval('document_id_seq')), $3, $4, $5, 'property', p.id, p.code, $7, $8, $9, $9, $10, $11 from p returning id)
   insert into document_version (org_id, document_id, n, blob_id, file_name, added_by, created_at)
   select $1, d.id, 1, $12, $13, $8, $9 from d returning document_id as id`,
);

export type NewListingDocumentRow = {
  readonly id?: number;
  readonly code: string;
  readonly reso_key: string;
  readonly name: string;
  readonly property_id: number;
  readonly audience: Audience;
  readonly added_by: number | null;
  readonly created_at: Date;
  readonly created_by: number | null;
  readonly created_door: string;
  readonly blob_id: number;
  readonly file_name: string;
};

/** Undefined when there is no such listing. */
export async function insertOfListing(q: Querier, orgId: number, row: NewListingDocumentRow): Promise<number | undefined> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.code,
    row.reso_key,
    row.name,
    row.property_id,
    row.audience,
    row.added_by,
    row.created_at,
    row.created_by,
    row.created_door,
    row.blob_id,
    row.file_name,
  ]);
  return made?.id;
}
