import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { keyOf } from './key-house.ts';
import {
  ATTURO,
  BRIAN,
  done,
  FAVORITES,
  filtering,
  HOT_TUB,
  JOHN_SMITH,
  make,
  messageOf,
  POSSIBILITIES,
  rowsOf,
  saysOf,
  send,
  TOUR,
  UNKNOWN,
  WATERVIEW,
} from './search-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const favorites = {
  Id: FAVORITES,
  ResourceUri: `/v1/listingcarts/${FAVORITES}`,
  OwnerId: JOHN_SMITH,
  Name: 'Favorites',
  ViewId: null,
  PortalCartType: 'Favorites',
  ListingCount: 1,
  ListingIds: [HOT_TUB],
  VowAdded: [HOT_TUB],
  VowRemoved: [],
  ModificationTimestamp: '2017-04-26T13:30:00Z',
};
const tour = {
  Id: TOUR,
  ResourceUri: `/v1/listingcarts/${TOUR}`,
  OwnerId: BRIAN,
  Name: 'Saturday tour',
  ViewId: 'tour',
  PortalCartType: 'Custom',
  ListingCount: 2,
  ListingIds: [WATERVIEW, HOT_TUB],
  VowAdded: [],
  VowRemoved: [],
  ModificationTimestamp: '2017-05-03T16:20:00Z',
};
const portal = ['Favorites', 'Possibilities', 'Rejects', 'Removed'];
const names = async (path: string, as: 'agent' | 'portal' = 'portal') =>
  rowsOf(await lab.spark(path, { as })).map(({ Name }) => Name);

describe('reading carts', () => {
  test('a member has its own, a consumer those of the portal', async () => {
    for (const path of ['/listingcarts', '/my/listingcarts', `/listingcarts/${TOUR}`, `/listingcarts/for/${HOT_TUB}`]) {
      const answer = await lab.spark(path);
      equal(answer.headers.get('cache-control'), 'private, no-store');
      deepEqual([answer.status, answer.body], [200, { D: { Success: true, Results: [tour] } }], path);
    }
    deepEqual(await names('/listingcarts'), portal);
    deepEqual(await names('/listingcarts/portal'), portal);
    deepEqual(await names('/listingcarts/portal/rejects'), ['Rejects']);
    for (const path of [
      '/listingcarts/portal/favorites',
      `/listingcarts/${FAVORITES}`,
      `/contacts/${JOHN_SMITH}/listingcarts/${FAVORITES}`,
    ])
      deepEqual((await lab.spark(path, { as: 'portal' })).body, { D: { Success: true, Results: [favorites] } });
    for (const path of ['/listingcarts/portal', '/listingcarts/portal/favorites', '/listingcarts/portal/rejects'])
      deepEqual((await lab.spark(path)).body, { D: { Success: true, Results: [] } });
  });

  test('an agent reads and fills those of its contacts, under either address', async () => {
    deepEqual(await names(`/contacts/${JOHN_SMITH}/listingcarts`, 'agent'), portal);
    for (const path of [`/listingcarts/${FAVORITES}`, `/contacts/${JOHN_SMITH}/listingcarts/${FAVORITES}`])
      deepEqual((await lab.spark(path)).body, { D: { Success: true, Results: [favorites] } });
    equal(saysOf(await lab.spark(`/contacts/${ATTURO}/listingcarts/${FAVORITES}`)), '404/404');
    equal(saysOf(await lab.spark(`/contacts/${UNKNOWN}/listingcarts`)), '404/404');
    equal(saysOf(await lab.spark(`/contacts/${ATTURO}/listingcarts`, { as: 'portal' })), '404/404');
  });

  test('that hold some listings; of a list of ids any will do', async () => {
    deepEqual(await names(`/listingcarts/for/${UNKNOWN},${WATERVIEW}`), ['Possibilities']);
    deepEqual(await names(`/listingcarts/for/${HOT_TUB},${WATERVIEW}`), ['Favorites', 'Possibilities']);
    deepEqual(await names(`/listingcarts/for/${Array(500).fill(HOT_TUB).join(',')}`), ['Favorites']);
    for (const ids of ['abc', `${HOT_TUB},`, `${HOT_TUB};${WATERVIEW}`, '1'])
      equal(saysOf(await lab.spark(`/listingcarts/for/${ids}`)), '404/404', ids);
  });

  test('a page, an order, some members, a filter', async () => {
    const page = await lab.spark('/listingcarts?_limit=3&_pagination=1&_orderby=-Name&_select=Name', { as: 'portal' });
    deepEqual(page.body, {
      D: {
        Success: true,
        Results: ['Removed', 'Rejects', 'Possibilities'].map((Name, place) => ({
          Id: `2017042613300000000000000${3 - place}`,
          ResourceUri: `/v1/listingcarts/2017042613300000000000000${3 - place}`,
          Name,
        })),
        Pagination: { TotalRows: 4, PageSize: 3, TotalPages: 2, CurrentPage: 1 },
      },
    });
    deepEqual(await names(filtering('/listingcarts', "Name Eq startswith('Re') Or PortalCartType Eq 'favorites'")), [
      'Favorites',
      'Rejects',
      'Removed',
    ]);
    equal(saysOf(await lab.spark(filtering('/listingcarts', "ListingIds Eq 'x'"))), '400/1040');
    equal(saysOf(await lab.spark('/listingcarts?_orderby=ListingIds')), '400/1053');
    const token = await lab.spark('/listingcarts?_skiptoken=&_limit=1', { as: 'portal' });
    equal((token.body as { D: { SkipToken: string } }).D.SkipToken, FAVORITES);
    deepEqual(await names(`/listingcarts?_skiptoken=${FAVORITES}&_limit=1`), ['Possibilities']);
  });

  test('its listings are listings, filtered and expanded like any', async () => {
    const ids = async (path: string, as: 'agent' | 'portal' = 'agent') =>
      rowsOf(await lab.spark(path, { as }))
        .map(({ Id }) => Id)
        .toSorted();
    deepEqual(await ids(`/listingcarts/${TOUR}/listings`), [HOT_TUB, WATERVIEW]);
    deepEqual(await ids(filtering(`/listingcarts/${TOUR}/listings`, 'BedsTotal Ge 3')), [WATERVIEW]);
    const inCart = await lab.spark(`/listingcarts/${FAVORITES}/listings?_expand=Photos`, { as: 'portal' });
    const alone = await lab.spark(`${filtering('/listings', `ListingKey Eq '${HOT_TUB}'`)}&_expand=Photos`, { as: 'portal' });
    deepEqual(inCart.body, alone.body);
    equal(saysOf(await lab.spark(`/listingcarts/${UNKNOWN}/listings`)), '404/404');
    equal(saysOf(await lab.spark(`/listingcarts/${TOUR}/listings`, { as: 'portal' })), '404/404');
  });

  test('a cart can be searched in', async () => {
    const found = async (text: string, as: 'agent' | 'portal' | 'idx' = 'agent') => {
      const answer = await lab.spark(filtering('/listings', text), { as });
      return answer.status === 200
        ? rowsOf(answer)
            .map(({ Id }) => Id)
            .toSorted()
        : saysOf(answer);
    };
    deepEqual(await found(`ListingCart Eq '${TOUR}' And BedsTotal Eq 2`), [HOT_TUB]);
    deepEqual(await found(`ListingCart Eq '${FAVORITES}'`, 'portal'), [HOT_TUB]);
    for (const [text, as] of [
      [`ListingCart Eq '${TOUR}'`, 'portal'],
      [`ListingCart Eq '${TOUR}'`, 'idx'],
      [`ListingCart Eq '${UNKNOWN}'`, 'agent'],
      ["ListingCart Eq 'x'", 'agent'],
      ["MapOverlay Eq 'x'", 'agent'],
    ] as const)
      equal(await found(text, as), '400/2000', text);
  });
});

describe('writing carts', () => {
  test('made, filled, renamed, emptied, removed', async () => {
    const answer = await send(lab, 'POST', '/listingcarts', { ListingCarts: [{ Name: 'Mine', ListingIds: [HOT_TUB] }] });
    equal(answer.status, 201);
    const [{ ResourceUri } = { ResourceUri: '' }] = rowsOf(answer) as unknown as { ResourceUri: string }[];
    match(ResourceUri, /^\/v1\/listingcarts\/\d{26}$/);
    const path = ResourceUri.slice(3);
    const key = path.slice(-26);
    const counted = (ListingCount: number) => ({
      D: { Success: true, Results: [{ ResourceUri, Id: key, Name: 'Mine', ListingCount }] },
    });
    deepEqual(answer.body, { D: { Success: true, Results: [{ ResourceUri }] } });
    const added = await send(lab, 'POST', path, { ListingIds: [WATERVIEW, HOT_TUB] });
    deepEqual([added.status, added.body], [200, counted(2)]);
    const removed = await send(lab, 'DELETE', `${path}/listings/${HOT_TUB},${UNKNOWN}`);
    deepEqual([removed.status, removed.body], [200, counted(1)]);
    deepEqual((await send(lab, 'DELETE', `${path}/listings/${HOT_TUB}`)).body, counted(1));
    for (const change of [{ Name: 'Ours', ViewId: 'v' }, { ListingIds: [HOT_TUB] }, {}, { OwnerId: 'x', Id: 1, Other: [] }]) {
      const changed = await send(lab, 'PUT', path, change);
      deepEqual([changed.status, changed.body], [200, done]);
    }
    const [now] = rowsOf(await lab.spark(path));
    deepEqual([now?.Name, now?.ViewId, now?.ListingIds], ['Ours', 'v', [HOT_TUB]]);
    const gone = await send(lab, 'DELETE', path);
    deepEqual([gone.status, gone.body], [200, done]);
    equal(saysOf(await lab.spark(path)), '404/404');
    equal(saysOf(await send(lab, 'DELETE', path)), '404/404');
  });

  test('an agent makes one for a contact, which it then has', async () => {
    const key = await make(lab, `/contacts/${JOHN_SMITH}/listingcarts`, { Name: 'For you', ListingIds: [WATERVIEW] });
    const [cart] = rowsOf(await lab.spark(`/listingcarts/${key}`, { as: 'portal' }));
    deepEqual([cart?.OwnerId, cart?.Name, cart?.VowAdded], [JOHN_SMITH, 'For you', []]);
    await send(lab, 'POST', `/listingcarts/${key}`, { ListingIds: [HOT_TUB] }, 'portal');
    await send(lab, 'DELETE', `/listingcarts/${key}/listings/${WATERVIEW}`, undefined, 'portal');
    const [after_] = rowsOf(await lab.spark(`/contacts/${JOHN_SMITH}/listingcarts/${key}`));
    deepEqual([after_?.ListingIds, after_?.VowAdded, after_?.VowRemoved], [[HOT_TUB], [HOT_TUB], [WATERVIEW]]);
    deepEqual((await send(lab, 'PUT', `/contacts/${JOHN_SMITH}/listingcarts/${key}`, { Name: 'For us' })).body, done);
    deepEqual((await send(lab, 'DELETE', `/contacts/${JOHN_SMITH}/listingcarts/${key}`, undefined, 'portal')).body, done);
    equal(saysOf(await send(lab, 'POST', `/contacts/${UNKNOWN}/listingcarts`, { Name: 'x' })), '404/404');
    equal(saysOf(await send(lab, 'POST', `/contacts/${UNKNOWN}/listingcarts`, {})), '404/404');
  });

  test("the portal's keep their names, and there is one of each", async () => {
    equal(saysOf(await send(lab, 'PUT', `/listingcarts/${FAVORITES}`, { Name: 'x' }, 'portal')), '409/1055');
    equal(saysOf(await send(lab, 'DELETE', `/listingcarts/${FAVORITES}`, undefined, 'portal')), '409/1055');
    equal(saysOf(await send(lab, 'POST', '/listingcarts', { Name: 'x', PortalCartType: 'Favorites' }, 'portal')), '409/1055');
    equal(saysOf(await send(lab, 'POST', '/listingcarts', { Name: 'x', PortalCartType: 'Favorites' })), '400/1053');
  });

  for (const [what, D, says, about] of [
    ['no name', {}, '400/1050', /Name/],
    ['an empty name', { Name: '' }, '400/1053', /Name/],
    ['blanks for a name', { Name: '  ' }, '400/1053', /Name/],
    ['a name that is a list', { Name: [] }, '400/1053', /Name/],
    ['a name that is too long', { Name: 'x'.repeat(256) }, '400/1053', /Name/],
    ['a character that cannot be stored', { Name: 'a\u0000' }, '400/1053', /Name/],
    ['a kind that is none', { Name: 'x', PortalCartType: 'Recommended' }, '400/1053', /PortalCartType/],
    ['ids that are no list', { Name: 'x', ListingIds: HOT_TUB }, '400/1053', /ListingIds/],
    ['an id of another form', { Name: 'x', ListingIds: ['1'] }, '400/1053', /./],
    ['a listing that nobody has', { Name: 'x', ListingIds: [HOT_TUB, UNKNOWN] }, '400/1053', new RegExp(UNKNOWN)],
    ['two carts', { ListingCarts: [{ Name: 'x' }, { Name: 'y' }] }, '400/1053', /ListingCarts/],
    ['a list with something else', { ListingCarts: ['x'] }, '400/1050', /ListingCarts/],
    ['more listings than a cart holds', { Name: 'x', ListingIds: Array(2001).fill(HOT_TUB) }, '400/1053', /ListingIds/],
  ] as const)
    test(`${what}: ${says}, and nothing is made`, async () => {
      const answer = await send(lab, 'POST', '/listingcarts', D);
      equal(saysOf(answer), says);
      match(messageOf(answer) ?? '', about);
      equal(rowsOf(await lab.spark('/listingcarts')).length, 1);
    });

  test('putting in needs listings, and a cart', async () => {
    equal(saysOf(await send(lab, 'POST', `/listingcarts/${TOUR}`, {})), '400/1050');
    equal(saysOf(await send(lab, 'POST', `/listingcarts/${TOUR}`, { ListingIds: [] })), '400/1050');
    equal(saysOf(await send(lab, 'POST', `/listingcarts/${UNKNOWN}`, {})), '404/404');
    equal(
      saysOf(
        await lab.spark(`/listingcarts/${TOUR}`, { method: 'POST', body: 'x', headers: { 'content-type': 'application/json' } }),
      ),
      '400/1035',
    );
    equal(saysOf(await send(lab, 'DELETE', `/listingcarts/${TOUR}/listings/1`)), '404/404');
    equal(saysOf(await send(lab, 'PUT', `/listingcarts/${TOUR}`, { ListingIds: [UNKNOWN] })), '400/1053');
    deepEqual(rowsOf(await lab.spark(`/listingcarts/${TOUR}`)), [tour]);
  });
});

describe('who may', () => {
  test('a site has no carts; a lowered role neither', async () => {
    for (const path of [
      '/listingcarts',
      '/listingcarts/portal',
      `/listingcarts/${TOUR}`,
      `/contacts/${JOHN_SMITH}/listingcarts`,
    ]) {
      equal(saysOf(await lab.spark(path, { as: 'idx' })), '403/1500', path);
      equal(saysOf(await lab.spark(`${path}?RoleOverride=Public`)), '403/1500', path);
      equal(saysOf(await lab.spark(path, { as: null })), '401/1000', path);
    }
    equal(saysOf(await send(lab, 'POST', '/listingcarts', { Name: 'x' }, 'idx')), '403/1500');
  });

  test('a vow key is as a portal key; a key that only reads writes nothing', async () => {
    const vow = await keyOf(lab, 'vow');
    deepEqual(
      rowsOf(await lab.spark('/listingcarts', { as: vow })).map(({ Name }) => Name),
      portal,
    );
    const reader = await keyOf(lab, 'private', ['read_only']);
    equal((await lab.spark('/listingcarts', { as: reader })).status, 200);
    equal(saysOf(await send(lab, 'POST', `/listingcarts/${TOUR}`, { ListingIds: [HOT_TUB] }, reader)), '405/1017');
  });

  test('a consumer and an agent do not meet outside of the contact', async () => {
    equal(saysOf(await lab.spark(`/listingcarts/${TOUR}`, { as: 'portal' })), '404/404');
    equal(saysOf(await send(lab, 'DELETE', `/listingcarts/${TOUR}`, undefined, 'portal')), '404/404');
    equal(saysOf(await send(lab, 'POST', `/listingcarts/${TOUR}`, { ListingIds: [HOT_TUB] }, 'portal')), '404/404');
  });

  test('another brokerage finds its own under the same keys, and none of these', async () => {
    const northgate = {
      ...tour,
      Name: 'Northgate tour',
      ViewId: null,
      ListingCount: 1,
      ListingIds: [HOT_TUB],
      ModificationTimestamp: '2017-06-10T15:00:00Z',
    };
    for (const path of ['/listingcarts', `/listingcarts/${TOUR}`])
      deepEqual(rowsOf(await lab.spark(path, { as: 'demo' })), [northgate]);
    const [levee] = rowsOf(await lab.spark(`/listingcarts/${TOUR}/listings`, { as: 'demo' }));
    equal((levee?.StandardFields as { City?: string } | undefined)?.City, 'Oxbow Falls');
    for (const path of [`/listingcarts/${FAVORITES}`, `/listingcarts/${FAVORITES}/listings`])
      equal(saysOf(await lab.spark(path, { as: 'demo' })), '404/404', path);
    equal(saysOf(await send(lab, 'DELETE', `/listingcarts/${FAVORITES}`, undefined, 'demo')), '404/404');
    await send(lab, 'DELETE', `/listingcarts/${TOUR}`, undefined, 'demo');
    deepEqual(rowsOf(await lab.spark(`/listingcarts/${TOUR}`)), [tour]);
  });

  test('other methods are not there', async () => {
    for (const [method, path, allow] of [
      ['PUT', '/listingcarts', 'GET, POST'],
      ['DELETE', '/my/listingcarts', 'GET'],
      ['PATCH', `/listingcarts/${TOUR}`, 'GET, POST, PUT, DELETE'],
      ['POST', '/listingcarts/portal', 'GET'],
      ['POST', '/listingcarts/portal/favorites', 'GET'],
      ['DELETE', `/listingcarts/for/${HOT_TUB}`, 'GET'],
      ['POST', `/listingcarts/${TOUR}/listings`, 'GET'],
      ['GET', `/listingcarts/${TOUR}/listings/${HOT_TUB}`, 'DELETE'],
      ['POST', `/contacts/${JOHN_SMITH}/listingcarts/${POSSIBILITIES}`, 'GET, PUT, DELETE'],
    ] as const) {
      const answer = await lab.spark(path, { method });
      equal(saysOf(answer), '405/405', `${method} ${path}`);
      equal(answer.headers.get('allow'), allow, path);
    }
    equal(saysOf(await lab.spark('/listingcarts/portal/removed')), '404/404');
  });
});
