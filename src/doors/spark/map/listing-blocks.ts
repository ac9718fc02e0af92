import type { Document, Property, Reader } from '../../../domain/index.ts';
import type { Desk, SparkCaller } from '../desk.ts';
import {
  toFloPlan,
  toListingDocument,
  toOpenHouse,
  toPhoto,
  toRentalPeriod,
  toTourOfHomes,
  toVideo,
  toVirtualTour,
} from './listing-part.ts';

/** What a block needs of the listings of a page. */
export type Shown = Pick<Property, 'id' | 'reso_key' | 'extras'>;

/** A member that is there only when it is expanded: one statement for the whole page, whatever its size (design §7). */
export type ListingBlock = {
  /** where it is shown (contracts/spark.md §10.2) */
  readonly inside: 'StandardFields' | 'record';
  /** the block of each listing, by its id; a listing that is not named has an empty list */
  load(desk: Desk, caller: SparkCaller, listings: readonly Shown[]): Promise<ReadonlyMap<number, readonly unknown[]>>;
};

/** Documents for the office are for members of it. */
export const readerOf = ({ role }: SparkCaller): Reader => (role === 'private' ? 'office' : 'public');

const idsOf = (listings: readonly Shown[]) => listings.map(({ id }) => id);
const keysOf = (listings: readonly Shown[]) => new Map(listings.map(({ id, reso_key }) => [id, reso_key]));

/** Rows of the whole page, told apart by their listing and turned into records of this door. */
function byListing<R extends { property_id: number }, T>(
  listings: readonly Shown[],
  rows: readonly R[],
  toRecord: (listingKey: string, row: R, index: number) => T,
): ReadonlyMap<number, readonly T[]> {
  const keys = keysOf(listings);
  const blocks = new Map<number, T[]>();
  for (const row of rows) {
    const block = blocks.get(row.property_id) ?? [];
    block.push(toRecord(keys.get(row.property_id) ?? '', row, block.length));
    blocks.set(row.property_id, block);
  }
  return blocks;
}

const subject = (document: Document) => ({ ...document, property_id: document.subject_id ?? 0 });

/** Units of a house of several, as they came: no other door has them, so they are kept in this one's words. */
const unitsOf = ({ extras }: Shown): readonly unknown[] => {
  const units = (extras as { spark?: { Units?: unknown } } | null)?.spark?.Units;
  return Array.isArray(units) ? units : [];
};

/** The blocks of pictures, papers, hours and calendars, by the name that `_expand` says. */
export const LISTING_BLOCKS = {
  Photos: {
    inside: 'StandardFields',
    load: async ({ domain, publicUrl }, { actor }, listings) =>
      byListing(listings, await domain.media.media(actor, idsOf(listings), ['photograph']), (key, medium, i) =>
        toPhoto(publicUrl, key, medium, i === 0),
      ),
  },
  PrimaryPhoto: {
    inside: 'StandardFields',
    load: async ({ domain, publicUrl }, { actor }, listings) =>
      byListing(listings, await domain.media.primaryPhotos(actor, idsOf(listings)), (key, medium) =>
        toPhoto(publicUrl, key, medium, true),
      ),
  },
  Videos: {
    inside: 'StandardFields',
    load: async ({ domain }, { actor }, listings) =>
      byListing(listings, await domain.media.media(actor, idsOf(listings), ['video']), toVideo),
  },
  VirtualTours: {
    inside: 'StandardFields',
    load: async ({ domain }, { actor }, listings) =>
      byListing(listings, await domain.media.media(actor, idsOf(listings), ['tour']), toVirtualTour),
  },
  Documents: {
    inside: 'StandardFields',
    load: async ({ domain: { documents }, publicUrl }, caller, listings) => {
      const rows = await documents.ofListings(caller.actor, idsOf(listings), readerOf(caller));
      return byListing(listings, rows.map(subject), (key, document) =>
        toListingDocument(publicUrl, key, document, documents.linkOf(document)),
      );
    },
  },
  OpenHouses: {
    inside: 'StandardFields',
    load: async ({ domain }, { actor }, listings) =>
      byListing(listings, await domain.openHouses.openHouses(actor, idsOf(listings)), toOpenHouse),
  },
  TourOfHomes: {
    inside: 'StandardFields',
    // Tours are for the trade: the public is not asked to them.
    load: async ({ domain }, { actor, role }, listings) =>
      role === 'private'
        ? byListing(listings, await domain.openHouses.openHouses(actor, idsOf(listings), 'broker'), (_, house) =>
            toTourOfHomes(house),
          )
        : new Map(),
  },
  Units: {
    inside: 'StandardFields',
    load: async (_desk, _caller, listings) => new Map(listings.map((listing) => [listing.id, unitsOf(listing)])),
  },
  FloPlans: {
    inside: 'StandardFields',
    load: async ({ domain, publicUrl }, { actor }, listings) =>
      byListing(listings, await domain.media.media(actor, idsOf(listings), ['floorPlan']), (_, medium) =>
        toFloPlan(publicUrl, medium),
      ),
  },
  RentalCalendar: {
    inside: 'record',
    load: async ({ domain }, { actor }, listings) =>
      byListing(listings, await domain.rentalCalendar.rentalPeriods(actor, idsOf(listings)), (_, period) =>
        toRentalPeriod(period),
      ),
  },
} as const satisfies Readonly<Record<string, ListingBlock>>;
export type ListingBlockName = keyof typeof LISTING_BLOCKS;

/** DocumentsCount: what this caller would read (domain-property §6.1); one statement a page. */
export const loadDocumentCounts = ({ domain }: Desk, caller: SparkCaller, listings: readonly Shown[]) =>
  domain.documents.countOfListings(caller.actor, idsOf(listings), readerOf(caller));
