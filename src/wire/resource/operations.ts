import type { Condition } from '../../kernel/condition.ts';
import { Fault, notFound } from '../../kernel/fault.ts';
import type { Row, Write } from '../../kernel/record.ts';
import { type BodyWords, readBody } from './body.ts';
import { changeOf, mergeModel } from './change.ts';
import { all, equal } from './conditions.ts';
import { embedAll, embedNames, targetsOf } from './embeds.ts';
import { checkMatch, tagOf } from './etag.ts';
import { conditionOf, orderFor } from './filters.ts';
import type { Operation, OperationCall, Outcome } from './operation.ts';
import { readId } from './operation.ts';
import { pagedAnswer } from './paged.ts';
import { makePresenter, type Presenting } from './present.ts';
import { type ReadQuery, readEmbeds, readPaging, readSort } from './query.ts';
import type { makeRegistry } from './registry.ts';
import { idOf, type Model, type Resource } from './resource.ts';
import { changeBreaches, creationBreaches } from './rules.ts';
import { showRow } from './show.ts';
import type { ResourceCaller } from './source.ts';
import { type EndpointSpec, type Fields, isObject } from './spec.ts';
import { inWords } from './words.ts';

/** What differs from door to door. */
export type ResourceRules<A, C extends ResourceCaller<A>> = Presenting<A> & {
  /** address of the door, for Location */
  readonly base: string;
  readonly words: BodyWords;
  /** extras fields that the caller may ask for */
  extrasOf(caller: C): ReadonlySet<string>;
  /** the refusal of one that it may not */
  extrasRefused(): Fault;
  /** the refusal for want of a scope */
  scopeMissing(scope: string): Fault;
  /** rows whose documents meet these expressions */
  metadataFilter?(caller: C, type: string, expressions: readonly string[]): Condition;
};

type Room<A, C extends ResourceCaller<A>> = {
  readonly registry: ReturnType<typeof makeRegistry<A>>;
  readonly rules: ResourceRules<A, C>;
  readonly present: ReturnType<typeof makePresenter<A>>;
};

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

/** The rows above a path, each a part of the one before it. @throws Fault not_found */
async function findAbove<A, C extends ResourceCaller<A>>(
  { registry }: Room<A, C>,
  path: string,
  { caller, ids }: OperationCall<C>,
  depth: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let prefix = '';
  for (const part of path.replace(/\/$/, '').split('/').slice(1)) {
    prefix += `/${part}`;
    if (!part.startsWith('{')) continue;
    if (rows.length === depth) break;
    const resource = registry.find(prefix)?.resource;
    const id = readId(ids[rows.length], 'record');
    if (!resource) throw notFound('record');
    const row = await resource.source.byCode(caller.actor, id);
    const above = rows.at(-1);
    if (above && resource.source.parent !== null && row[resource.source.parent] !== above.code) throw notFound('record');
    rows.push(row);
  }
  return rows;
}

const idsIn = (path: string) => path.match(/\{\w+\}/g)?.length ?? 0;

/** What `/contacts/{id}` names: the last id of the path; and that it is a part of the row above. */
async function findRow<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  path: string,
  call: OperationCall<C>,
): Promise<Row> {
  const { source } = resource;
  const depth = idsIn(path);
  const id = readId(call.ids[depth - 1], source.noun);
  const row =
    resource.within === undefined ? await source.byCode(call.caller.actor, id) : await findWithin(resource, path, call, id);
  await checkPart(room, resource, path, call, row);
  return row;
}

/** A row that is named below its parent only. @throws Fault not_found */
async function findWithin<A, C extends ResourceCaller<A>>(
  { source, within = '' }: Resource<A>,
  path: string,
  { caller, ids }: OperationCall<C>,
  id: string,
): Promise<Row> {
  const above = source.parent === null ? undefined : equal(source.parent, readId(ids[idsIn(path) - 2], source.noun));
  const where = all(above, equal(within, id));
  const [row] = (await source.list(caller.actor, { where, order: [], limit: 1, offset: 0, total: false })).rows;
  if (!row) throw notFound(source.noun);
  return row;
}

/** The code by which the service knows what the path names. */
async function codeOf<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  path: string,
  call: OperationCall<C>,
): Promise<string> {
  const id = readId(call.ids[idsIn(path) - 1], resource.source.noun);
  if (resource.within !== undefined) return (await findRow(room, resource, path, call)).code;
  if (idsIn(path) > 2) await findRow(room, resource, path, call);
  return id;
}

/** @throws Fault not_found where the row is a part of another row than the path says */
async function checkPart<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  path: string,
  call: OperationCall<C>,
  row: Row,
): Promise<void> {
  const depth = idsIn(path);
  const { parent, noun, normalCode } = resource.source;
  if (resource.inside !== undefined || depth < 2 || parent === null) return;
  const above = call.ids[depth - 2] ?? '';
  const owner = row[parent];
  if (typeof owner !== 'string' || normalCode(owner) !== normalCode(above)) throw notFound(noun);
  if (depth > 2) await findAbove(room, path, call, depth - 1);
}

const calledWith = (calls: number, answer: Outcome['answer']): Outcome => ({ answer, calls: 1 + calls });

async function search<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  { path }: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const { caller, query, ids } = call;
  const { source, spec } = resource;
  const above = await findAbove(room, path, call, idsIn(path));
  const [owner] = above.slice(-1);
  const expressions = (query.metadata ?? []).map(String);
  const metadata =
    expressions.length > 0 && source.metadataType
      ? room.rules.metadataFilter?.(caller, source.metadataType, expressions)
      : undefined;
  const part = owner && source.parent !== null ? equal(source.parent, owner.code) : undefined;
  const parts = [part, conditionOf(resource, query), metadata].filter((one) => one !== undefined);
  const { number, size } = spec.paged ? readPaging(query) : { number: 1, size: 10_000 };
  const found = await source.list(caller.actor, {
    ...(parts.length > 0 ? { where: all(...parts) } : {}),
    order: orderFor(resource, readSort(query, spec.sortBy ?? [])),
    limit: size,
    offset: (number - 1) * size,
    total: spec.paged,
  });
  const { models, calls } = await showAll(room, resource, call, found.rows);
  if (!spec.paged) return calledWith(calls, { status: 200, json: models });
  const json = pagedAnswer(listPath(path, ids), query, { number, size }, models, found.total ?? 0);
  return calledWith(calls, { status: 200, json });
}

/** The path of a list as links show it: with a slash at its end. */
const listPath = (path: string, ids: readonly string[]) => {
  let at = 0;
  return `${path.replace(/\/$/, '').replaceAll(/\{\w+\}/g, () => encodeURIComponent(ids[at++] ?? ''))}/`;
};

async function showAll<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  { caller, query }: OperationCall<C>,
  rows: readonly Row[],
): Promise<{ models: readonly Model[]; calls: number }> {
  const { registry, present } = room;
  const extras = (query.extrasField ?? []).map(String);
  const models = await present(caller.actor, resource, rows, extras);
  const names = readEmbeds(query, embedNames(registry, resource));
  if (names.length === 0) return { models, calls: 0 };
  const shown = rows.map((row, i) => ({ row, model: models[i] ?? {} }));
  const { embedded, calls } = await embedAll(registry, caller.actor, resource, names, shown, (...given) => present(...given, []));
  return { models: models.map((model, i) => ({ ...model, _embedded: embedded[i] })), calls };
}

async function read<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  { path }: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const row = await findRow(room, resource, path, call);
  const { models, calls } = await showAll(room, resource, call, [row]);
  const tag =
    resource.spec.paged || resource.inside !== undefined || '_eTag' in resource.model
      ? { etag: tagOf(resource.source.noun, row) }
      : {};
  return calledWith(calls, { status: 200, headers: tag, json: models[0] });
}

/** The members of a body that this resource writes, and the application's own document. */
function split(body: Model, fields: Fields): { sent: Model; metadata: Write['metadata'] } {
  const { metadata, ...sent } = body;
  if (!('metadata' in fields) || metadata === undefined) return { sent, metadata: undefined };
  return { sent, metadata: isObject(metadata) ? metadata : null };
}

async function create<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  endpoint: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const { rules } = room;
  const { source, spec } = resource;
  const above = await findAbove(room, endpoint.path, call, idsIn(endpoint.path));
  const { value, breaches } = readBody(resource.create, call.body, resource.model, rules.words);
  const { sent, metadata } = split(value, resource.create);
  const model = { ...resource.defaults?.(sent), ...sent };
  const { values, references } = changeOf(resource, resource.create, model, {}, null, rules.door);
  const [owner] = above.slice(-1);
  const part = owner && source.parent !== null ? { [source.parent]: owner.code } : {};
  const wrong = new Set(breaches.map(({ at }) => at));
  const rest = [...creationBreaches(spec, resource.create, model), ...(resource.check?.(model, null) ?? [])].filter(
    ({ at }) => !wrong.has(at),
  );
  const write = {
    values: { ...values, ...part },
    references,
    breaches: [...breaches, ...rest],
    ...(metadata === undefined ? {} : { metadata }),
  };
  const row = await inWords(resource, () => source.create(call.caller.actor, write));
  const status = endpoint.status;
  if (status !== 201) return { answer: { status } };
  return { answer: { status, headers: { location: rules.base + locationOf(resource, call.ids, row) } } };
}

/** A record that has no single GET is found in its collection. */
function locationOf<A>(resource: Resource<A>, ids: readonly string[], row: Row): string {
  const { spec } = resource;
  const single = spec.endpoints.some(({ method, path }) => method === 'GET' && path === spec.itemPath);
  const path = (single ? spec.itemPath : spec.path) ?? '';
  let at = 0;
  const every = [...ids, idOf(resource, row)];
  return path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(every[at++] ?? ''));
}

async function change<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  endpoint: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const { rules } = room;
  const { source, spec, update } = resource;
  const { path, ifMatch = false } = endpoint;
  const id = await codeOf(room, resource, path, call);
  const empty =
    resource.replaces && endpoint.method === 'PUT' ? Object.fromEntries(Object.keys(update).map((name) => [name, null])) : {};
  await inWords(resource, () =>
    source.update(call.caller.actor, id, (row) => {
      checkOwner(resource, path, call, row);
      if (ifMatch) checkMatch(call.ifMatch, tagOf(source.noun, row));
      const shown = showRow(resource, row, rules.door);
      checkArchived(resource, shown, call.body);
      const { value, breaches } = readBody(update, { ...empty, ...call.body }, resource.model, rules.words);
      const { sent, metadata } = split(value, update);
      const after = mergeModel(shown, sent);
      const { values, references } = changeOf(resource, update, sent, shown, row, rules.door);
      const wrong = new Set(breaches.map(({ at }) => at));
      const rest = [
        ...changeBreaches(spec, { ...update, ...resource.create }, shown, after, sent),
        ...(resource.check?.(after, shown) ?? []),
      ].filter(({ at }) => !wrong.has(at));
      return { values, references, breaches: [...breaches, ...rest], ...(metadata === undefined ? {} : { metadata }) };
    }),
  );
  return { answer: { status: endpoint.status } };
}

/** The same as `checkPart`, of a row that is locked already. */
function checkOwner<A, C extends ResourceCaller<A>>(
  { source, inside }: Resource<A>,
  path: string,
  { ids }: OperationCall<C>,
  row: Row,
): void {
  if (inside !== undefined || source.parent === null || idsIn(path) < 2) return;
  const owner = row[source.parent];
  if (typeof owner !== 'string' || source.normalCode(owner) !== source.normalCode(ids[idsIn(path) - 2] ?? ''))
    throw notFound(source.noun);
}

/** @throws Fault conflict `record.archived` for a change of anything that archived records do not let go of */
function checkArchived<A>({ archived, archivedWritable, spec }: Resource<A>, shown: Model, body: Model): void {
  const isArchived = archived ? archived(shown) : shown.fromArchive === true;
  if (!isArchived) return;
  const writable = new Set([
    ...(archivedWritable ?? []),
    ...(spec.rules ?? []).flatMap(({ rule, fields = [] }) => (rule === 'archivedWritable' ? fields : [])),
  ]);
  const [other] = Object.keys(body).filter((name) => !writable.has(name));
  const nothing = Object.keys(body).length === 0;
  if (other === undefined && !nothing) return;
  throw new Fault('conflict', `An archived record cannot be changed${other === undefined ? '' : `: ${other}`}`, {
    reason: 'record.archived',
  });
}

async function remove<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  endpoint: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const { source } = resource;
  const id = await codeOf(room, resource, endpoint.path, call);
  await inWords(resource, () =>
    source.remove(call.caller.actor, id, (row) => {
      checkOwner(resource, endpoint.path, call, row);
      if (endpoint.ifMatch) checkMatch(call.ifMatch, tagOf(source.noun, row));
    }),
  );
  return { answer: { status: endpoint.status } };
}
