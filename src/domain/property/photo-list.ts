import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { PublicFile } from '../public-file.ts';
import type { RecordsIn } from '../records/index.ts';
import { PICTURE_KINDS } from './media.ts';
import { reorderMedia } from './media-order.ts';

/** One photograph of a list that replaces all of a property: one that is there, by its key, or a new one. */
export type ListedPhoto = { readonly caption: string | null } & ({ readonly key: string } | { readonly file: PublicFile });

const standing = statement<{ id: number; public_key: string; caption: string | null }>(
  'photo_list.standing',
  `select id, public_key, caption from media where org_id = $1 and property_id = $2 and kind = 'photograph' and archived_at is null
     and deleted_at is null and public_key is not null order by position, id`,
);

export type PhotoPlace = {
  readonly tx: Tx;
  readonly what: Happening;
  readonly property: { readonly id: number; readonly code: string };
  readonly media: RecordsIn;
};

/** The photographs are these, in this order; a kept picture keeps its row (domain-property §3.4). Plans and maps stay behind them. */
export async function replacePhotos({ tx, what, property, media }: PhotoPlace, wanted: readonly ListedPhoto[]): Promise<void> {
  const { orgId } = what.actor;
  const known = new Map((await tx.rows(standing, [orgId, property.id])).map((row) => [row.public_key, row]));
  const kept = new Set(wanted.flatMap((one) => ('key' in one ? [one.key] : [])));
  for (const { id, public_key } of known.values()) if (!kept.has(public_key)) await media.remove(id);
  const order: number[] = [];
  for (const { caption, ...photo } of wanted) {
    if ('file' in photo) {
      const values = { property_id: property.code, kind: 'photograph', caption, file: photo.file.given };
      order.push((await media.create(values)).id);
      continue;
    }
    const row = known.get(photo.key);
    if (!row) continue;
    if (row.caption !== caption) await media.update(row.id, { caption });
    order.push(row.id);
  }
  await reorderMedia(tx, what, property.id, PICTURE_KINDS, order);
}
