import { REAPIT_SCOPE_NOUNS, REAPIT_SCOPES, type REAPIT_SINGLE_SCOPES, type ReapitScopeNoun } from '../../domain/index.ts';

/** What every application may ask about the person, whatever it has registered (contracts/reapit.md §2.3). */
export const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;

/** What a scope is about, as people say it. */
const NOUNS: Record<ReapitScopeNoun, string> = {
  applicants: 'applicants',
  appointments: 'appointments',
  areas: 'areas',
  certificates: 'certificates',
  companies: 'companies',
  contacts: 'contacts',
  conveyancing: 'conveyancing',
  documents: 'documents',
  enquiries: 'enquiries',
  identitychecks: 'identity checks',
  images: 'pictures of properties',
  invoices: 'invoices and charges',
  journalentries: 'journal entries',
  keys: 'keys and where they are',
  landlords: 'landlords',
  negotiators: 'negotiators',
  offers: 'offers',
  offices: 'offices',
  properties: 'properties',
  referrals: 'referrals',
  sources: 'sources of business',
  tasks: 'tasks and messages',
  tenancies: 'tenancies',
  transactions: 'accounting transactions',
  vendors: 'vendors',
  worksorders: 'works orders',
};

const SINGLE: Record<(typeof REAPIT_SINGLE_SCOPES)[number], string> = {
  'agencyCloud/notifications.telephony.write': 'Announce telephone calls to your people',
  'agencyCloud/payments.read': 'See your payments',
  'agencyCloud/mcp.access': 'Answer questions of assistants about your data',
};

/** What each scope means for the customer whose administrator grants it. */
const WORDS = new Map([
  ...REAPIT_SCOPE_NOUNS.flatMap((noun) => [
    [`agencyCloud/${noun}.read`, `See your ${NOUNS[noun]}`] as const,
    [`agencyCloud/${noun}.write`, `Create, change and delete your ${NOUNS[noun]}`] as const,
  ]),
  ...Object.entries(SINGLE),
]);

/** The plain words for a list of scopes, in one order. */
export const scopesInWords = (scopes: readonly string[]): string[] =>
  REAPIT_SCOPES.flatMap((scope) => (scopes.includes(scope) ? [WORDS.get(scope) ?? scope] : []));

const namesIn = (text: string): string[] => [...new Set(text.split(/\s+/).filter(Boolean))];

/** What a person is asked for: everything when nothing is named, else exactly what is named and registered (contracts/reapit.md §2.3). */
export function scopesForPerson(asked: string | undefined, registered: readonly string[]): string[] {
  const known = [...OPENID_SCOPES, ...registered];
  if (asked === undefined) return known;
  const names = namesIn(asked);
  return known.filter((scope) => names.includes(scope));
}

/** What an application gets for itself: all that is registered, or the part that it names (contracts/reapit.md §2.2). */
export function scopesForApplication(asked: string | undefined, registered: readonly string[]): string[] {
  if (asked === undefined) return [...registered];
  const names = namesIn(asked);
  return registered.filter((scope) => names.includes(scope));
}
