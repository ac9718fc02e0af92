import { CLASS_OF_CODE, CODE_TO_LET } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { all } from '../../../wire/resource/conditions.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, type Field, MOMENTARY, of, told } from '../fields.ts';
import { byId } from '../filters.ts';
import { propertyTypes } from '../lists.ts';
import { at, type Resource } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { picturesField } from './pictures.ts';
import { LISTING_FILTERS } from './properties.ts';

const isLetting = (row: Row) => row.marketing_mode === 'letting';
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Model[]) : []);

/** One amount in the unit that the site knows (domain-property §8.2). */
const amount = (type: 'int' | 'decimal', read: (row: Row) => unknown, name: 'living_area' | 'lot', unit: string): Field =>
  computed<number | null>(type, 'rw', {
    read,
    write: (value) => ({ [`${name}_min`]: value, [`${name}_max`]: null, [`${name}_unit`]: value === null ? null : unit }),
  });
const rounded = (value: unknown, digits: number) => (typeof value === 'number' ? Number(value.toFixed(digits)) : null);

/** The first of its kind; those behind it are other doors' business. */
const link = (name: string, kind: 'video' | 'tour'): Field =>
  computed<string | null>('url', 'rw', { read: (row) => row[name], write: (value) => ({ [kind]: { link: value } }) });

/** A day of the side that the listing is on. */
const listDate = computed<string | null>('date', 'rw', {
  read: (row) => (isLetting(row) ? row.let_list_date : row.sale_list_date),
  write: (value, row) => (isLetting(row) ? { let_list_date: value } : { sale_list_date: value }),
});

export const salesExclusives = (desk: Desk): Resource => ({
  name: 'sales_exclusives',
  permission: 'sales_exclusives',
  model: 'Sales exclusive',
  models: 'Sales exclusives',
  key: 'sales_exclusive',
  methods: 'LGCUD',
  places: [at('/sales_exclusives')],
  source: desk.domain.records.salesExclusive,
  scope: all(),
  activates: true,
  fields: {
    ...of('string', 'rw', 'street_number'),
    street_name: computed<string | null>('string', 'rw', {
      read: (row) =>
        [row.street_dir_prefix, row.street_name, row.street_suffix, row.street_dir_suffix].filter((part) => part).join(' ') ||
        null,
      write: (value) => ({ street_name: value, street_dir_prefix: null, street_suffix: null, street_dir_suffix: null }),
    }),
    ...of('string', 'rw', 'unit_number'),
    ...of('string', 'rw', 'town_name', { column: 'city' }),
    ...of('string', 'rw', 'area_name', { column: 'mls_area_minor' }),
    ...of('string', 'rw', 'county_name', { column: 'county' }),
    ...of('string', 'rw', 'state', { column: 'state_or_province' }),
    ...of('string', 'rw', 'zip_code', { column: 'postal_code' }),
    status: computed<string | null>('string', 'rw', {
      read: ({ mls_status, standard_status }) => mls_status ?? standard_status,
      write: (value) => ({ mls_status: value ?? 'Active' }),
    }),
    ...told('string', 'rw', 'property_type', MOMENTARY),
    ...of('string', 'rw', 'property_sub_type'),
    price: computed<number>(
      'decimal',
      'rw',
      {
        read: ({ list_price }) => list_price,
        write: (value, row) => (isLetting(row) ? { rent: value, rent_frequency: 'monthly' } : { sale_price: value }),
      },
      { required: true },
    ),
    ...of('decimal', 'rw', 'bathrooms', { column: 'bathrooms_total' }),
    acres: amount('decimal', ({ lot_acres }) => rounded(lot_acres, 2), 'lot', 'acres'),
    ...of('decimal', 'rw', 'hoa_fee taxes latitude longitude'),
    ...of('int', 'rw', 'bedrooms'),
    ...of('int', 'rw', 'half_baths', { column: 'bathrooms_half' }),
    square_feet: amount('int', ({ living_area_sqft }) => rounded(living_area_sqft, 0), 'living_area', 'squareFeet'),
    ...of('int', 'rw', 'year_built'),
    ...of('text', 'rw', 'description', { column: 'public_remarks' }),
    ...of('string', 'r', 'display_address', { read: ({ first_line }) => first_line }),
    ...of('string', 'r', 'city', { column: 'city' }),
    agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'list_member_id' },
    co_agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'co_list_member_id' },
    office_id: { type: 'id', access: 'rw', of: 'Office', read: (row) => firstId(row['office_ids:id']), write: () => ({}) },
    ...of('bool', 'rw', 'featured published'),
    ...of('bool', 'rw', 'active', { column: 'exclusive_active' }),
    ...of('int', 'rw', 'position'),
    ...of('string', 'rw', 'headline'),
    ...of('string', 'rw', 'mls_id', { column: 'listing_number' }),
    mls_name: computed<string | null>('string', 'rw', {
      read: ({ facts }) => (facts as Model | null)?.mls_name ?? null,
      ...MOMENTARY,
    }),
    virtual_tour_url: link('virtual_tour_url', 'tour'),
    video_url: link('video_url', 'video'),
    list_date: listDate,
    ...of('date', 'rw', 'sold_date', { column: 'close_date' }),
    ...of('decimal', 'rw', 'sold_price', { column: 'close_price' }),
    ...of('strings', 'rw', 'features', { column: 'special_features' }),
    open_houses: computed<readonly unknown[] | null>(
      'objects',
      'rw',
      {
        read: ({ open_houses }) =>
          list(open_houses).map(({ starts_at, ends_at }) => ({
            starts_at: new Date(String(starts_at)).toISOString(),
            ends_at: new Date(String(ends_at)).toISOString(),
          })),
        write: (value) => ({ open_houses: value ?? [] }),
      },
      { shown: 'show' },
    ),
    pictures: picturesField(desk),
    // Answered by /properties, whose members they are.
    ...of('string', 'w', 'basement'),
    ...of('date', 'w', 'contingent_date'),
    back_agent_mls: computed<string | null>('string', 'w', {
      write: (value, { agents }) => {
        const { back_agent: _, ...others } = (agents ?? {}) as Model;
        return { agents: value ? { ...others, back_agent: { mls_number: value } } : others };
      },
    }),
  },
  filters: {
    ...LISTING_FILTERS,
    agent_id: byId('list_member_id:id'),
    office_id: (values, name) => {
      const found = byId('id')(values, name);
      return found && { kind: 'contains_any', field: 'office_ids:id', values: values.flatMap((value) => value.split(',')) };
    },
  },
  orders: { price: 'list_price', list_date: 'list_date', position: 'position' },
  async check(own, { caller, sent }) {
    const houses = list(sent.open_houses);
    const wrong = houses.some(({ starts_at, ends_at }) => {
      const [from, to] = [Date.parse(String(starts_at)), Date.parse(String(ends_at))];
      return Number.isNaN(from) || Number.isNaN(to) || to < from;
    });
    const { mls_name, property_type } = sent as { mls_name?: string | null; property_type?: string | null };
    const { types } = await propertyTypes(own, caller);
    const known = !property_type || types.some(({ name }) => name.toLowerCase() === property_type.toLowerCase());
    const mls = !mls_name || (await own.domain.mlsIdNamed(caller.actor, mls_name)) !== null;
    return [
      ...(wrong ? [TEXTS.invalid('open_houses')] : []),
      ...(known ? [] : [TEXTS.notListed('property_type')]),
      ...(mls ? [] : [TEXTS.invalid('mls_name')]),
    ];
  },
  async complete(own, { caller, sent, row }) {
    const { types } = await propertyTypes(own, caller);
    const creating = row === null;
    const { property_type, mls_name, office_id } = sent as {
      property_type?: string | null;
      mls_name?: string | null;
      office_id?: number | null;
    };
    const type = property_type ? types.find(({ name }) => name.toLowerCase() === property_type.toLowerCase()) : undefined;
    const mls = mls_name ? await own.domain.mlsIdNamed(caller.actor, mls_name) : null;
    const office = office_id
      ? (await own.domain.codesOf(caller.actor, [{ noun: 'office', id: office_id }])).get(`office ${office_id}`)
      : undefined;
    const lets = type?.code === CODE_TO_LET;
    return {
      ...(creating
        ? {
            standard_status: 'Active',
            published: sent.published ?? true,
            exclusive_active: sent.active ?? true,
            marketing_mode: lets ? 'letting' : 'selling',
          }
        : {}),
      ...(creating && lets ? { rent: sent.price, rent_frequency: 'monthly', sale_price: null } : {}),
      ...(creating && sent.status === undefined ? { mls_status: 'Active' } : {}),
      ...(type ? { property_class: CLASS_OF_CODE[type.code] ?? 'residential' } : {}),
      ...(mls === null ? {} : { mls_id: mls }),
      ...(office
        ? {
            office_ids: [
              office.code,
              ...((row?.office_ids ?? []) as readonly string[]).slice(1).filter((code) => code !== office.code),
            ],
          }
        : office_id === null
          ? { office_ids: [] }
          : {}),
    };
  },
  async extend(own, caller, rows) {
    const { types } = await propertyTypes(own, caller);
    return new Map(
      rows.map((row) => [
        row.id,
        { property_type: types.find(({ code }) => code === (row.facts as Model | null)?.type_code)?.name ?? null },
      ]),
    );
  },
});
const firstId = (value: unknown) => (Array.isArray(value) && typeof value[0] === 'number' ? value[0] : null);
