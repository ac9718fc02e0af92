import { Fault } from '../../kernel/fault.ts';
import type { Row, Write } from '../../kernel/record.ts';
import { readBody } from './body.ts';
import { changeOf, mergeModel } from './change.ts';
import { checkMatch, tagOf } from './etag.ts';
import type { OperationCall, Outcome } from './operation.ts';
import { checkOwner, codeOf, findAbove, idsIn } from './path-rows.ts';
import { idOf, type Model, type Resource } from './resource.ts';
import type { Room } from './room.ts';
import { besides, changeBreaches, creationBreaches } from './rules.ts';
import { showRow } from './show.ts';
import type { ResourceCaller } from './source.ts';
import { type EndpointSpec, type Fields, isObject } from './spec.ts';
import { inWords } from './words.ts';

/** The members of a body that this resource writes, and the application's own document. */
function split(body: Model, fields: Fields): { sent: Model; metadata: Write['metadata'] } {
  const { metadata, ...sent } = body;
  if (!('metadata' in fields) || metadata === undefined) return { sent, metadata: undefined };
  return { sent, metadata: isObject(metadata) ? metadata : null };
}

/** A new row; the answer says where it is. */
export async function create<A, C extends ResourceCaller<A>>(
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
  const rest = [...creationBreaches(spec, resource.create, model), ...(resource.check?.(model, null) ?? [])];
  const write = {
    values: { ...values, ...part },
    references,
    breaches: besides(breaches, rest),
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

/** New values of a row, compared and written under its lock. */
export async function change<A, C extends ResourceCaller<A>>(
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
      const rest = [
        ...changeBreaches(spec, { ...update, ...resource.create }, shown, after, sent),
        ...(resource.check?.(after, shown) ?? []),
      ];
      return { values, references, breaches: besides(breaches, rest), ...(metadata === undefined ? {} : { metadata }) };
    }),
  );
  return { answer: { status: endpoint.status } };
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

/** A row less. */
export async function remove<A, C extends ResourceCaller<A>>(
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
