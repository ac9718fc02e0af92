import type { Field } from '../db/index.ts';

/** Texts that rows keep for the site's door alone, for lists that are sorted by them. */
export const keptFields = (...names: readonly string[]): Readonly<Record<string, Field>> =>
  Object.fromEntries(
    names.map((name) => [name, { sql: `(t.extras -> 'propertybase' ->> '${name}')`, type: 'text', caseless: true }]),
  );
