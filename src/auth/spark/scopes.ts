/** Every scope of the Spark door, and what it means for the person asked (contracts/spark.md §4.4). */
export const SCOPES = {
  openid: 'Know which account is yours',
  profile: 'See your name, web site, time zone, licence and MLS numbers, and your office',
  email: 'See your e-mail address',
  address: 'See your address',
  phone: 'See your phone number',
  RESO: 'Read listings, members and offices through the RESO Web API',
  FBS: 'See and change your listings, contacts, notes, carts and searches through the Spark API, as far as you can yourself',
} as const satisfies Record<string, string>;

const isScope = (name: string): name is keyof typeof SCOPES => Object.hasOwn(SCOPES, name);

/**
 * What every token is good for, whatever scopes are asked for beside it: a token of any flow acts for its person (contracts/spark.md §5).
 * So people are always told, and asked, about it.
 */
export const API = 'FBS';

/** The known ones of those asked for; all that the API needs when there are none. */
export function readScopes(text: string | undefined): string[] {
  const names = [...new Set(text?.split(/\s+/))].filter(isScope);
  return names.length > 0 ? names : [API];
}

/** For whom the API would be used: it is narrower for a web site and for a consumer. */
export type Audience = 'member' | 'site' | 'consumer';
const API_WORDS: Record<Audience, string> = {
  member: SCOPES.FBS,
  site: 'Show listings on your web site, and add its visitors to your contacts',
  consumer: 'See listings as you do at the portal, and read and write your notes, carts and searches',
};

/** The plain words for a list of scopes, in one order. */
export const scopesInWords = (scopes: readonly string[], audience: Audience = 'member'): string[] =>
  Object.entries(SCOPES)
    .filter(([name]) => scopes.includes(name))
    .map(([name, words]) => (name === API ? API_WORDS[audience] : words));
