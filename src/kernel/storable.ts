/** PostgreSQL keeps no U+0000, and UTF-8 no half of a surrogate pair: such a text could not come back as it was sent. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();
