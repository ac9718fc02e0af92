import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { invalidMember, notFound } from '../../kernel/fault.ts';
import { lockDeal, openDeal, touchDeal } from '../deals/index.ts';
import type { Given, Ports } from '../given.ts';
import { listDocuments } from './document.store.ts';
import * as store from './folder.store.ts';
import type { Folder, FolderView } from './types.ts';

/** `archived`: archived folders and documents too; `documents`: each folder with its documents. */
export type FolderOptions = { archived: boolean; documents: boolean };

const NAME_LENGTH = 200;
const checkName = (name: string) => {
  if (name.length > NAME_LENGTH) throw invalidMember('name', 'length', `Name is longer than ${NAME_LENGTH} characters`);
};

export function foldersService({ db, clock }: Ports) {
  const withDocuments = async (q: Querier, orgId: number, folders: Folder[], options: FolderOptions): Promise<FolderView[]> => {
    if (!options.documents || folders.length === 0) return folders;
    const found = await listDocuments(
      q,
      orgId,
      folders.map((folder) => folder.id),
      options.archived,
    );
    const byFolder = Map.groupBy(found, (document) => document.in_folder);
    return folders.map((folder) => ({ ...folder, documents: byFolder.get(folder.id) ?? [] }));
  };

  return {
    async folders(actor: Actor, profileId: number, dealId: number, options: FolderOptions): Promise<FolderView[]> {
      const deal = await openDeal(db, actor, profileId, dealId);
      return withDocuments(db, actor.orgId, await store.listFolders(db, actor.orgId, deal.id, options.archived), options);
    },

    async folder(actor: Actor, profileId: number, dealId: number, folderId: number, options: FolderOptions): Promise<FolderView> {
      const deal = await openDeal(db, actor, profileId, dealId);
      const folder = await store.findFolder(db, actor.orgId, deal.id, folderId);
      if (!folder) throw notFound('folder');
      return (await withDocuments(db, actor.orgId, [folder], options))[0] as FolderView;
    },

    async addFolder(
      actor: Actor,
      profileId: number,
      dealId: number,
      input: { name: string },
      given: Given = {},
    ): Promise<Folder> {
      checkName(input.name);
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const what = happening(actor, clock.now());
        const created_at = given.createdAt ?? what.at;
        const folder = await store.insertFolder(tx, actor.orgId, {
          ...(given.id === undefined ? {} : { id: given.id }),
          deal_id: deal.id,
          name: input.name,
          created_at,
          updated_at: given.updatedAt ?? created_at,
          created_by: actor.kind === 'user' ? actor.id : null,
          created_door: actor.door,
        });
        await emit(tx, what, {
          noun: 'folder',
          row_id: folder.id,
          row_name: folder.name,
          verb: 'created',
          changed: folder,
          deal_id: deal.id,
        });
        await touchDeal(tx, actor.orgId, deal.id, what.at);
        return folder;
      });
    },

    async renameFolder(actor: Actor, profileId: number, dealId: number, folderId: number, name: string): Promise<Folder> {
      checkName(name);
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const before = await store.findFolder(tx, actor.orgId, deal.id, folderId);
        if (!before) throw notFound('folder');
        if (before.name === name) return before;
        const what = happening(actor, clock.now());
        const after = await store.renameFolder(tx, actor.orgId, folderId, name, what.at);
        await emit(tx, what, {
          noun: 'folder',
          row_id: folderId,
          row_name: name,
          verb: 'updated',
          changed: { name: [before.name, name] },
          deal_id: deal.id,
        });
        await touchDeal(tx, actor.orgId, deal.id, what.at);
        return after;
      });
    },
  };
}
