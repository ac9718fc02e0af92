import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening } from '../../events/index.ts';
import * as store from './media.store.ts';
import type { LinkKind, Medium } from './media.ts';
import { mediumCode, mediumName } from './media.ts';

/** A video or a tour of a property, as a door writes it with the property; no link: there is none in that place. */
export type MediaLink = { readonly link: string | null; readonly caption?: string | null };

export type LinkPlace = {
  readonly tx: Tx;
  readonly what: Happening;
  readonly property: { readonly id: number; readonly code: string };
  newKey(): string;
};

const lineOf = (medium: Medium) =>
  ({ noun: 'media', row_id: medium.id, row_name: mediumName(medium), property_id: medium.property_id }) as const;

async function addLink(
  { tx, what, property, newKey }: LinkPlace,
  kind: LinkKind,
  { link, caption = null }: MediaLink,
): Promise<void> {
  const { actor, at } = what;
  const { number, position } = await store.nextPlaces(tx, actor.orgId, property.id, [kind]);
  const made = await store.insertMedium(tx, actor.orgId, {
    property_id: property.id,
    kind,
    code: mediumCode(property.code, number),
    reso_key: newKey(),
    position,
    caption,
    link,
    branded: false,
    file_name: null,
    blob_id: null,
    public_key: null,
    created_at: at,
    updated_at: at,
    created_by: actor.kind === 'user' ? actor.id : null,
    created_door: actor.door,
  });
  await emit(tx, what, { ...lineOf(made), verb: 'created', changed: made });
}

/** The first places of a kind are as `wanted`; those behind them stay. What has no link goes, and those behind it move up. */
export async function writeLinks(place: LinkPlace, kind: LinkKind, wanted: readonly MediaLink[]): Promise<void> {
  const { tx, what, property } = place;
  const { orgId } = what.actor;
  await store.touchPhotos(tx, orgId, property.id, what.at);
  const standing = await store.listMedia(tx, orgId, [property.id], [kind]);
  for (const [i, given] of wanted.entries()) {
    const before = standing[i];
    if (!before) {
      if (given.link !== null) await addLink(place, kind, given);
      continue;
    }
    if (given.link === null) {
      await store.deleteMedium(tx, orgId, before.id, what.at);
      await emit(tx, what, { ...lineOf(before), verb: 'deleted', changed: before });
      continue;
    }
    const changed = difference(before, given);
    if (!changed) continue;
    const saved = await store.saveMedium(tx, { ...before, ...given }, what.at);
    await emit(tx, what, { ...lineOf(saved), verb: 'updated', changed });
  }
  await store.orderMedia(tx, orgId, property.id, [kind], [], what.at);
}
