import { created, list, single } from '../answers.ts';
import { createFolder, listFolders, readFolder, updateFolder } from '../contract/folder.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { toFolder } from '../map/document.ts';

const options = (query: { include_documents?: boolean; include_archived?: boolean }) => ({
  documents: query.include_documents ?? false,
  archived: query.include_archived ?? false,
});

export function folderRoutes(desk: Desk): DotloopRoute[] {
  const { base } = desk;
  const { documents } = desk.domain;
  const target = makeTargets(desk);
  return [
    dotloopRoute(listFolders, {
      target: target.readLoop,
      handle: async ({ caller, params: { profileId, loopId }, query }) => {
        const folders = await documents.folders(caller, profileId, loopId, options(query));
        return list(folders.map((folder) => toFolder(folder, { base, profileId, loopId })));
      },
    }),
    dotloopRoute(readFolder, {
      target: target.readFolder,
      handle: async ({ caller, params: { profileId, loopId, folderId }, query }) => {
        const folder = await documents.folder(caller, profileId, loopId, folderId, options(query));
        return single(toFolder(folder, { base, profileId, loopId }));
      },
    }),
    dotloopRoute(createFolder, {
      target: target.changeLoop,
      handle: async ({ caller, params: { profileId, loopId }, body }) => {
        const folder = await documents.addFolder(caller, profileId, loopId, { name: body.name });
        return created(toFolder(folder, { base, profileId, loopId }));
      },
    }),
    dotloopRoute(updateFolder, {
      target: target.changeFolder,
      handle: async ({ caller, params, params: { profileId, loopId, folderId }, body }) => {
        const folder =
          typeof body.name === 'string'
            ? await documents.renameFolder(caller, profileId, loopId, folderId, body.name)
            : await target.changeFolder({ caller, params });
        return single(toFolder(folder, { base, profileId, loopId }));
      },
    }),
  ];
}
