import { type TSchema, Type } from 'typebox';
import type { Contract } from '../../wire/contract.ts';
import { type ApiDescription, openapi } from '../../wire/openapi.ts';
import type { Desk } from './desk.ts';
import { engineOf } from './engine.ts';
import type { Field, Fields, FieldType } from './fields.ts';
import type { Operation } from './operation.ts';
import type { Resource } from './resource.ts';
import { done } from './words.ts';

type Json = Record<string, unknown>;

const TYPES: Readonly<Record<FieldType, Json>> = {
  int: { type: 'integer' },
  id: { type: 'integer' },
  decimal: { type: 'number' },
  bool: { type: 'boolean' },
  string: { type: 'string' },
  text: { type: 'string' },
  timestamp: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
  url: { type: 'string', format: 'uri' },
  file: { type: 'string', format: 'uri' },
  place: { type: 'string' },
  ids: { type: 'array', items: { type: 'integer' } },
  ints: { type: 'array', items: { type: 'integer' } },
  strings: { type: 'array', items: { type: 'string' } },
  object: { type: 'object', additionalProperties: true },
  objects: { type: 'array', items: { type: 'object', additionalProperties: true } },
};

function schemaOf({ type, words }: Field, reading: boolean): Json {
  const base: Json = { ...TYPES[type], ...(words ? { enum: words } : {}) };
  if (!reading || base.type === 'array') return base;
  return { ...base, type: [base.type, 'null'], ...(words ? { enum: [...words, null] } : {}) };
}

const described = (fields: Fields, kept: (field: Field) => boolean, reading: boolean): Json =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => kept(field))
      .map(([name, field]) => [name, schemaOf(field, reading)]),
  );

const isRead = ({ access }: Field) => access !== 'w' && access !== 'wc';
const isWritten =
  (creating: boolean) =>
  ({ access }: Field) =>
    access === 'rw' || access === 'w' || (creating && (access === 'rc' || access === 'wc'));

const pascal = (model: string) =>
  model
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const STAMPS = { created_at: { type: 'string', format: 'date-time' }, updated_at: { type: 'string', format: 'date-time' } };

const record = ({ model, schema = model, fields }: Resource, show: boolean): TSchema =>
  Type.Unsafe({
    $id: show ? pascal(schema) : `${pascal(schema)}Row`,
    type: 'object',
    required: ['id', 'created_at', 'updated_at'],
    properties: {
      id: { type: 'integer' },
      ...described(fields, (one) => isRead(one) && (show || one.shown !== 'show'), true),
      ...STAMPS,
    },
  });

const envelope = (data: TSchema): TSchema =>
  Type.Unsafe({
    type: 'object',
    required: ['status', 'message', 'data'],
    properties: {
      status: { const: 'success' },
      message: { type: 'string' },
      data,
      pagination: {
        type: 'object',
        properties: Object.fromEntries(
          ['current_page', 'per_page', 'total_pages', 'total_entries'].map((name) => [name, { type: 'integer' }]),
        ),
      },
    },
  });

const text = (description: string) => Type.Optional(Type.String({ description }));
const PAGING = {
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: text('`*`, then the value of the header X-Next-Cursor'),
  meta: Type.Optional(Type.Boolean()),
  order: text('asc or desc'),
};
const TIMES = ['created_after', 'created_before', 'updated_after', 'updated_before'];

function queryOf(resource: Resource | undefined, { listed, method }: Operation) {
  if (!resource || method !== 'GET') return Type.Object({});
  const includes = Object.entries(resource.fields).flatMap(([name, { shown }]) => (shown === 'include' ? [name] : []));
  const included = includes.length > 0 ? { includes: text(`${includes.join(', ')}; commas join several`) } : {};
  if (!listed) return Type.Object(included);
  const names = [...Object.keys(resource.filters ?? {}), ...TIMES, ...(resource.activates ? ['active_status'] : [])];
  const orders = ['id', 'created_at', 'updated_at', ...Object.keys(resource.orders ?? {})];
  return Type.Object({
    ...Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String())])),
    ...included,
    order_by: text(`One of ${[...new Set(orders)].join(', ')}; a minus before it orders downwards`),
    ...PAGING,
  });
}

/** Declarations ask nothing of the domain until they are called; to tell what they say, none is needed. */
const nothing: Desk = {
  domain: new Proxy({}, { get: () => new Proxy({}, { get: () => ({ columns: {} }) }) }) as Desk['domain'],
  publicUrl: '',
  readText: async () => ({ where: { kind: 'never' } }),
  fetchFile: () => Promise.reject(new Error('Declarations fetch nothing')),
};

function contractOf(registry: ReadonlyMap<string, Resource>, operation: Operation): Contract {
  const { method, path, deed, listed, permission, right, subject, operationId } = operation;
  const resource = registry.get(operation.resource);
  const model = resource ? record(resource, !listed) : Type.Object({}, { additionalProperties: true });
  const ids = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, Type.Integer()] as const);
  const creating = method === 'POST';
  const writes = (deed === 'create' || deed === 'update') && resource;
  const answered = envelope(listed ? Type.Array(model) : model);
  return {
    operationId,
    method,
    url: path,
    summary: done(subject, deed),
    scope: [`${permission}:${right}`],
    params: Type.Object(Object.fromEntries(ids)),
    query: queryOf(resource, operation),
    ...(writes
      ? { body: Type.Unsafe({ type: 'object', properties: described(resource.fields, isWritten(creating), false) }) }
      : {}),
    answers: {
      // What is there already is answered, not made twice.
      ...(!creating || resource?.met || resource?.instead ? { 200: answered } : {}),
      ...(creating ? { 201: answered } : {}),
    },
    learned: 'contracts/propertybase.md §2, §3',
  };
}

let built: readonly Contract[] | undefined;

/** One contract for each path and method that the door answers. */
export function siteContracts(): readonly Contract[] {
  if (built) return built;
  const { operations, registry } = engineOf(nothing);
  built = operations.map((operation) => contractOf(registry, operation));
  return built;
}

const Failure = Type.Object(
  { status: Type.String(), message: Type.String(), errors: Type.Array(Type.String()) },
  { $id: 'Failure' },
);
const fault = (description: string) => ({ description, schema: Failure });

const description = (publicUrl: string): ApiDescription => ({
  title: 'Propertybase GO API',
  version: '2',
  description:
    'Leads and their whole journey on a brokerage’s site, its people and its developments. Formerly the Boston Logic Platform API.',
  servers: [`${publicUrl}/propertybase/api/v2`],
  security: { name: 'key', scheme: { type: 'apiKey', in: 'header', name: 'X-BL-API-Key' } },
  faults: {
    400: fault('The body is not JSON, or a parameter is bad'),
    401: fault('The key is missing or invalid, or lacks the permission'),
    404: fault('No such record'),
    409: fault('The idempotency key was used with another body'),
    412: fault('The record has changed since it was read'),
    413: fault('The body is too large'),
    415: fault('The body is not declared as JSON'),
    422: fault('Validation'),
    429: fault('Too many requests'),
    500: fault('A defect, with the id of the request'),
    503: fault('Database or file store are away for the moment'),
  },
  headers: {},
});

export const siteOpenapi = (publicUrl: string): unknown => openapi(siteContracts(), description(publicUrl));
