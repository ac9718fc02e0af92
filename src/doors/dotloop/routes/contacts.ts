import { created, gone, list, single } from '../answers.ts';
import { createContact, deleteContact, listContacts, readContact, updateContact } from '../contract/contact.ts';
import { type Desk, type DotloopRoute, dotloopRoute } from '../desk.ts';
import { readFilter, withLegacyMin } from '../filter.ts';
import { contactWords, readContactChange, readNewContact, toContact } from '../map/contact.ts';
import { pageOf } from '../paging.ts';

export const contactRoutes = ({ domain: { people } }: Desk): DotloopRoute[] => [
  dotloopRoute(listContacts, {
    handle: async ({ caller, query }) => {
      const filter = withLegacyMin(readFilter(query.filter, ['updated_min']), query.updated_min);
      const { rows, total } = await people.contacts(caller, pageOf(query), filter);
      return list(rows.map(toContact), total);
    },
  }),
  dotloopRoute(readContact, {
    handle: async ({ caller, params }) => single(toContact(await people.contact(caller, params.contactId))),
  }),
  dotloopRoute(createContact, {
    words: contactWords,
    handle: async ({ caller, body }) => created(toContact(await people.createContact(caller, readNewContact(body)))),
  }),
  dotloopRoute(updateContact, {
    target: ({ caller, params }) => people.contact(caller, params.contactId),
    words: contactWords,
    handle: async ({ caller, params, body }) =>
      single(toContact(await people.updateContact(caller, params.contactId, readContactChange(body)))),
  }),
  dotloopRoute(deleteContact, {
    handle: async ({ caller, params }) => {
      await people.removeContact(caller, params.contactId);
      return gone;
    },
  }),
];
