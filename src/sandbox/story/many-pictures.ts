import { statement } from '../../db/index.ts';
import { insertTables } from '../bulk/insert-rows.ts';
import { addPartRows, type Blobs, noListingRows } from '../bulk/listing-rows.ts';
import { sightsOf } from '../data/listing-places.ts';
import { STAFF } from '../data/staff.ts';
import type { Person, Stage } from '../stage.ts';

/** So many properties, those that a list shows first, have so many pictures each: the worked example of the bill (contracts/reapit.md §1.17). */
const PROPERTIES = 50;
const EACH = 15;

type Sparse = {
  readonly id: number;
  readonly code: string;
  readonly sub_type: string | null;
  readonly member: number | null;
  readonly at: Date;
  readonly media: number;
  readonly pictures: number;
};
const sparse = statement<Sparse>(
  'sandbox.first_properties',
  `select * from (
     select p.id, p.code, p.property_sub_type as sub_type, p.list_member_id as member,
       coalesce(p.photos_changed_at, p.created_at) as at,
       (select count(*)::int from media m where m.org_id = p.org_id and m.property_id = p.id) as media,
       (select count(*)::int from media m where m.org_id = p.org_id and m.property_id = p.id and m.kind not in ('video', 'tour')) as pictures
     from property p where org_id = $1 and deleted_at is null order by created_at, id limit ${PROPERTIES}) first
   where pictures < ${EACH} order by at, id`,
);
const touch = statement<never>(
  'sandbox.touch_photos',
  'update property set photos_changed_at = coalesce(photos_changed_at, created_at) where org_id = $1 and id = any ($2::bigint[])',
);

/** Photographs of further rooms and views, behind what a property has. */
export async function addFurtherPictures(stage: Stage, blobs: Blobs): Promise<void> {
  const rows = noListingRows();
  const properties = await stage.tx.rows(sparse, [stage.orgId]);
  for (const { id, code, sub_type, member, at, media, pictures } of properties) {
    const by: Person = STAFF.find(({ memberId }) => memberId === member) ?? (STAFF[0] as Person);
    const sights = sightsOf(sub_type ?? '');
    const further = Array.from({ length: EACH - pictures }, (_, n) => {
      const [picture, caption] = sights[(pictures + n) % sights.length] as (typeof sights)[number];
      return { kind: 'photograph', picture, caption } as const;
    });
    await addPartRows(stage, blobs, { id, code, by, at, standing: { media, pictures } }, { pictures: further }, rows);
  }
  await insertTables(stage.tx, Object.entries(rows));
  await stage.tx.rows(touch, [stage.orgId, properties.map(({ id }) => id)]);
}
