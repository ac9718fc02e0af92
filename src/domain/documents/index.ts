import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import { documentsService } from './document.service.ts';
import { foldersService } from './folder.service.ts';
import { listingDocumentsService } from './listing-document.service.ts';

export { documentNoun, isKnownSubject } from './document.noun.ts';
export type { FolderOptions } from './folder.service.ts';
export type { Reader } from './listing-document.service.ts';
export { paperOf } from './paper.ts';
export { sweepFiles } from './sweep.ts';
export type { Document, DocumentBytes, Folder, FolderView } from './types.ts';

export const buildDocuments = (ports: Ports, codes: Codes) => ({
  ...foldersService(ports),
  ...documentsService(ports, codes),
  ...listingDocumentsService(ports, codes),
});
export { UPLOAD_SECONDS, type UploadAddress, type UploadsService, uploadsService } from './upload.service.ts';
export type Documents = ReturnType<typeof buildDocuments>;
