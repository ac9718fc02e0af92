import type { Document, FolderView } from '../../../domain/index.ts';
import { times } from './shown.ts';

/** Where the folder is: the path of the call, under the address of this door. */
export type FolderPlace = {
  readonly base: string;
  readonly profileId: number;
  readonly loopId: number;
  readonly folderId: number;
};

const folderUrl = ({ base, profileId, loopId, folderId }: FolderPlace) =>
  `${base}/profile/${profileId}/loop/${loopId}/folder/${folderId}`;

/** `folderId` is the folder of the path: a document of a linked property is in the property folder of several loops. */
export const toDocument = (document: Document, place: FolderPlace) => ({
  id: document.id,
  folderId: place.folderId,
  name: document.name,
  ...times(document),
  downloadUrl: `${folderUrl(place)}/document/${document.id}/download`,
});

/** A row of a list carries the name once more, because the seed prints that key there [seed 8.1.2]. */
export const toDocumentRow = (document: Document, place: FolderPlace) => ({
  ...toDocument(document, place),
  filename: document.name,
});

export const toFolder = (folder: FolderView, place: Omit<FolderPlace, 'folderId'>) => ({
  id: folder.id,
  name: folder.name,
  ...times(folder),
  documents: folder.documents?.map((document) => toDocumentRow(document, { ...place, folderId: folder.id })),
});
