import { invalid } from '../../kernel/fault.ts';
import { isStorable } from '../../kernel/storable.ts';

/** Every organisation takes notes of so many characters; a setting may allow more (contracts/spark.md §9.2). */
export const LEAST_LIMIT = 4000;

/** In code points, as JSON Schema and PostgreSQL count. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _point of text) length++;
  return length;
}

/**
 * The text is kept as it came, so it must be one that can come back: PostgreSQL keeps no U+0000, and UTF-8 no half of a surrogate pair.
 * `limitOf` is asked only when the text is longer than what every organisation takes.
 * @throws Fault invalid; for a text that is too long it says how long it may be, and how long it is
 */
export async function checkText(text: string, limitOf: () => Promise<number>): Promise<void> {
  const breach = { in: 'body', at: 'text' } as const;
  if (!isStorable(text))
    throw invalid({ ...breach, reason: 'value', message: 'A note cannot hold U+0000 or half of a surrogate pair' });
  const length = text.length > LEAST_LIMIT ? lengthOf(text) : 0;
  if (length <= LEAST_LIMIT) return;
  const limit = await limitOf();
  if (length > limit)
    throw invalid({
      ...breach,
      reason: 'length',
      message: `A note must not be longer than ${limit} characters; this one has ${length}`,
      limit,
      length,
    });
}
