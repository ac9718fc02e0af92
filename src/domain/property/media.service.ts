import { randomBytes } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { ReceivedFile } from '../../kernel/files.ts';
import { upsertBlob } from '../blobs.ts';
import type { Given, Ports } from '../given.ts';
import { measurePicture } from '../picture.ts';
import * as store from './media.store.ts';
import {
  isPicture,
  isWebAddress,
  type LinkKind,
  type Medium,
  type MediumKind,
  mediumCode,
  mediumName,
  NO_WEB_ADDRESS,
  orderedWith,
  type PictureKind,
} from './media.ts';
import { reorderMedia } from './media-order.ts';

/** 128 random bits: who knows them may see the picture. */
const newPublicKey = () => randomBytes(16).toString('hex');

export type NewPicture = {
  readonly kind: PictureKind;
  readonly caption?: string | null;
  readonly fileName?: string;
  readonly file: ReceivedFile;
};
export type NewLink = {
  readonly kind: LinkKind;
  readonly link: string;
  readonly caption?: string | null;
  readonly branded?: boolean;
};
export type MediumChange = {
  readonly caption?: string | null;
  readonly link?: string;
  readonly branded?: boolean;
  readonly archived?: boolean;
};

/** Consumers look at listings; only the brokerage's own people and programs write them. */
function allowMedia(actor: Actor): void {
  if (actor.kind === 'contact') throw forbidden('media.no_access', 'Only members of the brokerage change what a listing shows');
}

/**
 * Pictures, videos and tours of listings. Ids of listings come from the listing service, which has decided that the caller sees them.
 * A change moves the listing's `photos_changed_at` and never its version (domain-property §3.4).
 */
export function mediaService({ db, clock, files, mintResoKey }: Ports) {
  const change = async <T>(actor: Actor, propertyId: number, work: (tx: Tx, what: Happening, code: string) => Promise<T>) => {
    allowMedia(actor);
    return db.tx(async (tx) => {
      const what = happening(actor, clock.now());
      const code = await store.touchPhotos(tx, actor.orgId, propertyId, what.at);
      if (code === undefined) throw notFound('property');
      return work(tx, what, code);
    });
  };

  const add = async (
    tx: Tx,
    what: Happening,
    row: Pick<
      store.NewMediumRow,
      'property_id' | 'kind' | 'caption' | 'file_name' | 'blob_id' | 'public_key' | 'link' | 'branded'
    >,
    made: { propertyCode: string; sniffedType?: string; given: Given },
  ): Promise<Medium> => {
    const { actor, at } = what;
    const { given, propertyCode, sniffedType } = made;
    const { number, position } = await store.nextPlaces(tx, actor.orgId, row.property_id, orderedWith(row.kind));
    const created_at = given.createdAt ?? at;
    const medium = await store.insertMedium(tx, actor.orgId, {
      ...row,
      ...(given.id === undefined ? {} : { id: given.id }),
      code: given.code ?? mediumCode(propertyCode, number, sniffedType),
      reso_key: given.resoKey ?? mintResoKey(at),
      position,
      created_at,
      updated_at: given.updatedAt ?? created_at,
      created_by: actor.kind === 'user' ? actor.id : null,
      created_door: actor.door,
    });
    await emit(tx, what, { ...lineOf(medium), verb: 'created', changed: medium });
    return medium;
  };

  const lineOf = (medium: Medium) => ({
    noun: 'media',
    row_id: medium.id,
    row_name: mediumName(medium),
    property_id: medium.property_id,
  });

  return {
    /** The media of several listings: one statement, each listing's in their order. */
    async media(actor: Actor, propertyIds: readonly number[], kinds: readonly MediumKind[]): Promise<Medium[]> {
      return propertyIds.length === 0 ? [] : store.listMedia(db, actor.orgId, propertyIds, kinds);
    },

    /** The first photograph of each listing that has one. */
    async primaryPhotos(actor: Actor, propertyIds: readonly number[]): Promise<Medium[]> {
      return propertyIds.length === 0 ? [] : store.listFirstMedia(db, actor.orgId, propertyIds, 'photograph');
    },

    /**
     * Keeps received bytes as a picture, last in order. They are on disk before the row is committed; the received file is discarded
     * when they are refused.
     * @throws Fault invalid when the bytes are no picture that can be shown
     */
    async addPicture(actor: Actor, propertyId: number, input: NewPicture, given: Given & { publicKey?: string } = {}) {
      const { file, kind, caption = null, fileName = null } = input;
      let keeping: Promise<void> | undefined;
      try {
        if (!isPicture(file.sniffedType))
          throw invalidMember('data', 'upload', 'The file is no picture of a kind that is shown here');
        return await change(actor, propertyId, async (tx, what, propertyCode) => {
          const blob_id = await upsertBlob(tx, actor.orgId, file);
          keeping ??= file.keep();
          await keeping;
          const kept = await files.open(actor.orgId, file.sha256);
          const measured = kept && (await measurePicture(kept));
          if (!measured) throw invalidMember('data', 'upload', 'The picture is damaged, or larger than 100 megapixels');
          await upsertBlob(tx, actor.orgId, { ...file, ...measured });
          return add(
            tx,
            what,
            {
              property_id: propertyId,
              kind,
              caption,
              file_name: fileName,
              blob_id,
              public_key: given.publicKey ?? newPublicKey(),
              link: null,
              branded: null,
            },
            { propertyCode, sniffedType: file.sniffedType, given },
          );
        });
      } catch (error) {
        if (!keeping) await file.discard();
        throw error;
      }
    },

    /** A video or a tour that lives elsewhere. @throws Fault invalid when the address is none of the web */
    async addLink(actor: Actor, propertyId: number, input: NewLink, given: Given = {}): Promise<Medium> {
      const { kind, link, caption = null, branded = false } = input;
      checkLink(link);
      return change(actor, propertyId, (tx, what, propertyCode) =>
        add(
          tx,
          what,
          { property_id: propertyId, kind, caption, file_name: null, blob_id: null, public_key: null, link, branded },
          { propertyCode, given },
        ),
      );
    },

    /** Nothing that differs: nothing is written. @throws Fault not_found */
    async changeMedium(actor: Actor, propertyId: number, id: number, wanted: MediumChange): Promise<Medium> {
      if (wanted.link !== undefined) checkLink(wanted.link);
      return change(actor, propertyId, async (tx, what) => {
        const before = await store.readMedium(tx, actor.orgId, propertyId, id);
        if (!before) throw notFound('media');
        const { archived, ...values } = wanted;
        const after = {
          ...values,
          ...(archived === undefined ? {} : { archived_at: archived ? (before.archived_at ?? what.at) : null }),
        };
        const changed = difference(before, after);
        if (!changed) return before;
        const saved = await store.saveMedium(tx, { ...before, ...after }, what.at);
        await emit(tx, what, { ...lineOf(saved), verb: 'updated', changed });
        return saved;
      });
    },

    /** Those that are named come first, in that order; the others follow as they stood. */
    async orderMedia(actor: Actor, propertyId: number, kind: MediumKind, ids: readonly number[]): Promise<void> {
      await change(actor, propertyId, async (tx, what) => {
        await reorderMedia(tx, what, propertyId, orderedWith(kind), ids);
      });
    },

    /** A tombstone stays; the places behind it close up. @throws Fault not_found */
    async removeMedium(actor: Actor, propertyId: number, id: number): Promise<void> {
      await change(actor, propertyId, async (tx, what) => {
        const medium = await store.readMedium(tx, actor.orgId, propertyId, id);
        if (!medium) throw notFound('media');
        await store.deleteMedium(tx, actor.orgId, id, what.at);
        await emit(tx, what, { ...lineOf(medium), verb: 'deleted', changed: medium });
        await reorderMedia(tx, what, propertyId, orderedWith(medium.kind));
      });
    },
  };
}
export type MediaService = ReturnType<typeof mediaService>;

function checkLink(link: string): void {
  if (!isWebAddress(link)) throw invalidMember('link', 'value', NO_WEB_ADDRESS);
}
