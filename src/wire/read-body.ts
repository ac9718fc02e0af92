import type { TSchema } from 'typebox';
import { type Breach, invalid } from '../kernel/fault.ts';
import { isStorable } from '../kernel/storable.ts';
import { breachesOf } from './breaches.ts';
import { type Json, JsonNumber, parseJson, toPlain } from './json.ts';
import { at, hasType, lastName, mayBeNull, nodeOf, type SchemaNode } from './schema-node.ts';

/** How a door reads what is not quite of the type its schema asks for. */
export type BodyRules = {
  /**
   * What `null` and `""` mean: `absent`, as if the member (or an empty list) had not been sent; `cleared`, null for a member whose
   * schema takes null, and a breach for any other; `kept`, nothing special.
   */
  readonly empty: 'absent' | 'cleared' | 'kept';
  /** a number where a text is asked for becomes its JSON text, digits in a text become an integer */
  readonly numbersAndTexts: boolean;
  /** how a word of an enumeration is brought into the form of its constants */
  readonly constant?: (text: string) => string;
};

/** @throws Fault invalid, reason `form`, unless the bytes are a JSON object; no bytes are an empty one */
export function readObject(bytes: Uint8Array | undefined): { readonly [name: string]: Json } {
  if (!bytes?.length) return {};
  const value = parseJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof JsonNumber)
    throw invalid({ in: 'body', reason: 'form', message: 'The body must be a JSON object' });
  return value as { readonly [name: string]: Json };
}

const INTEGER = /^[+-]?\d{1,16}$/;

/** JSON Schema counts code points; TypeBox counts what people see as one character, and a database would take much more. */
const tooLong = (text: string, limit: number) => text.length > limit && [...text].length > limit;

type Walk = { readonly rules: BodyRules; readonly breaches: Breach[] };
const ABSENT = Symbol('absent');

function refuse(walk: Walk, path: string, reason: Breach['reason'], text: string): typeof ABSENT {
  walk.breaches.push({ in: 'body', at: path, reason, message: `${lastName(path)} ${text}` });
  return ABSENT;
}

function readText(walk: Walk, node: SchemaNode, text: string, path: string): unknown {
  if (!isStorable(text)) return refuse(walk, path, 'value', 'contains a character that cannot be stored (U+0000 or half a pair)');
  if (node.maxLength !== undefined && tooLong(text, node.maxLength))
    return refuse(walk, path, 'length', `must not be longer than ${node.maxLength} characters`);
  if (node.enum) return walk.rules.constant?.(text) ?? text;
  if (hasType(node, 'integer') && walk.rules.numbersAndTexts && INTEGER.test(text)) return Number(text);
  return text;
}

function readList(walk: Walk, node: SchemaNode, list: readonly Json[], path: string): unknown {
  if (walk.rules.empty === 'absent' && list.length === 0) return ABSENT;
  return list.map((item, i) => readNode(walk, node.items ?? {}, item, at(path, i))).filter((item) => item !== ABSENT);
}

/** Members that the schema does not name are left out, unless it has a schema for additional ones. */
function readMembers(walk: Walk, node: SchemaNode, value: { readonly [name: string]: Json }, path: string): unknown {
  const others = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
  const read: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const schema = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : others;
    if (!schema) continue;
    const result = readNode(walk, schema, member, at(path, name));
    if (result !== ABSENT) read.push([name, result]);
  }
  return Object.fromEntries(read);
}

function readEmpty(walk: Walk, node: SchemaNode, value: '' | null, path: string): unknown {
  if (walk.rules.empty === 'absent') return ABSENT;
  if (walk.rules.empty === 'kept') return value;
  return mayBeNull(node) ? null : refuse(walk, path, 'required', 'cannot be cleared');
}

function readNode(walk: Walk, node: SchemaNode, value: Json, path: string): unknown {
  if (value === null || value === '') return readEmpty(walk, node, value, path);
  if (typeof value === 'string') return readText(walk, node, value, path);
  if (value instanceof JsonNumber) {
    const wantsText = hasType(node, 'string') && walk.rules.numbersAndTexts;
    return wantsText ? readText(walk, node, value.text, path) : Number(value.text);
  }
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return hasType(node, 'array') ? readList(walk, node, value, path) : toPlain(value);
  return hasType(node, 'object') ? readMembers(walk, node, value as { readonly [name: string]: Json }, path) : toPlain(value);
}

/** Brings a body into the form of its schema by the door's rules, then lets TypeBox judge it. */
export function readBody(
  schema: TSchema,
  body: { readonly [name: string]: Json },
  rules: BodyRules,
): { value: unknown; breaches: Breach[] } {
  const walk: Walk = { rules, breaches: [] };
  const value = readMembers(walk, nodeOf(schema), body, '');
  const known = new Set(walk.breaches.map((breach) => breach.at));
  const judged = breachesOf(schema, value, 'body').filter((breach) => !known.has(breach.at));
  return { value, breaches: [...walk.breaches, ...judged] };
}
