import { BrokenTerms, type Listing, type ListingQuery, type ListingScope } from '../../../domain/index.ts';
import type { ListPage } from '../../../kernel/condition.ts';
import { read, succeeded } from '../answers.ts';
import * as contract from '../contract/listing.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { ruleDetails, SparkFault } from '../faults.ts';
import { type ListingCall, listingPage } from '../listing-page.ts';
import { listingRecords } from '../listing-records.ts';
import { visibilityOf } from '../visibility.ts';

const degrees = (text: string, name: string, most: number): number => {
  const value = Number(text.trim());
  if (Math.abs(value) > most) throw new SparkFault(1053, `${name} must be between -${most} and ${most}`);
  return value;
};

/** The rule of the brokerage that a new price or date breaks, as the vendor prints it (contracts/spark.md §3). */
function asRule(error: unknown): unknown {
  if (!(error instanceof BrokenTerms)) return error;
  const { term, rule, figure, value } = error.broken;
  const member = term === 'listPrice' ? 'ListPrice' : 'ExpirationDate';
  return new SparkFault(1053, `${member} breaks the rule ${rule} (${figure})`, {
    members: ruleDetails(member, rule, figure, value),
  });
}

/** Listings: contracts/spark.md §10.2, and their lists by whose they are. */
export function listingRoutes(desk: Desk): SparkRoute[] {
  const { properties } = desk.domain;

  const page = (call: ListingCall, rows: (query: ListingQuery) => Promise<ListPage<Listing>>) => listingPage(desk, call, rows);
  const list = (call: ListingCall, scope?: ListingScope) =>
    page(call, (query) =>
      properties.list(call.caller.actor, visibilityOf(call.caller), scope === undefined ? query : { ...query, scope }),
    );

  return [
    sparkRoute(contract.listListings, { handle: (call) => list(call) }),
    sparkRoute(contract.listMyListings, {
      handle: (call) => list(call, { kind: 'member', memberId: call.caller.account.memberId }),
    }),
    sparkRoute(contract.listOfficeListings, {
      handle: (call) => list(call, { kind: 'office', memberId: call.caller.account.memberId }),
    }),
    sparkRoute(contract.listCompanyListings, { handle: (call) => list(call, { kind: 'company' }) }),
    sparkRoute(contract.listNearbyListings, {
      handle: async ({ caller, query }) => {
        const near = { latitude: degrees(query._lat, '_lat', 90), longitude: degrees(query._lon, '_lon', 180) };
        return page({ caller, query }, (asked) => properties.nearby(caller.actor, visibilityOf(caller), { ...asked, near }));
      },
    }),
    sparkRoute(contract.readListing, {
      handle: async ({ caller, params, query }) => {
        const found = await properties.readListing(caller.actor, visibilityOf(caller), params.listingId);
        return read(await listingRecords(desk, caller, [found], query, 'Detail'));
      },
    }),
    sparkRoute(contract.changeListing, {
      target: ({ caller, params }) => properties.readListing(caller.actor, visibilityOf(caller), params.listingId),
      check: ({ body }) => {
        if (body.ListPrice === undefined && body.ExpirationDate === undefined)
          throw new SparkFault(1050, 'ListPrice or ExpirationDate is required');
      },
      handle: async ({ caller, params, body: { ListPrice, ExpirationDate } }) => {
        const terms = {
          ...(ListPrice === undefined ? {} : { listPrice: Number(ListPrice) }),
          ...(ExpirationDate === undefined ? {} : { expirationDate: ExpirationDate }),
        };
        try {
          await properties.changeTerms(caller.actor, visibilityOf(caller), params.listingId, terms);
        } catch (error) {
          throw asRule(error);
        }
        return succeeded();
      },
    }),
  ];
}
