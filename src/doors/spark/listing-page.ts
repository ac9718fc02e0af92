import type { Listing, ListingQuery } from '../../domain/index.ts';
import type { ListPage } from '../../kernel/condition.ts';
import type { Answer } from '../../wire/answer.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { SparkFault } from './faults.ts';
import { type Asked, filtered } from './filtering.ts';
import { listingFilterFields, listingOrders } from './listing-fields.ts';
import { listingLookups } from './listing-lookups.ts';
import { listingRecords } from './listing-records.ts';
import { listQuery, readList, readOrder, readPage } from './paging.ts';

const LATEST_FIRST = [{ field: 'listing_changed_at', descending: true }] as const;

type Query = Parameters<typeof readPage>[0] & {
  readonly _filter?: string;
  readonly _select?: string;
  readonly _expand?: string;
  readonly OpenHouses?: number;
};
export type ListingCall = { readonly caller: SparkCaller; readonly query: Query };

/** The token of a page is the key of its last row. */
function checkToken(token: string | undefined): void {
  if (token && !/^\d{26}$/.test(token)) throw new SparkFault(1053, '_skiptoken is not the SkipToken of an answer');
}

/** A page of listings as the caller asks for it, of whatever `rows` lists. */
export async function listingPage(
  desk: Desk,
  call: ListingCall,
  rows: (query: ListingQuery) => Promise<ListPage<Listing>>,
): Promise<Answer> {
  const { caller, query } = call;
  const asked = readPage(query, caller, 'listings');
  checkToken(asked.token);
  const order = readOrder(query._orderby, listingOrders(caller.role), LATEST_FIRST);
  const { OpenHouses } = query;
  const ask = (where: Asked) =>
    rows({ ...listQuery(asked, order), ...where, ...(OpenHouses === undefined ? {} : { openHouseDays: OpenHouses }) });
  const found = await filtered(desk, call, listingFilterFields(caller.role), ask, listingLookups(desk, caller));
  return readList(asked, found, await listingRecords(desk, caller, found.rows, query, 'Summary'));
}
