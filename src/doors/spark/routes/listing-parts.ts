import { notFound } from '../../../kernel/fault.ts';
import { read } from '../answers.ts';
import * as contract from '../contract/listing-part.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { LISTING_BLOCKS, type ListingBlockName } from '../map/listing-blocks.ts';
import { toOpenHouse } from '../map/listing-part.ts';
import { select } from '../paging.ts';
import { partList } from '../part-list.ts';
import { visibilityOf } from '../visibility.ts';

type Part = { readonly Id: string };
type OfListing = { readonly caller: SparkCaller; readonly params: { readonly listingId: string } };

/** What hangs on a listing (E25, E26): the blocks of `_expand`, each under a path of its own. */
export function listingPartRoutes(desk: Desk): SparkRoute[] {
  const { properties, openHouses } = desk.domain;

  const listing = async ({ caller, params: { listingId } }: OfListing) => {
    const found = await properties.findVisible(caller.actor, listingId, visibilityOf(caller));
    if (!found) throw notFound('listing');
    return found;
  };
  const load = async (block: ListingBlockName, of: OfListing) => {
    const found = await listing(of);
    const blocks = await LISTING_BLOCKS[block].load(desk, of.caller, [found]);
    return (blocks.get(found.id) ?? []) as readonly Part[];
  };

  /** The list of a block, and one record of it. */
  const both = (
    [list, one]: readonly [typeof contract.listPhotos, typeof contract.readPhoto],
    block: ListingBlockName,
    find?: (of: OfListing, partId: string) => Promise<Part>,
  ): SparkRoute[] => [
    sparkRoute(list, {
      target: listing,
      handle: async ({ caller, params, query }) => partList(query, caller, await load(block, { caller, params })),
    }),
    sparkRoute(one, {
      target: listing,
      handle: async ({ caller, params, query }) => {
        const of = { caller, params };
        const record = find ? await find(of, params.partId) : (await load(block, of)).find(({ Id }) => Id === params.partId);
        if (!record) throw notFound(block);
        return read([select(record, query)]);
      },
    }),
  ];

  return [
    ...both([contract.listPhotos, contract.readPhoto], 'Photos'),
    ...both([contract.listVideos, contract.readVideo], 'Videos'),
    ...both([contract.listVirtualTours, contract.readVirtualTour], 'VirtualTours'),
    ...both([contract.listListingDocuments, contract.readListingDocument], 'Documents'),
    // One that is over is still there for whoever kept its address.
    ...both([contract.listOpenHouses, contract.readOpenHouse], 'OpenHouses', async (of, partId) => {
      const { id, reso_key } = await listing(of);
      return toOpenHouse(reso_key, await openHouses.openHouse(of.caller.actor, id, partId));
    }),
    ...both([contract.listRentalPeriods, contract.readRentalPeriod], 'RentalCalendar'),
  ];
}
