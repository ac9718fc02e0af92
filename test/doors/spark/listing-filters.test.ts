import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { systemActor } from '../../../src/access/actor.ts';
import type { SparkCaller } from '../../../src/doors/spark/desk.ts';
import { SparkFault } from '../../../src/doors/spark/faults.ts';
import { type Asked, filtered } from '../../../src/doors/spark/filtering.ts';
import { listingFilterFields } from '../../../src/doors/spark/listing-fields.ts';
import { readFilter } from '../../../src/doors/spark/sparkql/index.ts';
import { STANDARD_FIELD_NAMES, STANDARD_FIELDS } from '../../../src/doors/spark/standard-fields.ts';
import { Fault } from '../../../src/kernel/fault.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { faultOf, listingsOf, MAIN_STREET, query, WATERVIEW } from './listing-house.ts';

let lab: Lab;
let listings: ReturnType<typeof listingsOf>;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date('2026-11-25T15:00:00Z') } });
  listings = listingsOf(lab);
});
after(() => lab[Symbol.asyncDispose]());

const count = async (where: string) =>
  (
    await lab.rows<{ n: number }>(
      `select count(*)::int as n from property p where org_id = 1 and deleted_at is null and (${where})`,
    )
  )[0]?.n;
const found = (_filter: string, call = {}) => listings.total({ _filter }, call);

describe('filters find what the rows say', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ["City Eq 'san francisco'", "city = 'San Francisco'"],
    ["City Ne 'Oxford'", "city is distinct from 'Oxford'"],
    ["City Eq 'Oxford','HAMILTON' And ListPrice Le 300000", "city in ('Oxford', 'Hamilton') and list_price <= 300000"],
    ["PropertyType Eq 'a'", "type_code = 'A'"],
    ["PropertyType Ne 'A','B'", "type_code not in ('A', 'B')"],
    ["PropertyType Eq 'Z'", 'false'],
    ["PropertyType Ne 'Z'", 'true'],
    ["StandardStatus Eq 'active','PENDING'", "standard_status in ('Active', 'Pending')"],
    ["StandardStatus Eq startswith('Active')", "standard_status like 'Active%'"],
    ["MlsStatus Eq 'sold' Or MlsStatus Eq 'Leased'", "mls_status in ('Sold', 'Leased')"],
    ['ListPrice Bt 200000,250000.50', 'list_price between 200000 and 250000.5'],
    ['BedsTotal Ge 3 And BathsTotal Gt 2.5', 'bedrooms >= 3 and bathrooms_total > 2.5'],
    ['PendingDate Eq NULL', 'pending_date is null'],
    ['PendingDate Ne NULL And PendingDate Ge 2018-06-01', "pending_date >= '2018-06-01'"],
    ['Not PendingDate Ge 2018-06-01', "pending_date is null or pending_date < '2018-06-01'"],
    ['OnMarketDate Lt 2018-01-01', "list_date < '2018-01-01'"],
    ['ModificationTimestamp Ge 2018-08-01', "listing_changed_at >= '2018-08-01T00:00:00-04:00'"],
    ['date(ModificationTimestamp) Eq 2018-08-31', "(listing_changed_at at time zone 'America/New_York')::date = '2018-08-31'"],
    ["PublicRemarks Eq contains('WORKSHOP')", "public_remarks ilike '%workshop%'"],
    ["PublicRemarks Eq regex('^light.*kept','i')", "public_remarks ~* '^light.*kept'"],
    ["StreetAddress Eq '333 main st 123'", "first_line = '333 Main St 123'"],
    ["ListingKey Eq '20100815153524571646000000'", 'id = 7001'],
    ["ListingKey Ne '20100815153524571646000000'", 'id <> 7001'],
    ["ListingId Eq 'oxf190347','43fsb8'", 'id in (7001, 7002)'],
    ["ListAgentId Eq '20090914083000000000000000'", 'list_member_id = 3'],
    ["ListAgentId Ne '20090914083000000000000000'", 'list_member_id is distinct from 3'],
    ["ListAgentId Ne '20990101000000000000000000'", 'true'],
    ["CoListAgentId Eq '20080602130000000000000000','20990101000000000000000000'", 'co_list_member_id = 1'],
    [
      "ListAgentId Eq startswith('2009')",
      "exists (select from member m where m.id = p.list_member_id and m.org_id = 1 and m.reso_key like '2009%')",
    ],
    ['ListPrice Div BedsTotal Lt 100000', 'list_price / nullif(bedrooms, 0) < 100000'],
    ['year(OnMarketDate) Eq 2017 And month(OnMarketDate) Eq 4', "list_date between '2017-04-01' and '2017-04-30'"],
    ["Location Eq radius('37.79 -122.39',1)", 'id = 7001'],
    [`Location Eq radius('${WATERVIEW}',4.5)`, 'id in (7001, 7002)'],
    [
      "Location Ne rectangle('37 -123,38 -122')",
      'latitude is null or not (latitude between 37 and 38 and longitude between -123 and -122)',
    ],
    ["Location Eq polygon('37 -123,38 -123,38 -122,37 -122')", 'latitude between 37 and 38 and longitude between -123 and -122'],
    [
      '"General Property Description"."School District" Eq \'san francisco unified\'',
      "school_district = 'San Francisco Unified'",
    ],
    ['"General Property Description"."Lot Acres" Gt 1', 'lot_acres > 1'],
    ['"General Property Description"."Basement" Eq \'crawl space\'', "basement = 'Crawl space'"],
    ['"General Property Description"."Contingent Date" Ge 2018-01-01', "contingent_date >= '2018-01-01'"],
  ];
  for (const [filter, where] of CASES)
    test(filter, async () => {
      const wanted = await count(where);
      equal(await found(filter), wanted);
      ok(where === 'false' || (wanted ?? 0) > 0, 'the case finds something');
    });
});

describe('fields', () => {
  const samples = {
    Character: "'x'",
    Integer: '1',
    Decimal: '1.5',
    Boolean: 'true',
    Date: '2018-01-01',
    Datetime: '2018-01-01T00:00:00Z',
  };

  test('whatever metadata calls searchable can be filtered and sorted by', async () => {
    for (const name of STANDARD_FIELD_NAMES) {
      const field = STANDARD_FIELDS[name] as { type: keyof typeof samples; field?: string; long?: true };
      const filter = `${name} Ne ${samples[field.type]}`;
      if (field.field === undefined) equal(await listings.fault({ _filter: filter }), `400/1040 Unknown field ${name}`);
      else ok(((await found(filter)) ?? 0) > 300, name);
      if (field.field !== undefined && !field.long) await listings.keys({ _orderby: `-${name}`, _limit: 1 });
    }
  });

  test('a hidden field is as unknown as one that does not exist', async () => {
    for (const [name, as] of [
      ['ExpirationDate', 'idx'],
      ['ExpirationDate', 'portal'],
      ['ClosePrice', 'idx'],
    ] as const)
      equal(await listings.fault({ _filter: `${name} Ne NULL` }, { as }), `400/1040 Unknown field ${name}`);
    ok(await found('ClosePrice Ne NULL', { as: 'portal' }));
  });

  test('the printed refusal (contracts/spark.md §8.3)', async () => {
    const { status, body } = await lab.spark(`/listings?${query({ _filter: 'Foo Eq 1' })}`);
    deepEqual(
      [status, body],
      [
        400,
        {
          D: {
            Success: false,
            Code: 1040,
            Message: 'Unknown field Foo',
            SparkQLErrors: [{ Token: 'Foo', Expression: 'Foo Eq 1', Status: 'Fatal', Message: 'Unknown field Foo' }],
          },
        },
      ],
    );
  });
});

describe('carts, searches, what was shared', () => {
  const create = async (path: string, D: unknown): Promise<string> => {
    const { status, body } = await lab.spark(path, { method: 'POST', json: { D } });
    equal(status, 201);
    return (body as { D: { Results: { Id?: string; ResourceUri: string }[] } }).D.Results[0]?.ResourceUri.split('/').at(-1) ?? '';
  };

  test('each stands for its listings', async () => {
    const cart = await create('/listingcarts', { ListingCarts: [{ Name: 'Two', ListingIds: [MAIN_STREET, WATERVIEW] }] });
    equal(await found(`ListingCart Eq '${cart}'`), 2);
    equal(await found(`ListingCart Eq '${cart}' And City Eq 'San Francisco' And BedsTotal Eq 3`), 1);
    equal(await found(`ListingCart Ne '${cart}'`), ((await count('true')) ?? 0) - 2);
    const shared = await create('/sharedlistings', { ListingIds: [WATERVIEW] });
    for (const field of ['SharedListing', 'SharedLink']) equal(await found(`${field} Eq '${shared}'`), 1);
    const search = await create('/savedsearches', {
      SavedSearches: [{ Name: 'City', Filter: "City Eq 'San Francisco' And year(OnMarketDate) Eq 2017" }],
    });
    equal(await found(`SavedSearch Eq '${search}'`), 2);
    match(await listings.fault({ _filter: `ListingCart Eq '${cart}'` }, { as: 'idx' }), /^400\/2000 Unknown ListingCart/);
  });

  test('a search that names itself is refused', async () => {
    const search = await create('/savedsearches', { SavedSearches: [{ Name: 'Round', Filter: "City Eq 'x'" }] });
    await lab.rows('update saved_search set filter_text = $2 where reso_key = $1', [search, `SavedSearch Eq '${search}'`]);
    match(await listings.fault({ _filter: `SavedSearch Eq '${search}'` }), /^400\/1040 /);
  });

  test('ids that nobody has', async () => {
    for (const [field, code] of [
      ['SavedSearch', 2001],
      ['EmailLink', 2002],
      ['SharedListing', 2003],
      ['SharedLink', 2003],
      ['ListingCart', 2000],
      ['MapOverlay', 2000],
    ] as const)
      match(
        await listings.fault({ _filter: `${field} Eq '20990101000000000000000000'` }),
        new RegExp(`^400/${code} Unknown ${field}`),
      );
  });
});

test('a filter too long for an address comes as a form (contracts/spark.md §1: H9)', async () => {
  const _filter = `ListingKey Eq ${Array.from({ length: 199 }, (_, i) => `'${String(i).padStart(26, '2')}'`).join(',')},'${MAIN_STREET}'`;
  const answer = await lab.spark('/listings', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' },
    body: query({ _filter, _select: 'City' }),
  });
  equal(answer.status, 200, answer.text);
  deepEqual((answer.body as { D: { Results: unknown[] } }).D.Results, [
    { ResourceUri: `/v1/listings/${MAIN_STREET}`, Id: MAIN_STREET, StandardFields: { City: 'San Francisco' } },
  ]);
});

describe('what a filter may cost', () => {
  const caller = { actor: systemActor(1), role: 'private' } as unknown as SparkCaller;
  const slow = async () => {
    throw new Fault('unavailable', 'too slow', { reason: 'database.slow' });
  };
  const codeOf = async (asked: { _filter?: string; _orderby?: string }, list: (asked: Asked) => Promise<unknown>) => {
    try {
      await filtered({ domain: lab.house.stores.domain } as never, { caller, query: asked }, () => undefined, list);
    } catch (error) {
      return error instanceof SparkFault ? `${error.status}/${error.code}` : error instanceof Fault ? error.reason : error;
    }
    return undefined;
  };

  test('one that takes too long is 503/1516, one that cannot be computed 400/1040', async () => {
    equal(await codeOf({ _orderby: 'City' }, slow), '503/1516');
    equal(await codeOf({}, slow), 'database.slow');
    const uncomputable = async () => {
      throw new Fault('invalid', 'The filter cannot be computed: overflow', { reason: 'filter.not_computable' });
    };
    equal(await codeOf({}, uncomputable), '400/1040');
  });

  test('whatever is let through, the database can run', async () => {
    const fields = listingFilterFields('private');
    const names = [
      'City',
      'PropertyType',
      'StandardStatus',
      'ListingKey',
      'ListAgentId',
      'ListPrice',
      'BedsTotal',
      'Latitude',
      'OnMarketDate',
      'ModificationTimestamp',
      'Location',
    ];
    const field = fc.constantFrom(...names);
    const unary = fc.constantFrom(
      'tolower',
      'trim',
      'length',
      'round',
      'floor',
      'year',
      'hour',
      'second',
      'date',
      'time',
      'fractionalseconds',
      'dayofweek',
      'all',
    );
    const left = fc.oneof(
      field,
      fc.tuple(unary, field).map(([name, of]) => `${name}(${of})`),
      fc.tuple(field, fc.constantFrom("'integer'", "'decimal'", "'character'")).map(([of, to]) => `cast(${of},${to})`),
      fc
        .tuple(field, fc.constantFrom('Add', 'Sub', 'Mul', 'Div', 'Mod'), fc.constantFrom('BedsTotal', '3', '0.5', '9.9E99'))
        .map((parts) => parts.join(' ')),
      fc.tuple(field, fc.nat(5), fc.nat(9)).map(([of, from, size]) => `substring(${of},${from},${size})`),
      field.map((of) => `indexof(concat(${of},'x'),'a')`),
      field.map((of) => `-${of}`),
    );
    const right = fc.constantFrom(
      "'Oxford'",
      "'%_\\\\'",
      "''",
      '3',
      '2.5',
      '99999999999999999999',
      '-1',
      'NULL',
      '2018-01-01',
      '2018-01-01T10:00:00Z',
      '10:30',
      'now()',
      'days(-9)',
      "contains('a')",
      "regex('^a+$','i')",
      "startswith('%')",
      "range('a','b')",
      "polygon('1 2,3 4,5 6')",
      "radius('39 -84',9)",
      "linestring('39 -84,40 -84')",
    );
    const op = fc.constantFrom('Eq', 'Ne', 'Gt', 'Le', 'Bt');
    const comparison = fc
      .tuple(fc.constantFrom('', 'Not '), left, op, fc.array(right, { minLength: 1, maxLength: 3 }))
      .map(([not, l, o, r]) => `${not}${l} ${o} ${r.join(',')}`);
    const filters = fc
      .sample(fc.tuple(comparison, fc.constantFrom('And', 'Or'), comparison), 30_000)
      .flatMap(([a, by, b]) => [a, `${a} ${by} ${b}`]);
    const { properties } = lab.house.stores.domain;
    let run = 0;
    for (const filter of filters) {
      const read = await readFilter(filter, { fields, now: new Date(), zone: async () => 'America/New_York' }).catch(
        (error: unknown) => {
          if (error instanceof SparkFault) return undefined;
          throw error;
        },
      );
      if (!read) continue;
      if (++run > 400) break;
      try {
        await properties.list(systemActor(1), { all: true }, { ...read, order: [], limit: 1, offset: 0, total: true });
      } catch (error) {
        throw new Error(`${filter} cannot be run`, { cause: error });
      }
    }
    ok(run > 200, `${run} filters were run`);
  });

  test('answers stay faults of the caller, whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
        const answer = await lab.spark(`/listings?${query({ _filter: text, _limit: 1, _select: 'Id' })}`);
        ok(
          answer.status === 200 || answer.status === 400,
          `${text}: ${answer.status} ${answer.status < 500 ? '' : faultOf(answer)}`,
        );
      }),
      { numRuns: 150 },
    );
  });
});
