import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../kernel/fault.ts';
import { NO_SUCH_REFERENCE, type Row, type Write } from '../../kernel/record.ts';
import type { Answer } from '../../wire/answer.ts';
import type { Method } from '../../wire/contract.ts';
import { all, equal } from '../../wire/resource/conditions.ts';
import { checkMatch, tagOf } from '../../wire/resource/etag.ts';
import { changeOf, codesFor, idsIn, readSent, unwrap } from './change.ts';
import type { Caller, Desk, Model } from './desk.ts';
import { gone, refusalOf, SiteFault } from './faults.ts';
import { makeBasket, type TakeFile } from './files.ts';
import { listAnswer } from './list-answer.ts';
import type { Call, Operation } from './operation.ts';
import { listOf, listQueryOf, readFilters, readOrder, readPaging } from './query.ts';
import type { Form, Place, Resource, Written } from './resource.ts';
import { MODELS } from './resource.ts';
import { columnOf, showRow } from './show.ts';
import { type Deed, done, TEXTS } from './words.ts';

export type Registry = ReadonlyMap<string, Resource>;

const SHOWN: Form = { show: true, includes: new Set() };

const includesOf = (query: URLSearchParams): ReadonlySet<string> => new Set(listOf(query, 'includes'));

/** An id that no row can have finds none; the database need not be asked. */
const readId = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** One statement, whatever the resource: the row that meets the id, what the resource's rows meet, and the row above. */
export async function findRow(
  { source, scope }: Resource,
  caller: Caller,
  id: number | undefined,
  where = all(),
): Promise<Row | undefined> {
  if (id === undefined) return undefined;
  const page = await source.list(caller.actor, {
    where: all({ kind: 'ids', ids: [id] }, scope, where),
    order: [],
    limit: 1,
    offset: 0,
    total: false,
  });
  return page.rows[0];
}

/** Rows as they are answered; what they show of other rows is read once for all of them. */
export async function present(
  desk: Desk,
  resource: Resource,
  caller: Caller,
  rows: readonly Row[],
  form: Form,
): Promise<Model[]> {
  const more = rows.length === 0 ? undefined : await resource.extend?.(desk, caller, rows, form);
  return rows.map((row) => showRow(resource, { ...row, ...more?.get(row.id) } as Row, form));
}

type Room = { readonly desk: Desk; readonly resource: Resource; readonly place: Place; readonly registry: Registry };

/** The condition that rows below another one meet. @throws SiteFault 404 when that one is not there */
async function belowOf(
  { place, registry }: Room,
  { caller, ids }: Call,
): Promise<{ id: number | undefined; where: ReturnType<typeof all> }> {
  const { parent } = place;
  if (!parent) return { id: undefined, where: all() };
  const above = registry.get(parent.of);
  if (!above) throw new Error(`${parent.of} is no resource`);
  const name = /:(\w+)/.exec(place.path)?.[1] ?? '';
  const id = readId(ids[name]);
  if (id === undefined || !(await findRow(above, caller, id))) throw gone(above.model);
  return { id, where: equal(`${parent.column}:id`, id) };
}

async function list(room: Room, call: Call): Promise<Answer> {
  const { desk, resource } = room;
  const { caller, query } = call;
  const paging = readPaging(query, caller);
  const order = readOrder(query, resource);
  const filters = readFilters(query, resource);
  const { where } = await belowOf(room, call);
  const { rows: listed, where: further } = resource.asked?.(query) ?? {};
  const asked = listQueryOf(all(listed ? undefined : resource.scope, where, filters, further), order, paging);
  const { rows, total } = await (listed ?? resource.source.list)(caller.actor, asked);
  const data = await present(desk, resource, caller, rows, { show: false, includes: includesOf(query) });
  return listAnswer(call, done(resource.models, 'find'), data, { paging, total, last: rows.at(-1)?.id });
}

/** @throws SiteFault 404, also for a row of another parent */
async function rowOf(room: Room, call: Call): Promise<Row> {
  const { where } = await belowOf(room, call);
  const row = await findRow(room.resource, call.caller, readId(call.ids.id), where);
  if (!row) throw gone(room.resource.model);
  return row;
}

async function answerRow(room: Room, call: Call, row: Row, deed: Deed, status: number, headers: Model = {}): Promise<Answer> {
  const { desk, resource } = room;
  const [data] = await present(desk, resource, call.caller, [row], { show: true, includes: includesOf(call.query) });
  const tag = tagOf(resource.source.noun, row);
  return {
    status,
    headers: { etag: tag, ...(headers as Record<string, string>) },
    json: { status: 'success', message: done(resource.model, deed), data },
  };
}

/** What the domain's rules say of columns, in the words of the door. */
function textsOf(resource: Resource, fault: Fault): readonly string[] {
  const source = resource.writes ?? resource.source;
  const names = new Map(
    Object.entries(resource.fields).map(([name, field]) => [columnOf(source, name, field) ?? name, { name, field }] as const),
  );
  return fault.breaches.map(({ at = '', message }) => {
    const [column = ''] = at.split('/');
    const { name, field } = names.get(column) ?? { name: column, field: undefined };
    if (message === NO_SUCH_REFERENCE) return TEXTS.missing(field?.of ?? resource.model);
    if (message === 'must be unique') return TEXTS.unique(resource.model, name);
    if (message === 'is blank') return TEXTS.blank(name);
    if (message === 'is invalid') return TEXTS.invalid(name);
    return message;
  });
}

/** Runs a write; its refusal gets the words and the headers of the resource. */
async function inWords<T>(room: Room, written: Written, work: () => Promise<T>): Promise<T> {
  const { desk, resource } = room;
  try {
    return await work();
  } catch (error) {
    const refused = refusalOf(error);
    if (refused?.status !== 422) throw error;
    const texts =
      error instanceof Fault && !(error instanceof SiteFault) && error.breaches.length > 0
        ? textsOf(resource, error)
        : refused.errors;
    throw new SiteFault(422, [...new Set(texts)], { ...refused.headers, ...(await resource.refusal?.(desk, written, texts)) });
  }
}

/** Values with the files that they bring in their places. @throws SiteFault 422 */
async function takeFiles({ resource }: Room, { take, row }: Written, sent: Model, shown: Model): Promise<Model> {
  const found: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const field = resource.fields[name];
    if (!field?.take || value === null || isDeepStrictEqual(value, shown[name])) continue;
    const taken = await field.take(value, take, row);
    if (taken === undefined) errors.push(TEXTS.invalid(name));
    else found[name] = taken;
  }
  if (errors.length > 0) throw new SiteFault(422, errors);
  return { ...sent, ...found };
}

/** Files that a call brings are let go of again, unless a row has kept them. */
async function withBasket<T>({ desk }: Room, { caller }: Call, work: (take: TakeFile) => Promise<T>): Promise<T> {
  const basket = makeBasket(desk, caller);
  try {
    return await work(basket.take);
  } finally {
    await basket.discard();
  }
}

/** Reads a body: values, the codes of what they name, everything that is wrong with it. @throws SiteFault 400, 422 */
async function readBody(room: Room, call: Call, row: Row | null, shown: Model, above: number | undefined, take: TakeFile) {
  const { desk, resource, place } = room;
  const flat = unwrap(call.body, resource.key);
  const given = place.parent && row === null ? { ...flat, [place.parent.field]: above } : flat;
  const { values: sent, errors } = readSent(resource, given, row === null, shown);
  const asked = idsIn(resource, sent);
  const nouns = asked.map(({ model, id }) => ({ noun: MODELS[model]?.noun ?? '', id }));
  const { codeOf, errors: unknown } = codesFor(asked, await desk.domain.codesOf(call.caller.actor, nouns));
  const written: Written = { caller: call.caller, sent, body: given, row, query: call.query, take };
  const own = (await resource.check?.(desk, written)) ?? [];
  const texts = [...errors, ...unknown, ...own];
  if (texts.length > 0) throw new SiteFault(422, [...new Set(texts)], (await resource.refusal?.(desk, written, texts)) ?? {});
  return { sent, codeOf, written };
}

/** What the row does not hold already. */
const differing = (row: Row, values: Write['values']): Write['values'] =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !(name in row) || !isDeepStrictEqual(row[name], value)));

const isEmpty = (values: Write['values']) => Object.keys(values).length === 0;

/** The row as lists and paths of the resource read it, after a write. */
async function reread({ resource }: Room, caller: Caller, row: Row): Promise<Row> {
  return (await findRow(resource, caller, row.id)) ?? row;
}

async function create(room: Room, call: Call): Promise<Answer> {
  const { desk, resource } = room;
  const { caller } = call;
  const { id: above } = await belowOf(room, call);
  const standing = await resource.instead?.(desk, caller, unwrap(call.body, resource.key), call.query);
  if (standing) return updateRow(room, call, standing);
  return withBasket(room, call, (take) => createRow(room, call, above, take));
}

async function createRow(room: Room, call: Call, above: number | undefined, take: TakeFile): Promise<Answer> {
  const { desk, resource } = room;
  const { caller } = call;
  const { sent: given, codeOf, written } = await readBody(room, call, null, {}, above, take);
  const sent = await takeFiles(room, written, given, {});
  const values = { ...changeOf(resource, sent, {}, null, codeOf), ...(await resource.complete?.(desk, written)) };
  return inWords(room, written, async () => {
    const known = await resource.met?.(desk, written, values);
    if (known) return answerRow(room, call, known, 'find', 200);
    const made = await (resource.writes ?? resource.source).create(caller.actor, { values });
    const remarks = (await resource.remarks?.(desk, written)) ?? {};
    return answerRow(room, call, await reread(room, caller, made), 'create', 201, remarks);
  });
}

/** Writes what a body means for a row that the caller may see. */
const updateRow = (room: Room, call: Call, row: Row, deed: Deed = 'update'): Promise<Answer> =>
  withBasket(room, call, (take) => changeRow(room, call, row, deed, take));

async function changeRow(room: Room, call: Call, row: Row, deed: Deed, take: TakeFile): Promise<Answer> {
  const { desk, resource } = room;
  const { caller, ifMatch } = call;
  const [shown = {}] = await present(desk, resource, caller, [row], {
    ...SHOWN,
    includes: new Set(Object.keys(resource.fields)),
  });
  const { sent: given, codeOf, written } = await readBody(room, call, row, shown, undefined, take);
  const sent = await takeFiles(room, written, given, shown);
  const completed = (await resource.complete?.(desk, written)) ?? {};
  return inWords(room, written, async () => {
    if (ifMatch !== undefined && ifMatch !== '*') checkMatch(ifMatch, tagOf(resource.source.noun, row));
    const first = differing(row, { ...changeOf(resource, sent, shown, row, codeOf), ...completed });
    const remarks = (await resource.remarks?.(desk, written)) ?? {};
    // Nothing that differs moves no version (domain-people §1.1.4).
    if (isEmpty(first)) return answerRow(room, call, row, deed, 200, remarks);
    const next = await (resource.writes ?? resource.source).update(caller.actor, row.code, (standing) => {
      if (ifMatch !== undefined && ifMatch !== '*') checkMatch(ifMatch, tagOf(resource.source.noun, standing));
      const base = standing.version === row.version ? row : ({ ...row, ...standing } as Row);
      return { values: differing(base, { ...changeOf(resource, sent, shown, base, codeOf), ...completed }) };
    });
    return answerRow(room, call, await reread(room, caller, next), deed, 200, remarks);
  });
}

async function remove(room: Room, call: Call): Promise<Answer> {
  const { resource } = room;
  const row = await rowOf(room, call);
  const answer = await answerRow(room, call, row, 'delete', 200);
  const written: Written = { caller: call.caller, sent: {}, body: {}, row, query: call.query, take: async () => undefined };
  await inWords(room, written, () =>
    (resource.writes ?? resource.source).remove(call.caller.actor, row.code, (standing) => {
      if (call.ifMatch !== undefined && call.ifMatch !== '*') checkMatch(call.ifMatch, tagOf(resource.source.noun, standing));
    }),
  );
  const { etag: _, ...headers } = answer.headers ?? {};
  return { ...answer, headers };
}

async function activate(room: Room, call: Call, active: boolean): Promise<Answer> {
  const row = await rowOf(room, call);
  const given = { reassign_to_agent_id: unwrap(call.body, room.resource.key).reassign_to_agent_id };
  const wanted = active || given.reassign_to_agent_id === undefined ? {} : given;
  const asked = { ...call, body: { ...wanted, ...(isDeepStrictEqual(row.active, active) ? {} : { active }) } };
  return updateRow(room, asked, row, active ? 'reactivate' : 'deactivate');
}

/** Every operation of a resource at every place where it is found. */
export function operationsOf(desk: Desk, resource: Resource, registry: Registry): Operation[] {
  const { name, permission, model, models, methods } = resource;
  return resource.places.flatMap((place, nth) => {
    const room: Room = { desk, resource, place, registry };
    const item = `${place.path}/:id`;
    const suffix = nth === 0 ? '' : `_at_${place.path.slice(1).replaceAll(/[:/]+/g, '_')}`;
    const one = (
      method: Method,
      path: string,
      deed: Deed,
      right: Operation['right'],
      handle: Operation['handle'],
      listed = false,
    ): Operation => ({
      method,
      path,
      operationId: `${method === 'PUT' && deed === 'update' ? 'replace' : listed ? 'list' : deed === 'find' ? 'show' : deed}_${name}${suffix}`,
      resource: name,
      permission,
      right,
      deed,
      subject: listed ? models : model,
      listed,
      handle,
    });
    const patch = async (call: Call) => updateRow(room, call, await rowOf(room, call));
    return [
      ...(methods.includes('L') ? [one('GET', place.path, 'find', 'r', (call) => list(room, call), true)] : []),
      ...(methods.includes('G')
        ? [one('GET', item, 'find', 'r', async (call) => answerRow(room, call, await rowOf(room, call), 'find', 200))]
        : []),
      ...(methods.includes('C') ? [one('POST', place.path, 'create', 'w', (call) => create(room, call))] : []),
      ...(methods.includes('U') ? [one('PATCH', item, 'update', 'w', patch), one('PUT', item, 'update', 'w', patch)] : []),
      ...(methods.includes('D') ? [one('DELETE', item, 'delete', 'd', (call) => remove(room, call))] : []),
      ...(methods.includes('A')
        ? [
            one('PUT', `${item}/deactivate`, 'deactivate', 'w', (call) => activate(room, call, false)),
            one('PUT', `${item}/reactivate`, 'reactivate', 'w', (call) => activate(room, call, true)),
          ]
        : []),
    ];
  });
}
