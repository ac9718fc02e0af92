import { NEW_CONTACT, type Requests } from './cases.ts';
import type { Surroundings } from './peer.ts';

/** The columns of which Portico's answers are made. */
const COLUMNS = {
  contact: [
    'code',
    'title',
    'first_name',
    'last_name',
    'email',
    'contact_points',
    'primary_address',
    'secondary_address',
    'work_address',
    'member_ids',
    'office_ids',
    'active',
    'archived_at',
    'marketing_consent',
    'identity_status',
    'source_id',
    'extras',
  ],
  deal: ['profile_id', 'name', 'transaction_type', 'status', 'task_count', 'done_task_count'],
  property: [
    'reso_key',
    'listing_number',
    'property_class',
    'standard_status',
    'mls_status',
    'list_price',
    'original_list_price',
    'list_date',
    'street_number',
    'street_name',
    'street_suffix',
    'city',
    'state_or_province',
    'postal_code',
    'country',
    'latitude',
    'longitude',
    'bedrooms',
    'bathrooms_total',
    'living_area_min',
    'living_area_unit',
    'year_built',
    'list_member_id',
    'list_office_id',
    'public_remarks',
  ],
} as const;
type Table = keyof typeof COLUMNS;

const itemsOf = (table: Table, id: number | undefined, query: Readonly<Record<string, string>>) => {
  const fields = ['id', ...COLUMNS[table], 'created_at', 'updated_at'].join(',');
  return `/items/${table}${id === undefined ? '' : `/${id}`}?${new URLSearchParams({ ...query, fields })}`;
};

/** A case in Directus's words, and the column that has what Portico calls the id. */
export type Translated = { readonly name: string; readonly key: string; readonly asked: Requests };

export function translate({ world: { orgId, profileId }, loops, contacts, written }: Surroundings): readonly Translated[] {
  const get = (...paths: string[]): Requests => ({ method: 'GET', paths });
  const org = { 'filter[org_id][_eq]': String(orgId) };
  const page = (table: Table, sort: string, limit: number, page: number, filter: Readonly<Record<string, string>>) =>
    get(itemsOf(table, undefined, { ...org, ...filter, sort, limit: String(limit), page: String(page), meta: 'filter_count' }));
  const loopPage = (number: number) => page('deal', '-updated_at', 20, number, { 'filter[profile_id][_eq]': String(profileId) });
  const alive = { 'filter[deleted_at][_null]': 'true' };
  const contactPage = (number: number) =>
    page('contact', '-updated_at', 25, number, { ...alive, 'filter[updated_at][_gte]': '2020-01-01T00:00:00Z' });
  const listings = page('property', '-list_price', 10, 1, {
    ...alive,
    'filter[standard_status][_eq]': 'Active',
    'filter[list_price][_between]': '300000,600000',
  });
  const { firstName, lastName, email, home, office, fax, address, ...place } = NEW_CONTACT;
  const person = {
    org_id: orgId,
    first_name: firstName,
    last_name: lastName,
    email,
    contact_points: [home, office, fax].map((value) => ({ via: 'phone', value })),
    primary_address: { street: address, ...place },
  };
  const one = (id: number) => itemsOf('contact', id, {});
  const patch: Requests = {
    method: 'PATCH',
    paths: written.map(({ id }) => one(id)),
    tagged: written,
    body: JSON.stringify({ first_name: 'Ann [<id>]' }),
  };
  return [
    { name: 'loop', key: 'id', asked: get(...loops.map((id) => itemsOf('deal', id, {}))) },
    { name: 'page1', key: 'id', asked: loopPage(1) },
    { name: 'page2000', key: 'id', asked: loopPage(2_000) },
    {
      name: 'contact',
      key: 'id',
      asked: { method: 'POST', paths: [itemsOf('contact', undefined, {})], body: JSON.stringify(person) },
    },
    { name: 'spark-listings', key: 'reso_key', asked: listings },
    { name: 'reapit-contact', key: 'code', asked: get(...contacts.map(({ id }) => one(id))) },
    { name: 'reapit-page1', key: 'code', asked: contactPage(1) },
    { name: 'reapit-page4000', key: 'code', asked: contactPage(4_000) },
    { name: 'reapit-patch', key: 'code', asked: patch },
  ];
}
