import type { Row } from '../../kernel/record.ts';
import { all, equal } from './conditions.ts';
import { embedAll, embedNames } from './embeds.ts';
import { tagOf } from './etag.ts';
import { conditionOf, orderFor } from './filters.ts';
import type { Calls, OperationCall, Outcome } from './operation.ts';
import { pagedAnswer } from './paged.ts';
import { findAbove, findRow, idsIn } from './path-rows.ts';
import { readEmbeds, readPaging, readSort } from './query.ts';
import { alongOf, type Model, type Resource } from './resource.ts';
import type { Room } from './room.ts';
import type { ResourceCaller } from './source.ts';
import type { EndpointSpec } from './spec.ts';

/** A page of a list, or all of a short one. */
export async function search<A, C extends ResourceCaller<A>>(
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
  const asked = {
    ...(parts.length > 0 ? { where: all(...parts) } : {}),
    order: orderFor(resource, readSort(query, spec.sortBy ?? [])),
    limit: size,
    offset: (number - 1) * size,
    total: spec.paged,
  };
  const found = await source.list(caller.actor, asked, alongOf(resource));
  const { models, embedded } = await showAll(room, resource, call, found.rows);
  if (!spec.paged) return { answer: { status: 200, json: models }, embedded };
  const json = pagedAnswer(listPath(path, ids), query, { number, size }, models, found.total ?? 0);
  return { answer: { status: 200, json }, embedded };
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
): Promise<{ models: readonly Model[]; embedded: readonly Calls[] }> {
  const { registry, present } = room;
  const extras = (query.extrasField ?? []).map(String);
  const models = await present(caller.actor, resource, rows, extras);
  const names = readEmbeds(query, embedNames(registry, resource));
  if (names.length === 0) return { models, embedded: [] };
  const shown = rows.map((row, i) => ({ row, model: models[i] ?? {} }));
  const { of, calls } = await embedAll(registry, caller.actor, resource, names, shown, (...given) => present(...given, []));
  for (const [i, model] of models.entries()) model._embedded = of[i];
  return { models, embedded: calls };
}

/** One row. */
export async function read<A, C extends ResourceCaller<A>>(
  room: Room<A, C>,
  resource: Resource<A>,
  { path }: EndpointSpec,
  call: OperationCall<C>,
): Promise<Outcome> {
  const row = await findRow(room, resource, path, call);
  const { models, embedded } = await showAll(room, resource, call, [row]);
  const tag =
    resource.spec.paged || resource.inside !== undefined || '_eTag' in resource.model
      ? { etag: tagOf(resource.source.noun, row) }
      : {};
  return { answer: { status: 200, headers: tag, json: models[0] }, embedded };
}
