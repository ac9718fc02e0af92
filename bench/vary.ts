import { isDeepStrictEqual } from 'node:util';
import type { Noted, Step } from './replay.ts';

/** Where a value of a replayed statement comes from: as it was, or new with each request. */
export type Origin =
  | { readonly as: 'value'; readonly value: unknown }
  | { readonly as: 'bytes'; readonly hex: string }
  | { readonly as: 'now' }
  | { readonly as: 'uuid' }
  /** the number of the request, in so many places behind what stands before it */
  | { readonly as: 'count'; readonly before: string; readonly width: number; readonly behind: string }
  /** what an earlier statement of the same request answered */
  | { readonly as: 'answer'; readonly step: number; readonly column: string }
  | { readonly as: 'list'; readonly of: readonly Origin[] };

type Rows = readonly Readonly<Record<string, unknown>>[];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The earlier answer that both values came from. */
function answered(a: unknown, b: unknown, first: readonly Noted[], second: readonly Noted[]): Origin | undefined {
  for (const [step, { rows }] of first.entries()) {
    const [before, after] = [(rows as Rows)[0], (second[step]?.rows as Rows | undefined)?.[0]];
    const column = Object.keys(before ?? {}).find((name) => before?.[name] === a && after?.[name] === b);
    if (column !== undefined) return { as: 'answer', step, column };
  }
  return undefined;
}

/** `BEN26000123` and `BEN26000124`: the digits in which two texts differ. */
function counted(a: string, b: string): Origin | undefined {
  const [x, y] = [/^(\D*)(\d+)(.*)$/s.exec(a), /^(\D*)(\d+)(.*)$/s.exec(b)];
  if (!x || !y || x[1] !== y[1] || x[3] !== y[3]) return undefined;
  return { as: 'count', before: x[1] ?? '', width: x[2]?.length ?? 1, behind: x[3] ?? '' };
}

function originOf(a: unknown, b: unknown, first: readonly Noted[], second: readonly Noted[]): Origin {
  if (Buffer.isBuffer(b)) return { as: 'bytes', hex: b.toString('hex') };
  if (isDeepStrictEqual(a, b)) return { as: 'value', value: b };
  if (a instanceof Date && b instanceof Date) return { as: 'now' };
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return { as: 'list', of: b.map((one, i) => originOf(a[i], one, first, second)) };
  if (typeof a === 'string' && typeof b === 'string') {
    if (UUID.test(b)) return { as: 'uuid' };
    const digits = counted(a, b);
    if (digits) return digits;
  }
  const found = answered(a, b, first, second);
  if (found) return found;
  return { as: 'value', value: b };
}

/** The statements of a request, and which of their values are new with each: those in which two recordings of it differ. */
export function vary(first: readonly Noted[], second: readonly Noted[]): Step[] {
  if (first.length !== second.length) throw new Error('The same request sent other statements');
  return second.map(({ name, text, values }, i) => ({
    ...(name === undefined ? {} : { name }),
    text,
    values: values.map((value, k) => originOf(first[i]?.values[k], value, first, second)),
  }));
}
