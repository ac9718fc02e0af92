import { doors } from '../../app.ts';
import { AppError, type AppOperation, operations as pages } from '../../pages/contract.ts';
import { loadCases } from '../cases.ts';
import type { Schema } from './schema-values.ts';

type Media = { readonly schema: Schema; readonly example?: unknown };
type Content = Readonly<Record<string, Media>>;
type Response = { readonly $ref?: string; readonly content?: Content };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema };
type Described = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
};
/** What of an OpenAPI document is read here. */
export type Document = {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components?: unknown;
};

export type DoorName = 'dotloop' | 'reapit' | 'propertybase' | 'spark' | 'app';

/** One operation of a door, read from the document that the door publishes. */
export type Operation = {
  readonly door: DoorName;
  readonly method: string;
  /** the path with `{names}`, below the server's root */
  readonly path: string;
  readonly names: readonly string[];
  readonly query: readonly Parameter[];
  readonly body?: Schema;
  /** a form with a file */
  readonly form: boolean;
  /** bodies that the vendor's documents print, or that a conformance case sends */
  readonly printed: readonly unknown[];
  /** status → where its schema stands in the document; null: no JSON body */
  readonly answers: ReadonlyMap<number, string | null>;
};

export type DoorDocument = { readonly door: DoorName; readonly document: Document; readonly operations: readonly Operation[] };

const step = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (...names: readonly string[]) => `#/${names.map(step).join('/')}`;

function answersOf(path: string, method: string, { responses }: Described, components: Document['components']) {
  const shared = (components as { responses?: Readonly<Record<string, Response>> } | undefined)?.responses ?? {};
  return new Map(
    Object.entries(responses).map(([status, { $ref, content }]) => {
      const name = $ref?.slice($ref.lastIndexOf('/') + 1);
      const known = name === undefined ? content : shared[name]?.content;
      const place = name === undefined ? ['paths', path, method, 'responses', status] : ['components', 'responses', name];
      const json = known?.['application/json'] ? pointer(...place, 'content', 'application/json', 'schema') : null;
      return [Number(status), json] as const;
    }),
  );
}

/** Bodies of the conformance cases, by the operation that they are sent to; those that are refused, too, unless told otherwise. */
export function printedBodies(door: DoorName, { accepted = false } = {}): (method: string, path: string) => unknown[] {
  if (door === 'app') return () => [];
  const sent = loadCases(door).flatMap(({ steps }) =>
    steps.flatMap(({ request: { method = 'GET', path, json }, answer: { status } }) =>
      json === undefined || (accepted && status >= 300) ? [] : [{ method, path, json }],
    ),
  );
  return (method, path) => {
    const bare = path.replace(/\/$/, '').replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    const form = new RegExp(`^${bare.replace(/\{\w+\}/g, '[^/?]+')}/?(\\?|$)`, 'i');
    return sent.filter((one) => one.method === method && form.test(one.path)).map(({ json }) => json);
  };
}

function operationsOf(door: DoorName, document: Document): Operation[] {
  const base = new URL(document.servers[0]?.url ?? '').pathname;
  const bodies = printedBodies(door);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, described]): Operation => {
      const json = described.requestBody?.content['application/json'];
      const method = verb.toUpperCase();
      return {
        door,
        method,
        path: base + path,
        names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
        query: (described.parameters ?? []).filter((one) => one.in === 'query'),
        ...(json ? { body: json.schema } : {}),
        form: described.requestBody?.content['multipart/form-data'] !== undefined,
        printed: [...(json?.example === undefined ? [] : [json.example]), ...(json ? bodies(method, path) : [])],
        answers: answersOf(path, verb, described, document.components),
      };
    }),
  );
}

const REFUSALS = ['400', '401', '403', '404', '409', '412', '413', '415', '422', '429'];

/** The pages' own API has no published document; this says the same of it. */
function pagesDocument(publicUrl: string): Document {
  const paths: Record<string, Record<string, Described>> = {};
  for (const one of Object.values(pages) as readonly AppOperation[]) {
    const json = (schema: unknown): Response => ({ content: { 'application/json': { schema: schema as Schema } } });
    const parameters = Object.entries(one.query?.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      schema: schema as Schema,
    }));
    const path = one.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [one.method.toLowerCase()]: {
        operationId: one.operationId,
        parameters,
        ...(one.body ? { requestBody: { content: { 'application/json': { schema: one.body as Schema } } } } : {}),
        responses: Object.fromEntries([
          ['200', json(one.answer)],
          ...REFUSALS.map((status) => [status, json(AppError)] as const),
        ]),
      },
    };
  }
  return { servers: [{ url: `${publicUrl}/app` }], paths };
}

/** Everything that the house says it answers: the documents of its doors, and the pages' API. */
export function documentsOf(publicUrl: string): DoorDocument[] {
  const published = doors.map(({ name, openapi }) => [name, JSON.parse(JSON.stringify(openapi(publicUrl)))] as const);
  return [...published, ['app', JSON.parse(JSON.stringify(pagesDocument(publicUrl)))] as const].map(([name, document]) => ({
    door: name as DoorName,
    document,
    operations: operationsOf(name as DoorName, document),
  }));
}
