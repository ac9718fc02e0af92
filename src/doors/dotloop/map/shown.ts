import { wholeSeconds } from '../../../kernel/dates.ts';
import { ROLES } from '../contract/words.ts';
import { constant } from '../rules.ts';

/** A key without a value is left out of an answer; null is never sent (contracts/dotloop.md §1.3). */
export const shown = (value: string | null | undefined): string | undefined => value || undefined;

/** `created` and `updated` of every noun that has them. */
export const times = (row: { created_at: Date; updated_at: Date }) => ({
  created: wholeSeconds(row.created_at),
  updated: wholeSeconds(row.updated_at),
});

const BUILT_IN: ReadonlySet<string> = new Set(ROLES);

/** Text that reads as a built-in role becomes its constant, any other is a custom role and stays as sent (§5.9). */
export const toRole = (text: string) => (BUILT_IN.has(constant(text)) ? constant(text) : text);

/** The members that are there, under the names of the domain; undefined ones are left out, null stays. */
export function renamed<From extends object, To extends Readonly<Record<string, keyof From>>>(
  from: From,
  names: To,
): { [K in keyof To]?: Exclude<From[To[K]], undefined> } {
  const read: Record<string, unknown> = {};
  for (const [inside, wire] of Object.entries(names)) if (from[wire] !== undefined) read[inside] = from[wire];
  return read as { [K in keyof To]?: Exclude<From[To[K]], undefined> };
}
