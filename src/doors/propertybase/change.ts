import { isDeepStrictEqual } from 'node:util';
import type { RowCodes } from '../../domain/index.ts';
import type { Row, Write } from '../../kernel/record.ts';
import type { Model } from './desk.ts';
import { badRequest } from './faults.ts';
import type { Field } from './fields.ts';
import { readValue } from './read-value.ts';
import { MODELS, type Resource } from './resource.ts';
import { columnOf, keptOf } from './show.ts';
import { TEXTS } from './words.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A body is flat or wrapped in its model's name; switches may stand beside (contracts/propertybase.md §1.11). */
export function unwrap(body: Model, key: string): Model {
  const inner = Object.hasOwn(body, key) ? body[key] : undefined;
  if (!isObject(inner)) return body;
  const { [key]: _, ...beside } = body;
  return { ...beside, ...inner };
}

const isWritten = ({ access }: Field, creating: boolean) =>
  access === 'rw' || access === 'w' || (creating && (access === 'rc' || access === 'wc'));

export type Sent = { readonly values: Model; readonly errors: readonly string[] };

/**
 * The values that a body brings for the fields it may write; unknown and read-only keys are nobody's business.
 * @param shown the row as it is answered now: what it lacks already may be said again @throws SiteFault 400
 */
export function readSent({ fields }: Pick<Resource, 'fields'>, body: Model, creating: boolean, shown: Model = {}): Sent {
  const values: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (!isWritten(field, creating)) continue;
    const given = [name, ...(field.aliases ?? [])].find((one) => Object.hasOwn(body, one));
    const read = given === undefined ? undefined : readValue(name, field, body[given] ?? null);
    if (read && 'error' in read) {
      errors.push(read.error);
      continue;
    }
    const value = read?.value;
    const isBlank = value === null || value === '' || (typeof value === 'string' && value.trim() === '');
    const isLacked = shown[name] === null || shown[name] === '';
    if (field.required && (value === undefined ? creating : isBlank && !isLacked)) errors.push(TEXTS.blank(name));
    else if (value !== undefined) values[name] = value;
  }
  return { values, errors };
}

/** Ids that a body names, by the field. */
export function idsIn({ fields }: Pick<Resource, 'fields'>, sent: Model): { name: string; model: string; id: number }[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    const { type, of: model = '' } = fields[name] ?? {};
    if ((type !== 'id' && type !== 'ids') || model === '') return [];
    return [value ?? []].flat().map((id) => ({ name, model, id: id as number }));
  });
}

/** Ids that name nothing, and codes in the place of those that do. */
export function codesFor(asked: readonly { name: string; model: string; id: number }[], codes: RowCodes) {
  const codeOf = (model: string, id: number) => {
    const { noun = '', kind } = MODELS[model] ?? {};
    const found = codes.get(`${noun} ${id}`);
    return found && (kind === undefined || found.kind === kind) ? found.code : undefined;
  };
  const errors = asked.filter(({ model, id }) => codeOf(model, id) === undefined).map(({ model }) => TEXTS.missing(model));
  return { codeOf, errors: [...new Set(errors)] };
}

type Walk = { row: Row; readonly values: Record<string, unknown>; readonly kept: Record<string, unknown> };

const put = (walk: Walk, change: Readonly<Record<string, unknown>>) => {
  Object.assign(walk.values, change);
  walk.row = { ...walk.row, ...change } as Row;
};

const keep = ({ kept }: Walk, member: string, value: unknown) => {
  if (value === null || value === undefined) delete kept[member];
  else kept[member] = value;
};

export type CodeOf = (model: string, id: number) => string | undefined;

/**
 * What the values mean for the row, null for a new one. What the door answers already is not written (domain-people §1.1.6).
 * @param shown the row as it is answered now; {} for a new one
 */
export function changeOf(resource: Resource, sent: Model, shown: Model, row: Row | null, codeOf: CodeOf): Write['values'] {
  const source = resource.writes ?? resource.source;
  const blank = Object.fromEntries(Object.keys(source.columns).map((column) => [column, null]));
  const standing: Row = row ?? { id: 0, code: '', version: 0, extras: {}, ...blank };
  const before = keptOf(standing);
  const walk: Walk = { row: standing, values: {}, kept: { ...before } };
  for (const [name, value] of Object.entries(sent)) {
    const field = resource.fields[name];
    if (!field) throw badRequest(TEXTS.parameter(name));
    const known = value instanceof Date ? value.toISOString() : value;
    if (Object.hasOwn(shown, name) && isDeepStrictEqual(known, shown[name])) continue;
    if (field.write || field.keep) {
      if (field.write) put(walk, field.write(value as never, walk.row, sent));
      for (const [member, one] of Object.entries(field.keep?.(value as never, walk.kept) ?? {})) keep(walk, member, one);
      continue;
    }
    const column = columnOf(source, name, field);
    if (column === undefined) {
      keep(walk, name, known);
      continue;
    }
    if (field.type === 'id') put(walk, { [column]: value === null ? null : codeOf(field.of ?? '', value as number) });
    else if (field.type === 'ids')
      put(walk, { [column]: ((value ?? []) as number[]).flatMap((id) => codeOf(field.of ?? '', id) ?? []) });
    else put(walk, { [column]: value ?? (['texts', 'refs'].includes(source.columns[column]?.kind ?? '') ? [] : null) });
  }
  if (!isDeepStrictEqual(walk.kept, before)) {
    const all = isObject(walk.values.extras) ? walk.values.extras : isObject(standing.extras) ? standing.extras : {};
    walk.values.extras = { ...all, propertybase: { ...(isObject(all.propertybase) ? all.propertybase : {}), ...walk.kept } };
    for (const name of Object.keys(before))
      if (!Object.hasOwn(walk.kept, name))
        delete (walk.values.extras as { propertybase: Record<string, unknown> }).propertybase[name];
  }
  return walk.values;
}
