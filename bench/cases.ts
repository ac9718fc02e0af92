export const BASE = '/dotloop/public/v2';

/** What is sent to a server, path by path. */
export type Requests = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly paths: readonly string[];
  /** `[<id>]` stands for something new with each request */
  readonly body?: string;
  /** what If-Match names, in the order of `paths`; each is one connection's own */
  readonly tagged?: readonly Tagged[];
};

/** What is asked, by name of the case. `target` is the least ratio to the bare server. */
export type Case = Requests & {
  readonly name: string;
  readonly title: string;
  readonly target: number;
  /** whose credentials are sent; dotloop's unless told otherwise */
  readonly door?: DoorName;
};
export type DoorName = 'dotloop' | 'spark' | 'reapit' | 'propertybase';
/** A row whose tag follows from its version. */
export type Tagged = { readonly id: number; readonly code: string };

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
    name: 'spark-note',
    title: 'GET a private note',
    target: 0.6,
    method: 'GET',
    paths: [`${SPARK}/listings/${listingKey}/my/notes`],
    door: 'spark',
  },
  {
    name: 'spark-listings',
    title: 'GET 10 of 100,000 listings, filtered, sorted, with the total',
    target: 0.6,
    method: 'GET',
    paths: [LISTINGS],
    door: 'spark',
  },
];

export const REAPIT = '/reapit';
/** What a client asks that keeps a copy: everything changed since, the latest first; some 580,000 of 1,000,000. */
const CHANGED = `${REAPIT}/contacts?modifiedFrom=2020-01-01T00:00:00Z&sortBy=-modified&pageSize=25`;

const pathOf = ({ code }: Tagged) => `${REAPIT}/contacts/${code}`;
/** @param written as many as there are connections: a tag is the business of one */
export const reapitCases = (contacts: readonly Tagged[], written: readonly Tagged[]): readonly Case[] => {
  const get = (name: string, title: string, ...asked: string[]): Case => ({
    name,
    title,
    target: 0.6,
    method: 'GET',
    paths: asked,
    door: 'reapit',
  });
  return [
    get('reapit-contact', 'GET one contact', ...contacts.map(pathOf)),
    get('reapit-page1', 'GET 25 of 1,000,000 contacts, filtered, sorted, with the total', CHANGED),
    get('reapit-embeds', 'the same with offices and negotiators embedded', `${CHANGED}&embed=offices&embed=negotiators`),
    get('reapit-page4000', 'GET page 4,000 of the same', `${CHANGED}&pageNumber=4000`),
    {
      name: 'reapit-patch',
      title: 'PATCH a contact, If-Match',
      target: 0.6,
      method: 'PATCH',
      paths: written.map(pathOf),
      tagged: written,
      body: JSON.stringify({ forename: 'Ann [<id>]' }),
      door: 'reapit',
    },
  ];
};

export const SITE = '/propertybase/api/v2';
const LEAD = {
  lead: {
    email: 'lead-[<id>]@bench.example',
    first_name: 'Lee',
    last_name: 'Lead',
    phone1: '617-555-0199',
    search_attributes: { search_type: 'sales', min_price: 300_000, max_price: 600_000, min_bedrooms: 2, town_names: ['Oxford'] },
  },
};

export const siteCases = (leads: readonly number[]): readonly Case[] => [
  {
    name: 'site-leads',
    title: 'GET 30 of 1,000,000 leads, changed since, with the total',
    target: 0.6,
    method: 'GET',
    paths: [`${SITE}/leads?updated_after=2020-01-01T00:00:00Z&per_page=30&page=1`],
    door: 'propertybase',
  },
  {
    name: 'site-lead',
    title: 'GET one lead',
    target: 0.6,
    method: 'GET',
    paths: leads.map((id) => `${SITE}/leads/${id}`),
    door: 'propertybase',
  },
  {
    name: 'site-new-lead',
    title: 'POST a lead with what it looks for',
    target: 0.6,
    method: 'POST',
    paths: [`${SITE}/leads`],
    body: JSON.stringify(LEAD),
    door: 'propertybase',
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
