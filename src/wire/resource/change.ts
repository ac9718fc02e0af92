import { isDeepStrictEqual } from 'node:util';
import { type Change, type ColumnKind, holdsList, type Reference, type Row } from '../../kernel/record.ts';
import type { Mapping, Mappings } from './mapping.ts';
import type { Model, Resource } from './resource.ts';
import { extrasOf } from './show.ts';
import { type Fields, isObject } from './spec.ts';

/** Objects merge member by member, lists are replaced as a whole (contracts/reapit.md §1.9). */
export function mergeMember(before: unknown, sent: unknown): unknown {
  if (!isObject(sent) || !isObject(before)) return sent;
  const names = new Set([...Object.keys(before), ...Object.keys(sent)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in sent ? mergeMember(before[name], sent[name]) : before[name]]),
  );
}

export const mergeModel = (before: Model, sent: Model): Model => mergeMember(before, sent) as Model;

type Walk = {
  row: Row;
  values: Record<string, unknown>;
  /** those of the door, and the steps to where the group's own begin */
  readonly extras: Record<string, unknown>;
  readonly base: readonly string[];
  readonly references: Reference[];
};

const put = (walk: Walk, change: Change) => {
  Object.assign(walk.values, change);
  walk.row = { ...walk.row, ...change } as Row;
};

function refer(walk: Walk, to: NonNullable<Reference['to']>, value: unknown, at: string): void {
  if (typeof value === 'string' && value !== '') walk.references.push({ at, to, code: value });
  if (Array.isArray(value)) for (const [i, one] of value.entries()) refer(walk, to, one, `${at}[${i}]`);
}

/** What a column holds of which nothing is said. */
const unset = (kind: ColumnKind | undefined) => (holdsList(kind) ? [] : null);

function asColumn(kind: ColumnKind | undefined, value: unknown): unknown {
  if (value === null) return unset(kind);
  if (typeof value !== 'string') return value;
  if (kind === 'instant') return new Date(value);
  return kind === 'date' ? value.slice(0, 10) : value;
}

/** Takes what is null out again: what is unset is not kept. An object without members is none. */
function pruned(value: unknown): unknown {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([name, one]) => {
    const inner = pruned(one);
    return inner === null ? [] : [[name, inner]];
  });
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/**
 * Puts a value where it stands in extras; null takes it out, and objects that it leaves empty. Objects on the way are copies, for the row
 * keeps its own.
 */
function keep(extras: Record<string, unknown>, [name = '', ...below]: readonly string[], value: unknown): void {
  let kept = value;
  if (below.length > 0) {
    const inner = { ...(isObject(extras[name]) ? extras[name] : {}) };
    keep(inner, below, value);
    kept = Object.keys(inner).length > 0 ? inner : null;
  }
  if (kept === null) delete extras[name];
  else extras[name] = kept;
}

function writeMember<A>(
  resource: Resource<A>,
  walk: Walk,
  mapping: Mapping,
  path: readonly string[],
  next: unknown,
  fields: Fields | undefined,
): void {
  const at = path.join('.');
  switch (mapping.kind) {
    case 'column': {
      const declared = resource.source.columns[mapping.column];
      if (declared && !declared.readOnly) put(walk, { [mapping.column]: asColumn(declared.kind, next) });
      return;
    }
    case 'computed':
      for (const reference of mapping.refers?.(next as never, at) ?? []) walk.references.push(reference);
      if (mapping.write) put(walk, mapping.write(next as never, walk.row));
      return;
    case 'extra':
      if (mapping.to) refer(walk, mapping.to, next, at);
      for (const reference of mapping.refers?.(next as never, at) ?? []) walk.references.push(reference);
      keep(walk.extras, mapping.at?.split('.') ?? [...walk.base, ...path], pruned(next));
      return;
    case 'members': {
      const sent = isObject(next) ? next : Object.fromEntries(Object.keys(fields ?? {}).map((one) => [one, null]));
      writeAll(resource, walk, mapping.of, path, sent, {}, fields ?? {});
    }
  }
}

function writeAll<A>(
  resource: Resource<A>,
  walk: Walk,
  mappings: Mappings,
  path: readonly string[],
  sent: Model,
  shown: Model,
  fields: Fields,
): void {
  for (const [name, value] of Object.entries(sent)) {
    const mapping = mappings[name];
    if (!mapping) continue;
    const below = shown[name];
    const spec = fields[name];
    if (mapping.kind === 'members' && mapping.appears && isObject(value)) put(walk, mapping.appears(walk.row));
    if (mapping.kind === 'members' && isObject(value) && isObject(below)) {
      writeAll(resource, walk, mapping.of, [...path, name], value, below, spec?.fields ?? {});
      continue;
    }
    const next = mergeMember(below, value);
    // Echo: what the door answers already is not written, so a client that sends back what it read degrades nothing (domain-people §1.1.6).
    if (name in shown && isDeepStrictEqual(next, below)) continue;
    writeMember(resource, walk, mapping, [...path, name], next, spec?.fields);
  }
}

/**
 * What a body means for the row, null for a new one.
 * @param shown the model as it is answered now; {} for a new record
 */
export function changeOf<A>(
  resource: Resource<A>,
  fields: Fields,
  sent: Model,
  shown: Model,
  row: Row | null,
  door: string,
): { values: Change; references: readonly Reference[] } {
  const { inside } = resource;
  const standing: Row = row ?? { id: 0, code: '', version: 0, extras: {}, ...emptyColumns(resource) };
  const kept = extrasOf(standing, door, undefined);
  const base = inside === undefined ? [] : [inside];
  const walk: Walk = { row: standing, values: {}, extras: { ...kept }, base, references: [] };
  writeAll(resource, walk, resource.mappings, [], sent, shown, fields);
  if (!isDeepStrictEqual(walk.extras, kept)) {
    const all = isObject(standing.extras) ? standing.extras : {};
    walk.values.extras = { ...all, [door]: walk.extras };
  }
  return { values: walk.values, references: walk.references };
}

const emptyColumns = <A>({ source }: Resource<A>): Change =>
  Object.fromEntries(Object.entries(source.columns).map(([name, { kind }]) => [name, unset(kind)]));
