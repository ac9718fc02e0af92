import { wholeSeconds } from '../../kernel/dates.ts';
import type { Row } from '../../kernel/record.ts';
import type { Mapping, Mappings } from './mapping.ts';
import type { Model, Resource } from './resource.ts';
import { type FieldSpec, type Fields, isObject, valueAt } from './spec.ts';

/** Members that the engine puts there itself. */
export const ENVELOPE: ReadonlySet<string> = new Set(['_links', '_embedded', '_eTag', 'extrasField', 'metadata']);

/** Days and moments in the form of the member; days of a moment are UTC's. */
function showTime(value: Date | string, format: string | undefined): string {
  if (value instanceof Date) return format === 'date' ? value.toISOString().slice(0, 10) : wholeSeconds(value);
  if (format === 'date-time' && /^\d{4}-\d\d-\d\d$/.test(value)) return `${value}T00:00:00Z`;
  return format === 'date' ? value.slice(0, 10) : value;
}

/** Every member of the shape is there: null, or an empty list, for what is unset (contracts/reapit.md §1.6). */
function complete(spec: FieldSpec, value: unknown): unknown {
  if (value === undefined || value === null) return spec.type === 'array' ? [] : null;
  if (value instanceof Date || spec.format === 'date' || spec.format === 'date-time')
    return showTime(value as Date | string, spec.format);
  if (spec.fields && isObject(value)) return completeAll(spec.fields, value);
  if (Array.isArray(value)) {
    const { items } = spec;
    return items ? value.map((item) => complete(items, item)) : value;
  }
  return value;
}

/** Names and specifications, listed once: rows are shown by the thousand. */
const listed = new WeakMap<Fields, readonly (readonly [string, FieldSpec])[]>();
function entriesOf(fields: Fields): readonly (readonly [string, FieldSpec])[] {
  const entries = listed.get(fields) ?? Object.entries(fields);
  listed.set(fields, entries);
  return entries;
}

function completeAll(fields: Fields, value: Model): Model {
  const whole: Record<string, unknown> = {};
  for (const [name, spec] of entriesOf(fields)) whole[name] = complete(spec, value[name]);
  return whole;
}

/** What extras keep for this door. */
export const extrasOf = (row: Row, door: string, inside: string | undefined): Model => {
  const all = isObject(row.extras) ? row.extras[door] : undefined;
  const own = isObject(all) && inside !== undefined ? all[inside] : all;
  return isObject(own) ? own : {};
};

/** What rows keep for the door, and the part of it that belongs to the object that is shown. */
type Kept = { readonly root: Model; readonly here: Model };

function readMapping(mapping: Mapping, name: string, spec: FieldSpec, row: Row, kept: Kept): unknown {
  switch (mapping.kind) {
    case 'column':
      return row[mapping.column];
    case 'computed':
      return mapping.read(row);
    case 'extra':
      return mapping.at === undefined ? kept.here[name] : valueAt(kept.root, mapping.at);
    case 'members': {
      if (mapping.shown && !mapping.shown(row)) return null;
      const below = kept.here[name];
      const found = readAll(mapping.of, spec.fields ?? {}, row, { ...kept, here: isObject(below) ? below : {} });
      return mapping.shown || Object.values(found).some((value) => value !== null && value !== undefined) ? found : null;
    }
  }
}

function readAll(mappings: Mappings, fields: Fields, row: Row, kept: Kept): NewModel {
  const model: NewModel = {};
  for (const [name, spec] of entriesOf(fields)) {
    if (ENVELOPE.has(name)) continue;
    const mapping = mappings[name];
    model[name] = complete(spec, mapping ? readMapping(mapping, name, spec, row, kept) : undefined);
  }
  return model;
}

/** An object that was made for one answer: its maker's to go on writing. */
export type NewModel = Record<string, unknown>;

/** A row in the words of the wire, without links and the like. */
export const showRow = <A>({ mappings, model, inside }: Resource<A>, row: Row, door: string): NewModel =>
  readAll(mappings, model, row, { root: extrasOf(row, door, undefined), here: extrasOf(row, door, inside) });
