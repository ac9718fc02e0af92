import type { SharedNote } from '../../../domain/index.ts';
import { PRIVATE, read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/note.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { fromNote, privateUri, sharedUri, toPrivateNotes, toSharedNote, toSharedNotes } from '../map/note.ts';
import { visibilityOf } from '../visibility.ts';

const words = { text: 'Note' };
const shown = { headers: PRIVATE };

type OnListing = { readonly caller: SparkCaller; readonly params: { readonly listingId: string } };
/** A listing is there for whoever sees it (§9.4). */
const seen = ({ caller, params: { listingId } }: OnListing) => ({ key: listingId, ...visibilityOf(caller) });

type Put = { readonly body: contract.NotePut };
const check = ({ body }: Put) => void fromNote(body);

/** A put says where the note is, whether it was made, replaced or removed: clients read that unchecked (contracts/spark.md §9.3). */
const put = (uri: string, created: boolean) => ({ ...written(created ? 201 : 200, { ResourceUri: uri }), ...shown });
const removed = () => ({ ...succeeded(), ...shown });

/** Listing notes: contracts/spark.md §9. */
export function noteRoutes({ domain }: Desk): SparkRoute[] {
  const { notes } = domain;
  const target = (call: OnListing) => notes.checkListing(call.caller.actor, seen(call));

  const mine = [
    sparkRoute(contract.readMyNote, {
      handle: async (call) =>
        read(toPrivateNotes(call.params.listingId, await notes.privateNote(call.caller.actor, seen(call))), shown),
    }),
    sparkRoute(contract.putMyNote, {
      words,
      target,
      check,
      handle: async (call) =>
        put(privateUri(call.params.listingId), await notes.putPrivateNote(call.caller.actor, seen(call), fromNote(call.body))),
    }),
    sparkRoute(contract.removeMyNote, {
      handle: async (call) => {
        await notes.removePrivateNote(call.caller.actor, seen(call));
        return removed();
      },
    }),
  ];

  // A consumer's own key is the contact of the note.
  const withAgent = [
    sparkRoute(contract.readNoteWithAgent, {
      handle: async (call) => {
        const text = await notes.sharedNote(call.caller.actor, seen(call), null);
        return read(toSharedNotes(call.params.listingId, call.caller.userKey, text), shown);
      },
    }),
    sparkRoute(contract.putNoteWithAgent, {
      words,
      target,
      check,
      handle: async (call) => {
        const created = await notes.putSharedNote(call.caller.actor, seen(call), null, fromNote(call.body));
        return put(sharedUri(call.params.listingId, call.caller.userKey), created);
      },
    }),
    sparkRoute(contract.removeNoteWithAgent, {
      handle: async (call) => {
        await notes.removeSharedNote(call.caller.actor, seen(call), null);
        return removed();
      },
    }),
  ];

  const withContacts = [
    sparkRoute(contract.listSharedNotes, {
      handle: async (call) => {
        const rows = await notes.sharedNotes(call.caller.actor, seen(call));
        const toRow = (row: SharedNote) => toSharedNote(call.params.listingId, row.contactKey, row.text);
        return read(rows.map(toRow), shown);
      },
    }),
    sparkRoute(contract.readNoteWithContact, {
      handle: async (call) => {
        const { listingId, contactId } = call.params;
        return read(toSharedNotes(listingId, contactId, await notes.sharedNote(call.caller.actor, seen(call), contactId)), shown);
      },
    }),
    sparkRoute(contract.putNoteWithContact, {
      words,
      target: (call) => notes.checkSharing(call.caller.actor, seen(call), call.params.contactId),
      check,
      handle: async (call) => {
        const { listingId, contactId } = call.params;
        const created = await notes.putSharedNote(call.caller.actor, seen(call), contactId, fromNote(call.body));
        return put(sharedUri(listingId, contactId), created);
      },
    }),
    sparkRoute(contract.removeNoteWithContact, {
      handle: async (call) => {
        await notes.removeSharedNote(call.caller.actor, seen(call), call.params.contactId);
        return removed();
      },
    }),
  ];

  return [...mine, ...withAgent, ...withContacts];
}
