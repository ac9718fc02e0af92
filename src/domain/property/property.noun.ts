import type { Breach } from '../../kernel/fault.ts';
import { NEW_PROPERTY, writeOwnEntry } from '../journal/index.ts';
import {
  boolean,
  date,
  instant,
  integer,
  json,
  noun,
  number,
  ref,
  refs,
  TIMES,
  text,
  texts,
  type WriteContext,
} from '../records/index.ts';
import { departmentBreaches } from './department-flags.ts';
import type { PropertyValues } from './follow.ts';
import { type MediaLink, writeLinks } from './media-links.ts';
import { insertProperty, lockProperty, updateProperty } from './write-property.ts';

export type Room = { readonly name?: string | null; readonly dimensions?: string | null; readonly description?: string | null };

const columns = {
  // what and where
  street_number: text(),
  street_dir_prefix: text(),
  street_name: text(),
  street_suffix: text(),
  street_dir_suffix: text(),
  building_name: text(),
  unit_number: text(),
  address_line2: text(),
  city: text(),
  postal_code: text(),
  county: text(),
  state_or_province: text(),
  country: text(),
  latitude: number(),
  longitude: number(),
  area_id: ref('area'),
  master_id: ref('property', { readOnly: true }),
  types: texts({ facet: 'type' }),
  styles: texts({ facet: 'style' }),
  situations: texts({ facet: 'situation' }),
  parking: texts({ facet: 'parking' }),
  ages: texts({ facet: 'age' }),
  localities: texts({ facet: 'locality' }),
  markets: texts({ facet: 'market', readOnly: true }),
  special_features: texts(),
  bedrooms: integer(),
  receptions: integer(),
  bathrooms_total: number(),
  bathrooms_full: integer(),
  bathrooms_half: integer(),
  bathrooms_three_quarter: integer(),
  parking_spaces: integer(),
  floor_level: integer(),
  internal_floors: integer(),
  total_floors: integer(),
  living_area_min: number(),
  living_area_max: number(),
  living_area_unit: text(),
  lot_min: number(),
  lot_max: number(),
  lot_unit: text(),
  rooms: json<readonly Room[]>(),
  // how it is marketed
  marketing_mode: text({ required: true }),
  department_id: ref('department'),
  currency: text({ readOnly: true, required: true }),
  sale_status: text(),
  let_status: text(),
  sale_price: number(),
  rent: number(),
  rent_frequency: text(),
  rent_monthly: number({ readOnly: true }),
  close_price: number({ readOnly: true }),
  close_date: date(),
  contract_date: date(),
  sale_list_date: date(),
  let_list_date: date(),
  expiration_date: date(),
  available_from: date(),
  agent_role: text(),
  landlord_id: ref('landlord'),
  sale_brochure_id: ref('document'),
  let_brochure_id: ref('document'),
  list_member_id: ref('member'),
  office_ids: refs('office', { facet: 'office' }),
  published: boolean(),
  is_external: boolean({ readOnly: true }),
  headline: text(),
  public_remarks: text(),
  archived_at: instant(),
};

const MEDIA = 'm.org_id = t.org_id and m.property_id = t.id and m.deleted_at is null and m.archived_at is null';

/** One marketing of one place, as the brokerage's own systems see it; what follows from a write is the same for every door (follow.ts). */
export const propertyNoun = noun({
  name: 'property',
  columns,
  code: { width: 9, office: ['office_ids', 'list_member_id'] },
  resoKey: true,
  label: ({ street_number, street_name, unit_number }) =>
    [street_number, street_name, unit_number].filter((part) => part).join(' '),
  offices: 'office_ids',
  metadataType: 'property',
  reads: {
    vendor_code: `(select v.code from vendor v where v.org_id = t.org_id and v.property_id = t.id and v.deleted_at is null)`,
    videos: `(select coalesce(jsonb_agg(jsonb_build_object('link', m.link, 'caption', m.caption) order by m.position, m.id), '[]')
      from media m where ${MEDIA} and m.kind = 'video')`,
    photo_key: `(select m.public_key from media m where ${MEDIA} and m.kind = 'photograph' order by m.position, m.id limit 1)`,
    manager_code: `(select m.code from property_part s join member m on m.org_id = s.org_id and m.id = s.member_id and m.deleted_at is null
      where s.org_id = t.org_id and s.property_id = t.id and s.kind = 'staffRole' and s.status = 'propertyManager' and s.deleted_at is null
      order by s.id limit 1)`,
  },
  kept: [{ name: 'property', keys: ['id', ...TIMES] }],
  takes: ['videos'],
  fields: {
    address_text: { sql: 't.address_text', type: 'text', caseless: 't.address_text', required: true },
    address_sort: { sql: 't.address_sort', type: 'text', required: true },
    list_member_code: { sql: 't.list_member_code', type: 'text' },
    list_office_code: { sql: 't.list_office_code', type: 'text' },
    // Words of closed lists, as they are kept: their indexes are on the columns.
    marketing_mode: { sql: 't.marketing_mode', type: 'text', required: true },
    sale_status: { sql: 't.sale_status', type: 'text' },
    let_status: { sql: 't.let_status', type: 'text' },
    agent_role: { sql: 't.facets', type: 'text', list: { kind: 'facets', facet: 'agent_role' } },
  },
  check: (context): Promise<Breach[]> => departmentBreaches(context),
  async after({ tx, what, before, after, taken, newKey, nextId }) {
    if (!before) await writeOwnEntry({ tx, what, nextId }, { propertyId: after.id, description: NEW_PROPERTY });
    if (taken.videos) await writeLinks({ tx, what, property: after, newKey }, 'video', taken.videos as readonly MediaLink[]);
  },
  writer: {
    async insert(tx, what, { values, ...row }) {
      if (row.resoKey === undefined) throw new Error('A property has a key');
      return (await insertProperty(tx, what, values as PropertyValues, { ...row, resoKey: row.resoKey })).id;
    },
    async update(tx, what, id, values) {
      await updateProperty(tx, what, await lockProperty(tx, what.actor.orgId, id), values as PropertyValues);
    },
  },
});
export type PropertyContext = WriteContext<typeof columns>;
