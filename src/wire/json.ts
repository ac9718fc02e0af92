/** A number as it stood in the text: `650000.00` and ids above 2^53 keep their digits. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | boolean | null | JsonNumber | readonly Json[] | { readonly [name: string]: Json };

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
/** TypeScript's library does not know the third argument yet (ECMAScript 2026, V8 since 11.4). */
const parse = JSON.parse as (text: string, reviver: Reviver) => Json;

const decoder = new TextDecoder('utf-8', { fatal: true });

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new JsonNumber(context.source ?? String(value)) : value;

/** Deeper than anything that is meant, and far from what would use up the stack of whoever walks through it. */
const MOST_DEPTH = 500;

/** Can what was parsed be walked through? */
export function isShallow(value: unknown, left = MOST_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((member) => isShallow(member, left - 1));
}

/** Undefined when the bytes are not JSON in UTF-8, or nested deeper than 500 levels. */
export function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    const value = parse(decoder.decode(bytes), keepDigits);
    return isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a library for schemas expects: plain numbers. */
export function toPlain(value: Json): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(toPlain);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member as Json)]));
  return value;
}
