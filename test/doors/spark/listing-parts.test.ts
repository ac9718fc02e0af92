import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { JOHN } from '../../../src/sandbox/data/staff.ts';
import { actorOf } from '../../../src/sandbox/stage.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';

const MAIN = '20100815153524571646000000';
const NOBODY = '20990101000000000000000000';
const photo = (n: number) => `201701091500000000000000${String(n).padStart(2, '0')}`;

/** What documents tell of, and further rooms. */
const PHOTOS = [0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23, 24, 25].map(photo);

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

type Row = Record<string, unknown>;
const failed = (code: number, message: string) => ({ D: { Success: false, Code: code, Message: message } });
const rowsOf = (answer: { body: unknown }) => (answer.body as { D: { Results: Row[] } }).D.Results;
const get = async (path: string, as: 'agent' | 'portal' | 'idx' = 'agent') => {
  const answer = await lab.spark(path, { as });
  equal(answer.status, 200, answer.text);
  return rowsOf(answer);
};
const column = (rows: readonly Row[], name: string) => rows.map((row) => row[name]);

describe('photos', () => {
  test('come all, in their order, without a page being asked for', async () => {
    const rows = await get(`/listings/${MAIN}/photos`, 'idx');
    deepEqual(column(rows, 'Id'), PHOTOS);
    deepEqual(
      column(rows, 'Primary'),
      PHOTOS.map((_, n) => n === 0),
    );
    const key = /media\/([0-9a-f]{32})\//.exec(String(rows[0]?.Uri300))?.[1];
    const uri = (size: string) => `${lab.url}/media/${key}/${size}.jpg`;
    deepEqual(rows[0], {
      ResourceUri: `/v1/listings/${MAIN}/photos/${photo(0)}`,
      Id: photo(0),
      Name: 'Main Street side',
      Caption: 'Main Street side',
      UriThumb: uri('thumb'),
      Uri300: uri('300'),
      Uri640: uri('640'),
      Uri800: uri('800'),
      Uri1024: uri('1024'),
      Uri1280: uri('1280'),
      UriLarge: uri('large'),
      Primary: true,
    });
  });

  test('are paged, sorted, cut down and counted when that is asked for', async () => {
    const list = `/listings/${MAIN}/photos`;
    const paged = await lab.spark(`${list}?_limit=4&_page=2&_pagination=1&_select=Name`);
    deepEqual(paged.body, {
      D: {
        Success: true,
        Results: ['Terrace with the hot tub', 'Bathroom', 'Entrance hall', 'Family room'].map((Name, n) => ({
          ResourceUri: `/v1${list}/${PHOTOS[4 + n]}`,
          Id: PHOTOS[4 + n],
          Name,
        })),
        Pagination: { TotalRows: 14, PageSize: 4, TotalPages: 4, CurrentPage: 2 },
      },
    });
    deepEqual((await lab.spark(`${list}?_pagination=count`)).body, {
      D: { Success: true, Results: [], Pagination: { TotalRows: 14, PageSize: 14, TotalPages: 1, CurrentPage: 1 } },
    });
    deepEqual(column(await get(`${list}?_orderby=-Name`), 'Name')[0], 'The lake in the evening');
    const first = await lab.spark(`${list}?_skiptoken=&_limit=5`);
    equal((first.body as { D: Row }).D.SkipToken, photo(4));
    const next = await lab.spark(`${list}?_skiptoken=${photo(4)}&_limit=5`);
    deepEqual(column(rowsOf(next), 'Id'), PHOTOS.slice(5, 10));
    const end = await lab.spark(`${list}?_skiptoken=${PHOTOS.at(-1)}`);
    deepEqual(end.body, { D: { Success: true, Results: [], SkipToken: PHOTOS.at(-1) } });
  });

  test('one of them is there by its id, and only under its own listing', async () => {
    deepEqual(column(await get(`/listings/${MAIN}/photos/${photo(1)}?_select=Caption`), 'Caption'), ['Living room']);
    const other = '20100912153422758914000000';
    for (const path of [
      `${MAIN}/photos/${NOBODY}`,
      `${other}/photos/${photo(1)}`,
      `${MAIN}/videos/${photo(1)}`,
      `${MAIN}/photos/1`,
    ]) {
      const answer = await lab.spark(`/listings/${path}`);
      deepEqual([answer.status, answer.body], [404, failed(404, 'Not found')], path);
    }
  });
});

describe('other parts', () => {
  test('videos and tours name where they are', async () => {
    deepEqual(await get(`/listings/${MAIN}/videos`, 'idx'), [
      {
        ResourceUri: `/v1/listings/${MAIN}/videos/${photo(7)}`,
        Id: photo(7),
        Name: 'From the street to the terrace',
        Caption: 'From the street to the terrace',
        Type: 'unbranded',
        ObjectHtml:
          '<iframe src="https://video.example.com/watch/333-main" title="From the street to the terrace" width="640" height="360" allowfullscreen></iframe>',
      },
    ]);
    deepEqual(
      (await get(`/listings/${MAIN}/virtualtours`)).map(({ Name, Uri, Type }) => [Name, Uri, Type]),
      [
        ['Tour with Allen Realty', 'https://tours.example.com/allen-realty/333-main', 'branded'],
        ['Tour', 'https://tours.example.com/333-main', 'unbranded'],
      ],
    );
  });

  test('what somebody typed does not get out of ObjectHtml', async () => {
    const { media } = lab.house.stores.domain;
    const john = actorOf(1, JOHN);
    const caption = '"><script>alert(1)</script>&';
    const made = await media.addLink(john, 7001, { kind: 'video', link: 'https://example.com/?a="b"&c=<d>', caption });
    const [row] = await get(`/listings/${MAIN}/videos/${made.reso_key}`);
    match(
      String(row?.ObjectHtml),
      /^<iframe src="https:\/\/example\.com\/\?a=&quot;b&quot;&amp;c=&lt;d&gt;" title="&quot;&gt;&lt;script&gt;/,
    );
    await media.removeMedium(john, 7001, made.id);
  });

  test('documents are for who may read them, and download without credentials', async () => {
    const names = async (as: 'agent' | 'portal' | 'idx') => column(await get(`/listings/${MAIN}/documents`, as), 'Name');
    // What hangs on the loop of the listing is the office's as well (domain-property §6.1).
    deepEqual(await names('agent'), [
      'disclosures.pdf',
      'Agency Disclosure Statement - Seller',
      'purchase-agreement.pdf',
      'inspection-report.pdf',
      'signed-disclosures.pdf',
      'Property disclosure.pdf',
      'Lead paint.pdf',
      'Listing agreement.pdf',
    ]);
    for (const as of ['portal', 'idx'] as const) deepEqual(await names(as), ['Property disclosure.pdf', 'Lead paint.pdf']);
    const agreement = (await get(`/listings/${MAIN}/documents`)).at(-1);
    const hidden = await lab.spark(`/listings/${MAIN}/documents/${agreement?.Id}`, { as: 'portal' });
    equal(hidden.status, 404);
    const file = await lab.call(String(agreement?.Uri));
    equal(file.status, 200);
    equal(file.headers.get('content-type'), 'application/pdf');
    equal(file.headers.get('x-content-type-options'), 'nosniff');
    match(file.headers.get('content-disposition') ?? '', /^attachment; filename="Listing agreement\.pdf"/);
    match(file.text, /^%PDF-/);
  });

  test('open houses that are over are left out of the list, and still there by their id', async () => {
    const rows = await get(`/listings/${MAIN}/openhouses`, 'idx');
    deepEqual(column(rows, 'Comments'), ['See the terrace in the afternoon.', '']);
    for (const row of rows) {
      deepEqual(Object.keys(row), ['ResourceUri', 'Id', 'Date', 'StartTime', 'EndTime', 'Comments']);
      match(String(row.Date), /^\d\d\/\d\d\/20\d\d$/);
      match(String(row.StartTime), /^(12|01):00 PM$/);
    }
    const [past] = await lab.rows<{ reso_key: string }>(
      'select reso_key from open_house where org_id = 1 and property_id = 7001 order by starts_at limit 1',
    );
    deepEqual(await get(`/listings/${MAIN}/openhouses/${past?.reso_key}`), [
      {
        ResourceUri: `/v1/listings/${MAIN}/openhouses/${past?.reso_key}`,
        Id: past?.reso_key,
        Date: '01/14/2017',
        StartTime: '01:00 PM',
        EndTime: '03:00 PM',
        Comments: 'First weekend on the market.',
      },
    ]);
  });

  test('a rental calendar lists its periods by their beginning', async () => {
    const [let_] = await lab.rows<{ reso_key: string }>(
      `select p.reso_key from property p join property_part t on t.org_id = p.org_id and t.property_id = p.id
       where p.org_id = 1 and p.listed and t.kind = 'rentalPeriod' group by 1 having count(*) > 2 order by 1 limit 1`,
    );
    const rows = await get(`/listings/${let_?.reso_key}/rentalcalendar`, 'portal');
    ok(rows.length > 2);
    deepEqual(Object.keys(rows[0] ?? {}), ['Id', 'StartDate', 'EndDate', 'Type']);
    deepEqual(column(rows, 'StartDate'), column(rows, 'StartDate').toSorted());
    deepEqual(await get(`/listings/${let_?.reso_key}/rentalcalendar/${rows[1]?.Id}`), [rows[1]]);
    deepEqual(await get(`/listings/${MAIN}/rentalcalendar`), []);
  });
});

describe('who asks', () => {
  const SUBS = ['photos', 'videos', 'virtualtours', 'documents', 'openhouses', 'rentalcalendar'];

  test('a listing that is not seen has no parts', async () => {
    const [unlisted] = await lab.rows<{ reso_key: string }>(
      `select reso_key from property where org_id = 1 and not listed and standard_status = 'Withdrawn' order by id limit 1`,
    );
    for (const sub of SUBS) {
      equal((await lab.spark(`/listings/${unlisted?.reso_key}/${sub}`)).status, 200);
      for (const as of ['idx', 'portal'] as const)
        equal((await lab.spark(`/listings/${unlisted?.reso_key}/${sub}`, { as })).status, 404, `${sub} ${as}`);
      equal((await lab.spark(`/listings/${NOBODY}/${sub}`)).status, 404);
      equal((await lab.spark(`/listings/${MAIN}/${sub}`, { as: null })).status, 401);
    }
  });

  test('the other brokerage keeps its tour, whose key is the one of a photo here', async () => {
    const [row] = await lab.rows<{ n: number }>('select count(*)::int as n from media where reso_key = $1', [photo(0)]);
    equal(row?.n, 2);
    equal((await lab.spark(`/listings/${MAIN}/virtualtours/${photo(0)}`)).status, 404);
    equal((await get(`/listings/${MAIN}/photos/${photo(0)}`)).length, 1);
  });

  test('other methods are refused, and so are parameters that say nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await lab.spark(`/listings/${MAIN}/photos`, { method });
      deepEqual(
        [answer.status, answer.body, answer.headers.get('allow')],
        [405, failed(405, 'Method not allowed'), 'GET'],
        method,
      );
    }
    for (const query of [
      '_limit=-1',
      '_limit=x',
      '_page=0',
      '_orderby=Nope',
      '_page=1&_skip=1',
      '_skiptoken=&_page=2',
      '_pagefor=1',
    ]) {
      const answer = await lab.spark(`/listings/${MAIN}/photos?${query}`);
      deepEqual([answer.status, (answer.body as { D: Row }).D.Code], [400, 1053], query);
    }
    const filtered = await lab.spark(`/listings/${MAIN}/photos?_filter=${encodeURIComponent("Name Eq 'x'")}`);
    deepEqual([filtered.status, (filtered.body as { D: Row }).D.Code], [400, 1040]);
  });
});

test('blocks stand where they belong, and hold what the role may see', async () => {
  const blocks = 'Photos,PrimaryPhoto,Videos,VirtualTours,Documents,OpenHouses,TourOfHomes,Units,FloPlans,RentalCalendar';
  const [row] = await get(`/listings/${MAIN}?_expand=${blocks}`);
  const fields = row?.StandardFields as Row;
  const counts = Object.fromEntries(
    ['Photos', 'PrimaryPhoto', 'Videos', 'VirtualTours', 'Documents', 'OpenHouses', 'TourOfHomes', 'Units', 'FloPlans'].map(
      (name) => [name, (fields[name] as unknown[]).length],
    ),
  );
  deepEqual(counts, {
    Photos: 14,
    PrimaryPhoto: 1,
    Videos: 1,
    VirtualTours: 2,
    Documents: 8,
    OpenHouses: 2,
    TourOfHomes: 1,
    Units: 0,
    FloPlans: 1,
  });
  deepEqual(row?.RentalCalendar, []);
  equal(fields.DocumentsCount, 8);
  equal(fields.VirtualTourURLBranded, 'https://tours.example.com/allen-realty/333-main');
  const [idx] = await get(`/listings/${MAIN}?_expand=${blocks}`, 'idx');
  const seen = idx?.StandardFields as Row;
  deepEqual([(seen.TourOfHomes as unknown[]).length, seen.DocumentsCount], [0, 2]);
});
