import { LISTED } from '../../../domain/index.ts';
import { among } from '../../../wire/resource/conditions.ts';
import type { Desk, Model } from '../desk.ts';
import { badRequest } from '../faults.ts';
import { type Fields, of } from '../fields.ts';
import { byBound, byText } from '../filters.ts';
import { propertyTypes } from '../lists.ts';
import { at, type Filter, type Resource } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { wholeProperty } from './property-model.ts';

const EMBEDDED: Fields = {
  ...of('string', 'r', 'mls_id mls_name'),
  ...of('decimal', 'r', 'price'),
  ...of('string', 'r', 'property_type'),
  ...of('int', 'r', 'property_type_id'),
  ...of('string', 'r', 'property_sub_type'),
  ...of('int', 'r', 'property_sub_type_id'),
  ...of(
    'string',
    'r',
    'status display_address street_number street_name unit_number town_name city area_name county_name state zip_code country_name',
  ),
  ...of('int', 'r', 'bedrooms'),
  ...of('decimal', 'r', 'bathrooms'),
  ...of('int', 'r', 'half_baths square_feet'),
  ...of('decimal', 'r', 'acres'),
  ...of('int', 'r', 'year_built'),
  ...of('decimal', 'r', 'latitude longitude'),
  ...of('url', 'r', 'photo_url url'),
};
const WHOLE: Fields = {
  ...EMBEDDED,
  ...of('bool', 'r', 'bank_owned beachfront'),
  ...of('string', 'r', 'basement building_style back_agent_mls'),
  ...of('date', 'r', 'contingent_date contract_date'),
  ...of('text', 'r', 'description'),
  ...of(
    'string',
    'r',
    'list_agent_mls_id list_agent_name list_office_mls_id list_office_name colisting_agent_mls_id colisting_agent_name colisting_office_mls_id colisting_office_name coselling_agent_mls_id coselling_agent_name coselling_office_mls_id coselling_office_name sale_agent_mls_id sale_agent_email colisting_agent_email',
  ),
};
/** Every member is read from the model of the listing, which is made once a row. */
const modelled = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...field, read: (row) => (row.model as Model | undefined)?.[name] }]),
  );

/** Names of types, which the house keeps as codes; a name that nobody knows matches nothing. */
const TYPE_NAMES: Readonly<Record<string, readonly string[]>> = {
  residential: ['A'],
  'multi family': ['B'],
  land: ['C'],
  commercial: ['D'],
  farm: ['E'],
  rental: ['F'],
};
export const byType: Filter = (values, name) => {
  const codes = values
    .flatMap((value) => value.split(','))
    .flatMap((value) => {
      if (value.trim() === '') throw badRequest(TEXTS.parameter(name));
      return TYPE_NAMES[value.trim().toLowerCase()] ?? [];
    });
  return codes.length === 0 ? { kind: 'never' } : among('property_type', codes);
};

export const LISTING_FILTERS = {
  status: byText('status'),
  town_name: byText('city'),
  min_price: byBound('list_price', 'ge'),
  max_price: byBound('list_price', 'le'),
};

export const properties = (desk: Desk): Resource => ({
  name: 'properties',
  permission: 'properties',
  model: 'Property',
  models: 'Properties',
  key: 'property',
  methods: 'LG',
  places: [at('/properties')],
  source: desk.domain.records.listing,
  scope: LISTED,
  fields: modelled(WHOLE),
  filters: {
    ...LISTING_FILTERS,
    mls_id: byText('listing_number'),
    mls_name: byText('mls_name'),
    property_type: byType,
    zip_code: byText('postal_code'),
    min_bedrooms: byBound('bedrooms', 'ge'),
    list_agent_mls_id: byText('list_agent_number'),
    list_office_mls_id: byText('list_office_number'),
  },
  orders: { price: 'list_price', bedrooms: 'bedrooms', square_feet: 'living_area_sqft' },
  async extend(own, caller, rows) {
    const known = await propertyTypes(own, caller);
    return new Map(rows.map((row) => [row.id, { model: wholeProperty(row, known, own.publicUrl) }]));
  },
});
