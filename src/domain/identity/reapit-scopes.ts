/** What scopes of the Reapit door are about: read and write come in pairs (contracts/reapit.md §2.5). */
export const REAPIT_SCOPE_NOUNS = [
  'applicants',
  'appointments',
  'areas',
  'certificates',
  'companies',
  'contacts',
  'conveyancing',
  'documents',
  'enquiries',
  'identitychecks',
  'images',
  'invoices',
  'journalentries',
  'keys',
  'landlords',
  'negotiators',
  'offers',
  'offices',
  'properties',
  'referrals',
  'sources',
  'tasks',
  'tenancies',
  'transactions',
  'vendors',
  'worksorders',
] as const;
export type ReapitScopeNoun = (typeof REAPIT_SCOPE_NOUNS)[number];

/** Those that are alone; the last two open nothing here and can be granted all the same. */
export const REAPIT_SINGLE_SCOPES = [
  'agencyCloud/notifications.telephony.write',
  'agencyCloud/payments.read',
  'agencyCloud/mcp.access',
] as const;

/** Every scope that an application of the Reapit door can register. */
export const REAPIT_SCOPES: readonly string[] = [
  ...REAPIT_SCOPE_NOUNS.flatMap((noun) => [`agencyCloud/${noun}.read`, `agencyCloud/${noun}.write`]),
  ...REAPIT_SINGLE_SCOPES,
];
