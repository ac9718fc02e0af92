import { systemActor } from '../../access/actor.ts';
import { PORTAL_CARTS, type Seeker } from '../../domain/index.ts';
import { consumerOf, JOHN_SMITH } from '../data/consumer.ts';
import { BRIAN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const HOT_TUB = '20100815153524571646000000';
const WATERVIEW = '20100912153422758914000000';

const working = (stage: Stage): Seeker => ({ actor: actorOf(stage.orgId, BRIAN), seen: { all: true } });
const visiting = (stage: Stage): Seeker => ({ actor: consumerOf(stage.orgId), seen: { all: false } });

/** Filters stand beside what a door reads in them: the story speaks no door's language (a test of that door compares the two). */
function savedSearches(stage: Stage): void {
  const { searches } = stage.domain;
  stage.at('2017-04-27T15:10:00Z', () =>
    searches.createSearch(
      working(stage),
      {
        name: 'Condominiums in San Francisco',
        description: 'For the Smiths: two bedrooms, a terrace if there is one',
        filter: {
          text: "City Eq 'San Francisco' And PropertySubType Eq 'Condominium' And ListPrice Le 750000.0",
          criteria: { cities: ['San Francisco'], sub_types: ['Condominium'], price: { max: 750_000 } },
          fits: true,
        },
        tags: ['Favorites', 'Buyers'],
        provided: true,
        contactKeys: [JOHN_SMITH.resoKey],
      },
      {
        id: stage.nextId('saved_search'),
        resoKey: '20170427151000000000000000',
        partIds: [stage.nextId('saved_search_contact')],
      },
    ),
  );
  stage.at('2017-05-02T09:30:00Z', () =>
    searches.createSearch(
      working(stage),
      {
        name: 'Twin Peaks West, three bedrooms',
        filter: {
          text: "MLSAreaMinor Eq 'Twin Peaks West' And BedsTotal Ge 3 And Not ListPrice Gt 900000.0",
          criteria: { mls_areas: ['Twin Peaks West'], bedrooms: { min: 3 } },
          fits: false,
        },
        tags: ['Buyers'],
      },
      { id: stage.nextId('saved_search'), resoKey: '20170502093000000000000000' },
    ),
  );
  stage.at('2017-05-06T18:45:00Z', () =>
    searches.createSearch(
      visiting(stage),
      {
        name: 'With a hot tub',
        filter: { text: "PublicRemarks Eq contains('terrace')", criteria: { keywords: ['terrace'] }, fits: true },
      },
      {
        id: stage.nextId('saved_search'),
        resoKey: '20170506184500000000000000',
        partIds: [stage.nextId('saved_search_contact')],
      },
    ),
  );
  stage.at('2017-06-01T08:00:00Z', () =>
    searches.createSearch(
      { actor: systemActor(stage.orgId), seen: { all: true } },
      {
        name: 'For sale now',
        filter: {
          text: "StandardStatus Eq 'Active' And PropertyType Ne 'F'",
          criteria: { standard_statuses: ['Active'] },
          fits: false,
        },
      },
      { id: stage.nextId('saved_search'), resoKey: '20170601080000000000000000' },
    ),
  );
}

const IN_CART: Readonly<Record<(typeof PORTAL_CARTS)[number], readonly string[]>> = {
  Favorites: [HOT_TUB],
  Possibilities: [WATERVIEW],
  Rejects: [],
  Removed: [],
};

function carts(stage: Stage): void {
  const { carts, shared } = stage.domain;
  for (const [place, type] of PORTAL_CARTS.entries())
    stage.at('2017-04-26T13:30:00Z', () =>
      carts.createCart(visiting(stage), { name: type, type, listingKeys: IN_CART[type] }, undefined, {
        id: stage.nextId('listing_cart'),
        resoKey: `201704261330000000000000${String(place).padStart(2, '0')}`,
        itemIds: IN_CART[type].map(() => stage.nextId('listing_cart_item')),
      }),
    );
  stage.at('2017-05-03T16:20:00Z', () =>
    carts.createCart(working(stage), { name: 'Saturday tour', viewId: 'tour', listingKeys: [WATERVIEW, HOT_TUB] }, undefined, {
      id: stage.nextId('listing_cart'),
      resoKey: '20170503162000000000000000',
      itemIds: [stage.nextId('listing_cart_item'), stage.nextId('listing_cart_item')],
    }),
  );
  stage.at('2017-05-03T16:25:00Z', () => shared.share(working(stage), { listingKeys: [HOT_TUB, WATERVIEW] }, { id: '15Ar' }));
}

/** What Brian and his client look for and have put aside (contracts/spark.md §10.6). */
export function sparkSearches(stage: Stage): void {
  savedSearches(stage);
  carts(stage);
}
