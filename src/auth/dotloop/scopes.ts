/** Every scope of dotloop in the order in which answers list them, and what it means for the person asked (contracts/dotloop.md §2.6). */
export const SCOPES = {
  'account:read': 'See your name, your e-mail address and your account',
  'profile:read': 'See your profiles',
  'profile:write': 'Create and change your profiles',
  'profile:*': 'See, create and change your profiles',
  'loop:read': 'See your loops with their details, people, folders, documents, tasks and activity',
  'loop:write': 'Create and change your loops with their details, people, folders and documents, and see your loop templates',
  'loop:*': 'See, create and change your loops with their details, people, folders, documents and tasks',
  'contact:read': 'See your contacts',
  'contact:write': 'Create, change and delete your contacts',
  'contact:*': 'See, create, change and delete your contacts',
  'template:read': 'See your loop templates',
  'template:*': 'See your loop templates',
} as const satisfies Record<string, string>;

type Scope = keyof typeof SCOPES;
const ORDER = Object.keys(SCOPES);
const isScope = (name: string): name is Scope => Object.hasOwn(SCOPES, name);

/** The plain words for a list of scopes. */
export const scopesInWords = (scopes: readonly string[]): string[] =>
  inOrder(scopes).map((scope) => (isScope(scope) ? SCOPES[scope] : scope));

export const inOrder = (scopes: readonly string[]): string[] =>
  [...new Set(scopes)].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));

const wildcardOf = (scope: string) => `${scope.split(':')[0]}:*`;
const covers = (held: readonly string[], scope: string) => held.includes(scope) || held.includes(wildcardOf(scope));

/** Is every one of these covered by those held? */
export const coversAll = (held: readonly string[], scopes: readonly string[]): boolean =>
  scopes.every((scope) => covers(held, scope));

/**
 * What an application gets: the part of what it asks that its registration covers, unknown names dropped; all of it when it asks nothing
 * (§2.6). A wildcard asked of narrower registrations gives those ("Points settled").
 */
export function grantedScopes(asked: string | undefined, registered: readonly string[]): string[] {
  if (asked === undefined) return inOrder(registered);
  const names = asked.split(/[\s,]+/).filter(isScope);
  const granted = names.flatMap((name) => {
    if (covers(registered, name)) return [name];
    return name.endsWith(':*') ? registered.filter((scope) => wildcardOf(scope) === name) : [];
  });
  // A part of a wildcard that is granted anyway says nothing.
  return inOrder(granted).filter((scope, _, all) => scope === wildcardOf(scope) || !all.includes(wildcardOf(scope)));
}
