import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import Fastify from 'fastify';
import { DETAIL_SECTIONS } from '../../../src/domain/index.ts';
import { wantsBytes } from '../../../src/doors/dotloop/accept.ts';
import { handleError, mergedAnswer } from '../../../src/doors/dotloop/faults.ts';
import { fileName } from '../../../src/doors/dotloop/file-name.ts';
import { readFilter, withLegacyMin } from '../../../src/doors/dotloop/filter.ts';
import { SECTIONS } from '../../../src/doors/dotloop/map/detail-names.ts';
import { readDetailsChange, toDetails, toListDetails } from '../../../src/doors/dotloop/map/details.ts';
import { dotloop } from '../../../src/doors/dotloop/plugin.ts';
import { readSort } from '../../../src/doors/dotloop/sort.ts';
import { Fault, unavailable } from '../../../src/kernel/fault.ts';
import { attachment } from '../../../src/wire/file-headers.ts';

const LOOPS = ['updated_min', 'created_min', 'transaction_type', 'transaction_status'] as const;
const filter = (text: string) => readFilter(text, LOOPS);
const refused = (reason: string, at: string) => (fault: Fault) =>
  fault instanceof Fault && fault.breaches[0]?.reason === reason && fault.breaches[0].at === at;

describe('filter', () => {
  test('pairs in any order, alternatives by |, words in any form', () => {
    deepEqual(filter('transaction_type=PURCHASE_OFFER|listing for sale,updated_min=2017-01-01T00:00:00Z'), {
      transactionTypes: ['PURCHASE_OFFER', 'LISTING_FOR_SALE'],
      updatedMin: new Date('2017-01-01T00:00:00Z'),
    });
    deepEqual(filter('transaction_status=Pre-Offer|NOT_A_STATUS'), { statuses: ['PRE_OFFER', 'NOT_A_STATUS'] });
  });

  test('nothing, and pairs without a value, filter nothing', () => {
    deepEqual(readFilter(undefined, LOOPS), {});
    deepEqual(filter('created_min=,transaction_type=|'), {});
  });

  for (const [text, at] of [
    ['2017-05-30T21:42:17.5Z', '2017-05-30T21:42:17.500Z'],
    ['2017-05-30T21:42:17+02:00', '2017-05-30T19:42:17.000Z'],
    ['2017-05-30T21:42:17 02:00', '2017-05-30T19:42:17.000Z'],
    ['2017-05-30', '2017-05-30T00:00:00.000Z'],
  ] as const)
    test(`timestamp ${text}`, () => deepEqual(filter(`created_min=${text}`), { createdMin: new Date(at) }));

  for (const text of ['x', 'nope=1', 'updated_min=2017-01-01,updated_min=2017-01-02', 'updated_min=2017-01-01|2017-01-02', 'a,'])
    test(`refuses ${text}`, () => throws(() => filter(text), refused('value', 'filter')));

  test('a date that is none has its own code', () => {
    throws(() => filter('updated_min=2017-02-31'), refused('date', 'filter'));
    throws(() => withLegacyMin({}, 'yesterday'), refused('date', 'updated_min'));
  });

  test('the legacy parameter is ANDed: the later moment counts', () => {
    const early = filter('updated_min=2017-01-01');
    deepEqual(withLegacyMin(early, '2018-01-01'), { updatedMin: new Date('2018-01-01') });
    deepEqual(withLegacyMin(early, '2016-01-01'), early);
    deepEqual(withLegacyMin(early, ''), early);
  });

  test('contacts know one key', () => throws(() => readFilter('created_min=2017-01-01', ['updated_min']), Fault));
});

describe('sort', () => {
  test('ascending unless said otherwise, in any case', () => {
    deepEqual(readSort(undefined), { sort: 'default', descending: false });
    deepEqual(readSort('address'), readSort('Address:ASC'));
    deepEqual(readSort('purchase_price:desc'), { sort: 'purchase_price', descending: true });
  });
  for (const text of ['price', 'address:up', 'address:', 'address:asc:desc', 'toString'])
    test(`refuses ${text}`, () => throws(() => readSort(text), refused('value', 'sort')));
});

describe('Accept of a document', () => {
  const pdf = (accept?: string) => wantsBytes(accept, 'application/pdf');
  for (const accept of [
    undefined,
    '',
    '*/*',
    'application/json',
    'text/html',
    'application/*',
    'application/json, application/pdf',
  ])
    test(`JSON for ${accept}`, () => equal(pdf(accept), false));
  for (const accept of [
    'application/pdf',
    'Application/PDF',
    'application/pdf, application/json',
    'application/json;q=0.5, application/pdf',
  ])
    test(`bytes for ${accept}`, () => equal(pdf(accept), true));
  test('q of 0 refuses', () => equal(pdf('application/pdf;q=0'), false));
  test('application/pdf takes the file whatever it is, another type only its own', () => {
    equal(wantsBytes('application/pdf', 'image/png'), true);
    equal(wantsBytes('image/png', 'image/png'), true);
    equal(wantsBytes('image/png', 'application/pdf'), false);
  });
});

describe('file names', () => {
  for (const [sent, name] of [
    ['my_disclosures.pdf', 'my_disclosures.pdf'],
    ['/Users/you/Documents/disclosures.pdf', 'disclosures.pdf'],
    ['C:\\docs\\a.pdf', 'a.pdf'],
    ['a\r\n\u0000b.pdf', 'ab.pdf'],
    ['=?utf-8?B?w7wucGRm?=', 'ü.pdf'],
    ['..', undefined],
    ['a/', undefined],
    ['\u0007', undefined],
    [undefined, undefined],
  ] as const)
    test(`${JSON.stringify(sent)}`, () => equal(fileName(sent), name));
  test('at most 255 characters, and none of them cut in half', () => equal(fileName('😀'.repeat(300)), '😀'.repeat(255)));

  test('a name in a header can end nothing', () => {
    equal(attachment('a b.pdf'), 'attachment; filename="a b.pdf"');
    equal(attachment('ü"\\.pdf'), `attachment; filename="___.pdf"; filename*=UTF-8''%C3%BC%22%5C.pdf`);
    equal(attachment('😀.pdf'), `attachment; filename="_.pdf"; filename*=UTF-8''%F0%9F%98%80.pdf`);
  });
});

describe('where a merged loop is', () => {
  for (const [url, location] of [
    ['/dotloop/public/v2/profile/3/loop/30003', '/public/v2/profile/3/loop/30004'],
    ['/public/v2/profile/3/loop/30003/?', '/public/v2/profile/3/loop/30004'],
    ['/public/v2/profile/3/loop/30003/activity?batch_size=5', '/public/v2/profile/3/loop/30004/activity?batch_size=5'],
  ] as const)
    test(url, () => equal(mergedAnswer(url, 30004).headers?.location, location));
});

describe('loop details', () => {
  test('the wire names exactly the fields of the catalogue, in its order', () => {
    const wire = SECTIONS.map(({ key, fields }) => [key, fields.map((field) => field.key)]);
    deepEqual(
      wire,
      DETAIL_SECTIONS.map(({ key, fields }) => [key, fields.map((field) => field.key)]),
    );
  });

  test('the brokerage has its own fields everywhere, its own sections only outside of lists', () => {
    const details = { '+Ours': { '+Colour': 'red' }, financials: { '+Fee': '1', rent: '2' }, property: {} };
    deepEqual(toListDetails(details), { Financials: { Rent: '2', Fee: '1' } });
    deepEqual(toDetails(details), { Financials: { Rent: '2', Fee: '1' }, Ours: { Colour: 'red' } });
  });

  test('a known field finds its section, unless that is sent too', () => {
    const change = { 'Contract Dates': { 'Offer Date': '1', 'Inspection Date': '2' }, 'Offer Dates': { 'Offer Date': '3' } };
    deepEqual(readDetailsChange(change, []), { offer_dates: { offer_date: '3', inspection_date: '2' } });
  });

  test('own fields go where they were defined', () => {
    const own = [
      { section: 'Financials', name: 'City' },
      { section: 'Ours', name: 'Colour' },
    ];
    deepEqual(readDetailsChange({ Financials: { City: 'x' }, Ours: { Colour: null } }, own), {
      financials: { '+City': 'x' },
      '+Ours': { '+Colour': null },
    });
  });

  test('every unknown name is said at once; Type is in two sections, so it has no place of its own', () => {
    const change = { Nope: { City: 'x' }, Financials: { Type: 'x', 'A/B': 'y' }, Property: null };
    throws(
      () => readDetailsChange(change, []),
      (fault: Fault) => {
        deepEqual(
          fault.breaches.map((breach) => breach.at),
          ['Nope', 'Financials/Type', 'Financials/A~1B'],
        );
        return true;
      },
    );
  });
});

test('the OpenAPI document is valid', async () => {
  const document = dotloop.openapi('http://127.0.0.1:8080');
  const { valid, errors } = await new Validator().validate(structuredClone(document) as { openapi: string });
  equal(valid, true, JSON.stringify(errors, null, 2));
});

test('operation ids are unique, and every path with ids says so', () => {
  equal(new Set(dotloop.contracts.map((c) => c.operationId)).size, dotloop.contracts.length);
  for (const { url, params } of dotloop.contracts)
    deepEqual(
      Object.keys(params.properties),
      [...url.matchAll(/:(\w+)/g)].map((found) => found[1]),
    );
});

describe('what a room answers when something is wrong below it', () => {
  const ask = async (error: unknown) => {
    const app = Fastify();
    app.setErrorHandler(handleError);
    app.get('/', () => Promise.reject(error));
    const { statusCode, headers, body } = await app.inject('/');
    return { status: statusCode, headers, body: JSON.parse(body) };
  };

  test('a defect of ours says the id of the request and nothing of the defect', async () => {
    const { status, body } = await ask(new TypeError('secret'));
    deepEqual([status, body.errors[0].code, body.message], [500, '5000', body.errors[0].detail]);
    match(body.message, /request id: req-/);
    equal(JSON.stringify(body).includes('secret'), false);
  });

  test('a database that is away says when to come back', async () => {
    const { status, headers, body } = await ask(unavailable('The database is away'));
    deepEqual([status, headers['retry-after'], body.errors], [503, '5', [{ code: '5030', detail: 'The database is away' }]]);
  });

  test('whatever the framework refuses is a bad request', async () => {
    for (const statusCode of [405, 411, 413, 415])
      deepEqual((await ask(Object.assign(new Error('no'), { statusCode }))).status, 400);
  });
});
