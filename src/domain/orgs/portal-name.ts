const LONGEST = 60;
/** For a name without a single Latin letter or digit. */
const NAMELESS = 'portal';

/** What stands in a portal's address: lower-case letters, digits and single hyphens (contracts/spark.md §10.5). */
export function portalNameOf(displayName: string): string {
  const slug = displayName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  return slug || NAMELESS;
}

/** The name itself, then with numbers from 2: names are unique on the server, and another brokerage may have been first. */
export const portalNames = (name: string, howMany: number): string[] =>
  Array.from({ length: howMany }, (_, i) => (i === 0 ? name : `${name}-${i + 1}`));
