import type { TObject } from 'typebox';
import { invalid, notFound } from '../kernel/fault.ts';
import { hasType, nodeOf } from './schema-node.ts';

/** `taskListId` as people say it: "task list id". */
const spoken = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Reads the ids of a path: integers from 1; a parameter that is a string in the schema is passed on as it came.
 * @throws Fault invalid (in `path`, at the parameter's name) for what is no positive integer, not_found for one that no record can have
 */
export function readParams(schema: TObject, params: unknown): Record<string, unknown> {
  const given = params as Readonly<Record<string, string>>;
  const value: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(nodeOf(schema).properties ?? {})) {
    const text = given[name] ?? '';
    if (!hasType(node, 'integer')) value[name] = text;
    else if (!/^[1-9]\d*$/.test(text))
      throw invalid({ in: 'path', at: name, reason: 'value', message: `${sentence(spoken(name))} invalid` });
    else value[name] = Number(text);
  }
  // after the loop, because a malformed id further on in the path is said first
  for (const [name, id] of Object.entries(value))
    if (typeof id === 'number' && !Number.isSafeInteger(id)) throw notFound(spoken(name).replace(/ id$/, ''));
  return value;
}
