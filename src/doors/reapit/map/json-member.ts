import type { Row } from '../../../kernel/record.ts';
import { computed, type Mapping } from '../../../wire/resource/mapping.ts';
import { isObject } from '../../../wire/resource/spec.ts';

const known = (value: unknown): unknown => {
  if (!isObject(value)) return value ?? null;
  const kept = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return kept.length === 0 ? null : Object.fromEntries(kept);
};

/** An object that one column keeps as it came, without what is unset. */
export const jsonIn = (column: string): Mapping =>
  computed({
    columns: [column],
    read: (row: Row) => row[column],
    write: (value) => ({ [column]: known(value) }),
  });
