import { deepEqual, equal, notEqual, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Domain, ListingCart, Seeker } from '../../../src/domain/index.ts';
import type { ListPage } from '../../../src/kernel/condition.ts';
import { countStatements } from '../../../src/testing/count-statements.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, allen, brian, consumer, HOT_TUB, JOHN_SMITH, john, other, PAGE, stranger, visitor, WATERVIEW } from './world.ts';

let lab: Lab;
let domain: Domain;
before(async () => {
  lab = await openLab();
  domain = lab.house.stores.domain;
});
after(() => lab[Symbol.asyncDispose]());

const FAVORITES = '20170426133000000000000000';
const TOUR = '20170503162000000000000000';
const UNKNOWN = '20170101000000000000000000';
const told = ({ rows }: ListPage<ListingCart>) => rows.map(({ name, listing_keys }) => [name, ...listing_keys]);
const hide = (key: string, listed: boolean) =>
  lab.rows('update property set published = $2 where org_id = 1 and reso_key = $1', [key, listed]);

describe('whose carts are seen', () => {
  test('the own ones; a consumer has those of the portal', async () => {
    const { carts } = domain;
    deepEqual(told(await carts.carts(brian, PAGE)), [['Saturday tour', WATERVIEW, HOT_TUB]]);
    const own = [['Favorites', HOT_TUB], ['Possibilities', WATERVIEW], ['Rejects'], ['Removed']];
    deepEqual(told(await carts.carts(consumer, PAGE)), own);
    deepEqual(told(await carts.portalCarts(consumer, PAGE)), own);
    deepEqual(told(await carts.portalCarts(consumer, PAGE, 'Favorites')), own.slice(0, 1));
    deepEqual(told(await carts.portalCarts(brian, PAGE)), []);
    for (const seeker of [john, allen, visitor]) deepEqual(told(await carts.carts(seeker, PAGE)), []);
    deepEqual(told(await carts.carts(stranger, PAGE)), [['Northgate tour', HOT_TUB]]);
  });

  test('those of a contact by its agents and itself, and by their keys', async () => {
    const { carts } = domain;
    for (const seeker of [brian, john, consumer]) {
      equal((await carts.cartsOfContact(seeker, JOHN_SMITH, PAGE)).total, 4);
      equal((await carts.cart(seeker, FAVORITES)).owner_key, JOHN_SMITH);
      equal((await carts.cart(seeker, FAVORITES, JOHN_SMITH)).type, 'Favorites');
      await rejects(carts.cart(seeker, FAVORITES, ATTURO), { kind: 'not_found' });
    }
    for (const seeker of [allen, other, visitor]) {
      await rejects(carts.cartsOfContact(seeker, JOHN_SMITH, PAGE), { kind: 'not_found' });
      await rejects(carts.cart(seeker, FAVORITES), { kind: 'not_found' });
      equal(await carts.findListingIds(seeker, FAVORITES), undefined);
    }
    await rejects(carts.cart(stranger, FAVORITES), { kind: 'not_found' });
    await rejects(carts.cart(consumer, TOUR), { kind: 'not_found' });
    deepEqual((await carts.findListingIds(brian, TOUR))?.toSorted(), [7001, 7002]);
  });

  test('with one of some listings in them', async () => {
    const { carts } = domain;
    deepEqual(told(await carts.cartsHolding(brian, [HOT_TUB], PAGE)), [['Saturday tour', WATERVIEW, HOT_TUB]]);
    deepEqual(told(await carts.cartsHolding(consumer, [HOT_TUB, WATERVIEW], PAGE)), [
      ['Favorites', HOT_TUB],
      ['Possibilities', WATERVIEW],
    ]);
    deepEqual(told(await carts.cartsHolding(consumer, [UNKNOWN], PAGE)), []);
  });

  test('portal carts come with the first look of a consumer, once', async () => {
    const { carts } = domain;
    const [first, second] = await Promise.all([carts.carts(other, PAGE), carts.portalCarts(other, PAGE)]);
    deepEqual([first.total, second.total], [4, 4]);
    equal((await carts.carts(other, PAGE)).total, 4);
    const [events] = await lab.rows<{ n: number }>(
      `select count(*)::int as n from event where noun = 'listing_cart' and verb = 'created' and contact_id = 3603864`,
    );
    equal(events?.n, 4);
  });
});

test('a page costs the same few statements, however many carts and listings it shows', async () => {
  // What is missing of the portal's, the carts, what is in them.
  equal(await countStatements(lab, () => domain.carts.carts(consumer, PAGE)), 3);
  equal(await countStatements(lab, () => domain.carts.carts(brian, PAGE)), 2);
  equal(await countStatements(lab, () => domain.searches.searches(brian, PAGE)), 1);
});

describe('what is in a cart', () => {
  test('comes in its order, once, with what the consumer did', async () => {
    const { carts } = domain;
    const { reso_key: key, version } = await carts.createCart(consumer, { name: 'Both', listingKeys: [WATERVIEW] });
    const filled = await carts.addListings(brian, key, [HOT_TUB, WATERVIEW, HOT_TUB]);
    deepEqual([filled.listing_keys, filled.added, filled.removed], [[WATERVIEW, HOT_TUB], [WATERVIEW], []]);
    const less = await carts.removeListings(consumer, key, [WATERVIEW, UNKNOWN]);
    deepEqual([less.listing_keys, less.added, less.removed], [[HOT_TUB], [], [WATERVIEW]]);
    const back = await carts.addListings(brian, key, [WATERVIEW]);
    deepEqual([back.listing_keys, back.added, back.removed], [[HOT_TUB, WATERVIEW], [], []]);
    const replaced = await carts.updateCart(brian, key, { listingKeys: [WATERVIEW] });
    deepEqual([replaced.listing_keys, replaced.removed], [[WATERVIEW], []]);
    // Items move the time of the cart, not its version.
    equal(replaced.version, version);
    notEqual(replaced.changed_at.getTime(), replaced.created_at.getTime());
    await carts.removeCart(consumer, key);
    await rejects(carts.cart(consumer, key), { kind: 'not_found' });
  });

  test('keeps the listing as it was, whatever becomes of it', async () => {
    deepEqual(
      await lab.rows(
        `select i.contact_id, i.listing_number, i.mls_name, i.property_address, i.price, i.by_contact from listing_cart_item i
         join listing_cart c on c.org_id = i.org_id and c.id = i.cart_id where c.reso_key = $1 and i.deleted_at is null`,
        [FAVORITES],
      ),
      [
        {
          contact_id: 3603863,
          listing_number: 'OXF190347',
          mls_name: (await lab.rows<{ short_name: string }>('select short_name from mls where org_id = 1 order by id limit 1'))[0]
            ?.short_name,
          property_address: '333 Main St 123, San Francisco, CA 94105',
          price: 685000,
          by_contact: true,
        },
      ],
    );
  });

  test('a listing that is hidden waits in it, and comes back; a change of the rest does not touch it', async () => {
    const { carts } = domain;
    const { reso_key: key } = await carts.createCart(consumer, { name: 'Waiting', listingKeys: [HOT_TUB, WATERVIEW] });
    await hide(WATERVIEW, false);
    deepEqual((await carts.cart(consumer, key)).listing_keys, [HOT_TUB]);
    deepEqual((await carts.cart(brian, key)).listing_keys, [HOT_TUB, WATERVIEW]);
    deepEqual((await carts.updateCart(consumer, key, { listingKeys: [] })).listing_keys, []);
    await rejects(carts.addListings(consumer, key, [WATERVIEW]), {
      kind: 'invalid',
      message: `${WATERVIEW} is no listing that you can see`,
    });
    await hide(WATERVIEW, true);
    deepEqual((await carts.cart(consumer, key)).listing_keys, [WATERVIEW]);
    await carts.removeCart(consumer, key);
  });

  test('is nothing that is unknown, and nothing then is written', async () => {
    const { carts } = domain;
    const before = await lab.rows('select count(*)::int as n from listing_cart');
    await rejects(carts.createCart(brian, { name: 'x', listingKeys: [HOT_TUB, UNKNOWN] }), { kind: 'invalid' });
    deepEqual(await lab.rows('select count(*)::int as n from listing_cart'), before);
    await rejects(carts.addListings(brian, TOUR, [UNKNOWN]), { kind: 'invalid' });
  });

  test('at most so much that a page of carts stays small', async () => {
    await lab.rows(
      `insert into property (org_id, code, reso_key, mls_id, listing_number, created_door, standard_status, published)
       select org_id, 'T' || n, (30000000000000000000000000 + n)::text, mls_id, 'T' || n, 'portico', 'Active', true
       from property, generate_series(1, 2001) n where org_id = 1 and id = 7001`,
    );
    const keys = (await lab.rows<{ key: string }>(`select reso_key as key from property where code like 'T%' order by id`)).map(
      ({ key }) => key,
    );
    const { reso_key: key } = await domain.carts.createCart(brian, { name: 'Full', listingKeys: keys.slice(0, 2000) });
    await rejects(domain.carts.addListings(brian, key, keys), { kind: 'invalid', message: /2000/ });
    equal((await domain.carts.cart(brian, key)).listing_keys.length, 2000);
    await lab.rows(`delete from listing_cart_item where property_id in (select id from property where code like 'T%')`);
    await lab.rows(`delete from property where code like 'T%'`);
  });
});

describe('a cart is written', () => {
  test('an agent keeps one for a contact of the book', async () => {
    const { carts } = domain;
    const made = await carts.createCart(brian, { name: 'For you', viewId: 'map' }, JOHN_SMITH);
    deepEqual([made.owner_key, made.type, made.view_id], [JOHN_SMITH, 'Custom', 'map']);
    const renamed = await carts.updateCart(consumer, made.reso_key, { name: 'For us', viewId: null });
    deepEqual([renamed.name, renamed.view_id, renamed.version], ['For us', null, 2]);
    equal((await carts.updateCart(brian, made.reso_key, { name: 'For us' }, JOHN_SMITH)).version, 2);
    await carts.removeCart(brian, made.reso_key, JOHN_SMITH);
    await rejects(carts.createCart(allen, { name: 'x' }, JOHN_SMITH), { kind: 'not_found' });
    await rejects(carts.createCart(consumer, { name: 'x' }, ATTURO), { kind: 'not_found' });
  });

  test("the portal's keep their names and stay; there is one of each", async () => {
    const { carts } = domain;
    for (const seeker of [brian, consumer]) {
      await rejects(carts.updateCart(seeker, FAVORITES, { name: 'x' }), { kind: 'conflict', reason: 'cart.portal' });
      await rejects(carts.removeCart(seeker, FAVORITES), { kind: 'conflict', reason: 'cart.portal' });
      equal((await carts.updateCart(seeker, FAVORITES, { name: 'Favorites', viewId: null })).version, 1);
    }
    await rejects(carts.createCart(consumer, { name: 'x', type: 'Rejects' }), { kind: 'conflict', reason: 'cart.exists' });
    await rejects(carts.createCart(brian, { name: 'x', type: 'Rejects' }), { kind: 'invalid' });
  });

  test('two at once put a listing in once', async () => {
    const { carts } = domain;
    const { reso_key: key } = await carts.createCart(brian, { name: 'Race' });
    await Promise.all([1, 2, 3].map(() => carts.addListings(brian, key, [HOT_TUB, WATERVIEW])));
    deepEqual((await carts.cart(brian, key)).listing_keys, [HOT_TUB, WATERVIEW]);
    await carts.removeCart(brian, key);
  });
});

describe('listings that are shared', () => {
  test('are found by an id that nobody guesses, as far as they are seen', async () => {
    const { shared } = domain;
    const made = await shared.share(brian, { listingKeys: [WATERVIEW, HOT_TUB, WATERVIEW], viewId: 'v' });
    equal(/^[0-9A-Za-z]{10}$/.test(made.id), true);
    const opened: Seeker[] = [brian, consumer, visitor, allen];
    for (const seeker of opened)
      deepEqual(await shared.shared(seeker, made.id), { id: made.id, view_id: 'v', listing_keys: [WATERVIEW, HOT_TUB] });
    await rejects(shared.shared(stranger, made.id), { kind: 'not_found' });
    equal(await shared.findSharedIds(stranger, made.id), undefined);
    deepEqual(await shared.findSharedIds(consumer, made.id), [7002, 7001]);
    await hide(WATERVIEW, false);
    deepEqual((await shared.shared(consumer, made.id)).listing_keys, [HOT_TUB]);
    const page = await shared.openShared(made.id);
    deepEqual(
      page.listings.map(({ first_line }) => first_line),
      ['333 Main St 123'],
    );
    equal(page.broker, 'Allen Realty');
    await rejects(shared.share(consumer, { listingKeys: [WATERVIEW] }), { kind: 'invalid' });
    await hide(WATERVIEW, true);
    await rejects(shared.share(brian, { listingKeys: [] }), { kind: 'invalid' });
    await rejects(shared.openShared('nobody'), { kind: 'not_found' });
  });
});

test('with a contact go its carts, its searches and its part in those of others', async () => {
  const { people, carts, searches } = domain;
  const contact = await people.createContact(brian.actor, { last_name: 'Parting' });
  const own: Seeker = { actor: { ...consumer.actor, id: contact.id }, seen: { all: false } };
  await carts.carts(own, PAGE);
  await carts.createCart(own, { name: 'Mine', listingKeys: [HOT_TUB] });
  await searches.createSearch(own, { name: 'Mine' });
  const { reso_key: kept } = await searches.createSearch(brian, { name: 'Kept', contactKeys: [contact.reso_key] });
  await people.removeContact(brian.actor, contact.id);
  deepEqual(
    await lab.rows(
      `select (select count(*)::int from listing_cart where owner_contact_id = $1 and deleted_at is null) as carts,
         (select count(*)::int from listing_cart_item where contact_id = $1 and deleted_at is null) as items,
         (select count(*)::int from saved_search where owner_contact_id = $1 and deleted_at is null) as searches,
         (select count(*)::int from saved_search_contact where contact_id = $1 and deleted_at is null) as parts,
         (select count(*)::int from event where contact_id = $1 and verb = 'deleted' and noun <> 'contact') as events`,
      [contact.id],
    ),
    [{ carts: 0, items: 0, searches: 0, parts: 0, events: 8 }],
  );
  deepEqual((await searches.search(brian, kept)).contact_keys, []);
  await rejects(carts.createCart(own, { name: 'late' }), { kind: 'not_found' });
  await rejects(searches.createSearch(own, { name: 'late' }), { kind: 'not_found' });
  equal((await carts.carts(own, PAGE)).total, 0);
});
