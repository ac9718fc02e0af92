import fc from 'fast-check';
import type { Facts, Ids } from './facts.ts';
import { form } from './forms.ts';
import { hostileDate, hostileJson, hostileText } from './hostile.ts';
import { cursor, jsonSchema, loopFilter, metadataExpression, order, sparkql } from './languages.ts';
import { damaged, spoiled } from './mutate.ts';
import type { DoorName, Operation } from './operations.ts';
import { type Surroundings, valuesOf } from './schema-values.ts';
import { type Caller, CURRENT_TAG, type Header, type Shot } from './shot.ts';

/** In an address; halves of surrogate pairs, which have no UTF-8, as the bytes that some clients send for them. */
export const encoded = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : encodeURIComponent(text.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80');

/** Pieces of a path that servers have read wrongly. */
const SEGMENTS = [
  ...[
    '',
    '.',
    '..',
    '%2e%2e',
    '%2E',
    '..%2f..',
    '%2f',
    '%5c',
    '%00',
    '%ff',
    '%c0%af',
    '%ED%A0%80',
    '%',
    '%zz',
    '%u0041',
    '%25%32%65',
  ],
  ...['0', '-1', '1.5', '1e3', '+1', '00', '007', '2147483648', '9007199254740993', '9223372036854775808', '9'.repeat(40)],
  ...[
    'null',
    'undefined',
    'NaN',
    '__proto__',
    'constructor',
    '*',
    ';',
    ';a=b',
    ':',
    '@',
    '!',
    "'",
    '"',
    '<',
    '{',
    '|',
    '^',
    '~',
    '`',
  ],
  ...[
    '%E9',
    '%C3%A9',
    '%F0%9F%98%80',
    'x'.repeat(300),
    'x'.repeat(9_000),
    ',',
    '1,2,3',
    `${'1,'.repeat(2_000)}1`,
    '#',
    '?',
    '//',
  ],
];
export const segment: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SEGMENTS) },
  { weight: 1, arbitrary: hostileText.map(encoded) },
);

/** One step of a path with something in it that no router takes for a slash, a query or a way up. */
const isOneStep = (text: string) => {
  try {
    return /^[^/?#]+$/.test(text) && !/^\.{1,2}$/.test(decodeURIComponent(text)) && text.length < 8_000;
  } catch {
    return false;
  }
};

const fill = (path: string, ids: Ids) => path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? '999999999');

type Aim = { readonly path: string; readonly sure: boolean; readonly ids: Ids };

/** The path of an operation: mostly of records that are there, else with one odd piece. */
function aimsOf(operation: Operation, facts: Facts): fc.Arbitrary<Aim> {
  const { path, names } = operation;
  const there = fc.nat(10_000).map((nth): Ids => {
    const known = facts.idsOf(operation);
    // A record that is gone can be asked nothing more: the first one of its kind stays.
    const within = operation.method === 'DELETE' ? known.slice(1) : known;
    return within[nth % within.length] ?? {};
  });
  const right = there.map((ids): Aim => ({ path: fill(path, ids), sure: true, ids }));
  const slash = right.map((aim): Aim => ({ ...aim, path: aim.path.replace(/\/?$/, '/') }));
  if (names.length === 0) return fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: slash });
  const odd = fc
    .tuple(there, fc.constantFrom(...names), segment)
    .map(([ids, name, value]): Aim => ({ path: fill(path, { ...ids, [name]: value }), sure: isOneStep(value), ids }));
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: slash }, { weight: 4, arbitrary: odd });
}

/** Parameters that have a language of their own, by name. */
const LANGUAGES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  _filter: sparkql,
  filter: fc.oneof(loopFilter, metadataExpression),
  metadata: metadataExpression,
  sort: order,
  sortBy: order,
  order_by: order,
  _orderby: order,
  _skiptoken: cursor,
  next_cursor: cursor,
  cursor,
  nextPageToken: cursor,
  _select: fc.oneof(fc.constantFrom('Id', 'Id,ListPrice', 'StandardFields.City', 'Nope', ',,'), hostileText),
  _expand: fc.oneof(fc.constantFrom('Photos', 'Photos,Videos', 'CustomFields', 'Nope'), hostileText),
};
const DAY = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
/** Days and moments without a format in the document. */
const isTime = (name: string) => /(From|To|_after|_before|_min)$/.test(name);

function parameterValues({ name, schema }: Operation['query'][number], around: Surroundings): fc.Arbitrary<string> {
  const language = LANGUAGES[name];
  const right = isTime(name) ? DAY : valuesOf(schema, around, name).map((value) => [value].flat().map(String).join(','));
  return fc.oneof({ weight: language ? 2 : 6, arbitrary: right }, ...(language ? [{ weight: 6, arbitrary: language }] : []), {
    weight: 2,
    arbitrary: isTime(name) ? hostileDate : hostileText,
  });
}

function queriesOf({ query }: Operation, around: Surroundings): fc.Arbitrary<string> {
  const words = query.map((one) => {
    const pair = parameterValues(one, around).map((value) => `${one.name}=${encoded(value)}`);
    return one.required ? fc.option(pair, { freq: 30, nil: '' }) : pair;
  });
  const odd = fc.oneof(
    fc.tuple(hostileText, hostileText).map(([name, value]) => `${encoded(name)}=${encoded(value)}`),
    fc.constantFrom(
      '&',
      '%',
      '%zz=%zz',
      '=',
      '?',
      'a[]=1',
      'a[b]=1',
      '_method=DELETE',
      'callback=x',
      '_=1',
      `${'a=1&'.repeat(300)}`,
    ),
  );
  const some =
    query.length === 0
      ? fc.constant<string[]>([])
      : fc
          .subarray(
            words.map((_, at) => at),
            { maxLength: Math.min(5, words.length) },
          )
          .chain((chosen) => {
            const needed = query.flatMap(({ required }, at) => (required ? [at] : []));
            return fc.tuple(...[...new Set([...needed, ...chosen])].map((at) => words[at] ?? fc.constant('')));
          });
  return fc
    .tuple(some, fc.option(odd, { freq: 12, nil: null }))
    .map(([pairs, extra]) => [...pairs, extra ?? ''].filter((pair) => pair !== '').join('&'));
}

const TYPES = [
  ...['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'text/json', 'application/merge-patch+json'],
  ...[
    'application/xml',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json; charset=utf-16',
    ';;',
    '',
  ],
];
const HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['accept', ['*/*', 'application/json', 'application/pdf', 'text/html', 'application/json;q=0', ';', 'a'.repeat(2_000)]],
  ['accept-encoding', ['gzip', 'br', 'deflate;q=0.1', 'identity;q=0', '*', 'gzip;q=nope']],
  ['if-match', ['*', '"x"', 'W/"x"', '""', '"a", "b"', '\u00e9', 'x'.repeat(3_000)]],
  ['if-none-match', ['*', '"x"', 'W/"1"']],
  ['if-modified-since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'never', '0000-00-00']],
  ['range', ['bytes=0-', 'bytes=-1', 'bytes=5-1', 'bytes=0-0,2-3', 'lines=1-2', 'bytes=99999999999999999999-']],
  ['api-version', ['2020-01-31', '2018-01-01', 'latest', '0000-00-00', '9999-12-31', '\u00ff']],
  ['reapit-customer', ['SBOX', 'DEMO', 'sbox', '', 'NOPE', "' or 1=1"]],
  ['idempotency-key', ['k1', 'k2', 'x'.repeat(2_000), '\u00e9', ' ']],
  ['x-http-method-override', ['GET', 'DELETE', 'PATCH', 'nope']],
  ['x-forwarded-for', ['127.0.0.1', "'", ':::', '1'.repeat(500)]],
  ['x-forwarded-proto', ['https', 'javascript']],
  ['host', ['reapit.localhost', 'spark.localhost', 'example.com', '[::1', 'a'.repeat(300), '127.0.0.1:99999']],
  ['x-sparkapi-user-agent', ['fuzz', '\u00ff']],
  ['cookie', ['portico_session=x', '__Host-portico_session=%00', 'a=b; '.repeat(200), '=;;']],
  ['origin', ['null', 'https://evil.example']],
];
/** Now and then one or two headers that nobody asked for. */
const oddHeaders: fc.Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.constantFrom(...HEADERS).chain(([name, values]) => fc.constantFrom(...values).map((value): Header => [name, value])),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

const OWN: Readonly<Record<DoorName, readonly Caller[]>> = {
  dotloop: ['dotloop'],
  reapit: ['reapit'],
  propertybase: ['propertybase', 'propertybase', 'propertybase', 'propertybase-reader'],
  spark: ['spark', 'spark-agent', 'spark-portal', 'spark-idx'],
  app: ['page', 'page-administrator'],
};
const callersOf = (door: DoorName): fc.Arbitrary<Caller> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...OWN[door]) },
    { weight: 1, arbitrary: fc.constantFrom('stranger' as const, 'nobody' as const, 'garbage' as const) },
  );

type Sent = { readonly headers: readonly Header[]; readonly body?: Uint8Array };

/** JSON Schemas and documents under them, where the operation is about those. */
const specialBodies = ({ path, method }: Operation): fc.Arbitrary<unknown> | undefined => {
  if (!path.includes('/metadata') || method === 'DELETE') return undefined;
  if (path.includes('metadataSchema'))
    return fc.record({
      entityType: fc.constantFrom('fuzzed', 'contact', 'any'),
      schema: jsonSchema.map((schema) => JSON.stringify(schema)),
    });
  return fc.record({
    entityType: fc.constantFrom('fuzzed', 'any'),
    entityId: fc.constantFrom('f1', 'f2'),
    metadata: hostileJson,
  });
};

function bodiesOf(operation: Operation, around: Surroundings): fc.Arbitrary<Sent> {
  if (operation.form) return form.map(({ header, body }) => ({ headers: [header], body }));
  if (!operation.body) {
    if (operation.method === 'GET') return fc.constant({ headers: [] });
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant<Sent>({ headers: [] }) },
      {
        weight: 1,
        arbitrary: hostileJson.map(
          (json): Sent => ({ headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(json)) }),
        ),
      },
    );
  }
  const right = fc.oneof(
    { weight: 3, arbitrary: valuesOf(operation.body, around) },
    ...(operation.printed.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...operation.printed) }] : []),
    ...[specialBodies(operation) ?? []].flat().map((arbitrary) => ({ weight: 3, arbitrary })),
  );
  const text = right.map((value) => JSON.stringify(value));
  const bytes = fc.oneof(
    { weight: 10, arbitrary: text.map((sent): Uint8Array => Buffer.from(sent)) },
    { weight: 8, arbitrary: spoiled(right).map((value): Uint8Array => Buffer.from(JSON.stringify(value) ?? 'null')) },
    { weight: 1, arbitrary: hostileJson.map((value): Uint8Array => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: damaged(text) },
  );
  const type = fc.oneof(
    { weight: 30, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
  );
  return fc.tuple(bytes, type).map(([body, named]) => ({ headers: [['content-type', named]], body }));
}

/** Whether the operation wants to be told which version of the record is meant. */
const wantsTag = ({ door, method }: Operation) =>
  door === 'reapit' && (method === 'PATCH' || method === 'PUT' || method === 'DELETE');

/** Headers under one name would be sent twice: the last one counts. */
const unique = (headers: readonly Header[]): Header[] => [...new Map(headers.map((header) => [header[0], header])).values()];

/** Valid, nearly valid and hostile requests to one operation. */
export function requestsTo(operation: Operation, facts: Facts, around: Surroundings): fc.Arbitrary<Shot> {
  const tag: readonly Header[] = wantsTag(operation) ? [['if-match', CURRENT_TAG]] : [];
  const method = fc.oneof(
    { weight: 40, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE', 'PROPFIND') },
  );
  return fc
    .record({
      method,
      aim: aimsOf(operation, facts),
      query: queriesOf(operation, around),
      odd: oddHeaders,
      caller: callersOf(operation.door),
      sent: bodiesOf(operation, around),
    })
    .map(({ method, aim, query, odd, caller, sent }): Shot => {
      const elsewhere = odd.some(([name]) => name === 'host' || name === 'x-http-method-override');
      return {
        door: operation.door,
        method,
        path: `${aim.path}${query && `?${query}`}`,
        headers: unique([...tag, ...sent.headers, ...odd]),
        ...(sent.body && method !== 'GET' ? { body: sent.body } : {}),
        caller,
        ...(aim.sure && method === operation.method && !elsewhere ? { operation, ids: aim.ids } : {}),
      };
    });
}
