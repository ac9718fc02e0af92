import type { Seeker } from '../../domain/index.ts';
import { actorOf, type Stage } from '../stage.ts';

const DORA = { memberId: 1, userId: 1, name: 'Dora Demers', officeId: 11 };

/** A search and a cart under keys of the first brokerage's (domain-people §4.3). What is shared has an address of its own on the server. */
export function demoSearches(stage: Stage): void {
  const { searches, carts } = stage.domain;
  const dora: Seeker = { actor: actorOf(stage.orgId, DORA), seen: { all: true } };
  stage.at('2017-06-10T15:00:00Z', async () => {
    await searches.createSearch(
      dora,
      {
        name: 'Northgate lake lots',
        filter: { text: "City Eq 'Oxbow Falls'", criteria: { cities: ['Oxbow Falls'] }, fits: true },
        tags: ['Favorites'],
      },
      { id: stage.nextId('saved_search'), resoKey: '20170427151000000000000000' },
    );
    await carts.createCart(dora, { name: 'Northgate tour', listingKeys: ['20100815153524571646000000'] }, undefined, {
      id: stage.nextId('listing_cart'),
      resoKey: '20170503162000000000000000',
      itemIds: [stage.nextId('listing_cart_item')],
    });
  });
}
