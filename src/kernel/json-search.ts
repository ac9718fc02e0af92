import { readTimestamp } from './dates.ts';

/**
 * JSON documents as they are asked about (contracts/reapit.md §1.19). A document is kept a second time as a tree of its names in lower
 * case; every node lists what stands there. A step through an array goes through each of its elements, so a node may list several
 * values; `null` stands for an element that lacks the name. Equality and containment are then one containment of jsonb.
 */
export type Token = string | number | boolean | null | Moment | Nothing | readonly Token[];
/** A text that is a moment or a day: the text itself, milliseconds, its day in UTC. */
type Moment = { readonly s: string; readonly t: number; readonly d: string };
/** An object: what is in it stands further down the tree. */
type Nothing = Readonly<Record<string, never>>;

/** `v`: the values at this place, each once; `f`: the names below. */
export type SearchTree = { readonly v?: readonly Token[]; readonly f?: Readonly<Record<string, SearchTree>> };

/** What a question compares with: a value, the moment of a text, or its day. */
export type Asked = Token | { readonly t: number } | { readonly d: string };

/** A question about one document. `path` is in lower case. */
export type JsonTest =
  /** one of the values at the path is one of these */
  | { readonly kind: 'any'; readonly path: readonly string[]; readonly of: readonly Asked[] }
  /** one of them is none of these, or there is none at all */
  | { readonly kind: 'none'; readonly path: readonly string[]; readonly of: readonly Asked[] }
  /** one of them is an array that holds all of these */
  | { readonly kind: 'holds'; readonly path: readonly string[]; readonly of: readonly Asked[] }
  | {
      readonly kind: 'compare';
      readonly path: readonly string[];
      readonly op: 'gt' | 'ge' | 'lt' | 'le';
      readonly by: 'number' | 'moment';
      readonly value: number;
    };

const MOMENT = /^\d{4}-\d\d-\d\d(T|$)/i;

function tokenOfText(text: string): Token {
  const at = MOMENT.test(text) ? readTimestamp(text) : undefined;
  const s = text.toLowerCase();
  return at ? { s, t: at.getTime(), d: at.toISOString().slice(0, 10) } : s;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as trees hold it. */
export function tokenOf(value: unknown): Token {
  if (typeof value === 'string') return tokenOfText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(tokenOf);
  return isObject(value) ? {} : null;
}

const distinct = (tokens: readonly Token[]): readonly Token[] => [
  ...new Map(tokens.map((token) => [JSON.stringify(token), token])).values(),
];

/** The names in the elements, with what stands there; an element that lacks a name counts as null. */
function below(nodes: readonly unknown[]): Record<string, SearchTree> | undefined {
  const elements = nodes.flatMap((node) => (Array.isArray(node) ? node.flat(Number.POSITIVE_INFINITY) : [node]));
  const found = new Map<string, { values: unknown[]; in: number }>();
  for (const element of elements.filter(isObject)) {
    const own = new Set<string>();
    for (const [name, value] of Object.entries(element)) {
      const key = name.toLowerCase();
      const place = found.get(key) ?? { values: [], in: 0 };
      place.values.push(value);
      if (!own.has(key)) place.in++;
      own.add(key);
      found.set(key, place);
    }
  }
  if (found.size === 0) return undefined;
  const trees = [...found].map(([name, { values, in: n }]) => [name, treeOf(n < elements.length ? [...values, null] : values)]);
  return Object.fromEntries(trees);
}

function treeOf(nodes: readonly unknown[]): SearchTree {
  const f = below(nodes);
  return { v: distinct(nodes.map(tokenOf)), ...(f ? { f } : {}) };
}

/** The whole document. */
export function searchTree(document: Readonly<Record<string, unknown>>): SearchTree {
  const f = below([document]);
  return f ? { f } : {};
}
