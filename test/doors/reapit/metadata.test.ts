import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openReapit, type ReapitCall, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

const JOHN = 'OXF18000001';
const call = (path: string, options?: ReapitCall) => house.call(path, options);
const bodyOf = <T>(answer: { body: unknown }) => answer.body as T;
type Page = {
  _embedded: { id: string; entityId: string; metadata: unknown }[];
  totalCount: number;
  nextPageToken?: string | null;
};
type Refused = { statusCode: number; description: string; errors: { field: string; message: string }[] };

/** Puts a document on a contact, through the contact. */
const keep = async (metadata: unknown, token = 'sbox', id = JOHN) => {
  const before = await call(`/contacts/${id}`, { token });
  const etag = before.headers.get('etag') ?? '';
  return call(`/contacts/${id}`, { method: 'PATCH', json: { metadata }, headers: { 'if-match': etag }, token });
};
const shown = async (token = 'sbox', id = JOHN) =>
  bodyOf<{ metadata: unknown }>(await call(`/contacts/${id}`, { token })).metadata;

describe('documents on records (R116–R120)', () => {
  test('come back in the form in which they came, to the same application and nobody else', async () => {
    const document = { zeta: 1, alpha: { b: [1, 'two', null, { c: true }], a: '' }, 'Mixed Case': 2.5, leer: {} };
    deepEqual(await shown(), {});
    equal((await keep(document)).status, 204);
    const answer = await call(`/contacts/${JOHN}`);
    equal(JSON.stringify(bodyOf<{ metadata: unknown }>(answer).metadata), JSON.stringify(document));
    const listed = bodyOf<{ _embedded: { metadata: unknown }[] }>(await call(`/contacts?id=${JOHN}`));
    deepEqual(listed._embedded[0]?.metadata, document);
    deepEqual(await shown('other'), {});
    equal((await keep({ mine: true }, 'other')).status, 204);
    deepEqual(await shown(), document);
    deepEqual(await shown('other'), { mine: true });
    deepEqual(await shown('demo'), {});
  });

  test('a change replaces the whole document; null and {} empty it; what is not sent stays', async () => {
    equal((await keep({ a: 1, b: 2 })).status, 204);
    equal((await keep({ c: 3 })).status, 204);
    deepEqual(await shown(), { c: 3 });
    const etag = (await call(`/contacts/${JOHN}`)).headers.get('etag') ?? '';
    equal(
      (await call(`/contacts/${JOHN}`, { method: 'PATCH', json: { title: 'Mr' }, headers: { 'if-match': etag } })).status,
      204,
    );
    deepEqual(await shown(), { c: 3 });
    equal((await keep(null)).status, 204);
    deepEqual(await shown(), {});
    equal((await keep({})).status, 204);
    deepEqual(await shown(), {});
    equal((await keep('{"as": "text"}')).status, 204);
    deepEqual(await shown(), { as: 'text' });
    for (const wrong of ['text', 1, true, [1], '[1]']) equal((await keep(wrong)).status, 422, JSON.stringify(wrong));
    deepEqual(await shown(), { as: 'text' });
  });

  test('POST takes one too, and it is the document of /metadata', async () => {
    const made = await call('/contacts', {
      json: {
        surname: 'Kept',
        email: 'kept@example.com',
        marketingConsent: 'grant',
        officeIds: ['OXF'],
        negotiatorIds: ['JAS'],
        metadata: { from: 'post' },
      },
    });
    equal(made.status, 201, made.text);
    const id = made.headers.get('location')?.split('/').at(-1) ?? '';
    deepEqual(await shown('sbox', id), { from: 'post' });
    const [own] = bodyOf<Page>(await call(`/metadata?entityType=contact&entityId=${id}`))._embedded;
    equal(own?.id, `SBOX_contact_portico-sandbox_${id}`);
    const before = (await call(`/contacts/${id}`)).headers.get('etag');
    equal((await call(`/metadata/${own?.id}`, { method: 'PUT', json: { metadata: { from: 'put' } } })).status, 204);
    deepEqual(await shown('sbox', id), { from: 'put' });
    equal((await call(`/contacts/${id}`)).headers.get('etag'), before);
  });

  test('one statement a page, however long', async () => {
    const count = async (size: number) => {
      const sent: string[] = [];
      const { pool } = house.lab.house.stores.connected;
      const { query } = pool;
      const spy = (...args: unknown[]) => {
        const [first] = args as [{ text?: string } | string];
        sent.push(typeof first === 'string' ? first : (first.text ?? ''));
        return (query as (...of: unknown[]) => unknown).apply(pool, args);
      };
      pool.query = spy as typeof pool.query;
      equal((await call(`/contacts?pageSize=${size}`)).status, 200);
      pool.query = query;
      return sent.filter((text) => /from metadata/.test(text)).length;
    };
    equal(await count(2), 1);
    equal(await count(100), 1);
  });
});

describe('/metadata (R117, R121–R124)', () => {
  test('a thing of the application itself, under an id of its own or a new one', async () => {
    const made = await call('/metadata/', { json: { entityType: 'customEntityType', entityId: 'abc 1/2', metadata: { n: 1 } } });
    equal(made.status, 201, made.text);
    equal(made.text, '');
    const path = made.headers.get('location')?.replace('http://portico.test/reapit', '') ?? '';
    const answer = await call(path);
    const { modified, ...model } = bodyOf<Record<string, unknown>>(answer);
    deepEqual(model, {
      id: 'SBOX_customEntityType_portico-sandbox_abc 1/2',
      entityType: 'customEntityType',
      entityId: 'abc 1/2',
      metadata: { n: 1 },
    });
    match(String(modified), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    equal((await call(path.toLowerCase())).status, 200);
    const generated = await call('/metadata', { json: { entityType: 'customEntityType', metadata: '{"n":2}' } });
    match(generated.headers.get('location') ?? '', /customEntityType_portico-sandbox_[0-9a-f-]{36}$/);
    const page = bodyOf<Page>(await call('/metadata/?entityType=CUSTOMENTITYTYPE'));
    equal(page.totalCount, 2);
    deepEqual(
      page._embedded.map(({ metadata }) => metadata as { n: number }).toSorted((a, b) => a.n - b.n),
      [{ n: 1 }, { n: 2 }],
    );
    equal(bodyOf<Page>(await call('/metadata?entityType=customEntityType&entityId=ABC 1/2')).totalCount, 1);
    equal(bodyOf<Page>(await call(`/metadata?id=${encodeURIComponent(String(model.id))}&id=nope`)).totalCount, 1);
    equal(bodyOf<Page>(await call('/metadata?id=nope')).totalCount, 0);
    for (const token of ['other', 'demo']) {
      equal((await call(path, { token })).status, 404);
      equal(bodyOf<Page>(await call('/metadata?entityType=customEntityType', { token })).totalCount, 0);
      equal((await call(path, { token, method: 'DELETE' })).status, 404);
    }
  });

  test('is replaced, patched and deleted', async () => {
    await call('/metadata', { json: { entityType: 'patched', entityId: '1', metadata: { a: { b: [1, 2] } } } });
    const path = '/metadata/SBOX_patched_portico-sandbox_1';
    const patch = (json: unknown) =>
      call(path, { method: 'PATCH', json, headers: { 'content-type': 'application/json-patch+json' } });
    const ops = [
      { op: 'test', path: '/a/b/0', value: 1 },
      { op: 'add', path: '/a/b/-', value: 3 },
      { op: 'copy', from: '/a/b', path: '/c' },
      { op: 'move', from: '/c/0', path: '/first' },
      { op: 'remove', path: '/a/b/0' },
      { op: 'replace', path: '/a/b/0', value: 'two' },
    ];
    equal((await patch(ops)).status, 204);
    const now = async () => bodyOf<{ metadata: unknown }>(await call(path)).metadata;
    const patched = { a: { b: ['two', 3] }, c: [2, 3], first: 1 };
    deepEqual(await now(), patched);
    for (const wrong of [
      [
        { op: 'add', path: '/x', value: 1 },
        { op: 'test', path: '/first', value: 2 },
      ],
      [{ op: 'remove', path: '/nowhere' }],
      [{ op: 'replace', path: '/a/b/7', value: 1 }],
      [{ op: 'add', path: 'no pointer', value: 1 }],
      [{ op: 'jump', path: '/a' }],
      [{ path: '/a' }],
      [null],
      { op: 'remove', path: '/a' },
      'text',
    ]) {
      const answer = await patch(wrong);
      equal(answer.status, 400, JSON.stringify(wrong));
      ok(!('errors' in bodyOf<Refused>(answer)));
    }
    deepEqual(await now(), patched);
    equal((await patch([{ op: 'replace', path: '', value: [] }])).status, 422);
    equal((await call(path, { method: 'PUT', json: { metadata: { only: 1 } } })).status, 204);
    deepEqual(await now(), { only: 1 });
    for (const json of [{}, { metadata: null }, { metadata: [] }, { metadata: 'x' }, { metadata: 3 }])
      equal((await call(path, { method: 'PUT', json })).status, 422, JSON.stringify(json));
    equal((await call(path, { method: 'DELETE' })).status, 204);
    equal((await call(path, { method: 'DELETE' })).status, 404);
    equal((await call(path)).status, 404);
    equal((await call(path, { method: 'PUT', json: { metadata: {} } })).status, 404);
    equal((await patch([])).status, 404);
    equal((await call('/metadata', { json: { entityType: 'patched', entityId: '1', metadata: { again: 1 } } })).status, 201);
  });

  test('refuses what cannot be kept, with every breach', async () => {
    const refused = async (json: unknown) => bodyOf<Refused>(await call('/metadata', { json }));
    deepEqual(
      (await refused({})).errors.map(({ field }) => field),
      ['entityType', 'metadata'],
    );
    equal((await refused({ entityType: 'twice', entityId: 'x', metadata: {} })) as unknown, '');
    equal((await refused({ entityType: 'TWICE', entityId: 'X', metadata: {} })).errors[0]?.field, 'entityId');
    equal((await refused({ entityType: 'contact', entityId: 'OXF99999999', metadata: {} })).errors[0]?.field, 'entityId');
    equal((await refused({ entityType: 'contact', metadata: {} })).errors[0]?.field, 'entityId');
    equal((await refused({ entityType: 'a\nb', metadata: {} })).errors[0]?.field, 'entityType');
    equal((await refused({ entityType: 'has portico-sandbox in it', metadata: {} })).errors[0]?.field, 'entityType');
    equal((await refused({ entityType: 'big', metadata: { text: 'x'.repeat(300_000) } })).errors[0]?.field, 'metadata');
    equal((await refused({ entityType: 'x', metadata: { a: '\u0000' } })).statusCode, 422);
    let deep: unknown = 1;
    for (let i = 0; i < 40; i++) deep = { deep };
    equal((await refused({ entityType: 'deep', metadata: deep })).errors[0]?.field, 'metadata');
    equal((await call('/metadata', { json: { entityType: 'contact', entityId: JOHN.toLowerCase(), metadata: {} } })).status, 422);
    equal((await call('/metadata', { json: { entityType: 'Office', entityId: 'oxf', metadata: { o: 1 } } })).status, 201);
    equal(bodyOf<{ metadata: unknown }>(await call('/offices/OXF')).metadata !== undefined, true);
    deepEqual(bodyOf<{ metadata: unknown }>(await call('/offices/OXF')).metadata, { o: 1 });
  });

  test('pages by number and by token', async () => {
    for (let i = 10; i < 17; i++) await call('/metadata', { json: { entityType: 'paged', entityId: `p${i}`, metadata: { i } } });
    const second = bodyOf<Page & { _links: Record<string, { href: string }> }>(
      await call('/metadata?entityType=paged&pageSize=3&pageNumber=2'),
    );
    deepEqual(
      second._embedded.map(({ entityId }) => entityId),
      ['p13', 'p14', 'p15'],
    );
    equal(second.totalCount, 7);
    ok(!('nextPageToken' in second));
    deepEqual(Object.keys(second._links).toSorted(), ['first', 'last', 'next', 'prev', 'self']);
    const seen: string[] = [];
    let token: string | null | undefined;
    do {
      const more = token ? `&nextPageToken=${token}&pageNumber=9` : '';
      const page = bodyOf<Page>(await call(`/metadata?entityType=paged&pageSize=3&useTokenBasedPaging=true${more}`));
      seen.push(...page._embedded.map(({ entityId }) => entityId));
      equal(page.totalCount, 7);
      token = page.nextPageToken;
    } while (token);
    equal(token, null);
    deepEqual(seen, ['p10', 'p11', 'p12', 'p13', 'p14', 'p15', 'p16']);
    equal((await call('/metadata?nextPageToken=nonsense')).status, 400);
    equal((await call('/metadata?pageSize=101')).status, 400);
  });
});

describe('schemas (R125–R127)', () => {
  const schema = (of: unknown) => JSON.stringify(of);

  test('judge every later write of their type, wherever it comes from', async () => {
    const own = schema({
      type: 'object',
      required: ['colour'],
      properties: { colour: { enum: ['red'] }, n: { type: 'integer' } },
    });
    const made = await call('/metadata/metadataSchema', { json: { entityType: 'judged', schema: own } });
    equal(made.status, 201, made.text);
    match(made.headers.get('location') ?? '', /\/metadata\/metadataSchema\/judged$/);
    const answer = bodyOf<Record<string, unknown>>(await call('/metadata/metadataSchema/JUDGED'));
    equal(answer.id, 'judged');
    equal(answer.schema, own);
    const bad = await call('/metadata', { json: { entityType: 'judged', entityId: '1', metadata: { colour: 'blue', n: 1.5 } } });
    equal(bad.status, 422);
    deepEqual(
      bodyOf<Refused>(bad)
        .errors.map(({ field }) => field)
        .toSorted(),
      ['metadata.colour', 'metadata.n'],
    );
    equal((await call('/metadata', { json: { entityType: 'JUDGED', entityId: '1', metadata: { colour: 'red' } } })).status, 201);
    const path = '/metadata/SBOX_judged_portico-sandbox_1';
    equal((await call(path, { method: 'PUT', json: { metadata: {} } })).status, 422);
    equal((await call(path, { method: 'PATCH', json: [{ op: 'remove', path: '/colour' }] })).status, 422);
    equal((await call('/metadata', { json: { entityType: 'judged', metadata: {} }, token: 'other' })).status, 201);
    equal((await call('/metadata/metadataSchema/judged', { token: 'other' })).status, 404);
    equal((await call('/metadata/metadataSchema/judged', { method: 'PUT', json: { schema: '{}' } })).status, 204);
    equal((await call(path, { method: 'PUT', json: { metadata: {} } })).status, 204);
    equal((await call('/metadata/metadataSchema/judged', { method: 'DELETE' })).status, 204);
    equal((await call('/metadata/metadataSchema/judged', { method: 'DELETE' })).status, 404);
  });

  test('of a type of the house judge the member metadata, beside every other breach', async () => {
    await call('/metadata/metadataSchema', {
      json: { entityType: 'contact', schema: schema({ properties: { n: { type: 'number' } } }) },
    });
    const wrong = await keep({ n: 'x' });
    equal(wrong.status, 422);
    equal(bodyOf<Refused>(wrong).errors[0]?.field, 'metadata.n');
    const both = await call('/contacts', { json: { surname: 'X', officeIds: ['NO'], metadata: { n: 'x' } } });
    const fields = bodyOf<Refused>(both).errors.map(({ field }) => field);
    for (const field of ['metadata.n', 'officeIds[0]', 'marketingConsent']) ok(fields.includes(field), `${field} in ${fields}`);
    equal((await keep({ n: 1 })).status, 204);
    equal((await call('/metadata/metadataSchema/contact', { method: 'DELETE' })).status, 204);
  });

  test('every dialect by its name, nothing from outside, and no second one', async () => {
    const judges = async (of: Record<string, unknown>, document: unknown) => {
      const type = `dialect${Math.random()}`;
      const made = await call('/metadata/metadataSchema', { json: { entityType: type, schema: schema(of) } });
      if (made.status !== 201) return made.status;
      return (await call('/metadata', { json: { entityType: type, metadata: document } })).status;
    };
    const limited = (dialect: string, of: unknown) => judges({ $schema: dialect, properties: { n: of } }, { n: 3 });
    equal(await limited('http://json-schema.org/draft-04/schema#', { maximum: 3, exclusiveMaximum: true }), 422);
    equal(await limited('http://json-schema.org/draft-06/schema#', { exclusiveMaximum: 3 }), 422);
    equal(await limited('http://json-schema.org/draft-07/schema#', { if: { const: 4 }, else: false }), 422);
    equal(await judges({ $schema: 'https://json-schema.org/draft/2019-09/schema', unevaluatedProperties: false }, { n: 1 }), 422);
    equal(
      await judges(
        { $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { l: { prefixItems: [{ type: 'string' }] } } },
        { l: [1] },
      ),
      422,
    );
    equal(await judges({ properties: { child: { $ref: '#' }, n: { type: 'number' } } }, { child: { n: 'x' } }), 422);
    equal(await judges({ $schema: 'http://example.com/own', type: 'object' }, {}), 422);
    for (const wrong of [
      'nope',
      '[]',
      '3',
      '{"type":"strin"}',
      '{"$ref":"http://example.com/x.json"}',
      '{"$async":true}',
      '{"pattern":"("}',
      'null',
    ]) {
      const answer = await call('/metadata/metadataSchema', { json: { entityType: 'wrong', schema: wrong } });
      equal(answer.status, 422, wrong);
      equal(bodyOf<Refused>(answer).errors[0]?.field, 'schema');
    }
    const first = await call('/metadata/metadataSchema', { json: { entityType: 'once', schema: '{}' } });
    equal(first.status, 201);
    equal((await call('/metadata/metadataSchema', { json: { entityType: 'Once', schema: '{}' } })).status, 422);
    equal(bodyOf<{ totalCount: number }>(await call('/metadata/metadataSchema?entityType=ONCE')).totalCount, 1);
    deepEqual(
      bodyOf<Refused>(await call('/metadata/metadataSchema', { json: {} })).errors.map(({ field }) => field),
      ['entityType', 'schema'],
    );
  });

  test('what would take for ever takes a moment, and others are served meanwhile', async () => {
    const type = 'for ever';
    equal(
      (
        await call('/metadata/metadataSchema', {
          json: { entityType: type, schema: schema({ properties: { a: { pattern: '^(a+)+$' } } }) },
        })
      ).status,
      201,
    );
    const started = performance.now();
    const slow = call('/metadata', { json: { entityType: type, metadata: { a: `${'a'.repeat(60)}!` } } });
    const meanwhile = performance.now();
    equal((await call('/departments')).status, 200);
    const waited = performance.now() - meanwhile;
    equal((await slow).status, 422);
    ok(performance.now() - started < 6_000);
    ok(waited < 2_000, `${waited} ms`);
    const definitions = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `d${i}`,
        { allOf: [{ $ref: `#/definitions/d${i + 1}` }, { $ref: `#/definitions/d${i + 1}` }] },
      ]),
    );
    const bomb = schema({ definitions: { ...definitions, d30: {} }, $ref: '#/definitions/d0' });
    const made = await call('/metadata/metadataSchema', { json: { entityType: 'bomb', schema: bomb } });
    if (made.status === 201) equal((await call('/metadata', { json: { entityType: 'bomb', metadata: {} } })).status, 422);
    else equal(made.status, 422);
  });
});

describe('whose records they are on', () => {
  const made = async (officeId: string, negotiatorId: string) => {
    const answer = await call('/contacts', {
      json: {
        surname: 'Kept',
        email: 'k@example.com',
        marketingConsent: 'grant',
        officeIds: [officeId],
        negotiatorIds: [negotiatorId],
      },
    });
    return answer.headers.get('location')?.split('/').at(-1) ?? '';
  };
  const total = async (token: string, entityId: string) =>
    bodyOf<Page>(await call(`/metadata?entityType=contact&entityId=${entityId}`, { token })).totalCount;

  test('a group of offices has the documents on its own records only', async () => {
    const [inside, outside] = [await made('OXF', 'JAS'), await made('SOL', 'JAS')];
    for (const id of [inside, outside]) {
      equal((await keep({ a: 1 }, 'sbox', id)).status, 204);
      equal(await total('sbox', id), 1);
    }
    equal(await total('oxf', inside), 1);
    equal(await total('oxf', outside), 0);
    const path = (id: string) => `/metadata/SBOX_contact_portico-sandbox_${id}`;
    equal((await call(path(inside), { token: 'oxf' })).status, 200);
    for (const method of ['GET', 'DELETE']) equal((await call(path(outside), { token: 'oxf', method })).status, 404);
    equal((await call(path(outside), { token: 'oxf', method: 'PUT', json: { metadata: {} } })).status, 404);
    equal(
      (await call('/metadata', { token: 'oxf', json: { entityType: 'contact', entityId: outside, metadata: {} } })).status,
      422,
    );
  });

  test('a record that is gone, through whichever door, has none any more', async () => {
    const id = await made('OXF', 'JAS');
    equal((await keep({ a: 1 }, 'sbox', id)).status, 204);
    await house.lab.rows('update contact set deleted_at = now() where code = $1', [id]);
    equal(await total('sbox', id), 0);
    equal((await call(`/metadata/SBOX_contact_portico-sandbox_${id}`)).status, 404);
  });
});
