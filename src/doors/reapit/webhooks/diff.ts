import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../wire/resource/spec.ts';

type Model = Readonly<Record<string, unknown>>;

/**
 * What differs, nested like the model, changed leaves as `[old, new]`. A list is a leaf, and so is an object that appears or vanishes
 * (contracts/reapit.md §3.2).
 */
export function diffOf(before: Model, after: Model): Model {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].flatMap((name) => {
    const old = before[name] ?? null;
    const next = after[name] ?? null;
    if (isDeepStrictEqual(old, next)) return [];
    return [[name, isObject(old) && isObject(next) ? diffOf(old, next) : [old, next]]];
  });
  return Object.fromEntries(changed);
}

/** Members that every write moves, whatever else it does. */
const TRACES: ReadonlySet<string> = new Set(['modified', '_eTag']);

export const isTraceOnly = (diff: Model): boolean => Object.keys(diff).every((name) => TRACES.has(name));
