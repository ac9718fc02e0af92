import type { Actor } from '../../../access/actor.ts';
import type { Metadata, MetadataKey, MetadataQuery, MetadataSchema } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { Fault, invalidMember, notFound } from '../../../kernel/fault.ts';
import { fromJsonText } from '../../../wire/resource/body.ts';
import type { OperationCall } from '../../../wire/resource/operation.ts';
import { readId } from '../../../wire/resource/operation.ts';
import { pagedAnswer } from '../../../wire/resource/paged.ts';
import { type Paging, pageLink, type ReadQuery, readPaging } from '../../../wire/resource/query.ts';
import { isObject } from '../../../wire/resource/spec.ts';
import { answerEmpty, answerJson, type Desk, operation, type ReapitCaller, type Written } from '../desk.ts';
import { badRequest } from '../faults.ts';
import { readTests } from '../metadata/expression.ts';
import { makeIds } from '../metadata/ids.ts';
import { readPageToken, writePageToken } from '../metadata/page-token.ts';

type Call = OperationCall<ReapitCaller>;

const LIST = '/metadata/';
const ITEM = '/metadata/{id}';
const SCHEMAS = '/metadata/metadataSchema';
const SCHEMA = '/metadata/metadataSchema/{id}';

const toModel = (row: Metadata, id: string) => ({
  id,
  modified: wholeSeconds(row.updated_at),
  entityType: row.entity_type,
  entityId: row.entity_id,
  metadata: row.document,
});
const toSchemaModel = ({ entity_type, updated_at, schema }: MetadataSchema) => ({
  id: entity_type,
  modified: wholeSeconds(updated_at),
  schema,
});

const texts = (query: ReadQuery, name: string) => query[name]?.map(String);
const keyOf = ({ entity_type, entity_id }: Metadata): MetadataKey => ({ type: entity_type, id: entity_id });

/** Paging by token is for lists that grow while they are read: what is behind the last row, whatever its number is by then. */
const byToken = (query: ReadQuery) => query.useTokenBasedPaging?.[0] === true || query.nextPageToken !== undefined;

function tokenAnswer(query: ReadQuery, { size }: Paging, models: readonly unknown[], total: number, next: string | null) {
  const { nextPageToken: _, ...first } = query;
  const link = (asked: ReadQuery) => ({ href: pageLink(LIST, asked, 1, size) });
  return {
    ...pagedAnswer(LIST, query, { number: 1, size }, models, total),
    nextPageToken: next,
    _links: {
      self: link(query),
      first: link(first),
      ...(next === null ? {} : { next: link({ ...first, nextPageToken: [next] }) }),
    },
  };
}

function listMetadata({ domain }: Desk) {
  const ids = makeIds(domain);

  const asked = async (actor: Actor, query: ReadQuery, { number, size }: Paging): Promise<MetadataQuery> => {
    const [type] = texts(query, 'entityType') ?? [];
    const entityIds = texts(query, 'entityId');
    const wanted = texts(query, 'id');
    const readKey = wanted && (await ids.reader(actor));
    const filters = texts(query, 'filter');
    const [token] = texts(query, 'nextPageToken') ?? [];
    return {
      ...(type === undefined ? {} : { type }),
      ...(entityIds ? { ids: entityIds } : {}),
      ...(wanted && readKey ? { keys: wanted.flatMap((id) => readKey(id) ?? []) } : {}),
      ...(filters ? { tests: readTests(filters, 'filter') } : {}),
      ...(token === undefined ? {} : { after: readPageToken(token) }),
      limit: byToken(query) ? size + 1 : size,
      offset: byToken(query) ? 0 : (number - 1) * size,
    };
  };

  return async ({ caller: { actor }, query }: Call) => {
    const paging = readPaging(query);
    const { rows, total } = await domain.metadata.list(actor, await asked(actor, query, paging));
    const writeId = await ids.writer(actor);
    const shown = rows.slice(0, paging.size);
    const models = shown.map((row) => toModel(row, writeId(keyOf(row))));
    if (!byToken(query)) return answerJson(pagedAnswer(LIST, query, paging, models, total));
    const last = rows.length > paging.size ? shown.at(-1) : undefined;
    return answerJson(tokenAnswer(query, paging, models, total, last ? writePageToken(keyOf(last)) : null));
  };
}

/** The key that the path names. @throws Fault not_found */
function makeFind({ domain }: Desk) {
  const ids = makeIds(domain);
  return async ({ caller: { actor }, ids: [id] }: Call): Promise<MetadataKey> => {
    const key = (await ids.reader(actor))(readId(id, 'metadata'));
    if (!key) throw notFound('metadata');
    return key;
  };
}

/** A document, or a text that holds one (contracts/reapit.md §1.19). @throws Fault invalid */
function documentIn(body: unknown): unknown {
  const document = isObject(body) ? fromJsonText(body.metadata) : undefined;
  if (document === undefined || document === null) throw invalidMember('metadata', 'required', 'Metadata must be provided');
  return document;
}

/** What is wrong with the patch itself is bad syntax; what it makes of the document is judged like any other document. */
async function asSyntax<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Fault && error.reason === 'patch.refused' ? badRequest(error.message) : error;
  }
}

const documents: readonly Written[] = [
  operation('metadata', 'GET', LIST, listMetadata),

  operation('metadata', 'POST', LIST, ({ domain, base }) => {
    const ids = makeIds(domain);
    return async ({ caller: { actor }, body }) => {
      const { entityType, entityId, metadata } = body as { entityType: string; entityId?: string | null; metadata: unknown };
      const key = await domain.metadata.create(actor, {
        type: entityType,
        document: metadata,
        ...(entityId ? { id: entityId } : {}),
      });
      const id = (await ids.writer(actor))(key);
      return { answer: { status: 201, headers: { location: `${base}${LIST}${encodeURIComponent(id)}` } } };
    };
  }),

  operation('metadata', 'GET', ITEM, (desk) => {
    const find = makeFind(desk);
    const ids = makeIds(desk.domain);
    return async (call) => {
      const { actor } = call.caller;
      const found = await desk.domain.metadata.byKey(actor, await find(call));
      return answerJson(toModel(found, (await ids.writer(actor))(keyOf(found))));
    };
  }),

  operation(
    'metadata',
    'PUT',
    ITEM,
    (desk) => {
      const find = makeFind(desk);
      return async (call) => {
        const key = await find(call);
        await desk.domain.metadata.byKey(call.caller.actor, key);
        await desk.domain.metadata.replace(call.caller.actor, key, documentIn(call.body));
        return answerEmpty(204);
      };
    },
    'raw',
  ),

  operation(
    'metadata',
    'PATCH',
    ITEM,
    (desk) => {
      const find = makeFind(desk);
      return async (call) => {
        await asSyntax(desk.domain.metadata.patch(call.caller.actor, await find(call), call.body));
        return answerEmpty(204);
      };
    },
    'raw',
  ),

  operation('metadata', 'DELETE', ITEM, (desk) => {
    const find = makeFind(desk);
    return async (call) => {
      await desk.domain.metadata.remove(call.caller.actor, await find(call));
      return answerEmpty(204);
    };
  }),
];

/** Of a type that no schema can be of there is none. */
const typeIn = ({ ids: [id] }: Call) => readId(id, 'metadata schema');

const schemas: readonly Written[] = [
  operation('metadata/metadataSchema', 'GET', SCHEMAS, ({ domain }) => async ({ caller, query }) => {
    const paging = readPaging(query);
    const [type] = texts(query, 'entityType') ?? [];
    const { rows, total } = await domain.metadata.schemas(caller.actor, {
      ...(type === undefined ? {} : { type }),
      limit: paging.size,
      offset: (paging.number - 1) * paging.size,
    });
    return answerJson(pagedAnswer(`${SCHEMAS}/`, query, paging, rows.map(toSchemaModel), total));
  }),

  operation('metadata/metadataSchema', 'POST', SCHEMAS, ({ domain, base }) => async ({ caller, body }) => {
    const { entityType, schema } = body as { entityType: string; schema: string };
    const type = await domain.metadata.addSchema(caller.actor, { type: entityType, schema });
    return { answer: { status: 201, headers: { location: `${base}${SCHEMAS}/${encodeURIComponent(type)}` } } };
  }),

  operation(
    'metadata/metadataSchema',
    'GET',
    SCHEMA,
    ({ domain }) =>
      async (call) =>
        answerJson(toSchemaModel(await domain.metadata.schema(call.caller.actor, typeIn(call)))),
  ),

  operation('metadata/metadataSchema', 'PUT', SCHEMA, ({ domain }) => async (call) => {
    const { schema } = call.body;
    await domain.metadata.schema(call.caller.actor, typeIn(call));
    if (typeof schema !== 'string') throw invalidMember('schema', 'required', 'Schema must be provided');
    await domain.metadata.changeSchema(call.caller.actor, typeIn(call), schema);
    return answerEmpty(204);
  }),

  operation('metadata/metadataSchema', 'DELETE', SCHEMA, ({ domain }) => async (call) => {
    await domain.metadata.removeSchema(call.caller.actor, typeIn(call));
    return answerEmpty(204);
  }),
];

/** Documents that applications keep, and what they demand of them (contracts/reapit.md §1.19). */
export const metadataOperations: readonly Written[] = [...documents, ...schemas];
