export const BASE = '/dotloop/public/v2';

/** What is asked, by name of the case. `target` is the least ratio to the bare server. */
export type Case = {
  readonly name: string;
  readonly title: string;
  readonly target: number;
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
  readonly body?: string;
  /** whose token is sent; dotloop's unless told otherwise */
  readonly door?: 'dotloop' | 'spark';
};

export const NEW_CONTACT = {
  firstName: 'Brian',
  lastName: 'Erwin',
  email: 'brianerwin@newkyhome.com',
  home: '(415) 8936 332',
  office: '(415) 1213 656',
  fax: '(415) 8655 686',
  address: '2100 Waterview Dr',
  city: 'San Francisco',
  zipCode: '94114',
  state: 'CA',
  country: 'US',
};

// As browsers and fetch write it, so that a path is found again by its text.
const encoded = (text: string) => encodeURIComponent(text).replaceAll("'", '%27');

/** `portico` answers at the Spark door, the others replay what it asked of the database (replay.ts). */
export const SPARK = '/spark/v1';
export const LISTINGS = `${SPARK}/listings?_filter=${encoded("StandardStatus Eq 'Active' And ListPrice Ge 300000 And ListPrice Le 600000")}&_orderby=-ListPrice&_limit=10&_pagination=1`;

export const sparkCases = (listingKey: string): readonly Case[] => [
  {
    name: 'note',
    title: 'GET a private note',
    target: 0.6,
    method: 'GET',
    paths: [`${SPARK}/listings/${listingKey}/my/notes`],
    door: 'spark',
  },
  {
    name: 'listings',
    title: 'GET 10 of 100,000 listings, filtered, sorted, with the total',
    target: 0.6,
    method: 'GET',
    paths: [LISTINGS],
    door: 'spark',
  },
];

export function makeCases(profileId: number, loops: readonly number[]): readonly Case[] {
  const list = `${BASE}/profile/${profileId}/loop`;
  const page = (number: number) => [`${list}?sort=updated:desc&batch_size=20&batch_number=${number}`];
  return [
    { name: 'loop', title: 'GET one loop', target: 0.6, method: 'GET', paths: loops.map((id) => `${list}/${id}`) },
    { name: 'page1', title: 'GET page 1 of 20 loops', target: 0.6, method: 'GET', paths: page(1) },
    { name: 'page2000', title: 'GET page 2,000 of the same', target: 0.6, method: 'GET', paths: page(2_000) },
    {
      name: 'contact',
      title: 'POST a contact',
      target: 0.7,
      method: 'POST',
      paths: [`${BASE}/contact`],
      body: JSON.stringify(NEW_CONTACT),
    },
  ];
}
