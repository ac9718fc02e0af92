import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import type { PublicFile } from '../public-file.ts';
import type { RecordsIn } from '../records/index.ts';
import { orderMedia } from './media.store.ts';
import { PICTURE_KINDS } from './media.ts';

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

/** Places in order; what moved is told. */
export async function orderPhotos(tx: Tx, what: Happening, propertyId: number, first: readonly number[]): Promise<void> {
  const moved = await orderMedia(tx, what.actor.orgId, propertyId, PICTURE_KINDS, first, what.at);
  await emit(
    tx,
    what,
    ...moved.map(({ id, was, position }) => ({
      noun: 'media',
      row_id: id,
      verb: 'updated' as const,
      changed: { position: [was, position] },
      property_id: propertyId,
    })),
  );
}

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
  await orderPhotos(tx, what, property.id, order);
}
