import { notFound } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';
import { all, equal } from './conditions.ts';
import { type OperationCall, readId } from './operation.ts';
import { alongOf, type Resource } from './resource.ts';
import type { Room } from './room.ts';
import type { ResourceCaller } from './source.ts';

/** The rows above a path, each a part of the one before it. @throws Fault not_found */
export async function findAbove<A, C extends ResourceCaller<A>>(
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

/** How many ids a path has. */
export const idsIn = (path: string) => path.match(/\{\w+\}/g)?.length ?? 0;

/** What `/contacts/{id}` names: the last id of the path; and that it is a part of the row above. */
export async function findRow<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  path: string,
  call: OperationCall<C>,
): Promise<Row> {
  const { source } = resource;
  const depth = idsIn(path);
  const id = readId(call.ids[depth - 1], source.noun);
  const row =
    resource.within === undefined
      ? await source.byCode(call.caller.actor, id, alongOf(resource))
      : await findWithin(resource, path, call, id);
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
export async function codeOf<A, C extends ResourceCaller<A>>(
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

/** The same as `checkPart`, of a row that is locked already. */
export function checkOwner<A, C extends ResourceCaller<A>>(
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
