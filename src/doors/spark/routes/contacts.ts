import type { Order } from '../../../kernel/condition.ts';
import { PRIVATE, read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/contact.ts';
import * as lists from '../contract/contact-list.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { filtered } from '../filtering.ts';
import { checkName, contactUri, fromContact, fromNewContact, fromOwnContact, toContact } from '../map/contact.ts';
import { CONTACT_ORDERS, contactFields } from '../map/contact-fields.ts';
import { listQuery, readList, readOrder, readPage, select } from '../paging.ts';

const words = { email: 'PrimaryEmail' };
const BY_NAME: readonly Order[] = [{ field: 'display_key', descending: false }];

type Query = Parameters<typeof readPage>[0] & { readonly _filter?: string };
const orderOf = (query: Query) => readOrder(query._orderby, CONTACT_ORDERS, BY_NAME);
type Call = { readonly caller: SparkCaller; readonly query: Query };

/** The contacts of the account that calls; others' are as unknown as ids that nobody has: contracts/spark.md §10.3. */
export function contactRoutes(desk: Desk): SparkRoute[] {
  const { people } = desk.domain;
  const list = async (call: Call, tag?: string) => {
    const { caller, query } = call;
    const asked = readPage(query, caller);
    const wanted = listQuery(asked, orderOf(query));
    const page = await filtered(desk, call, contactFields, (filter) =>
      people.entries(caller.actor, { ...wanted, ...filter }, tag),
    );
    return readList(asked, page, page.rows.map(toContact), { headers: PRIVATE, show: (row) => select(row, query) });
  };
  const known = ({ caller, params }: { caller: SparkCaller; params: { contactId: string } }) =>
    people.entry(caller.actor, params.contactId);

  const records = [
    sparkRoute(contract.listContacts, { handle: (call) => list(call) }),
    sparkRoute(contract.createContact, {
      words,
      check: checkName,
      handle: async ({ caller, body }) => {
        const made = await people.addEntry(caller.actor, fromNewContact(body), { notify: body.Notify ?? false });
        return { ...written(201, { ResourceUri: contactUri(made.reso_key) }), headers: PRIVATE };
      },
    }),
    sparkRoute(contract.readContact, {
      handle: async (call) => read([select(toContact(await known(call)), call.query)], { headers: PRIVATE }),
    }),
    sparkRoute(contract.changeContact, {
      words,
      target: known,
      check: checkName,
      handle: async ({ caller, params, body }) => {
        await people.changeEntry(caller.actor, params.contactId, fromContact(body));
        return { ...succeeded(), headers: PRIVATE };
      },
    }),
    sparkRoute(contract.removeContact, {
      handle: async ({ caller, params }) => {
        await people.removeContact(caller.actor, params.contactId);
        return { ...succeeded(), headers: PRIVATE };
      },
    }),
  ];

  const others = [
    sparkRoute(lists.listTagged, {
      handle: (call) => list(call, call.params.tag),
    }),
    sparkRoute(lists.exportContacts, { handle: (call) => list(call) }),
    sparkRoute(lists.exportAllContacts, {
      handle: async (call) => {
        const { caller, query } = call;
        const order = orderOf(query);
        const rows = await filtered(desk, call, contactFields, (filter) => people.everyEntry(caller.actor, { order, ...filter }));
        const asked = { ...readPage(query, caller), limit: rows.length };
        const show = (row: ReturnType<typeof toContact>) => select(row, query);
        return readList(asked, { rows, total: rows.length }, rows.map(toContact), { headers: PRIVATE, show });
      },
    }),
  ];

  const own = [
    sparkRoute(contract.readMyContact, {
      handle: async ({ caller, query }) =>
        read([select(toContact(await people.ownEntry(caller.actor)), query)], { headers: PRIVATE }),
    }),
    sparkRoute(contract.changeMyContact, {
      words,
      check: checkName,
      handle: async ({ caller, body }) => {
        await people.changeOwnEntry(caller.actor, fromOwnContact(body));
        return { ...succeeded(), headers: PRIVATE };
      },
    }),
  ];

  return [...records, ...others, ...own];
}
