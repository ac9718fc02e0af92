import { type Querier, statement } from '../../db/index.ts';

export type PictureRow = {
  readonly org_id: number;
  readonly blob_id: number;
  readonly sha256: string;
  readonly sniffed_type: string;
  /** the width it is drawn in: no more than it has, and than its organisation gives out */
  readonly width: number;
  /** of the smaller form, when it was drawn already */
  readonly drawn_sha256: string | null;
};

const byKey = statement<PictureRow>(
  'picture.by_key',
  `select m.org_id, m.blob_id, b.sha256, b.sniffed_type, w.width, d.sha256 as drawn_sha256
   from (select m.org_id, m.blob_id from media m
           join property p on p.org_id = m.org_id and p.id = m.property_id and p.deleted_at is null
         where m.public_key = $1 and m.deleted_at is null and m.archived_at is null
         union all
         select f.org_id, f.blob_id from public_file f where f.public_key = $1) m
   join blob b on b.org_id = m.org_id and b.id = m.blob_id
   join organisation g on g.id = m.org_id
   cross join lateral (select least($2::int, b.width, (g.settings #>> '{pictures,largestWidth}')::int) as width) w
   left join rendition r on r.org_id = b.org_id and r.blob_id = b.id and r.width = w.width
   left join blob d on d.org_id = r.org_id and d.id = r.drawn_id`,
);

/** The key is all a caller has; it also says whose picture it is. */
export async function findPicture(q: Querier, publicKey: string, width: number): Promise<PictureRow | undefined> {
  return (await q.rows(byKey, [publicKey, width]))[0];
}

const insert = statement<never>(
  'rendition.insert',
  `insert into rendition (org_id, blob_id, width, drawn_id)
   select b.org_id, b.id, $3, $4 from blob b where b.org_id = $1 and b.id = $2
   on conflict (org_id, blob_id, width) do update set drawn_id = excluded.drawn_id`,
);

export async function saveRendition(q: Querier, of: PictureRow, drawnId: number): Promise<void> {
  await q.rows(insert, [of.org_id, of.blob_id, of.width, drawnId]);
}
