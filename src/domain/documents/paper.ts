import type { Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import type { Codes } from '../codes.ts';
import type { TemplateContent } from '../deals/index.ts';
import type { Ports } from '../given.ts';
import { insertDocument } from './document.store.ts';
import { insertFolder, moveFolders } from './folder.store.ts';

/** What deals need of folders: templates bring them, merges move them. */
export function paperOf({ mintResoKey }: Pick<Ports, 'mintResoKey'>, codes: Codes) {
  return {
    moveFolders,

    /** Makes a template's folders and documents in a deal; the bytes are those the template already holds. */
    async copyFolders(tx: Tx, what: Happening, dealId: number, folders: NonNullable<TemplateContent['folders']>): Promise<void> {
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
            property_id: null,
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
