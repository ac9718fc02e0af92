import type { Actor } from '../../access/actor.ts';
import { emit, happening } from '../../events/index.ts';
import { forbidden, notFound, unavailable } from '../../kernel/fault.ts';
import type { ReceivedFile } from '../../kernel/files.ts';
import { upsertBlob } from '../blobs.ts';
import type { Codes } from '../codes.ts';
import type { Given, Ports } from '../given.ts';
import { readLink, writeLink } from './document-link.ts';
import * as store from './listing-document.store.ts';
import { propertyDocumentsChanged } from './property-folder.ts';
import type { Document, DocumentBytes } from './types.ts';

/** Whom a caller reads as: the brokerage's own people read what is for the office too (domain-property §6.1). */
export type Reader = 'public' | 'office';
const AUDIENCES: Readonly<Record<Reader, readonly store.Audience[]>> = { public: ['public'], office: ['public', 'office'] };

/** Documents whose subject is a listing. Ids of listings come from the listing service, which has decided that the caller sees them. */
export function listingDocumentsService({ db, clock, files, secrets, mintResoKey }: Ports, codes: Codes) {
  return {
    /** The documents of several listings: one statement. */
    async ofListings(actor: Actor, propertyIds: readonly number[], reader: Reader): Promise<Document[]> {
      return propertyIds.length === 0 ? [] : store.listOfListings(db, actor.orgId, propertyIds, AUDIENCES[reader]);
    },

    /** How many of them the caller would read, by listing; one that has none is left out. */
    async countOfListings(actor: Actor, propertyIds: readonly number[], reader: Reader): Promise<ReadonlyMap<number, number>> {
      const rows = propertyIds.length === 0 ? [] : await store.countOfListings(db, actor.orgId, propertyIds, AUDIENCES[reader]);
      return new Map(rows.map((row) => [row.property_id, row.n]));
    },

    /** A word for the address of a document, good for a day or two: whoever has it downloads without signing in. */
    linkOf: (document: Pick<Document, 'org_id' | 'id'>): string => writeLink(secrets, document, clock.now()),

    /** The document behind such a word. @throws Fault not_found, also when the link is over or the document was withdrawn */
    async openLinked(link: string): Promise<DocumentBytes> {
      const named = readLink(secrets, link, clock.now());
      const document = named && (await store.findLinked(db, named.orgId, named.id));
      if (!document) throw notFound('document');
      const opened = await files.open(document.org_id, document.sha256);
      if (!opened) throw unavailable(`The file of document ${document.id} is not in the file store`);
      return { document, size: opened.size, stream: opened.stream };
    },

    /**
     * Keeps received bytes as a document of the listing. They are on disk before the row is committed; the received file is discarded
     * when it is refused.
     * @throws Fault not_found when there is no such listing
     */
    async addToListing(
      actor: Actor,
      propertyId: number,
      input: { name: string; audience: store.Audience; file: ReceivedFile; fileName?: string },
      given: Given = {},
    ): Promise<number> {
      const { file, name, audience, fileName = name } = input;
      let keeping: Promise<void> | undefined;
      try {
        if (actor.kind === 'contact')
          throw forbidden('document.no_access', 'Only members of the brokerage add documents to a listing');
        const code = given.code ?? (await codes.mint(actor.orgId, 'document', actor.officeId, clock.now(), 11));
        return await db.tx(async (tx) => {
          const blob_id = await upsertBlob(tx, actor.orgId, file);
          keeping ??= file.keep();
          await keeping;
          const what = happening(actor, clock.now());
          const row = {
            code,
            reso_key: given.resoKey ?? mintResoKey(what.at),
            name,
            property_id: propertyId,
            audience,
            added_by: actor.memberId,
            created_at: given.createdAt ?? what.at,
            created_by: actor.kind === 'user' ? actor.id : null,
            created_door: actor.door,
            blob_id,
            file_name: fileName,
          };
          const id = await store.insertOfListing(tx, actor.orgId, {
            ...row,
            ...(given.id === undefined ? {} : { id: given.id }),
          });
          if (id === undefined) throw notFound('property');
          await emit(tx, what, {
            noun: 'document',
            row_id: id,
            row_name: name,
            verb: 'created',
            changed: { ...row, id },
            property_id: propertyId,
          });
          await propertyDocumentsChanged(tx, what, propertyId);
          return id;
        });
      } catch (error) {
        if (!keeping) await file.discard();
        throw error;
      }
    },
  };
}
