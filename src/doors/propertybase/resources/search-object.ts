import { CLASS_OF_CODE, type Criteria } from '../../../domain/index.ts';
import type { Condition } from '../../../kernel/condition.ts';
import { beginningOf } from '../../../kernel/storable.ts';
import { all, among, anyOf, atLeast, atMost, equal, some, words } from '../../../wire/resource/conditions.ts';
import { readSent } from '../change.ts';
import type { Caller, Desk, Model } from '../desk.ts';
import { type Fields, of } from '../fields.ts';
import { type PropertyTypes, propertyTypes } from '../lists.ts';
import { PLACES, readPlaces, shapesOf } from './search-place.ts';

const SIDES = ['sales', 'rentals', 'sold'] as const;

/** What a search may ask for (contracts/propertybase.md §3.5). */
export const SEARCH_OBJECT: Fields = {
  ...of('strings', 'rw', 'property_types'),
  ...of('strings', 'rw', 'property_sub_types', { aliases: ['property_subtypes'] }),
  ...of('strings', 'rw', 'statuses'),
  ...of('ints', 'rw', 'property_type_ids property_sub_type_ids'),
  ...of('strings', 'rw', 'list_office_mls_ids list_agent_mls_ids'),
  ...of('string', 'rw', 'search_type', { words: SIDES }),
  ...of('string', 'rw', 'name'),
  ...of('url', 'rw', 'url'),
  ...of('strings', 'rw', 'town_names'),
  ...of('decimal', 'rw', 'min_price max_price min_bathrooms max_bathrooms min_acres max_acres'),
  ...of(
    'int',
    'rw',
    'min_bedrooms max_bedrooms min_square_feet max_square_feet min_year_built max_year_built max_days_on_market min_garage_spaces',
  ),
  ...of('strings', 'rw', 'area_names county_names states zip_codes neighborhoods school_districts mls_ids mls_names addresses'),
  ...of('string', 'rw', 'keywords'),
  ...of(
    'bool',
    'rw',
    'open_house price_reduced new_construction bank_owned short_sale waterfront beachfront pool garage virtual_tour has_photos',
  ),
  polygon: { type: 'objects', access: 'rw' },
  ...of('object', 'rw', 'bounds radius'),
  ...of('string', 'rw', 'sort_by', { words: ['price', 'date', 'bedrooms', 'square_feet'] }),
  ...of('string', 'rw', 'sort_order', { words: ['asc', 'desc'] }),
};
const PLAIN: Fields = Object.fromEntries(
  Object.entries(SEARCH_OBJECT).filter(([name]) => !(PLACES as readonly string[]).includes(name)),
);

type ReadSearch = { readonly values: Model; readonly texts: readonly string[] };

/** The values of a search, and what is wrong with them. @throws SiteFault 400 */
export function readSearch(body: Model): ReadSearch {
  const { values, errors } = readSent({ fields: PLAIN }, body, true);
  const places = readPlaces(body);
  return { values: { ...values, ...places.values }, texts: [...errors, ...places.texts] };
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const has = (value: unknown): value is number => typeof value === 'number';

/** Codes of the types that names and ids say together; a name that nobody knows matches nothing (G13, G14). */
export function typeCodes({ types }: PropertyTypes, { property_types, property_type_ids }: Model): string[] | undefined {
  const names = list(property_types);
  const ids = list(property_type_ids).map(Number);
  if (names.length + ids.length === 0) return undefined;
  return types
    .filter(({ id, name }) => ids.includes(id) || names.some((one) => one.toLowerCase() === name.toLowerCase()))
    .map(({ code }) => code);
}
/** The names that were sent, as they were sent, and those that they lack. */
const joined = (sent: readonly string[], others: readonly string[]): string[] => {
  const said = new Set(sent.map((one) => one.toLowerCase()));
  return [...sent, ...others.filter((one) => !said.has(one.toLowerCase()))];
};
export function subTypeNames({ subTypes }: PropertyTypes, { property_sub_types, property_sub_type_ids }: Model): string[] {
  const ids = list(property_sub_type_ids).map(Number);
  return joined(
    list(property_sub_types),
    subTypes.filter(({ id }) => ids.includes(id)).map(({ name }) => name),
  );
}

/** Names that stand for nothing on this site. */
const unknownTypes = ({ types, subTypes }: PropertyTypes, { property_types, property_sub_types }: Model): string[] => [
  ...list(property_types).filter((name) => !types.some((one) => one.name.toLowerCase() === name.toLowerCase())),
  ...list(property_sub_types).filter((name) => !subTypes.some((one) => one.name.toLowerCase() === name.toLowerCase())),
];
const unknownTypeIds = ({ types, subTypes }: PropertyTypes, { property_type_ids, property_sub_type_ids }: Model): string[] => [
  ...(list(property_type_ids).every((id) => types.some((one) => one.id === Number(id))) ? [] : ['Property type does not exist']),
  ...(list(property_sub_type_ids).every((id) => subTypes.some((one) => one.id === Number(id)))
    ? []
    : ['Property sub type does not exist']),
];

/** What is wrong with the search that a body brings. @throws SiteFault 400 */
export async function searchErrors(desk: Desk, caller: Caller, body: Model): Promise<string[]> {
  const { values, texts } = readSearch(body);
  return [...texts, ...unknownTypeIds(await propertyTypes(desk, caller), values)];
}

/** Clients and proxies refuse an answer whose headers are longer than 8 or 16 KiB in all. */
const MOST_WARNED = 4_000;

/** The names as far as a header holds them, and how many there are more. */
function namesInHeader(names: readonly string[]): string {
  const told: string[] = [];
  let length = 0;
  for (const name of names) {
    length += encodeURI(`, ${name}`).length;
    if (length > MOST_WARNED) return `${told.join(', ')} and ${names.length - told.length} more`;
    told.push(name);
  }
  return told.join(', ');
}

/** A name that nobody knows matches nothing, and the answer says so (G13). */
export async function searchWarnings(desk: Desk, caller: Caller, body: Model): Promise<Readonly<Record<string, string>>> {
  const names = unknownTypes(await propertyTypes(desk, caller), readSearch(body).values);
  return names.length === 0 ? {} : { 'x-bl-warnings': encodeURI(`Unknown property type: ${namesInHeader(names)}`) };
}

const range = (search: Model, name: string) => {
  const [min, max] = [search[`min_${name}`], search[`max_${name}`]];
  return has(min) || has(max) ? { ...(has(min) ? { min } : {}), ...(has(max) ? { max } : {}) } : undefined;
};

/** The one form that every door can show (domain-property §7.1). */
export function criteriaOf(known: PropertyTypes, search: Model): Criteria {
  const codes = typeCodes(known, search);
  // The form that doors share has room for one.
  const [shape] = shapesOf(search);
  const lists = {
    sub_types: subTypeNames(known, search),
    statuses: list(search.statuses),
    cities: list(search.town_names),
    mls_areas: list(search.area_names),
    counties: list(search.county_names),
    states: list(search.states),
    postal_codes: list(search.zip_codes),
    subdivisions: list(search.neighborhoods),
    listing_numbers: list(search.mls_ids),
  };
  const ranges = {
    price: range(search, 'price'),
    bedrooms: range(search, 'bedrooms'),
    bathrooms: range(search, 'bathrooms'),
    living_area: range(search, 'square_feet'),
    year_built: range(search, 'year_built'),
  };
  const side = (search.search_type as Criteria['side']) ?? 'sales';
  return {
    side,
    ...(codes ? { classes: [...new Set(codes.map((code) => CLASS_OF_CODE[code] ?? code))] } : {}),
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...Object.fromEntries(Object.entries(ranges).filter(([, value]) => value !== undefined)),
    ...(typeof search.keywords === 'string' && search.keywords !== '' ? { keywords: [search.keywords] } : {}),
    ...(shape ? { shape } : {}),
  };
}

const LISTS: Readonly<Record<string, string>> = {
  statuses: 'status',
  town_names: 'city',
  area_names: 'mls_area_minor',
  county_names: 'county',
  states: 'state_or_province',
  zip_codes: 'postal_code',
  neighborhoods: 'subdivision',
  school_districts: 'school_district',
  mls_ids: 'listing_number',
  mls_names: 'mls_name',
  list_agent_mls_ids: 'list_agent_number',
  list_office_mls_ids: 'list_office_number',
};
const RANGES: Readonly<Record<string, string>> = {
  price: 'list_price',
  bedrooms: 'bedrooms',
  bathrooms: 'bathrooms_total',
  acres: 'lot_acres',
  square_feet: 'living_area_sqft',
  year_built: 'year_built',
};
const FLAGS: Readonly<Record<string, Condition>> = {
  open_house: equal('has_open_house', true),
  price_reduced: equal('is_price_reduced', true),
  virtual_tour: equal('has_tour', true),
  has_photos: equal('has_photos', true),
};
const WORDS: Readonly<Record<string, readonly string[]>> = {
  new_construction: ['new construction', 'newConstruction', 'new_construction'],
  bank_owned: ['bank owned', 'bankOwned', 'bank_owned'],
  short_sale: ['short sale', 'shortSale', 'short_sale'],
  waterfront: ['waterfront', 'riverView'],
  beachfront: ['beachfront'],
  pool: ['pool', 'swimmingPool'],
  garage: ['garage', 'doubleGarage'],
};

function sideCondition(side: unknown): Condition {
  if (side === 'rentals') return equal('list_side', 'lease');
  if (side === 'sold') return equal('standard_status', 'Closed');
  return equal('list_side', 'sale');
}

/** What a search asks of the listings of a site: AND between keys, OR inside a list, an empty list is no filter. */
export function conditionOfSearch(known: PropertyTypes, search: Model, now: Date): Condition {
  const lists = Object.entries(LISTS).flatMap(([key, field]) => {
    const values = list(search[key]);
    return values.length === 0 ? [] : [among(field, values)];
  });
  const ranges = Object.entries(RANGES).flatMap(([key, field]) => {
    const { min, max } = range(search, key) ?? {};
    return [...(min === undefined ? [] : [atLeast(field, min)]), ...(max === undefined ? [] : [atMost(field, max)])];
  });
  const codes = typeCodes(known, search);
  const subTypes = subTypeNames(known, search);
  const addresses = list(search.addresses);
  const keywords = typeof search.keywords === 'string' ? search.keywords : '';
  const days = search.max_days_on_market;
  return all(
    sideCondition(search.search_type),
    ...(codes ? [codes.length === 0 ? ({ kind: 'never' } as const) : among('property_type', codes)] : []),
    ...(subTypes.length > 0 ? [among('property_sub_type', subTypes)] : []),
    ...lists,
    ...ranges,
    ...(addresses.length > 0 ? [anyOf(...addresses.map((one) => words('address_text', one)))] : []),
    ...(keywords === '' ? [] : [anyOf(words('public_remarks', keywords), words('headline', keywords))]),
    ...(has(search.min_garage_spaces) ? [atLeast('parking_spaces', search.min_garage_spaces)] : []),
    ...(has(days)
      ? [
          {
            kind: 'compare',
            op: 'ge',
            left: { kind: 'field', name: 'list_date' },
            right: {
              kind: 'literal',
              type: 'date',
              value: new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10),
            },
          } as const,
        ]
      : []),
    ...Object.entries(FLAGS).flatMap(([key, condition]) => (search[key] === true ? [condition] : [])),
    ...Object.entries(WORDS).flatMap(([key, named]) => (search[key] === true ? [some('words', among('word', named))] : [])),
    ...shapesOf(search).map((shape) => ({ kind: 'inside', shape }) as const),
  );
}

const SORTS: Readonly<Record<string, string>> = {
  price: 'list_price',
  date: 'list_date',
  bedrooms: 'bedrooms',
  square_feet: 'living_area_sqft',
};
export const orderOfSearch = ({ sort_by, sort_order }: Model) => [
  { field: SORTS[String(sort_by)] ?? 'id', descending: sort_order === 'desc' },
];

/** As a search is answered: the values of its time, and both forms of types (G14). */
export function shownSearch(known: PropertyTypes, search: Model): Model {
  const codes = typeCodes(known, search) ?? [];
  const subs = subTypeNames(known, search);
  const types = known.types.filter(({ code }) => codes.includes(code));
  const shown = Object.keys(SEARCH_OBJECT).map((name) => {
    const { type = 'string' } = SEARCH_OBJECT[name] ?? {};
    return [name, search[name] ?? (['strings', 'ints', 'objects'].includes(type) ? [] : null)] as const;
  });
  return {
    ...Object.fromEntries(shown),
    search_type: search.search_type ?? 'sales',
    property_types: joined(
      list(search.property_types),
      types.map(({ name }) => name),
    ),
    property_type_ids: types.map(({ id }) => id),
    property_sub_types: subs,
    property_sub_type_ids: known.subTypes
      .filter(({ name }) => subs.some((one) => one.toLowerCase() === name.toLowerCase()))
      .map(({ id }) => id),
  };
}

/** A name made of what is asked for, unless it has one. */
export function nameOfSearch(known: PropertyTypes, search: Model): string {
  if (typeof search.name === 'string' && search.name !== '') return search.name;
  const money = (value: unknown) => (has(value) ? `$${value.toLocaleString('en-US')}` : '');
  const price =
    has(search.min_price) && has(search.max_price)
      ? `${money(search.min_price)} - ${money(search.max_price)}`
      : has(search.max_price)
        ? `up to ${money(search.max_price)}`
        : has(search.min_price)
          ? `from ${money(search.min_price)}`
          : '';
  const parts = [
    list(shownSearch(known, search).property_types).join(', '),
    has(search.min_bedrooms) ? `${search.min_bedrooms}+ bedrooms` : '',
    price,
    [...list(search.town_names), ...list(search.area_names), ...list(search.zip_codes)].join(', '),
  ].filter((part) => part !== '');
  return beginningOf(parts.join(', '), 255) || 'All listings';
}

/** How many listings a search finds now. */
export async function countOf({ domain }: Desk, { actor }: Caller, condition: Condition): Promise<number | null> {
  return (await domain.countListings(actor, [{ where: condition }]))[0] ?? null;
}

/** A search that a lead ran, as its row. */
export async function searchOf(desk: Desk, caller: Caller, body: Model): Promise<Model> {
  const { values } = readSearch(body);
  const known = await propertyTypes(desk, caller);
  return {
    name: typeof values.name === 'string' ? values.name : null,
    search_type: values.search_type ?? 'sales',
    url: values.url ?? null,
    search_attributes: values,
    criteria: criteriaOf(known, values),
    results_count: await countOf(desk, caller, conditionOfSearch(known, values, desk.domain.now())),
  };
}

/** A standing search, as its part of a saved one. */
export async function savedSearchOf(desk: Desk, caller: Caller, values: Model): Promise<Model> {
  const known = await propertyTypes(desk, caller);
  return {
    search: {
      name: nameOfSearch(known, values),
      url: values.url ?? null,
      attributes: values,
      criteria: criteriaOf(known, values),
    },
  };
}
