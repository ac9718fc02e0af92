import type { Field } from '../../db/index.ts';
import { statement } from '../../db/index.ts';
import type { ValueType } from '../../kernel/condition.ts';
import { boolean, date, instant, integer, json, noun, number, ref, refs, text, texts } from '../records/index.ts';
import { listAgentNumber, listOfficeNumber, partyFacts, shownFacts } from '../shown-listing.ts';
import { uniqueBreaches } from '../unique.ts';
import type { PropertyValues } from './follow.ts';
import { listingFields } from './listing-catalogue.ts';
import { type MediaLink, writeLinks } from './media-links.ts';
import { type ListedPhoto, replacePhotos } from './photo-list.ts';
import type { OutsideParties } from './types.ts';
import { LISTED } from './visibility.ts';
import { insertProperty, lockProperty, updateProperty } from './write-property.ts';

const PHOTOS = `media m where m.org_id = t.org_id and m.property_id = t.id and m.kind = 'photograph' and m.deleted_at is null
  and m.archived_at is null`;
const OPEN_HOUSES = `open_house h where h.org_id = t.org_id and h.property_id = t.id and h.deleted_at is null and h.audience = 'public'`;
const link = (kind: string) =>
  `(select m.link from media m where m.org_id = t.org_id and m.property_id = t.id and m.kind = '${kind}' and m.deleted_at is null
    order by m.position, m.id limit 1)`;

const own = (type: ValueType, column: string): Field => ({
  sql: `t.${column}`,
  type,
  ...(type === 'text' ? { caseless: true } : {}),
});

/** What lists and searches of a site ask of listings, besides what every door asks. */
const FIELDS: Readonly<Record<string, Field>> = {
  ...listingFields('t'),
  mls_name: {
    sql: '(select m.short_name from mls m where m.org_id = t.org_id and m.id = t.mls_id)',
    type: 'text',
    caseless: true,
  },
  status: { sql: 'coalesce(t.mls_status, t.standard_status)', type: 'text', caseless: true },
  list_side: { sql: 't.list_side', type: 'text' },
  address_text: { sql: 't.address_text', type: 'text', caseless: 't.address_text' },
  position: own('integer', 'position'),
  headline: own('text', 'headline'),
  list_agent_number: { sql: listAgentNumber('t'), type: 'text', caseless: true },
  list_office_number: { sql: listOfficeNumber('t'), type: 'text', caseless: true },
  is_listed: { sql: 't.listed', type: 'boolean', required: true },
  is_price_reduced: { sql: '(t.list_price < t.previous_list_price)', type: 'boolean' },
  has_photos: { sql: `exists (select from ${PHOTOS})`, type: 'boolean' },
  has_tour: { sql: `(${link('tour')} is not null)`, type: 'boolean' },
  has_open_house: { sql: `exists (select from ${OPEN_HOUSES} and h.ends_at > now())`, type: 'boolean' },
  next_open_house: { sql: `(select min(h.starts_at) from ${OPEN_HOUSES} and h.ends_at > now())`, type: 'datetime' },
  open_house_changed_at: own('datetime', 'open_house_changed_at'),
};
const COLLECTIONS = {
  words: {
    from: 'unnest(t.flags || t.special_features || t.situations || t.parking) as w(word) where true',
    fields: { word: { sql: 'w.word', type: 'text', caseless: true } },
  },
} as const;

const label = (row: { readonly code: string; readonly first_line?: unknown }) => String(row.first_line ?? row.code);

/** Listings as a site shows them: read, never written (domain-property §3.3). */
export const listingNoun = noun({
  name: 'listing',
  table: 'property',
  columns: {
    public_remarks: text({ readOnly: true }),
    basement: text({ readOnly: true }),
    contingent_date: date({ readOnly: true }),
    contract_date: date({ readOnly: true }),
    flags: texts({ readOnly: true }),
    styles: texts({ readOnly: true }),
    price_changed_at: instant({ readOnly: true }),
    status_changed_at: instant({ readOnly: true }),
    open_house_changed_at: instant({ readOnly: true }),
  },
  code: { width: 9, series: 'property' },
  label,
  shown: 't.archived_at is null',
  kept: [{ name: 'property.listed', keys: ['id', 'updated_at'], where: LISTED }],
  place: { latitude: 't.latitude', longitude: 't.longitude' },
  reads: { facts: shownFacts('t'), parties: partyFacts('t') },
  fields: FIELDS,
  collections: COLLECTIONS,
});

export type ShownOpenHouse = { readonly starts_at: string; readonly ends_at: string };

const dropHouses = statement<never>(
  'exclusive.drop_open_houses',
  `update open_house set deleted_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and property_id = $2 and deleted_at is null and audience = 'public'
     and not exists (select from jsonb_to_recordset($3::jsonb) as n (starts_at timestamptz, ends_at timestamptz)
       where n.starts_at = open_house.starts_at and n.ends_at = open_house.ends_at)`,
);
const addHouses = statement<never>(
  'exclusive.add_open_houses',
  `insert into open_house (org_id, reso_key, property_id, starts_at, ends_at, created_at, updated_at, created_door)
   select $1, n.key, $2, n.starts_at, n.ends_at, $4, $4, $5
   from jsonb_to_recordset($3::jsonb) as n (key text, starts_at timestamptz, ends_at timestamptz)
   where not exists (select from open_house h where h.org_id = $1 and h.property_id = $2 and h.deleted_at is null
     and h.starts_at = n.starts_at and h.ends_at = n.ends_at)`,
);
const housesMoved = statement<never>(
  'exclusive.open_houses_moved',
  'update property set open_house_changed_at = $3 where org_id = $1 and id = $2',
);
const needed = statement<{ needed: boolean }>(
  'exclusive.needed',
  `select p.created_door <> 'propertybase' or exists (select from deal d where d.org_id = $1 and d.property_id = $2 and d.deleted_at is null)
     or exists (select from offer o where o.org_id = $1 and o.property_id = $2 and o.deleted_at is null)
     or exists (select from tenancy n where n.org_id = $1 and n.property_id = $2 and n.deleted_at is null)
     or exists (select from appointment a where a.org_id = $1 and a.property_id = $2 and a.deleted_at is null) as needed
   from property p where p.org_id = $1 and p.id = $2`,
);
const revive = statement<never>(
  'exclusive.revive',
  'update property set deleted_at = null, exclusive = false where org_id = $1 and id = $2',
);

const ownMls = statement<{ id: number }>('exclusive.own_mls', 'select own_mls_id as id from organisation where id = $1');
const ofNumber = statement<{ id: number }>(
  'exclusive.of_number',
  'select id from property where org_id = $1 and listing_number_key = $2 and mls_id = $3 and deleted_at is null',
);
/** What a listing has that says of no office and no country (domain-property §3.1, §3.3). */
const placeOf = statement<{ office_id: number; country: string | null }>(
  'exclusive.place',
  `select o.id as office_id, coalesce(o.address ->> 'country', g.address ->> 'country') as country
   from office o join organisation g on g.id = o.org_id
   where o.org_id = $1 and o.deleted_at is null and o.active
   order by o.id = (select m.office_id from member m where m.org_id = $1 and m.id = $2) desc nulls last, o.id limit 1`,
);

/** The firm's own listing beside or outside of the MLS: a property like any other, and found by the other doors (domain-property §1.1). */
export const salesExclusiveNoun = noun({
  name: 'sales_exclusive',
  table: 'property',
  columns: {
    street_number: text(),
    street_dir_prefix: text(),
    street_name: text(),
    street_suffix: text(),
    street_dir_suffix: text(),
    unit_number: text(),
    city: text(),
    mls_area_minor: text(),
    county: text(),
    state_or_province: text(),
    postal_code: text(),
    country: text(),
    mls_status: text(),
    standard_status: text(),
    property_class: text(),
    property_sub_type: text(),
    marketing_mode: text({ required: true }),
    sale_price: number(),
    rent: number(),
    rent_frequency: text(),
    bathrooms_total: number(),
    bathrooms_half: integer(),
    lot_min: number(),
    lot_max: number(),
    lot_unit: text(),
    living_area_min: number(),
    living_area_max: number(),
    living_area_unit: text(),
    hoa_fee: number(),
    latitude: number(),
    longitude: number(),
    bedrooms: integer(),
    year_built: integer(),
    basement: text(),
    public_remarks: text(),
    list_member_id: ref('member'),
    co_list_member_id: ref('member'),
    office_ids: refs('office', { facet: 'office' }),
    exclusive: boolean({ required: true }),
    exclusive_active: boolean({ required: true }),
    featured: boolean({ required: true }),
    published: boolean(),
    position: integer(),
    headline: text(),
    listing_number: text(),
    mls_id: integer(),
    sale_list_date: date(),
    let_list_date: date(),
    contingent_date: date(),
    close_date: date(),
    close_price: number(),
    special_features: texts(),
    agents: json<OutsideParties>(),
  },
  code: { width: 9, office: ['office_ids', 'list_member_id'], series: 'property' },
  resoKey: true,
  label,
  shown: 't.exclusive',
  offices: 'office_ids',
  takes: ['open_houses', 'photos', 'video', 'tour'],
  reads: {
    facts: shownFacts('t'),
    living_area_sqft: 't.living_area_sqft',
    lot_acres: 't.lot_acres',
    list_price: 't.list_price',
    first_line: 't.first_line',
    virtual_tour_url: link('tour'),
    video_url: link('video'),
    pictures: `(select coalesce(jsonb_agg(jsonb_build_object('key', m.public_key, 'link', m.link, 'caption', m.caption, 'position', m.position)
      order by m.position, m.id), '[]') from ${PHOTOS})`,
    open_houses: `(select coalesce(jsonb_agg(jsonb_build_object('starts_at', h.starts_at, 'ends_at', h.ends_at) order by h.starts_at), '[]')
      from ${OPEN_HOUSES})`,
  },
  fields: { ...FIELDS, active: { sql: 't.exclusive_active', type: 'boolean', required: true } },
  collections: COLLECTIONS,
  // What no property lacks goes back to what one has when nobody says anything.
  derive: ({ code, featured, exclusive_active: active, listing_number: number }, before) => ({
    ...(before ? {} : { exclusive: true }),
    ...(featured === null ? { featured: false } : {}),
    ...(active === null ? { exclusive_active: true } : {}),
    ...(!number && before ? { listing_number: code } : {}),
  }),
  // A number is one listing's within its MLS.
  async check({ tx, what, before, after }) {
    const { id, mls_id, listing_number: value } = after;
    if (before && before.mls_id === mls_id && before.listing_number === value) return [];
    const within = mls_id ?? (await tx.rows(ownMls, [what.actor.orgId]))[0]?.id ?? 0;
    return uniqueBreaches(tx, what, { kind: 'listing-number', at: 'listing_number', value, id, within, holders: ofNumber });
  },
  async settle({ tx, what, before, after, idOf }) {
    if (before) return {};
    const [place] = await tx.rows(placeOf, [what.actor.orgId, idOf('list_member_id')]);
    return {
      ...(after.office_ids.length === 0 && place ? { office_ids: [place.office_id] } : {}),
      ...(after.country === null && place ? { country: place.country } : {}),
    };
  },
  async after({ tx, what, before, after, taken, newKey, other }) {
    const { orgId, door } = what.actor;
    for (const kind of ['video', 'tour'] as const)
      if (taken[kind]) await writeLinks({ tx, what, property: after, newKey }, kind, [taken[kind] as MediaLink]);
    const photos = taken.photos as readonly ListedPhoto[] | undefined;
    if (photos) await replacePhotos({ tx, what, property: after, media: other('media') }, photos);
    const houses = taken.open_houses as readonly ShownOpenHouse[] | undefined;
    if (!houses) return;
    const rows = JSON.stringify(houses.map((house) => ({ ...house, key: newKey() })));
    await tx.rows(dropHouses, [orgId, after.id, rows, what.at]);
    await tx.rows(addHouses, [orgId, after.id, rows, what.at, door]);
    if (before || houses.length > 0) await tx.rows(housesMoved, [orgId, after.id, what.at]);
  },
  // The property stays for the doors that need it (domain-property §8.6).
  async removed({ tx, what, row }) {
    const [found] = await tx.rows(needed, [what.actor.orgId, row.id]);
    if (found?.needed) await tx.rows(revive, [what.actor.orgId, row.id]);
  },
  writer: {
    async insert(tx, what, { values, ...row }) {
      const { resoKey } = row;
      if (resoKey === undefined) throw new Error('A property has a key');
      const listing_number = values.listing_number || row.code;
      return (await insertProperty(tx, what, { ...values, listing_number } as PropertyValues, { ...row, resoKey })).id;
    },
    async update(tx, what, id, values) {
      await updateProperty(tx, what, await lockProperty(tx, what.actor.orgId, id), values as PropertyValues);
    },
  },
});
