import { deepEqual, equal, match, notDeepEqual, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { STANDARD_FIELD_NAMES } from '../../../src/doors/spark/standard-fields.ts';
import { countStatements } from '../../../src/testing/count-statements.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { keyOf } from './key-house.ts';
import { faultOf, type Listed, listingsOf, MAIN_STREET, WATERVIEW } from './listing-house.ts';

let lab: Lab;
let listings: ReturnType<typeof listingsOf>;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date('2026-11-25T15:00:00Z') } });
  listings = listingsOf(lab);
});
after(() => lab[Symbol.asyncDispose]());

const record = async (path: string, as: 'agent' | 'portal' | 'idx' = 'agent') => {
  const { status, body } = await lab.spark(path, { as });
  equal(status, 200);
  const [found] = (body as Listed).D.Results;
  if (!found) throw new Error(`${path} has no result`);
  return found;
};
const inDatabase = async (where = 'true') =>
  (
    await lab.rows<{ key: string }>(
      `select reso_key as key from property where org_id = 1 and deleted_at is null and ${where} order by id`,
    )
  ).map(({ key }) => key);

describe('a listing (E19)', () => {
  test('every StandardField is there, in the order of their table', async () => {
    const found = await record(`/listings/${MAIN_STREET}`);
    deepEqual(Object.keys(found), ['ResourceUri', 'Id', 'StandardFields', 'CustomFields', 'DisplayCompliance']);
    deepEqual(Object.keys(found.StandardFields), STANDARD_FIELD_NAMES);
    equal(found.ResourceUri, `/v1/listings/${MAIN_STREET}`);
    equal(found.StandardFields.ListingKey, MAIN_STREET);
  });

  test('what a role may not read is eight asterisks, whatever its type and whether it has a value', async () => {
    const [seen, masked, known] = await Promise.all(
      (['agent', 'idx', 'portal'] as const).map((as) => record(`/listings/${WATERVIEW}`, as)),
    );
    const hidden = { PrivateRemarks: '********', PrivateOfficeRemarks: '********', ExpirationDate: '********' };
    deepEqual(known?.StandardFields, {
      ...seen?.StandardFields,
      ...hidden,
      DocumentsCount: known?.StandardFields.DocumentsCount,
    });
    deepEqual(masked?.StandardFields, { ...known?.StandardFields, ClosePrice: '********' });
    equal(seen?.StandardFields.ExpirationDate, '2017-10-03');
    const lowered = await record(`/listings/${WATERVIEW}?RoleOverride=idx`);
    equal(lowered.StandardFields.PrivateRemarks, '********');
  });

  test('two brokerages may have a listing under one key; each sees its own', async () => {
    const demo = await lab.spark(`/listings/${MAIN_STREET}?_select=City`, { as: 'demo' });
    deepEqual((demo.body as Listed).D.Results[0]?.StandardFields, { City: 'Oxbow Falls' });
    equal((await record(`/listings/${MAIN_STREET}`)).StandardFields.City, 'San Francisco');
    equal(await listings.total({}, { as: 'demo' }), 1);
    equal(faultOf(await lab.spark(`/listings/${WATERVIEW}`, { as: 'demo' })), '404/404 Not found');
  });

  test('malformed, unknown and invisible ids are one answer', async () => {
    const [unlisted = ''] = await inDatabase('not listed');
    equal((await record(`/listings/${unlisted}`)).Id, unlisted);
    for (const [id, as] of [
      [unlisted, 'idx'],
      [unlisted, 'portal'],
      ['20990101000000000000000000', 'agent'],
      ['123', 'agent'],
      [`${MAIN_STREET}0`, 'agent'],
    ] as const)
      equal(faultOf(await lab.spark(`/listings/${id}`, { as })), '404/404 Not found');
  });

  test('a listing to let shows its monthly rent and the code of rentals', async () => {
    const [key = ''] = await inDatabase(
      "marketing_mode = 'letting' and rent_frequency = 'monthly' and property_class = 'residential'",
    );
    const [row] = await lab.rows<{ rent: number }>('select rent from property where reso_key = $1', [key]);
    const { ListPrice, PropertyType } = (await record(`/listings/${key}`)).StandardFields;
    deepEqual([ListPrice, PropertyType], [row?.rent, 'F']);
  });

  test('agents and offices that are no members come as the MLS told', async () => {
    const [row] = await lab.rows<{
      key: string;
      agents: { list_agent?: { first_name?: string }; list_office?: { name?: string } };
    }>("select reso_key as key, agents from property where is_external and agents ? 'list_agent' limit 1");
    const { ListAgentId, ListAgentFirstName, ListOfficeName } = (await record(`/listings/${row?.key}`)).StandardFields;
    deepEqual(
      [ListAgentId, ListAgentFirstName, ListOfficeName],
      [null, row?.agents.list_agent?.first_name, row?.agents.list_office?.name],
    );
  });
});

describe('_select and _expand', () => {
  test('only what is named, and always Id and ResourceUri', async () => {
    deepEqual(await record(`/listings/${MAIN_STREET}?_select=City,ListPrice,Nope`), {
      ResourceUri: `/v1/listings/${MAIN_STREET}`,
      Id: MAIN_STREET,
      StandardFields: { ListPrice: 685000, City: 'San Francisco' },
    });
    deepEqual((await record(`/listings/${MAIN_STREET}?_select=Id`)).StandardFields, {});
  });

  test('custom fields one by one, by group and label', async () => {
    const name = encodeURIComponent('"General Property Description"."Headline"');
    const found = await record(`/listings/${MAIN_STREET}?_select=City,${name}`);
    deepEqual(found.CustomFields, [
      { Main: [{ 'General Property Description': [{ Headline: 'Corner unit with a hot tub on the terrace' }] }] },
    ]);
    deepEqual(found.StandardFields, { City: 'San Francisco' });
  });

  test('blocks: inside StandardFields or beside; blanks after commas; unknown ones are ignored', async () => {
    const expand =
      'Photos, PrimaryPhoto, Videos, VirtualTours, Documents, OpenHouses, TourOfHomes, Rooms, Units, FloPlans, Supplement, CustomFields, CustomFieldsExpanded, CustomFieldsRaw, RentalCalendar, Permissions, Nope';
    const found = await record(`/listings/${MAIN_STREET}?_expand=${encodeURIComponent(expand)}`);
    deepEqual(
      Object.keys(found.StandardFields).filter((name) => !(STANDARD_FIELD_NAMES as string[]).includes(name)),
      [
        'Rooms',
        'Photos',
        'PrimaryPhoto',
        'Videos',
        'VirtualTours',
        'Documents',
        'OpenHouses',
        'TourOfHomes',
        'Units',
        'FloPlans',
      ],
    );
    deepEqual(
      Object.keys(found).filter((name) => name !== 'StandardFields'),
      [
        'ResourceUri',
        'Id',
        'CustomFields',
        'CustomFieldsExpanded',
        'CustomFieldsRaw',
        'DisplayCompliance',
        'RentalCalendar',
        'Permissions',
      ],
    );
    const { Photos, PrimaryPhoto } = found.StandardFields as { Photos: unknown[]; PrimaryPhoto: unknown[] };
    deepEqual(PrimaryPhoto, Photos.slice(0, 1));
    deepEqual(found.Permissions, {
      Editable: true,
      EditableSettings: { StatusChange: false, PriceChange: true, Photos: false },
      AvailableStatusChanges: [],
    });
  });

  test('a block that is expanded needs no selecting, one that is selected no expanding', async () => {
    const one = await record(`/listings/${MAIN_STREET}?_select=City&_expand=Videos`);
    deepEqual(Object.keys(one.StandardFields), ['City', 'Videos']);
    deepEqual((await record(`/listings/${MAIN_STREET}?_select=City,Videos`)).StandardFields, one.StandardFields);
  });

  test('rooms as the other doors know them', async () => {
    const rooms = [{ name: 'Kitchen', dimensions: '4 x 3', description: 'Facing south' }, { name: 'Hall' }];
    await lab.rows('update property set rooms = $2 where reso_key = $1', [WATERVIEW, JSON.stringify(rooms)]);
    deepEqual((await record(`/listings/${WATERVIEW}?_select=Rooms`)).StandardFields.Rooms, [
      { Name: 'Kitchen', Dimensions: '4 x 3', Description: 'Facing south' },
      { Name: 'Hall', Dimensions: null, Description: null },
    ]);
  });

  test('permissions are the caller’s: nobody else’s listing, and no consumer, can be edited', async () => {
    const [other = ''] = await inDatabase('list_member_id = 3 and co_list_member_id is null');
    for (const [path, as] of [
      [other, 'agent'],
      [MAIN_STREET, 'portal'],
      [MAIN_STREET, 'idx'],
    ] as const) {
      const { Permissions } = await record(`/listings/${path}?_select=Permissions`, as);
      deepEqual((Permissions as { Editable: boolean }).Editable, false);
    }
  });

  test('a page of 25 costs as many statements as a page of one', async () => {
    const _expand = 'Photos,Documents,OpenHouses,Videos,RentalCalendar,Permissions';
    const cost = (_limit: number) => countStatements(lab, () => listings.list({ _limit, _expand, _pagination: 1 }));
    await cost(1);
    // Session, list, what stands beside the listings, their documents.
    equal(await countStatements(lab, () => listings.list({ _limit: 25 })), 4);
    const [one, many] = [await cost(1), await cost(25)];
    equal(many, one);
    ok(many <= 15, `${many} statements`);
    ok((await countStatements(lab, () => listings.list({ _limit: 25, _select: 'City' }))) <= many - 8);
  });
});

describe('pages (contracts/spark.md §7)', () => {
  test('what each role sees, the latest change first', async () => {
    const staff = await listings.list({ _limit: 25, _select: 'ModificationTimestamp', _pagination: 1 });
    const times = staff.Results.map(({ StandardFields }) => String(StandardFields.ModificationTimestamp));
    deepEqual(times, times.toSorted().reverse());
    equal(staff.Pagination?.TotalRows, (await inDatabase()).length);
    const listed = (await inDatabase('listed')).length;
    for (const as of ['portal', 'idx'] as const) equal(await listings.total({}, { as }), listed);
    ok(listed < (staff.Pagination?.TotalRows ?? 0));
  });

  test('limits, pages, offsets', async () => {
    const total = (await inDatabase()).length;
    const first = await listings.list({ _pagination: 1 });
    deepEqual(first.Pagination, { TotalRows: total, PageSize: 10, TotalPages: Math.ceil(total / 10), CurrentPage: 1 });
    equal(first.Results.length, 10);
    const wide = await listings.list({ _pagination: 1, _limit: 1000, _select: 'Id' });
    deepEqual([wide.Pagination?.PageSize, wide.Results.length], [25, 25]);
    deepEqual(
      await listings.keys({ _limit: 5, _page: 3 }),
      wide.Results.slice(10, 15).map(({ Id }) => Id),
    );
    const skipped = await listings.list({ _limit: 5, _skip: 10, _pagination: 1, _select: 'Id' });
    deepEqual(skipped.Pagination, { TotalRows: total, PageSize: 5, TotalPages: Math.ceil(total / 5), CurrentOffset: 10 });
    deepEqual(
      skipped.Results.map(({ Id }) => Id),
      wide.Results.slice(10, 15).map(({ Id }) => Id),
    );
    deepEqual(await listings.list({ _limit: 0, _pagination: 1 }), {
      Success: true,
      Results: [],
      Pagination: { TotalRows: total, PageSize: 0, TotalPages: 0, CurrentPage: 1 },
    });
    deepEqual((await listings.list({ _page: 100000 })).Results, []);
    equal((await listings.list({ _limit: 1 })).Pagination, undefined);
    deepEqual((await listings.list({ _pagination: 'count' })).Results, []);
  });

  test('parameters that do not go together or break a rule', async () => {
    for (const asked of [
      { _limit: -1 },
      { _limit: 'x' },
      { _page: 0 },
      { _page: 100001 },
      { _skip: 2500001 },
      { _skip: 1, _page: 1 },
      { _skiptoken: '', _page: 2 },
      { _skiptoken: '', _orderby: 'City' },
      { _skiptoken: 'x' },
      { _pagination: 2 },
      { _pagefor: 1 },
      { OpenHouses: -1 },
      { OpenHouses: 'x' },
    ])
      match(await listings.fault(asked as Record<string, string>), /^400\/1053 /);
  });

  test('by token: every listing once, by Id', async () => {
    const all: string[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: Listed['D'] = await listings.list({ _skiptoken: token, _limit: 25, _select: 'Id' }, { as: 'portal' });
      all.push(...page.Results.map(({ Id }) => Id));
      token = page.Results.length > 0 ? page.SkipToken : undefined;
    }
    deepEqual(all, (await inDatabase('listed')).toSorted());
  });

  test('keys for replication get a thousand at once', async () => {
    const as = await keyOf(lab, 'private', ['replication']);
    const page = await listings.list({ _skiptoken: '', _limit: 5000, _select: 'Id', _pagination: 1 }, { as });
    deepEqual([page.Pagination?.PageSize, page.Results.length], [1000, (await inDatabase()).length]);
  });

  test('a key with own data sees only what its account or office lists', async () => {
    const as = await keyOf(lab, 'private', ['own-data']);
    const own = await inDatabase(
      '(list_member_id = 1 or co_list_member_id = 1 or list_office_id = 10)'.replace('10', String(await officeOf(1))),
    );
    equal(await listings.total({}, { as }), own.length);
    const [other = ''] = (await inDatabase()).filter((key) => !own.includes(key));
    equal(faultOf(await lab.spark(`/listings/${other}`, { as })), '404/404 Not found');
  });
});

const officeOf = async (memberId: number) =>
  (await lab.rows<{ office_id: number }>('select office_id from member where org_id = 1 and id = $1', [memberId]))[0]?.office_id;

describe('_orderby', () => {
  test('up, down, by several, a blank for the plus that a form decoder took', async () => {
    const prices = (await listings.values('ListPrice', { _orderby: '-ListPrice', _limit: 25 })) as number[];
    deepEqual(
      prices,
      prices.toSorted((a, b) => b - a),
    );
    for (const _orderby of ['+ListPrice', 'ListPrice', ' ListPrice']) {
      const up = (await listings.values('ListPrice', { _orderby, _limit: 25 })) as number[];
      deepEqual(
        up,
        up.toSorted((a, b) => a - b),
      );
    }
    const { Results } = await listings.list({ _orderby: '+City,-ListPrice', _select: 'City,ListPrice', _limit: 25 });
    const sorted = Results.toSorted(({ StandardFields: a }, { StandardFields: b }) =>
      a.City === b.City
        ? Number(b.ListPrice) - Number(a.ListPrice)
        : String(a.City).toLowerCase() < String(b.City).toLowerCase()
          ? -1
          : 1,
    );
    deepEqual(Results, sorted);
  });

  test('what has no value comes last, whichever way', async () => {
    const dated = (await inDatabase('pending_date is not null')).length;
    ok(dated > 0);
    for (const _orderby of ['+PendingDate', '-PendingDate']) {
      const [last] = await listings.values('PendingDate', { _orderby, _limit: 1, _skip: dated - 1 });
      const [none] = await listings.values('PendingDate', { _orderby, _limit: 1, _skip: dated });
      deepEqual([typeof last, none], ['string', null]);
    }
  });

  test('by chance', async () => {
    const [one, two] = [
      await listings.keys({ _orderby: 'Random', _limit: 25 }),
      await listings.keys({ _orderby: 'Random', _limit: 25 }),
    ];
    notDeepEqual(one, two);
    equal(new Set(one).size, 25);
  });

  test('by the next open house, none last; within so many days', async () => {
    const asked = { OpenHouses: 14, _orderby: '+OpenHouses', _expand: 'OpenHouses', _select: 'Id', _limit: 25 };
    const { Results } = await listings.list(asked);
    const firsts = Results.map(({ StandardFields }) => {
      const [first] = StandardFields.OpenHouses as { Date: string }[];
      const [month, day, year] = (first?.Date ?? '').split('/');
      return `${year}-${month}-${day}`;
    });
    deepEqual(firsts, firsts.toSorted());
    ok(firsts.length > 0 && firsts.every((date) => date >= '2026-11-25' && date <= '2026-12-09'), firsts.join());
    ok((await listings.total({ OpenHouses: 0 })) === 0);
    const all = await listings.list({ _orderby: 'OpenHouses', _expand: 'OpenHouses', _limit: 1, _page: 100 });
    deepEqual(all.Results[0]?.StandardFields.OpenHouses, []);
  });

  test('long texts, hidden and unknown fields cannot be sorted by', async () => {
    for (const field of [
      'PublicRemarks',
      'PrivateRemarks',
      'Supplement',
      'UnparsedAddress',
      'Nope',
      '',
      'ListPrice,',
      'constructor',
    ])
      match(await listings.fault({ _orderby: field === '' ? '+' : field }), /^400\/1053 _orderby/);
    match(await listings.fault({ _orderby: 'ExpirationDate' }, { as: 'idx' }), /^400\/1053/);
    ok(await listings.keys({ _orderby: 'ExpirationDate' }));
  });
});

describe('whose they are (E21 to E23)', () => {
  const count = (path: string, as: 'agent' | 'portal' | 'idx') => listings.total({}, { as }, path);

  test('the account’s own, its office’s, the company’s; never those of other brokerages', async () => {
    const mine = 'is_external is not true and (list_member_id = 1 or co_list_member_id = 1)';
    const office = await officeOf(1);
    const offices = `is_external is not true and (list_office_id = ${office} or co_list_office_id = ${office})`;
    for (const [as, seen] of [
      ['agent', 'true'],
      ['portal', 'listed'],
      ['idx', 'listed'],
    ] as const) {
      equal(await count('/my/listings', as), (await inDatabase(`${mine} and ${seen}`)).length);
      equal(await count('/office/listings', as), (await inDatabase(`${offices} and ${seen}`)).length);
      equal(await count('/company/listings', as), (await inDatabase(`is_external is not true and ${seen}`)).length);
    }
  });

  test('they are filtered, sorted and expanded like the others', async () => {
    const { Results } = await listings.list(
      { _filter: "StandardStatus Eq 'active'", _orderby: '-ListPrice', _select: 'StandardStatus,ListPrice', _limit: 3 },
      {},
      '/my/listings',
    );
    deepEqual(new Set(Results.map(({ StandardFields }) => StandardFields.StandardStatus)), new Set(['Active']));
  });
});

describe('nearby (E24)', () => {
  const HERE = { _lat: '37.7899', _lon: '-122.3938' };

  test('the nearest first, however far; filters hold', async () => {
    const [first, second, ...others] = await listings.keys({ ...HERE, _limit: 25 }, {}, '/listings/nearby');
    deepEqual([first, second, others.length], [MAIN_STREET, WATERVIEW, 23]);
    const page = await listings.list({ ...HERE, _limit: 2, _skip: 1, _pagination: 1, _select: 'Id' }, {}, '/listings/nearby');
    deepEqual(
      page.Results.map(({ Id }) => Id),
      [WATERVIEW, others[0]],
    );
    equal(page.Pagination?.TotalRows, (await inDatabase('latitude is not null')).length);
    deepEqual(
      await listings.keys({ ...HERE, _limit: 1, _filter: "SubdivisionName Eq 'waterview terrace'" }, {}, '/listings/nearby'),
      [WATERVIEW],
    );
  });

  test('where is needed', async () => {
    for (const [asked, wrong] of [
      [{ _lat: '37' }, /^400\/1050 _lon is required/],
      [{ _lon: '37' }, /^400\/1050 _lat is required/],
      [{ _lat: 'x', _lon: '1' }, /^400\/1053/],
      [{ _lat: '91', _lon: '1' }, /^400\/1053 _lat must be between/],
      [{ _lat: '1', _lon: '-181' }, /^400\/1053 _lon must be between/],
    ] as const)
      match(await listings.fault(asked as Record<string, string>, {}, '/listings/nearby'), wrong);
  });
});
