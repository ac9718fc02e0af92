/** The roles of contracts/spark.md §5, from the least to the most. */
export const ROLES = ['idx', 'public', 'vow', 'portal', 'private'] as const;
export type Role = (typeof ROLES)[number];

/** R reads, W writes, null neither. What of it only the caller's own record may be is the route's to say. */
type Right = 'R' | 'RW' | null;
type Rights = readonly [idx: Right, public_: Right, vow: Right, portal: Right, private_: Right];

/** Who may do what with which service: the table of contracts/spark.md §5, row by row. */
export const SERVICES = {
  'my/notes': [null, null, 'RW', 'RW', 'RW'],
  'shared/notes': [null, null, 'RW', 'RW', null],
  'shared/notes/contacts': [null, null, null, null, 'RW'],
  listings: ['R', 'R', 'R', 'R', 'RW'],
  metadata: ['R', 'R', 'R', 'R', 'R'],
  contacts: ['RW', 'R', null, null, 'RW'],
  'my/contact': [null, null, 'RW', 'RW', null],
  'contacts/portal': ['RW', 'R', 'R', 'R', 'RW'],
  // idx may give a contact a portal account and not change it
  'contacts/portal/change': ['R', 'R', 'R', 'R', 'RW'],
  accounts: ['R', 'R', 'RW', 'RW', 'R'],
  system: ['R', 'R', 'R', 'R', 'R'],
  portal: ['R', null, 'R', 'R', 'RW'],
  listingcarts: [null, null, 'RW', 'RW', 'RW'],
  savedsearches: ['R', 'R', 'RW', 'RW', 'RW'],
  'contacts/parts': [null, null, 'RW', 'RW', 'RW'],
  sharedlistings: ['RW', null, 'RW', 'RW', 'RW'],
  'developers/roles': [null, null, null, null, 'R'],
  session: ['RW', 'RW', 'RW', 'RW', 'RW'],
} as const satisfies Record<string, Rights>;
export type Service = keyof typeof SERVICES;

/** What a role may do with a service. */
export const rightOf = (role: Role, service: Service): Right => SERVICES[service][ROLES.indexOf(role)] ?? null;
