import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';

export type Folder = Selectable<Tables['folder']>;
/** A document with what its newest version holds. */
export type Document = Selectable<Tables['document']> & { sha256: string; size: number; sniffed_type: string };
/** A folder with its documents, which are there only if they were asked for. */
export type FolderView = Folder & { documents?: Document[] };

/** The bytes of a document's newest version, to be streamed to the caller. */
export type DocumentBytes = {
  document: Document;
  size: number;
  stream: AsyncIterable<Uint8Array> & { destroy(): unknown };
};
