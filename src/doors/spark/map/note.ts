import { invalidMember } from '../../../kernel/fault.ts';
import type * as wire from '../contract/note.ts';

/** Addresses of notes end with a slash; those of all other resources do not (contracts/spark.md §2 [seed]). */
export const privateUri = (listingId: string) => `/v1/listings/${listingId}/my/notes/`;
/** The same for agent and consumer, whichever path was asked. */
export const sharedUri = (listingId: string, contactId: string) =>
  `/v1/listings/${listingId}/shared/notes/contacts/${contactId}/`;

/** No note: no result (§9.3). */
export const toPrivateNotes = (listingId: string, text: string | undefined): wire.PrivateNote[] =>
  text === undefined ? [] : [{ ResourceUri: privateUri(listingId), Note: text }];

export const toSharedNote = (listingId: string, contactId: string, text: string): wire.SharedNote => ({
  ResourceUri: sharedUri(listingId, contactId),
  ContactId: contactId,
  Note: text,
});

export const toSharedNotes = (listingId: string, contactId: string, text: string | undefined): wire.SharedNote[] =>
  text === undefined ? [] : [toSharedNote(listingId, contactId, text)];

/** @throws Fault invalid for null, which is as good as no member (§9.2) */
export function fromNote({ Note }: wire.NotePut): string {
  if (Note === null) throw invalidMember('Note', 'required', 'Note is required');
  return Note;
}
