import { change, create, remove } from './changing.ts';
import { embedNames, targetsOf } from './embeds.ts';
import { conditionOf } from './filters.ts';
import type { Operation } from './operation.ts';
import { makePresenter } from './present.ts';
import { type ReadQuery, readEmbeds, readPaging, readSort } from './query.ts';
import { read, search } from './reading.ts';
import type { makeRegistry } from './registry.ts';
import type { Resource } from './resource.ts';
import type { ResourceRules, Room } from './room.ts';
import type { ResourceCaller } from './source.ts';
import type { EndpointSpec } from './spec.ts';

export type { ResourceRules } from './room.ts';

const isItem = (path: string) => /\{\w+\}\/?$/.test(path);

/** The operations of a resource, as its endpoints and declaration have them. */
export function operationsOf<A, C extends ResourceCaller<A>>(
  registry: ReturnType<typeof makeRegistry<A>>,
  rules: ResourceRules<A, C>,
): Operation<C>[] {
  const room: Room<A, C> = { registry, rules, present: makePresenter(registry, rules) };
  return registry.all.flatMap((resource) =>
    resource.spec.endpoints
      .filter((endpoint) => isOwn(resource, endpoint))
      .map((endpoint) => operationOf(room, resource, endpoint)),
  );
}

/** Lists and items; whatever else a group has is an operation of its own, written out by the door. */
const isOwn = <A>({ spec, operations }: Resource<A>, { method, path }: EndpointSpec) =>
  !(operations ?? []).includes(`${method} ${path}`) &&
  (spec.path === path || spec.itemPath === path || spec.path === `${path}/` || `${spec.path}/` === path);

function operationOf<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  endpoint: EndpointSpec,
): Operation<C> {
  const { spec } = resource;
  const { method, path, status } = endpoint;
  const item = isItem(path) || resource.inside !== undefined;
  const list = method === 'GET' && !item;
  const names = new Set(list ? Object.keys(spec.query ?? {}) : method === 'GET' ? (spec.itemQuery ?? []) : []);
  const query = Object.fromEntries(Object.entries(spec.query ?? {}).filter(([name]) => names.has(name)));
  const body = method === 'POST' ? resource.create : method === 'PATCH' || method === 'PUT' ? resource.update : undefined;
  const handlers = {
    GET: item ? read : search,
    POST: create,
    PATCH: change,
    PUT: change,
    DELETE: remove,
  } as const;
  return {
    method,
    path,
    operationId: endpoint.operationId ?? nameOf(method, path),
    group: resource.name,
    scope: method === 'GET' ? spec.scopes.read : spec.scopes.write,
    query,
    body,
    status,
    model: method === 'GET' ? spec.model : undefined,
    listed: list ? (spec.paged ? 'page' : 'bare') : undefined,
    check: ({ caller, query: asked }) => checkQuery(room, resource, caller, asked),
    handle: (call) => handlers[method](room, resource, endpoint, call),
  };
}

/** `GET /contacts/{id}/relationships` → getContactsIdRelationships, where nothing was published. */
export const nameOf = (method: string, path: string) =>
  method.toLowerCase() +
  path
    .split(/[^A-Za-z]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

function checkQuery<A, C extends ResourceCaller<A>>(room: Room<A, C>, resource: Resource<A>, caller: C, query: ReadQuery): void {
  const { rules, registry } = room;
  if (resource.spec.query?.pageSize) readPaging(query);
  readSort(query, resource.spec.sortBy ?? []);
  const embeds = readEmbeds(query, embedNames(registry, resource));
  resource.where?.(query);
  conditionOf(resource, query);
  if (query.metadata && resource.source.metadataType)
    rules.metadataFilter?.(caller, resource.source.metadataType, query.metadata.map(String));
  const granted = query.extrasField ? rules.extrasOf(caller) : undefined;
  if ((query.extrasField ?? []).some((name) => !granted?.has(String(name)))) throw rules.extrasRefused();
  for (const name of embeds)
    for (const { spec } of targetsOf(registry, resource, name)) {
      const scope = spec.scopes.read;
      if (scope !== undefined && !caller.scopes.has(scope)) throw rules.scopeMissing(scope);
    }
}
