import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Domain, SavedSearch } from '../../../src/domain/index.ts';
import type { ListPage } from '../../../src/kernel/condition.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, allen, brian, consumer, JOHN_SMITH, john, other, PAGE, stranger, visitor } from './world.ts';

let lab: Lab;
let domain: Domain;
before(async () => {
  lab = await openLab();
  domain = lab.house.stores.domain;
});
after(() => lab[Symbol.asyncDispose]());

const names = ({ rows }: ListPage<SavedSearch>) => rows.map(({ name }) => name);
const CONDOS = '20170427151000000000000000';
const TWIN_PEAKS = '20170502093000000000000000';
const OWN = '20170506184500000000000000';
const HOUSE = '20170601080000000000000000';
const FILTER = { text: "City Eq 'Solon'", criteria: { cities: ['Solon'] }, fits: true };

describe('whose searches are seen', () => {
  test('a member lists its own, a consumer its own, a site those of its owner', async () => {
    const { searches } = domain;
    deepEqual(names(await searches.searches(brian, PAGE)), ['Condominiums in San Francisco', 'Twin Peaks West, three bedrooms']);
    deepEqual(names(await searches.searches(consumer, PAGE)), ['With a hot tub']);
    deepEqual(names(await searches.searches(visitor, PAGE)), [
      'Condominiums in San Francisco',
      'Twin Peaks West, three bedrooms',
    ]);
    for (const seeker of [john, allen, other]) deepEqual(await searches.searches(seeker, PAGE), { rows: [], total: 0 });
    deepEqual(names(await searches.searches(stranger, PAGE)), ['Northgate lake lots']);
  });

  test('agents and the brokerage provide; a consumer has both', async () => {
    const { searches } = domain;
    deepEqual(names(await searches.provided(consumer, PAGE)), ['Condominiums in San Francisco', 'For sale now']);
    for (const seeker of [brian, john, other, visitor]) deepEqual(names(await searches.provided(seeker, PAGE)), ['For sale now']);
    deepEqual(names(await searches.provided(stranger, PAGE)), []);
    equal((await searches.providedSearch(consumer, CONDOS)).name, 'Condominiums in San Francisco');
    await rejects(searches.providedSearch(brian, CONDOS), { kind: 'not_found' });
  });

  test('the agents of a contact see what it sees', async () => {
    const { searches } = domain;
    for (const seeker of [brian, john, consumer]) {
      deepEqual(names(await searches.searchesOfContact(seeker, JOHN_SMITH, 'own', PAGE)), ['With a hot tub']);
      deepEqual(names(await searches.searchesOfContact(seeker, JOHN_SMITH, 'provided', PAGE)), [
        'Condominiums in San Francisco',
        'For sale now',
      ]);
    }
    for (const seeker of [allen, other])
      await rejects(searches.searchesOfContact(seeker, JOHN_SMITH, 'own', PAGE), { kind: 'not_found' });
    // There it is another person's key.
    deepEqual(names(await searches.searchesOfContact(stranger, JOHN_SMITH, 'own', PAGE)), []);
  });

  test('by its key, too', async () => {
    const seen = async (key: string) => {
      const found = await Promise.all(
        [brian, john, allen, consumer, other, visitor, stranger].map((s) => domain.searches.findSearch(s, key)),
      );
      return found.map((search) => search !== undefined);
    };
    //                              brian john  allen consumer other visitor stranger
    // A stranger has a search of its own under that key.
    deepEqual(await seen(CONDOS), [true, true, false, true, false, true, true]);
    deepEqual(await seen(TWIN_PEAKS), [true, false, false, false, false, true, false]);
    deepEqual(await seen(OWN), [true, true, false, true, false, false, false]);
    deepEqual(await seen(HOUSE), [true, true, true, true, true, true, false]);
  });

  test('only who is at work learns of the contacts; a consumer of itself', async () => {
    const of = async (seeker: typeof brian) => (await domain.searches.search(seeker, CONDOS)).contact_keys;
    deepEqual(await of(brian), [JOHN_SMITH]);
    deepEqual(await of(consumer), [JOHN_SMITH]);
    deepEqual(await of(visitor), []);
  });

  test('by tag, in its order, a page of it', async () => {
    const { searches } = domain;
    deepEqual(names(await searches.searches(brian, PAGE, 'Favorites')), ['Condominiums in San Francisco']);
    deepEqual(names(await searches.searches(brian, PAGE, 'favorites')), []);
    const query = { ...PAGE, order: [{ field: 'name', descending: true }], limit: 1, offset: 0 };
    deepEqual(names(await searches.searches(brian, query, 'Buyers')), ['Twin Peaks West, three bedrooms']);
    equal((await searches.searches(brian, query, 'Buyers')).total, 2);
  });
});

describe('a search is written', () => {
  test('made, changed where it differs, deleted with its parts; each act leaves an event', async () => {
    const { searches } = domain;
    const made = await searches.createSearch(brian, {
      name: 'Solon',
      filter: FILTER,
      tags: ['A'],
      contactKeys: [ATTURO, JOHN_SMITH, ATTURO],
    });
    deepEqual(
      [made.filter_text, made.criteria, made.fits, made.side, made.provided, made.version],
      [FILTER.text, FILTER.criteria, true, null, false, 1],
    );
    deepEqual(made.contact_keys, [ATTURO, JOHN_SMITH]);
    const same = await searches.updateSearch(brian, made.reso_key, { name: 'Solon', filter: FILTER, tags: ['A'] });
    deepEqual([same.version, same.updated_at], [1, made.updated_at]);
    const sold = { text: "StandardStatus Eq 'Closed'", criteria: { side: 'sold' as const }, fits: true };
    const after = await searches.updateSearch(brian, made.reso_key, {
      description: 'x',
      filter: sold,
      contactKeys: [JOHN_SMITH],
    });
    deepEqual([after.version, after.side, after.filter_text, after.description], [2, 'sold', sold.text, 'x']);
    deepEqual(after.contact_keys, [JOHN_SMITH]);
    await searches.removeSearch(brian, made.reso_key);
    await rejects(searches.search(brian, made.reso_key), { kind: 'not_found' });
    deepEqual(
      await lab.rows(
        `select noun, verb, contact_id from event where noun = 'saved_search' and row_id = $1
         union all select noun, verb, contact_id from event where noun = 'saved_search_contact' and changed ->> 'search_id' = $1::text
         order by noun, verb, contact_id`,
        [made.id],
      ),
      [
        { noun: 'saved_search', verb: 'created', contact_id: null },
        { noun: 'saved_search', verb: 'deleted', contact_id: null },
        { noun: 'saved_search', verb: 'updated', contact_id: null },
        { noun: 'saved_search_contact', verb: 'created', contact_id: 3603863 },
        { noun: 'saved_search_contact', verb: 'created', contact_id: 3603864 },
        { noun: 'saved_search_contact', verb: 'deleted', contact_id: 3603864 },
      ],
    );
    deepEqual(
      await lab.rows(
        'select contact_id, deleted_at is not null as gone from saved_search_contact where search_id = $1 order by 1',
        [made.id],
      ),
      [
        { contact_id: 3603863, gone: true },
        { contact_id: 3603864, gone: true },
      ],
    );
  });

  test('a consumer makes its own, and provides nothing', async () => {
    const made = await domain.searches.createSearch(consumer, {
      name: 'Mine',
      filter: FILTER,
      provided: true,
      contactKeys: [ATTURO],
    });
    deepEqual([made.owner_key, made.provided, made.contact_keys], [JOHN_SMITH, false, [JOHN_SMITH]]);
    equal((await domain.searches.updateSearch(consumer, made.reso_key, { provided: true, name: 'Still mine' })).provided, false);
    await domain.searches.removeSearch(consumer, made.reso_key);
  });

  test('by nobody but its owner', async () => {
    const { searches } = domain;
    for (const [seeker, key] of [
      [consumer, CONDOS],
      [john, CONDOS],
      [brian, OWN],
      [brian, HOUSE],
      [other, HOUSE],
    ] as const) {
      await rejects(searches.updateSearch(seeker, key, { name: 'x' }), { kind: 'forbidden', reason: 'search.owner' });
      await rejects(searches.removeSearch(seeker, key), { kind: 'forbidden' });
    }
    for (const seeker of [allen, other])
      await rejects(searches.updateSearch(seeker, CONDOS, { name: 'x' }), { kind: 'not_found' });
    await rejects(searches.updateSearch(stranger, TWIN_PEAKS, { name: 'x' }), { kind: 'not_found' });
  });

  test('contacts come and go; one that is not in the book is unknown', async () => {
    const { searches } = domain;
    const { reso_key: key } = await searches.createSearch(brian, { name: 'For people' });
    const of = async () => (await searches.search(brian, key)).contact_keys;
    await searches.attachContact(brian, key, ATTURO);
    await searches.attachContact(brian, key, ATTURO);
    deepEqual(await of(), [ATTURO]);
    await searches.detachContact(brian, key, JOHN_SMITH);
    await searches.detachContact(brian, key, ATTURO);
    deepEqual(await of(), []);
    await searches.attachContact(brian, key, ATTURO);
    deepEqual(await of(), [ATTURO]);
    await rejects(searches.attachContact(brian, key, '20170101000000000000000000'), { kind: 'not_found' });
    await rejects(searches.detachContact(brian, key, '20170101000000000000000000'), { kind: 'not_found' });
    await rejects(searches.updateSearch(brian, key, { contactKeys: ['20170101000000000000000000'] }), { kind: 'invalid' });
    deepEqual(await of(), [ATTURO]);
    // The consumer sees it now, takes itself off, and sees it no longer.
    equal((await searches.search(other, key)).name, 'For people');
    await searches.detachContact(other, key, ATTURO);
    await rejects(searches.search(other, key), { kind: 'not_found' });
    await rejects(searches.detachContact(consumer, CONDOS, ATTURO), { kind: 'forbidden' });
    await searches.removeSearch(brian, key);
  });
});
