import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { notFound, unavailable } from '../../kernel/fault.ts';
import type { ReceivedFile } from '../../kernel/files.ts';
import { upsertBlob } from '../blobs.ts';
import type { Codes } from '../codes.ts';
import { lockDeal, openDeal, touchDeal } from '../deals/index.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './document.store.ts';
import { findFolder, touchFolder } from './folder.store.ts';
import { propertyDocumentsChanged } from './property-folder.ts';
import type { Document, DocumentBytes } from './types.ts';

export function documentsService({ db, clock, files, mintResoKey }: Ports, codes: Codes) {
  const find = async (q: Querier, actor: Actor, profileId: number, dealId: number, folderId: number, id: number) => {
    const deal = await openDeal(q, actor, profileId, dealId);
    const folder = await findFolder(q, actor.orgId, deal.id, folderId);
    if (!folder) throw notFound('folder');
    const document = await store.findDocument(q, actor.orgId, folder.id, id);
    if (!document) throw notFound('document');
    return { deal, document };
  };

  /** Streams the newest version; that somebody looked at it is an activity of the loop. */
  const stream = async (actor: Actor, dealId: number, document: Document): Promise<DocumentBytes> => {
    const opened = await files.open(actor.orgId, document.sha256);
    if (!opened) throw unavailable(`The file of document ${document.id} is not in the file store`);
    await emit(db, happening(actor, clock.now()), {
      noun: 'document',
      row_id: document.id,
      row_name: document.name,
      verb: 'viewed',
      deal_id: dealId,
      property_id: document.subject_type === 'property' ? document.subject_id : null,
    });
    return { document, size: opened.size, stream: opened.stream };
  };

  return {
    async documents(actor: Actor, profileId: number, dealId: number, folderId: number): Promise<Document[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      const folder = await findFolder(db, actor.orgId, deal.id, folderId);
      if (!folder) throw notFound('folder');
      return store.listDocuments(db, actor.orgId, [folder.id], false);
    },

    async document(actor: Actor, profileId: number, dealId: number, folderId: number, id: number): Promise<Document> {
      return (await find(db, actor, profileId, dealId, folderId, id)).document;
    },

    /** The bytes as they were stored. @throws Fault not_found; unavailable when the file store does not have them */
    async open(actor: Actor, profileId: number, dealId: number, folderId: number, id: number): Promise<DocumentBytes> {
      const { deal, document } = await find(db, actor, profileId, dealId, folderId, id);
      return stream(actor, deal.id, document);
    },

    /** The same for the loop's page, which knows no folder in its address. */
    async openOfDeal(actor: Actor, profileId: number, dealId: number, id: number): Promise<DocumentBytes> {
      const deal = await openDeal(db, actor, profileId, dealId);
      const document = await store.findDocumentOfDeal(db, actor.orgId, deal.id, id);
      if (!document) throw notFound('document');
      return stream(actor, deal.id, document);
    },

    /** The bytes of a document that the caller was shown; undefined where it has none. @throws Fault unavailable */
    async openFile(actor: Actor, id: number) {
      const document = await store.findBytes(db, actor.orgId, id);
      if (!document) return undefined;
      const opened = await files.open(actor.orgId, document.sha256);
      if (!opened) throw unavailable(`The file of document ${id} is not in the file store`);
      return { document, size: opened.size, stream: opened.stream };
    },

    /** Keeps received bytes for the documents that a loop template brings; answers the id of their blob. */
    async keepForTemplates(actor: Actor, file: ReceivedFile): Promise<number> {
      return db.tx(async (tx) => {
        const blobId = await upsertBlob(tx, actor.orgId, file);
        await file.keep();
        return blobId;
      });
    },

    /**
     * Keeps received bytes as a new document. They are on disk before the row is committed; the received file is discarded when the
     * upload is refused.
     */
    async upload(
      actor: Actor,
      profileId: number,
      dealId: number,
      folderId: number,
      input: { fileName: string; file: ReceivedFile },
      given: Given = {},
    ): Promise<Document> {
      const { file, fileName } = input;
      let keeping: Promise<void> | undefined;
      try {
        const code = given.code ?? (await codes.mint(actor.orgId, 'document', actor.officeId, clock.now(), 11));
        return await db.tx(async (tx) => {
          const deal = await lockDeal(tx, actor, profileId, dealId);
          const folder = await findFolder(tx, actor.orgId, deal.id, folderId);
          if (!folder) throw notFound('folder');
          const blob_id = await upsertBlob(tx, actor.orgId, file);
          keeping ??= file.keep();
          await keeping;
          const what = happening(actor, clock.now());
          const created_at = given.createdAt ?? what.at;
          const id = await store.insertDocument(tx, actor.orgId, {
            ...(given.id === undefined ? {} : { id: given.id }),
            code,
            reso_key: given.resoKey ?? mintResoKey(what.at),
            name: fileName,
            // what is put into the property's folder is the property's
            folder_id: folder.property_id === null ? folder.id : null,
            property_id: folder.property_id ?? deal.property_id,
            added_by: actor.memberId,
            created_at,
            updated_at: given.updatedAt ?? created_at,
            created_by: actor.kind === 'user' ? actor.id : null,
            created_door: actor.door,
            blob_id,
          });
          const document = (await store.findDocument(tx, actor.orgId, folder.id, id)) as Document;
          await emit(tx, what, {
            noun: 'document',
            row_id: id,
            row_name: fileName,
            verb: 'created',
            changed: document,
            deal_id: deal.id,
            property_id: deal.property_id,
          });
          if (folder.property_id === null) {
            await touchFolder(tx, actor.orgId, folder.id, what.at);
            await touchDeal(tx, actor.orgId, deal.id, what.at);
          } else await propertyDocumentsChanged(tx, what, folder.property_id);
          return document;
        });
      } catch (error) {
        if (!keeping) await file.discard();
        throw error;
      }
    },
  };
}
