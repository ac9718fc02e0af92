/** PostgreSQL keeps no U+0000, and UTF-8 no half of a surrogate pair: such a text could not come back as it was sent. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The same of all texts in a JSON value, names of members too. */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (Array.isArray(value)) return value.every(isStorableJson);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isStorable(name) && isStorableJson(member));
}

/** The beginning of a text, of so many UTF-16 units at most: a pair is in it whole or not at all. */
export const beginningOf = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
