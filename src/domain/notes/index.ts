import type { Ports } from '../given.ts';
import { commentsService } from './comment.service.ts';
import { privateNotesService } from './private-note.service.ts';
import { sharedNotesService } from './shared-note.service.ts';
import { type Listings, makeWriting } from './writing.ts';

export { deleteNotesOfContact } from './parting.store.ts';
export type { Comment, GivenNote, Seen, SharedNote } from './types.ts';

/** Notes on listings, private and shared, and comments on contacts. */
export function buildNotes(ports: Ports, listings: Listings) {
  const writing = makeWriting(ports, listings);
  return {
    /** @throws Fault not_found unless the caller sees the listing */
    checkListing: async (...of: Parameters<typeof writing.readListing>): Promise<void> => void (await writing.readListing(...of)),
    ...privateNotesService(ports, writing),
    ...sharedNotesService(ports, writing),
    ...commentsService(ports),
  };
}
export type Notes = ReturnType<typeof buildNotes>;
