import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import {
  ATTURO,
  BRIAN,
  CONDOS,
  CONSUMERS_OWN,
  done,
  FOR_SALE_NOW,
  filtering,
  HOT_TUB,
  JOHN_SMITH,
  make,
  messageOf,
  rowsOf,
  saysOf,
  send,
  TOUR,
  TWIN_PEAKS,
  UNKNOWN,
  WATERVIEW,
} from './search-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const condos = {
  Id: CONDOS,
  ResourceUri: `/v1/savedsearches/${CONDOS}`,
  OwnerId: BRIAN,
  Name: 'Condominiums in San Francisco',
  Description: 'For the Smiths: two bedrooms, a terrace if there is one',
  Filter: "City Eq 'San Francisco' And PropertySubType Eq 'Condominium' And ListPrice Le 750000.0",
  ContactIds: [JOHN_SMITH],
  Tags: ['Favorites', 'Buyers'],
  Provided: true,
  ModificationTimestamp: '2017-04-27T15:10:00Z',
};
const read = (row: object) => ({ D: { Success: true, Results: [row] } });
const names = async (path: string, as: SparkCall['as'] = 'agent') =>
  rowsOf(await lab.spark(path, { as })).map(({ Name }) => Name);
const stored = async (key: string) =>
  (await lab.rows('select filter_text, criteria, fits, side, version::int from saved_search where reso_key = $1', [key]))[0];

describe('reading searches', () => {
  test('a member its own, with whom they are for; a site the same without', async () => {
    const answer = await lab.spark('/savedsearches?_limit=1');
    equal(answer.headers.get('cache-control'), 'private, no-store');
    deepEqual(answer.body, read(condos));
    deepEqual((await lab.spark(`/savedsearches/${CONDOS}`)).body, read(condos));
    const site = read({ ...condos, ContactIds: [] });
    deepEqual((await lab.spark('/savedsearches?_limit=1', { as: 'idx' })).body, site);
    deepEqual((await lab.spark(`/savedsearches/${CONDOS}?RoleOverride=Public`, { as: 'portal' })).body, site);
    deepEqual(await names('/savedsearches'), [condos.Name, 'Twin Peaks West, three bedrooms']);
  });

  test('a consumer its own and what is provided to it', async () => {
    deepEqual(await names('/savedsearches', 'portal'), ['With a hot tub']);
    deepEqual(await names('/provided/savedsearches', 'portal'), [condos.Name, 'For sale now']);
    deepEqual((await lab.spark(`/provided/savedsearches/${CONDOS}`, { as: 'portal' })).body, read(condos));
    deepEqual(await names('/provided/savedsearches'), ['For sale now']);
    equal(saysOf(await lab.spark(`/provided/savedsearches/${TWIN_PEAKS}`, { as: 'portal' })), '404/404');
    equal(saysOf(await lab.spark(`/savedsearches/${TWIN_PEAKS}`, { as: 'portal' })), '404/404');
  });

  test('an agent what its contact sees', async () => {
    for (const as of ['agent', 'portal'] as const) {
      deepEqual(await names(`/contacts/${JOHN_SMITH}/savedsearches`, as), ['With a hot tub']);
      deepEqual(await names(`/contacts/${JOHN_SMITH}/provided/savedsearches`, as), [condos.Name, 'For sale now']);
    }
    const [own] = rowsOf(await lab.spark(`/savedsearches/${CONSUMERS_OWN}`));
    deepEqual([own?.OwnerId, own?.ContactIds], [JOHN_SMITH, [JOHN_SMITH]]);
    equal(saysOf(await lab.spark(`/contacts/${ATTURO}/savedsearches`, { as: 'portal' })), '404/404');
    equal(saysOf(await lab.spark(`/contacts/${UNKNOWN}/savedsearches`)), '404/404');
    equal(saysOf(await lab.spark(`/contacts/${JOHN_SMITH}/savedsearches`, { as: 'idx' })), '403/1500');
    equal(saysOf(await lab.spark(`/savedsearches/${CONSUMERS_OWN}`, { as: 'idx' })), '404/404');
  });

  test('those of a tag, a page, an order, a filter', async () => {
    deepEqual(await names('/savedsearches/tags/Favorites'), [condos.Name]);
    deepEqual(await names('/savedsearches/tags/Buyers?_orderby=-Name'), ['Twin Peaks West, three bedrooms', condos.Name]);
    for (const tag of ['None%20such', 'favorites', '%00', 'a%2Fb', '%F0%9F%98%80'])
      deepEqual(await names(`/savedsearches/tags/${tag}`), [], tag);
    deepEqual(await names(filtering('/savedsearches', "Provided Eq true And Name Eq contains('condo')")), [condos.Name]);
    deepEqual((await lab.spark('/savedsearches?_pagination=count')).body, {
      D: { Success: true, Results: [], Pagination: { TotalRows: 2, PageSize: 10, TotalPages: 1, CurrentPage: 1 } },
    });
    deepEqual((await lab.spark(`/savedsearches/${CONDOS}?_select=Filter`)).body, {
      D: { Success: true, Results: [{ Id: CONDOS, ResourceUri: condos.ResourceUri, Filter: condos.Filter }] },
    });
    equal(saysOf(await lab.spark('/savedsearches?_orderby=Tags')), '400/1053');
  });
});

describe('a search in a filter', () => {
  const found = async (text: string, as: SparkCall['as'] = 'agent') => {
    const answer = await lab.spark(`${filtering('/listings', text)}&_limit=25`, { as });
    return answer.status === 200 ? rowsOf(answer).map(({ Id }) => Id) : saysOf(answer);
  };

  test('finds what it finds, beside other conditions', async () => {
    const condominiums = await found(`SavedSearch Eq '${CONDOS}'`);
    deepEqual(condominiums, await found(condos.Filter));
    ok(condominiums.includes(HOT_TUB) && !condominiums.includes(WATERVIEW));
    for (const as of ['portal', 'idx'] as const) ok((await found(`SavedSearch Eq '${CONDOS}'`, as)).includes(HOT_TUB), as);
    deepEqual(await found(`SavedSearch Eq '${CONDOS}' And ListingKey Eq '${WATERVIEW}'`), []);
    deepEqual(await found(`Not SavedSearch Eq '${CONDOS}' And ListingKey Eq '${WATERVIEW}'`), [WATERVIEW]);
    deepEqual(await found(`SavedSearch Eq '${TWIN_PEAKS}','${CONDOS}' And ListingKey Eq '${WATERVIEW}'`), [WATERVIEW]);
    const permissive = await lab.spark(`${filtering('/listings', `SavedSearch Eq '${FOR_SALE_NOW}'`)}&RequestMode=permissive`);
    equal(permissive.status, 200);
  });

  test('2001 for one that the caller does not see', async () => {
    for (const [key, as] of [
      [UNKNOWN, 'agent'],
      [TWIN_PEAKS, 'portal'],
      [CONSUMERS_OWN, 'idx'],
      [TWIN_PEAKS, 'demo'],
      ['x', 'agent'],
    ] as const)
      equal(await found(`SavedSearch Eq '${key}'`, as), '400/2001', key);
    const answer = await lab.spark(filtering('/listings', `BedsTotal Eq 2 And SavedSearch Eq '${UNKNOWN}'`));
    deepEqual(answer.body, {
      D: {
        Success: false,
        Code: 2001,
        Message: `Unknown SavedSearch ${UNKNOWN}`,
        SparkQLErrors: [
          {
            Token: `'${UNKNOWN}'`,
            Expression: `SavedSearch Eq '${UNKNOWN}'`,
            Status: 'Fatal',
            Message: `Unknown SavedSearch ${UNKNOWN}`,
          },
        ],
      },
    });
    equal(await found("EmailLink Eq 'x'"), '400/2002');
    equal(await found("SharedListing Eq 'x'"), '400/2003');
    equal(await found("SharedLink Eq 'x'"), '400/2003');
  });

  test('of an agent runs for a consumer as the agent wrote it', async () => {
    const key = await make(lab, '/savedsearches', {
      Name: 'Expiring',
      Filter: "ExpirationDate Eq NULL And City Eq 'San Francisco'",
      Provided: true,
      ContactIds: [JOHN_SMITH],
    });
    equal(await found('ExpirationDate Eq NULL', 'portal'), '400/1040');
    ok((await found(`SavedSearch Eq '${key}'`, 'portal')).includes(HOT_TUB));
    await send(lab, 'DELETE', `/savedsearches/${key}`);
  });

  test('is bounded: so many records, so many values', async () => {
    const many = Array.from({ length: 51 }, (_, n) => `'2017${String(n).padStart(22, '0')}'`).join(',');
    equal(await found(`SavedSearch Eq ${many}`), '400/1041');
    const values = Array.from({ length: 200 }, (_, n) => n).join(',');
    const large = Array.from({ length: 74 }, () => `BedsTotal Eq ${values}`).join(' And ');
    const keys = await Promise.all([1, 2, 3].map((n) => make(lab, '/savedsearches', { Name: `Large ${n}`, Filter: large })));
    equal((await lab.spark(filtering('/listings', `SavedSearch Eq '${keys[0]}'`))).status, 200);
    equal(await found(`SavedSearch Eq ${keys.map((key) => `'${key}'`).join(',')}`), '400/1041');
    await Promise.all(keys.map((key) => send(lab, 'DELETE', `/savedsearches/${key}`)));
  });
});

describe('writing searches', () => {
  test('made, read back byte for byte, changed, removed', async () => {
    const Filter = " city  EQ 'Oxford','S\\'o—lon'   And\tBedsTotal Gt 2 And (ListPrice Bt 100000,200000) ";
    const body = { SavedSearches: [{ Name: 'A new search name here', Filter, Description: null, Tags: ['A', 'A', 'b c'] }] };
    const refused = await send(lab, 'POST', '/savedsearches', body);
    deepEqual([saysOf(refused), messageOf(refused)], ['400/1040', 'Unknown field city']);
    const exact = Filter.replace('city', 'City');
    const made = await send(lab, 'POST', '/savedsearches', { SavedSearches: [{ ...body.SavedSearches[0], Filter: exact }] });
    equal(made.status, 201);
    const [row] = rowsOf(made);
    const key = row?.Id ?? '';
    match(key, /^\d{26}$/);
    deepEqual(made.body, read({ ResourceUri: `/v1/savedsearches/${key}`, Id: key, Name: 'A new search name here' }));
    const [found] = rowsOf(await lab.spark(`/savedsearches/${key}`));
    deepEqual(
      [found?.Filter, found?.Tags, found?.Description, found?.ContactIds, found?.Provided],
      [exact, ['A', 'b c'], null, [], false],
    );
    deepEqual(await stored(key), {
      filter_text: exact,
      criteria: { cities: ['Oxford', "S'o—lon"], bedrooms: { min: 3 }, price: { min: 100000, max: 200000 } },
      fits: true,
      side: null,
      version: 1,
    });
    const changed = await send(lab, 'PUT', `/savedsearches/${key}`, { Filter: "StandardStatus Eq 'Closed' Or City Eq 'x'" });
    deepEqual([changed.status, changed.body], [200, done]);
    deepEqual(await stored(key), {
      filter_text: "StandardStatus Eq 'Closed' Or City Eq 'x'",
      criteria: {},
      fits: false,
      side: null,
      version: 2,
    });
    deepEqual(
      (await send(lab, 'PUT', `/savedsearches/${key}`, { Name: 'A new search name here', Tags: ['A', 'b c'] })).body,
      done,
    );
    equal(((await stored(key)) as { version: number }).version, 2);
    deepEqual((await send(lab, 'DELETE', `/savedsearches/${key}`)).body, done);
    equal(saysOf(await lab.spark(`/savedsearches/${key}`)), '404/404');
    equal(saysOf(await lab.spark(filtering('/listings', `SavedSearch Eq '${key}'`))), '400/2001');
  });

  test('without a filter it finds everything', async () => {
    for (const Filter of [undefined, null, '', '  ']) {
      const key = await make(lab, '/savedsearches', { Name: 'All', ...(Filter === undefined ? {} : { Filter }) });
      equal(rowsOf(await lab.spark(`/savedsearches/${key}`))[0]?.Filter, Filter ?? null);
      const all = await lab.spark('/listings?_pagination=count');
      deepEqual((await lab.spark(`${filtering('/listings', `SavedSearch Eq '${key}'`)}&_pagination=count`)).body, all.body);
      await send(lab, 'DELETE', `/savedsearches/${key}`);
    }
  });

  test('what counts from today has no place in the form of other doors', async () => {
    for (const [Filter, criteria] of [
      ["City Eq 'Oxford' And YearBuilt Ge year(years(-5))", { cities: ['Oxford'] }],
      ["City Eq 'Oxford' And OnMarketDate Ge days(-7)", { cities: ['Oxford'] }],
      ['YearBuilt Ge year(now()) And YearBuilt Ge 1990', {}],
    ] as const) {
      const key = await make(lab, '/savedsearches', { Name: 'Moving', Filter });
      const { criteria: kept, fits } = (await stored(key)) as { criteria: unknown; fits: boolean };
      deepEqual([kept, fits], [criteria, false], Filter);
      await send(lab, 'DELETE', `/savedsearches/${key}`);
    }
  });

  test("the story's searches are kept as the door would keep them", async () => {
    const told = await lab.rows<{ name: string; filter_text: string; criteria: unknown; fits: boolean }>(
      'select name, filter_text, criteria, fits from saved_search where org_id = 1 and deleted_at is null order by id',
    );
    for (const { name, filter_text, criteria, fits } of told) {
      const key = await make(lab, '/savedsearches', { Name: name, Filter: filter_text });
      const kept = (await stored(key)) as { criteria: unknown; fits: boolean };
      deepEqual([kept.criteria, kept.fits], [criteria, fits], name);
      await send(lab, 'DELETE', `/savedsearches/${key}`);
    }
  });

  test('a consumer makes its own, which is for it alone', async () => {
    const key = await make(lab, '/savedsearches', { Name: 'Mine', Filter: 'BedsTotal Ge 2', Provided: true }, 'portal');
    const [row] = rowsOf(await lab.spark(`/savedsearches/${key}`, { as: 'portal' }));
    deepEqual([row?.OwnerId, row?.ContactIds, row?.Provided], [JOHN_SMITH, [JOHN_SMITH], false]);
    equal(saysOf(await send(lab, 'PUT', `/savedsearches/${key}`, { Filter: 'ExpirationDate Eq NULL' }, 'portal')), '400/1040');
    equal(saysOf(await send(lab, 'PUT', `/savedsearches/${key}`, { Name: 'x' })), '403/1500');
    deepEqual((await send(lab, 'DELETE', `/savedsearches/${key}`, undefined, 'portal')).body, done);
  });

  test('contacts are added and taken off, without a body', async () => {
    const key = await make(lab, '/savedsearches', { Name: 'People', ContactIds: [JOHN_SMITH] });
    const contacts = async () => rowsOf(await lab.spark(`/savedsearches/${key}`))[0]?.ContactIds;
    const path = `/savedsearches/${key}/contacts/${ATTURO}`;
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const attached = await lab.spark(path, { method: 'PUT', headers });
      deepEqual([attached.status, attached.body], [200, done]);
    }
    deepEqual(await contacts(), [JOHN_SMITH, ATTURO]);
    deepEqual((await send(lab, 'DELETE', path)).body, done);
    deepEqual((await send(lab, 'DELETE', path)).body, done);
    deepEqual(await contacts(), [JOHN_SMITH]);
    deepEqual((await send(lab, 'PUT', `/savedsearches/${key}`, { ContactIds: [ATTURO] })).body, done);
    deepEqual(await contacts(), [ATTURO]);
    for (const method of ['PUT', 'DELETE'])
      equal(saysOf(await send(lab, method, `/savedsearches/${key}/contacts/${UNKNOWN}`)), '404/404');
    equal(saysOf(await send(lab, 'PUT', `/savedsearches/${UNKNOWN}/contacts/${ATTURO}`)), '404/404');
    equal(saysOf(await send(lab, 'PUT', `/savedsearches/${CONDOS}/contacts/${JOHN_SMITH}`, undefined, 'portal')), '403/1500');
    equal(saysOf(await send(lab, 'PUT', `/savedsearches/${key}`, { ContactIds: [UNKNOWN] })), '400/1053');
    await send(lab, 'DELETE', `/savedsearches/${key}`);
  });

  for (const [what, D, says, about] of [
    ['no name', { Filter: 'BedsTotal Ge 2' }, '400/1050', /Name/],
    ['a filter that does not parse', { Name: 'x', Filter: "City Eq 'Oxford" }, '400/1040', /./],
    ['a field that nobody has', { Name: 'x', Filter: 'Foo Eq 1' }, '400/1040', /Foo/],
    ['too much of a filter', { Name: 'x', Filter: Array(76).fill('BedsTotal Ge 2').join(' And ') }, '400/1041', /75/],
    ['another search in it', { Name: 'x', Filter: `SavedSearch Eq '${CONDOS}'` }, '400/1040', /saved search/],
    ['a cart that nobody has', { Name: 'x', Filter: `ListingCart Eq '${UNKNOWN}'` }, '400/2000', /ListingCart/],
    ['a filter that is a number of lists', { Name: 'x', Filter: [] }, '400/1053', /Filter/],
    ['a tag that is none', { Name: 'x', Tags: ['  '] }, '400/1053', /./],
    ['a contact that is not the caller’s', { Name: 'x', ContactIds: [UNKNOWN] }, '400/1053', new RegExp(UNKNOWN)],
    ['a description that is too long', { Name: 'x', Description: 'x'.repeat(4001) }, '400/1053', /Description/],
  ] as const)
    test(`${what}: ${says}, and nothing is made`, async () => {
      const answer = await send(lab, 'POST', '/savedsearches', D);
      equal(saysOf(answer), says, answer.text);
      match(messageOf(answer) ?? '', about);
      if (says.startsWith('400/104') || says.startsWith('400/2'))
        ok(Array.isArray((answer.body as { D: { SparkQLErrors: unknown } }).D.SparkQLErrors));
      deepEqual(await names('/savedsearches'), [condos.Name, 'Twin Peaks West, three bedrooms']);
    });

  test('a cart may stand in it', async () => {
    const key = await make(lab, '/savedsearches', { Name: 'Tour', Filter: `ListingCart Eq '${TOUR}'` });
    const listings = rowsOf(await lab.spark(filtering('/listings', `SavedSearch Eq '${key}'`))).map(({ Id }) => Id);
    deepEqual(listings.toSorted(), [HOT_TUB, WATERVIEW]);
    deepEqual(
      [(await stored(key)) as object],
      [{ filter_text: `ListingCart Eq '${TOUR}'`, criteria: {}, fits: false, side: null, version: 1 }],
    );
    await send(lab, 'DELETE', `/savedsearches/${key}`);
  });
});

describe('who may', () => {
  test('a site reads and does not write', async () => {
    for (const [method, path] of [
      ['POST', '/savedsearches'],
      ['PUT', `/savedsearches/${CONDOS}`],
      ['DELETE', `/savedsearches/${CONDOS}`],
      ['PUT', `/savedsearches/${CONDOS}/contacts/${ATTURO}`],
    ] as const)
      equal(saysOf(await send(lab, method, path, { Name: 'x' }, 'idx')), '405/1018', path);
    const reader = await keyOf(lab, 'private', ['read_only']);
    equal(saysOf(await send(lab, 'DELETE', `/savedsearches/${CONDOS}`, undefined, reader)), '405/1017');
    equal(saysOf(await lab.spark('/savedsearches', { as: null })), '401/1000');
  });

  test('only its owner changes a search', async () => {
    for (const [key, as] of [
      [CONDOS, 'portal'],
      [FOR_SALE_NOW, 'agent'],
      [CONSUMERS_OWN, 'agent'],
    ] as const)
      for (const method of ['PUT', 'DELETE'] as const)
        equal(saysOf(await send(lab, method, `/savedsearches/${key}`, { Name: 'x' }, as)), '403/1500', key);
    for (const method of ['PUT', 'DELETE'] as const) {
      equal(saysOf(await send(lab, method, `/savedsearches/${TWIN_PEAKS}`, { Name: 'x' }, 'portal')), '404/404');
      equal(saysOf(await send(lab, method, `/savedsearches/${TWIN_PEAKS}`, { Name: 'x' }, 'demo')), '404/404');
      equal(saysOf(await send(lab, method, `/savedsearches/${UNKNOWN}`, { Filter: 'Foo Eq 1' })), '404/404');
    }
  });

  test('another brokerage sees its own under the same key, and none of these', async () => {
    for (const path of ['/savedsearches', '/savedsearches/tags/Favorites', `/savedsearches/${CONDOS}`])
      deepEqual(await names(path, 'demo'), ['Northgate lake lots'], path);
    deepEqual(await names('/provided/savedsearches', 'demo'), []);
    for (const path of [`/savedsearches/${TWIN_PEAKS}`, `/provided/savedsearches/${FOR_SALE_NOW}`])
      equal(saysOf(await lab.spark(path, { as: 'demo' })), '404/404');
    deepEqual(await names(`/contacts/${JOHN_SMITH}/savedsearches`, 'demo'), []);
    await send(lab, 'DELETE', `/savedsearches/${CONDOS}`, undefined, 'demo');
    deepEqual((await lab.spark(`/savedsearches/${CONDOS}`)).body, read(condos));
  });

  test('other methods are not there', async () => {
    for (const [method, path, allow] of [
      ['PUT', '/savedsearches', 'GET, POST'],
      ['POST', `/savedsearches/${CONDOS}`, 'GET, PUT, DELETE'],
      ['GET', `/savedsearches/${CONDOS}/contacts/${ATTURO}`, 'PUT, DELETE'],
      ['POST', '/provided/savedsearches', 'GET'],
      ['DELETE', `/provided/savedsearches/${CONDOS}`, 'GET'],
      ['POST', `/contacts/${JOHN_SMITH}/savedsearches`, 'GET'],
    ] as const) {
      const answer = await lab.spark(path, { method });
      deepEqual([saysOf(answer), answer.headers.get('allow')], ['405/405', allow], path);
    }
  });
});
