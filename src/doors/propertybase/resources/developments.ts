import type { RecordService } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { literal, some } from '../../../wire/resource/conditions.ts';
import type { Caller, Desk, Model } from '../desk.ts';
import { computed, type Fields, of } from '../fields.ts';
import { fileField, pictureUrl } from '../files.ts';
import { byId, byText, byTruth, byWord } from '../filters.ts';
import { at, type Resource, under } from '../resource.ts';
import { showRow } from '../show.ts';
import { TEXTS } from '../words.ts';
import { emailErrors } from './staff.ts';

const STATUSES = ['coming_soon', 'pre_construction', 'under_construction', 'selling', 'sold_out'] as const;

type Part = {
  readonly name: string;
  readonly model: string;
  readonly models: string;
  readonly source: RecordService;
  /** the paths below a development; the first is the canonical one */
  readonly paths: readonly string[];
  readonly key: string;
  readonly fields: Fields;
  readonly more?: Partial<Resource>;
};

const position = of('int', 'rw', 'position');
const primary = of('bool', 'rw', 'primary', { column: 'is_primary', fallback: false });

/** What a development's page shows besides (contracts/propertybase.md §3.10). */
const partsOf = (desk: Desk): Part[] => {
  const { records } = desk.domain;
  return [
    {
      name: 'development_addresses',
      model: 'Development address',
      models: 'Development addresses',
      key: 'development_address',
      source: records.developmentAddress,
      paths: ['development_addresses', 'addresses'],
      fields: {
        ...of(
          'string',
          'rw',
          'street_number street_name unit_number town_name area_name county_name state zip_code country_name',
        ),
        ...of('decimal', 'rw', 'latitude longitude'),
        ...primary,
      },
    },
    {
      name: 'development_agents',
      model: 'Development agent',
      models: 'Development agents',
      key: 'development_agent',
      source: records.developmentAgent,
      paths: ['development_agents', 'agents'],
      fields: {
        agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'member_id', required: true },
        ...of('string', 'rw', 'role'),
        ...of('string', 'r', 'agent_name', { read: ({ agent_name }) => agent_name }),
        ...position,
        ...primary,
      },
    },
    {
      name: 'development_area_profiles',
      model: 'Development area profile',
      models: 'Development area profiles',
      key: 'development_area_profile',
      source: records.developmentAreaProfile,
      paths: ['development_area_profiles', 'area_profiles'],
      fields: {
        ...of('int', 'rw', 'area_profile_id position'),
        ...of('string', 'rw', 'name'),
        ...of('url', 'rw', 'url'),
        ...of('text', 'rw', 'description'),
      },
    },
    {
      name: 'development_category_links',
      model: 'Development category',
      models: 'Development categories',
      key: 'development_category',
      source: records.developmentCategoryLink,
      paths: ['development_categories', 'categories'],
      fields: {
        development_category_id: { type: 'id', access: 'rw', of: 'Development category', column: 'category_id' },
        name: computed<string | null>('string', 'rw', {
          read: ({ category_name }) => category_name,
          write: (value, _row, sent) =>
            sent.development_category_id || value === null ? {} : { category_id: null, category_name: value },
        }),
      },
      more: {
        schema: 'Development category link',
        orders: { position: 'position', name: 'category_name' },
        check: (_own, { sent, row }) =>
          row !== null || sent.development_category_id || sent.name ? [] : [TEXTS.blank('development_category_id')],
      },
    },
    {
      name: 'development_floor_plans',
      model: 'Development floor plan',
      models: 'Development floor plans',
      key: 'development_floor_plan',
      source: records.developmentFloorPlan,
      paths: ['development_floor_plans', 'floor_plans'],
      fields: {
        ...of('string', 'rw', 'name', { required: true }),
        ...of('int', 'rw', 'bedrooms half_baths square_feet position'),
        ...of('decimal', 'rw', 'bathrooms price'),
        ...of('text', 'rw', 'description'),
        image_url: fileField(desk, 'image_url', { picture: true }),
        file_url: fileField(desk, 'file_url', { picture: false }),
      },
    },
    {
      name: 'development_listing_sheets',
      model: 'Development listing sheet',
      models: 'Development listing sheets',
      key: 'development_listing_sheet',
      source: records.developmentListingSheet,
      paths: ['development_listing_sheets', 'listing_sheets'],
      fields: {
        ...of('string', 'rw', 'title', { required: true }),
        file_url: fileField(desk, 'file_url', { picture: false, required: true }),
        ...of('text', 'rw', 'description'),
        ...position,
      },
    },
    {
      name: 'development_pictures',
      model: 'Development picture',
      models: 'Development pictures',
      key: 'development_picture',
      source: records.developmentPicture,
      paths: ['development_pictures', 'pictures'],
      fields: {
        url: fileField(desk, 'url', { picture: true, required: true }),
        ...of('url', 'r', 'thumbnail_url', { read: (_row, kept) => pictureUrl(desk, kept.url, '300') }),
        ...of('string', 'rw', 'caption alt_text'),
        ...position,
        ...primary,
      },
    },
    {
      name: 'development_prices',
      model: 'Development price',
      models: 'Development prices',
      key: 'development_price',
      source: records.developmentPrice,
      paths: ['development_prices', 'prices'],
      fields: {
        ...of('string', 'rw', 'label unit_number unit_type status'),
        ...of('decimal', 'rw', 'bathrooms price min_price max_price'),
        ...of('int', 'rw', 'bedrooms square_feet position'),
      },
    },
  ];
};

const partResource = ({ name, model, models, key, source, paths, fields, more = {} }: Part): Resource => ({
  name,
  permission: 'developments',
  model,
  models,
  key,
  methods: 'LGCUD',
  places: paths.map((path) => under('developments', `/developments/:development_id/${path}`, 'development_id', 'development_id')),
  source,
  fields: { development_id: { type: 'id', access: 'rc', of: 'Development', column: 'development_id' }, ...fields },
  orders: { position: 'position', ...('name' in fields ? { name: 'name' } : {}) },
  ...more,
});

export const developmentParts: readonly ((desk: Desk) => Resource)[] = Array.from(
  { length: 8 },
  (_, nth) => (desk: Desk) => partResource(partsOf(desk)[nth] as Part),
);

/** Every nested list of the rows, under its own name: one statement a list. */
async function nested(desk: Desk, { actor }: Caller, rows: readonly Row[]): Promise<ReadonlyMap<number, Model>> {
  const ids = rows.map(({ id }) => id);
  const found = new Map<number, Record<string, unknown>>(ids.map((id) => [id, {}]));
  const lists = await Promise.all(
    partsOf(desk).map(async (part) => {
      const resource = partResource(part);
      const where = {
        kind: 'among',
        left: { kind: 'field', name: 'development_id:id' },
        values: ids.map((value) => literal('integer', value)),
      } as const;
      const page = await part.source.list(actor, {
        where,
        order: [
          { field: 'position', descending: false },
          { field: 'id', descending: false },
        ],
        limit: 10_000,
        offset: 0,
        total: false,
      });
      return { name: part.paths[0] ?? part.name, resource, rows: page.rows };
    }),
  );
  for (const { name, resource, rows: parts } of lists)
    for (const [id, model] of found)
      model[name] = parts
        .filter((row) => row['development_id:id'] === id)
        .map((row) => showRow(resource, row, { show: true, includes: new Set() }));
  return found;
}
const NESTED = [
  'development_addresses',
  'development_agents',
  'development_area_profiles',
  'development_categories',
  'development_floor_plans',
  'development_listing_sheets',
  'development_pictures',
  'development_prices',
];

export const developments = (desk: Desk): Resource => ({
  name: 'developments',
  permission: 'developments',
  model: 'Development',
  models: 'Developments',
  key: 'development',
  methods: 'LGCUD',
  places: [at('/developments')],
  source: desk.domain.records.development,
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    ...of('string', 'rw', 'slug'),
    ...of('string', 'rw', 'status', { words: STATUSES }),
    ...of('string', 'rw', 'tagline developer_name architect builder phone email meta_title'),
    ...of('text', 'rw', 'description meta_description'),
    ...of('strings', 'rw', 'amenities'),
    ...of('int', 'rw', 'total_units available_units stories year_built min_bedrooms max_bedrooms position'),
    ...of('decimal', 'rw', 'min_price max_price hoa_fee latitude longitude'),
    ...of('date', 'rw', 'completion_date'),
    ...of('url', 'rw', 'website_url video_url virtual_tour_url'),
    ...of('bool', 'rw', 'featured published'),
    office_id: { type: 'id', access: 'rw', of: 'Office', column: 'office_id' },
    ...Object.fromEntries(
      NESTED.map((name) => [name, { type: 'objects', access: 'r', shown: 'show', read: (row: Row) => row[name] } as const]),
    ),
  },
  filters: {
    status: byWord('status', STATUSES),
    development_category_id: (values, name) => {
      const condition = byId('category_id')(values, name);
      return condition && some('categories', condition);
    },
    office_id: byId('office_id:id'),
    featured: byTruth('featured'),
    published: byTruth('published'),
    name: byText('name'),
  },
  orders: { name: 'name', email: 'email', position: 'position' },
  check: (_own, { sent }) => emailErrors(sent),
  extend: async (own, caller, rows, { show }) => (show ? nested(own, caller, rows) : new Map()),
});

export const developmentCategories = (desk: Desk): Resource => ({
  name: 'development_categories',
  permission: 'development_categories',
  model: 'Development category',
  models: 'Development categories',
  key: 'development_category',
  methods: 'LGCUD',
  places: [at('/development_categories')],
  source: desk.domain.records.developmentCategory,
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    ...of('string', 'rw', 'slug'),
    ...of('text', 'rw', 'description'),
    ...of('int', 'rw', 'position'),
  },
  orders: { name: 'name', position: 'position' },
});
