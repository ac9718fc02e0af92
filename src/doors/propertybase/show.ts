import type { Actor } from '../../access/actor.ts';
import { idKey } from '../../domain/index.ts';
import type { Row } from '../../kernel/record.ts';
import type { Source } from '../../wire/resource/source.ts';
import type { Model } from './desk.ts';
import type { Field, FieldType } from './fields.ts';
import type { Form, Resource } from './resource.ts';

const DOOR = 'propertybase';
const LISTS: ReadonlySet<FieldType> = new Set(['strings', 'ints', 'ids', 'objects']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What rows keep for this door alone. */
export function keptOf(row: Row): Model {
  const all = isObject(row.extras) ? row.extras[DOOR] : undefined;
  return isObject(all) ? all : {};
}

/** Milliseconds and Z; days alone (contracts/propertybase.md §1.10). */
function printed(value: unknown, type: FieldType): unknown {
  if (value instanceof Date) return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  return value;
}

/** The column that a field is kept in, if it is kept in one. */
export function columnOf(source: Source<Actor>, name: string, { column = name }: Field): string | undefined {
  return Object.hasOwn(source.columns, column) ? column : undefined;
}

function readField({ source }: Resource, name: string, field: Field, row: Row, kept: Model): unknown {
  if (field.read) return field.read(row, kept);
  const column = columnOf(source, name, field);
  if (column === undefined) return kept[name];
  const { kind } = source.columns[column] ?? {};
  if (kind === 'ref' || kind === 'any_ref') return row[column] === null ? null : row[idKey(column)];
  return kind === 'refs' ? row[idKey(column)] : row[column];
}

const isShown = ({ access, shown }: Field, name: string, { show, includes }: Form) =>
  access !== 'w' && access !== 'wc' && (shown === undefined || (shown === 'show' ? show : includes.has(name)));

/** A row in the words of the wire. Nothing is left out but what the form leaves out: missing values are null, lists empty. */
export function showRow(resource: Resource, row: Row, form: Form): Model {
  const kept = keptOf(row);
  const model: Record<string, unknown> = { id: row.id };
  for (const [name, field] of Object.entries(resource.fields)) {
    if (!isShown(field, name, form)) continue;
    const value = readField(resource, name, field, row, kept);
    model[name] = printed(value ?? field.fallback ?? (LISTS.has(field.type) ? [] : null), field.type);
  }
  return { ...model, created_at: printed(row.created_at, 'timestamp'), updated_at: printed(row.updated_at, 'timestamp') };
}
