import type { TObject } from 'typebox';
import type { Breach } from '../kernel/fault.ts';
import { isStorable } from '../kernel/storable.ts';
import { breachesOf } from './breaches.ts';
import { hasType, nodeOf, type SchemaNode } from './schema-node.ts';

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

function readParameter(node: SchemaNode, text: string): unknown {
  if (hasType(node, 'boolean')) return BOOLEANS[text.toLowerCase()] ?? text;
  if (hasType(node, 'integer') && /^[+-]?\d{1,16}$/.test(text)) return Number(text);
  return text;
}

/**
 * Reads the parameters that the schema names, from the parsed query string. An empty one is the default, others are ignored; one that is
 * there twice with two values is a breach.
 */
export function readQuery(schema: TObject, query: unknown): { value: Record<string, unknown>; breaches: Breach[] } {
  const given = query as Readonly<Record<string, string | readonly string[] | undefined>>;
  const breaches: Breach[] = [];
  const value: Record<string, unknown> = {};
  const refuse = (at: string, text: string) => breaches.push({ in: 'query', at, reason: 'value', message: `${at} ${text}` });
  for (const [name, node] of Object.entries(nodeOf(schema).properties ?? {})) {
    const texts = [...new Set([given[name] ?? []].flat())];
    const [text = ''] = texts;
    if (texts.length > 1) refuse(name, 'is given more than once');
    else if (!isStorable(text)) refuse(name, 'contains a character that is not allowed');
    else if (text !== '') value[name] = readParameter(node, text);
    else if (node.default !== undefined) value[name] = node.default;
  }
  const known = new Set(breaches.map((breach) => breach.at));
  return { value, breaches: [...breaches, ...breachesOf(schema, value, 'query').filter((breach) => !known.has(breach.at))] };
}
