import type { SavedSearch, Seeker } from '../../../domain/index.ts';
import type { ListPage, ListQuery } from '../../../kernel/condition.ts';
import { PRIVATE, read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/saved-search.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { filtered, filterFields } from '../filtering.ts';
import { fromSearchChange, SEARCH_FIELDS, toMade, toSearch, searchWords as words } from '../map/saved-search.ts';
import { listQuery, readList, readOrder, readPage, select } from '../paging.ts';
import { readSavedFilter } from '../saved-filter.ts';
import { seekerOf } from '../seeker.ts';

const FIELDS = filterFields(SEARCH_FIELDS, { Provided: 'boolean', ModificationTimestamp: 'datetime' });
const shown = { headers: PRIVATE };
const done = () => ({ ...succeeded(), ...shown });

type Query = Parameters<typeof readPage>[0] & { readonly _filter?: string };
type Call = { readonly caller: SparkCaller; readonly query: Query };
type OnSearch = { readonly caller: SparkCaller; readonly params: { readonly searchId: string } };

/** Saved searches, the caller's and those provided to it: contracts/spark.md §10.6. */
export function savedSearchRoutes(desk: Desk): SparkRoute[] {
  const { searches } = desk.domain;
  const list = (call: Call, rows: (seeker: Seeker, query: ListQuery) => Promise<ListPage<SavedSearch>>) =>
    filtered(desk, call, FIELDS, async (where) => {
      const asked = readPage(call.query, call.caller);
      const query = listQuery(asked, readOrder(call.query._orderby, SEARCH_FIELDS, []));
      const page = await rows(seekerOf(call.caller), { ...query, ...where });
      return readList(asked, page, page.rows.map(toSearch), { ...shown, show: (row) => select(row, call.query) });
    });
  const one = (search: SavedSearch, query: { readonly _select?: string }) => read([select(toSearch(search), query)], shown);
  const target = ({ caller, params }: OnSearch) => searches.search(seekerOf(caller), params.searchId);
  const changeOf = async (caller: SparkCaller, body: contract.SavedSearchChange) =>
    fromSearchChange(body, body.Filter === undefined ? undefined : await readSavedFilter(desk, caller, body.Filter));

  const own = [
    sparkRoute(contract.listSearches, { handle: (call) => list(call, (seeker, query) => searches.searches(seeker, query)) }),
    sparkRoute(contract.createSearch, {
      words,
      handle: async ({ caller, body }) => {
        const values = { ...(await changeOf(caller, body)), name: body.Name };
        return { ...written(201, toMade(await searches.createSearch(seekerOf(caller), values))), ...shown };
      },
    }),
    sparkRoute(contract.listTaggedSearches, {
      handle: (call) => list(call, (seeker, query) => searches.searches(seeker, query, call.params.tag)),
    }),
  ];

  const single = [
    sparkRoute(contract.readSearch, { handle: async (call) => one(await target(call), call.query) }),
    sparkRoute(contract.changeSearch, {
      words,
      target,
      handle: async ({ caller, params, body }) => {
        await target({ caller, params });
        await searches.updateSearch(seekerOf(caller), params.searchId, await changeOf(caller, body));
        return done();
      },
    }),
    sparkRoute(contract.removeSearch, {
      handle: async ({ caller, params }) => {
        await searches.removeSearch(seekerOf(caller), params.searchId);
        return done();
      },
    }),
    sparkRoute(contract.attachContact, {
      handle: async ({ caller, params }) => {
        await searches.attachContact(seekerOf(caller), params.searchId, params.contactId);
        return done();
      },
    }),
    sparkRoute(contract.detachContact, {
      handle: async ({ caller, params }) => {
        await searches.detachContact(seekerOf(caller), params.searchId, params.contactId);
        return done();
      },
    }),
  ];

  const provided = [
    sparkRoute(contract.listProvided, { handle: (call) => list(call, searches.provided) }),
    sparkRoute(contract.readProvided, {
      handle: async ({ caller, params, query }) => one(await searches.providedSearch(seekerOf(caller), params.searchId), query),
    }),
    sparkRoute(contract.listContactSearches, {
      handle: (call) => list(call, (seeker, query) => searches.searchesOfContact(seeker, call.params.contactId, 'own', query)),
    }),
    sparkRoute(contract.listContactProvided, {
      handle: (call) =>
        list(call, (seeker, query) => searches.searchesOfContact(seeker, call.params.contactId, 'provided', query)),
    }),
  ];

  return [...own, ...single, ...provided];
}
