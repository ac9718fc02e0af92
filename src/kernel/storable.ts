/** PostgreSQL keeps no U+0000, and UTF-8 no half of a surrogate pair: such a text could not come back as it was sent. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The same of a value of JSON, at any depth. */
export const isStorableValue = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorable(value);
  if (Array.isArray(value)) return value.every(isStorableValue);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isStorable(name) && isStorableValue(member));
};

/** The beginning of a text, of so many UTF-16 units at most: a pair is in it whole or not at all. */
export const beginningOf = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
