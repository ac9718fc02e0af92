import type { Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import type { Codes } from '../codes.ts';
import type { TemplateContent } from '../deals/index.ts';
import type { Ports } from '../given.ts';
import { insertDocument } from './document.store.ts';
import { insertFolder, moveFolders } from './folder.store.ts';
import { dealLinked } from './property-folder.ts';

/** What deals need of folders: templates bring them, merges move them. */
export function paperOf({ mintResoKey }: Pick<Ports, 'mintResoKey'>, codes: Codes) {
  return {
    dealLinked,

    /** The one that is merged shows nothing of a property any more. */
    async moveFolders(tx: Tx, what: Happening, from: number, to: number): Promise<void> {
      await moveFolders(tx, what.actor.orgId, from, to);
      await dealLinked(tx, what, from, null);
    },

    /** Makes a template's folders and documents in a deal; the bytes are those the template already holds. */
    async copyFolders(
      tx: Tx,
      what: Happening,
      deal: { readonly id: number; readonly property_id: number | null },
      folders: NonNullable<TemplateContent['folders']>,
    ): Promise<void> {
      const dealId = deal.id;
      const { actor, at } = what;
      const row = {
        created_at: at,
        updated_at: at,
        created_by: actor.kind === 'user' ? actor.id : null,
        created_door: actor.door,
      };
      for (const wanted of folders) {
        const folder = await insertFolder(tx, actor.orgId, { ...row, deal_id: dealId, name: wanted.name });
        await emit(tx, what, {
          noun: 'folder',
          row_id: folder.id,
          row_name: folder.name,
          verb: 'created',
          changed: folder,
          deal_id: dealId,
        });
        for (const document of wanted.documents ?? []) {
          const code = await codes.mint(actor.orgId, 'document', actor.officeId, at, 11);
          const id = await insertDocument(tx, actor.orgId, {
            ...row,
            code,
            reso_key: mintResoKey(at),
            name: document.name,
            folder_id: folder.id,
            property_id: deal.property_id,
            added_by: actor.memberId,
            blob_id: document.blob_id,
          });
          await emit(tx, what, {
            noun: 'document',
            row_id: id,
            row_name: document.name,
            verb: 'created',
            changed: { name: document.name },
            deal_id: dealId,
          });
        }
      }
    },
  };
}
