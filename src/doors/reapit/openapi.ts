import type { TObject, TSchema } from 'typebox';
import { Type } from 'typebox';
import type { Contract } from '../../wire/contract.ts';
import { type ApiDescription, openapi } from '../../wire/openapi.ts';
import { nameOf } from '../../wire/resource/operations.ts';
import {
  type EndpointSpec,
  type FieldSpec,
  type Fields,
  type GroupSpec,
  type QuerySpec,
  type Shape,
  writableOf,
} from '../../wire/resource/spec.ts';
import { groupOf } from './contract/data.ts';
import type { Written } from './desk.ts';
import { declared, written } from './resources/index.ts';

type Json = Record<string, unknown>;

/** Reading: anything but an id may be null. Writing: what is required is said. */
type Side = 'read' | 'write';

function schemaOf(spec: FieldSpec, side: Side, name: string): Json {
  const { type, format, enum: values, fields, items } = spec;
  const nullable = side === 'read' && (name !== 'id' || spec.nullable) && type !== 'array' && type !== 'any';
  const kind = type === 'any' ? {} : { type: nullable ? [type, 'null'] : type };
  return {
    ...kind,
    ...(format ? { format } : {}),
    ...(values ? { enum: nullable ? [...values, null] : values } : {}),
    ...(fields ? objectOf(fields, side) : {}),
    ...(items ? { items: schemaOf(items, side, '') } : {}),
    ...(spec.readOnly ? { readOnly: true } : {}),
  };
}

function objectOf(fields: Fields, side: Side): Json {
  const required = Object.entries(fields)
    .filter(([, { required: needed }]) => side === 'write' && needed)
    .map(([name]) => name);
  return {
    properties: Object.fromEntries(Object.entries(fields).map(([name, spec]) => [name, schemaOf(spec, side, name)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

const named = (shape: Shape | undefined, side: Side): TSchema =>
  Type.Unsafe({ type: 'object', ...objectOf(shape?.fields ?? {}, side), ...(shape?.name ? { $id: shape.name } : {}) });

const page = (model: TSchema): TSchema =>
  Type.Unsafe({
    type: 'object',
    properties: {
      _embedded: { type: 'array', items: model },
      ...Object.fromEntries(
        ['pageNumber', 'pageSize', 'pageCount', 'totalPageCount', 'totalCount'].map((name) => [name, { type: 'integer' }]),
      ),
      _links: { type: 'object', additionalProperties: { type: 'object', properties: { href: { type: 'string' } } } },
    },
  });

function parameter({ type, format, array, enum: values, min, max, default: preset }: QuerySpec): TSchema {
  const one = {
    type,
    ...(format ? { format } : {}),
    ...(values ? { enum: values } : {}),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
  return Type.Optional(
    Type.Unsafe({ ...(array ? { type: 'array', items: one } : one), ...(preset === undefined ? {} : { default: preset }) }),
  );
}

const idsOf = (path: string): TObject =>
  Type.Object(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, Type.String()])));

const endsInId = (path: string) => /\}\/?$/.test(path);

function queryOf(spec: GroupSpec, { method, path }: EndpointSpec): TObject {
  const item = method === 'GET' && endsInId(path);
  const names = method === 'GET' ? (item ? (spec.itemQuery ?? []) : Object.keys(spec.query ?? {})) : [];
  const described = (name: string, schema: TSchema): TSchema => {
    const words = name === 'embed' ? spec.embed : name === 'sortBy' ? spec.sortBy : undefined;
    return words ? Type.Optional(Type.Unsafe({ ...schema, description: `One of ${words.join(', ')}` })) : schema;
  };
  return Type.Object(
    Object.fromEntries(
      names.flatMap((name) => (spec.query?.[name] ? [[name, described(name, parameter(spec.query[name]))]] : [])),
    ),
  );
}

function answerOf(spec: GroupSpec, { method, path, response = '' }: EndpointSpec): TSchema | null {
  if (method !== 'GET') return null;
  const model = named(spec.model, 'read');
  if (endsInId(path) || (!spec.paged && !response.startsWith('array'))) return model;
  return spec.paged ? page(model) : Type.Array(model);
}

function contractOf(group: string, endpoint: EndpointSpec, described?: Written['described']): Contract {
  const spec = groupOf(group);
  const { method, path, status } = endpoint;
  const scope = method === 'GET' ? spec.scopes.read : spec.scopes.write;
  const own = method === 'POST' ? spec.create : method === 'PATCH' || method === 'PUT' ? spec.update : undefined;
  const shape = described?.body ?? own;
  const writes = method === 'POST' || method === 'PATCH' || method === 'PUT';
  return {
    operationId: endpoint.operationId ?? nameOf(method, path),
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    summary: `${method} ${path}`,
    scope: scope === undefined ? [] : [scope],
    params: idsOf(path),
    query: queryOf(spec, endpoint),
    ...(writes ? { body: named(shape ?? writableOf(spec.model), 'write') } : {}),
    answers: { [status]: described ? named(described.answer, 'read') : answerOf(spec, endpoint) },
    learned: `contracts/reapit.md §4, group ${group}`,
  };
}

let built: readonly Contract[] | undefined;

/** One contract for each endpoint that the door serves, from the data file. */
export function reapitContracts(): readonly Contract[] {
  built ??= [
    ...declared.flatMap(({ group, operations }) =>
      groupOf(group)
        .endpoints.filter(({ method, path }) => isServed(groupOf(group), operations, method, path))
        .map((endpoint) => contractOf(group, endpoint)),
    ),
    ...written.flatMap(({ group, method, path, described }) =>
      groupOf(group)
        .endpoints.filter((endpoint) => endpoint.method === method && endpoint.path === path)
        .map((endpoint) => contractOf(group, endpoint, described)),
    ),
  ];
  return built;
}

/** The engine's own endpoints are lists and items (wire/resource/operations.ts). */
function isServed({ path, itemPath }: GroupSpec, operations: readonly string[], method: string, own: string): boolean {
  return (
    !operations.includes(`${method} ${own}`) && (path === own || itemPath === own || path === `${own}/` || `${path}/` === own)
  );
}

const Errors = Type.Object(
  {
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    statusCode: Type.Integer(),
    dateTime: Type.String({ format: 'date-time' }),
    description: Type.String(),
  },
  { $id: 'ErrorModel' },
);

const description = (publicUrl: string): ApiDescription => ({
  title: 'Reapit Foundations platform API',
  version: '2020-01-31',
  description: 'Agency data: contacts, properties, applicants, tenancies and what belongs to them.',
  servers: [`${publicUrl}/reapit`],
  security: { name: 'connect', scheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  faults: {
    400: { description: 'Bad syntax of query or body', schema: Errors },
    401: { description: 'No token, or the customer has not installed the application', schema: Errors },
    403: { description: 'The scope is missing', schema: Errors },
    404: { description: 'Not found', schema: Errors },
    406: { description: 'A document has no file, or not of the type that Accept names', schema: Errors },
    412: { description: 'If-Match is missing or stale', schema: Errors },
    413: { description: 'The request is larger than 6 MB', schema: Errors },
    415: { description: 'The body is not declared as JSON', schema: Errors },
    422: { description: 'Validation', schema: Errors },
    429: { description: 'Rate limit', schema: Errors },
    500: { description: 'A defect, with the id of the request', schema: Errors },
    503: { description: 'Database or file store are away for the moment', schema: Errors },
    504: { description: 'The search took too long', schema: Errors },
  },
  parameters: [
    {
      name: 'api-version',
      in: 'header',
      required: true,
      description: 'The dated version; the current one when it is left out',
      schema: { type: 'string', default: '2020-01-31' },
      example: '2020-01-31',
    },
    {
      name: 'reapit-customer',
      in: 'header',
      required: true,
      description: 'The customer whose data is asked for; tokens of people name it themselves',
      schema: { type: 'string', default: 'SBOX' },
      example: 'SBOX',
    },
  ],
  headers: { 'x-amzn-RequestId': { description: 'Names this answer in the log', schema: Type.String() } },
});

export const reapitOpenapi = (publicUrl: string): unknown => openapi(reapitContracts(), description(publicUrl));
