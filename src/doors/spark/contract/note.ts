import { type Static, Type } from 'typebox';
import { creation, key, none, operation, orNull, ResourceUri, results, success } from './operation.ts';

const listing = Type.Object({ listingId: key() });
const withContact = Type.Object({ listingId: key(), contactId: key() });

const noteUri = { ...ResourceUri, description: 'A path, not a URL. It ends with a slash, as it does for no other resource.' };
const Note = Type.String({ description: 'As it was put: nothing is trimmed, no HTML is handled, line ends are kept.' });

export const PrivateNote = Type.Object({ ResourceUri: noteUri, Note }, { $id: 'PrivateNote' });
export type PrivateNote = Static<typeof PrivateNote>;

export const SharedNote = Type.Object({ ResourceUri: noteUri, ContactId: key(), Note }, { $id: 'SharedNote' });
export type SharedNote = Static<typeof SharedNote>;

/** Null is allowed for here, because it is refused as a member that is missing, not as one of a wrong type (§9.2). */
export const NotePut = Type.Object(
  {
    Note: orNull(
      Type.String({
        description:
          '1 to 4,000 characters, or as many as the organisation allows. An empty text removes the note; null is refused.',
      }),
    ),
  },
  { $id: 'NotePut' },
);
export type NotePut = Static<typeof NotePut>;

const example = { D: { Note: 'Great home, wondering if seller is willing to include hot tub and washer/dryer.' } };
const learned = 'contracts/spark.md 9.1 [seed]';

const own = {
  row: 'E14',
  service: 'my/notes',
  url: '/listings/:listingId/my/notes',
  params: listing,
  query: none,
  learned,
} as const;

export const readMyNote = operation({
  ...own,
  operationId: 'readMyNote',
  method: 'GET',
  summary: 'The private note on a listing',
  answers: { 200: results(PrivateNote) },
});
export const putMyNote = operation({
  ...own,
  operationId: 'putMyNote',
  method: 'PUT',
  summary: 'Add or replace the private note on a listing',
  body: NotePut,
  example,
  answers: { 200: creation, 201: creation },
});
export const removeMyNote = operation({
  ...own,
  operationId: 'removeMyNote',
  method: 'DELETE',
  summary: 'Remove the private note on a listing',
  answers: { 200: success },
});

const portal = {
  row: 'E15',
  service: 'shared/notes',
  url: '/listings/:listingId/shared/notes',
  params: listing,
  query: none,
  learned,
} as const;

export const readNoteWithAgent = operation({
  ...portal,
  operationId: 'readNoteWithAgent',
  method: 'GET',
  summary: 'The note that the consumer shares with the agent of the portal',
  answers: { 200: results(SharedNote) },
});
export const putNoteWithAgent = operation({
  ...portal,
  operationId: 'putNoteWithAgent',
  method: 'PUT',
  summary: 'Add or replace the note shared with the agent of the portal',
  body: NotePut,
  example,
  answers: { 200: creation, 201: creation },
});
export const removeNoteWithAgent = operation({
  ...portal,
  operationId: 'removeNoteWithAgent',
  method: 'DELETE',
  summary: 'Remove the note shared with the agent of the portal',
  answers: { 200: success },
});

export const listSharedNotes = operation({
  operationId: 'listSharedNotes',
  row: 'E16',
  service: 'shared/notes/contacts',
  method: 'GET',
  url: '/listings/:listingId/shared/notes/contacts',
  summary: "The agent's shared notes on a listing, latest change first",
  params: listing,
  query: none,
  answers: { 200: results(SharedNote) },
  learned: 'contracts/spark.md 9.1 [docs]',
});

const agent = {
  row: 'E17',
  service: 'shared/notes/contacts',
  url: '/listings/:listingId/shared/notes/contacts/:contactId',
  params: withContact,
  query: none,
  learned,
} as const;

export const readNoteWithContact = operation({
  ...agent,
  operationId: 'readNoteWithContact',
  method: 'GET',
  summary: 'The note that the agent shares with a contact',
  answers: { 200: results(SharedNote) },
});
export const putNoteWithContact = operation({
  ...agent,
  operationId: 'putNoteWithContact',
  method: 'PUT',
  summary: 'Add or replace the note shared with a contact',
  body: NotePut,
  example,
  answers: { 200: creation, 201: creation },
});
export const removeNoteWithContact = operation({
  ...agent,
  operationId: 'removeNoteWithContact',
  method: 'DELETE',
  summary: 'Remove the note shared with a contact',
  answers: { 200: success },
});
