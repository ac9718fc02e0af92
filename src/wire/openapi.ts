import type { TSchema } from 'typebox';
import type { AnswerSchema, Contract } from './contract.ts';

type Node = { [key: string]: unknown };

/** What a door says about all of its operations. */
export type ApiDescription = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly servers: readonly string[];
  /** one scheme under this name; every operation asks for it, with one of its scopes */
  readonly security: { readonly name: string; readonly scheme: Node };
  /** answers that any operation may give, with the status they come under */
  readonly faults: Readonly<Record<number, { readonly description: string; readonly schema: TSchema }>>;
  /** parameters that every operation takes, headers of requests say */
  readonly parameters?: readonly Node[];
  /** headers of every answer */
  readonly headers: Readonly<Record<string, { readonly description: string; readonly schema: TSchema }>>;
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Schemas with an `$id` move to the components and are referred to by it. @throws Error for two shapes of one name, a slip in a contract */
function makeHoist() {
  const components: Node = {};
  const shapes = new Map<string, string>();
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isNode(value)) return value;
    const { $id, ...rest } = value;
    if (typeof $id !== 'string') return Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, walk(member)]));
    const shape = JSON.stringify(rest);
    const known = shapes.get($id);
    if (known !== undefined && known !== shape) throw new Error(`Two schemas are called ${$id}`);
    if (known === undefined) {
      shapes.set($id, shape);
      components[$id] = {};
      components[$id] = walk(rest);
    }
    return { $ref: `#/components/schemas/${$id}` };
  };
  return { components, hoist: (schema: TSchema): unknown => walk(schema) };
}

/** Schemas hold more than what JSON says of them; only that belongs into a document. */
const plain = (schema: TSchema) => JSON.parse(JSON.stringify(schema)) as Node;

/** The noun that a path is about: its last part that is no parameter. */
const tagOf = ({ url }: Contract): string => {
  const noun = url.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? '';
  return noun.replaceAll('-', ' ');
};

const PHRASES: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Accepted.',
  204: 'Done; no body.',
  301: 'Moved: see Location.',
};

/** OpenAPI 3.1 of a door, from its contracts. */
export function openapi(contracts: readonly Contract[], about: ApiDescription): Node {
  const { components, hoist } = makeHoist();
  const headers = Object.fromEntries(Object.keys(about.headers).map((name) => [name, { $ref: `#/components/headers/${name}` }]));

  const answer = (status: string, schema: AnswerSchema): Node => {
    const forms = schema === null ? [] : [schema].flat();
    const content = forms.map((form) => {
      const { contentMediaType } = form as { contentMediaType?: string };
      return [contentMediaType ?? 'application/json', { schema: hoist(plain(form)) }];
    });
    return {
      description: PHRASES[Number(status)] ?? 'Answer.',
      headers,
      ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}),
    };
  };

  const parameters = (where: 'path' | 'query', schema: TSchema): Node[] => {
    const { properties = {}, required = [] } = plain(schema) as { properties?: Node; required?: string[] };
    return Object.entries(properties).map(([name, member]) => {
      const { description, deprecated, ...rest } = member as Node;
      return {
        name,
        in: where,
        required: where === 'path' || required.includes(name),
        ...(description ? { description } : {}),
        ...(deprecated ? { deprecated } : {}),
        schema: hoist(rest as TSchema),
      };
    });
  };

  const bodyOf = ({ body, upload, example }: Contract): Node => {
    if (upload) return { requestBody: { required: true, content: { 'multipart/form-data': { schema: hoist(plain(upload)) } } } };
    if (!body) return {};
    const media = { schema: hoist(plain(body)), ...(example === undefined ? {} : { example }) };
    return { requestBody: { required: true, content: { 'application/json': media } } };
  };

  const operation = (contract: Contract): Node => ({
    operationId: contract.operationId,
    tags: [tagOf(contract)],
    summary: contract.summary,
    description: `Specified in ${contract.learned}.`,
    security: (contract.scope.length > 0 ? contract.scope : [[]]).map((scope) => ({ [about.security.name]: [scope].flat() })),
    parameters: [...parameters('path', contract.params), ...parameters('query', contract.query), ...(about.parameters ?? [])],
    ...bodyOf(contract),
    responses: {
      ...Object.fromEntries(Object.entries(contract.answers).map(([status, schema]) => [status, answer(status, schema)])),
      ...Object.fromEntries(Object.keys(about.faults).map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  });

  const paths: Record<string, Node> = {};
  for (const contract of contracts) {
    const path = contract.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract) };
  }
  const { name, scheme } = about.security;
  const faults = Object.entries(about.faults).map(([status, { description, schema }]) => [
    status,
    { description, headers, content: { 'application/json': { schema: hoist(plain(schema)) } } },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: about.title, version: about.version, description: about.description },
    servers: about.servers.map((url) => ({ url })),
    paths,
    components: {
      schemas: components,
      responses: Object.fromEntries(faults),
      headers: about.headers,
      securitySchemes: { [name]: scheme },
    },
  };
}
