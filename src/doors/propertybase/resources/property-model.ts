import type { Row } from '../../../kernel/record.ts';
import type { Model } from '../desk.ts';
import type { PropertyTypes } from '../lists.ts';
import { countryName } from '../map.ts';

/** A listing as rows that point to it show it (contracts/propertybase.md §3.6, column E). `facts` are those of the house. */
export function embeddedProperty(
  facts: Model | null | undefined,
  { types, subTypes }: PropertyTypes,
  publicUrl: string,
): Model | null {
  if (!facts) return null;
  const type = types.find(({ code }) => code === facts.type_code);
  const subType = subTypes.find(({ name }) => name === facts.sub_type);
  const round = (value: unknown, digits: number) => (typeof value === 'number' ? Number(value.toFixed(digits)) : null);
  return {
    id: facts.id,
    mls_id: facts.listing_number,
    mls_name: facts.mls_name,
    price: facts.price,
    property_type: type?.name ?? null,
    property_type_id: type?.id ?? null,
    property_sub_type: facts.sub_type,
    property_sub_type_id: subType?.id ?? null,
    status: facts.status,
    display_address: facts.display_address,
    street_number: facts.street_number,
    street_name: facts.street_name,
    unit_number: facts.unit_number,
    town_name: facts.city,
    city: facts.city,
    area_name: facts.area,
    county_name: facts.county,
    state: facts.state,
    zip_code: facts.postal_code,
    country_name: countryName(facts.country as string | null),
    bedrooms: facts.bedrooms,
    bathrooms: facts.bathrooms,
    half_baths: facts.half_baths,
    square_feet: round(facts.square_feet, 0),
    acres: round(facts.acres, 2),
    year_built: facts.year_built,
    latitude: facts.latitude,
    longitude: facts.longitude,
    photo_url: typeof facts.photo === 'string' ? `${publicUrl}/media/${facts.photo}/1280.jpg` : null,
    url: `${publicUrl}/properties/${facts.id}`,
  };
}

const PARTIES = ['list', 'colisting', 'sale', 'coselling'];

/** The whole listing: what /properties and the data of searches answer. */
export function wholeProperty(row: Row, known: PropertyTypes, publicUrl: string): Model {
  const parties = (row.parties ?? {}) as Model;
  const flags = (row.flags ?? []) as readonly string[];
  const facts = (row.facts ?? {}) as Model;
  const people = PARTIES.filter((prefix) => prefix !== 'sale').flatMap((prefix) => [
    [`${prefix}_agent_mls_id`, parties[`${prefix}_agent_mls_id`] ?? null],
    [`${prefix}_agent_name`, parties[`${prefix}_agent_name`] ?? null],
    [`${prefix}_office_mls_id`, parties[`${prefix}_office_mls_id`] ?? null],
    [`${prefix}_office_name`, parties[`${prefix}_office_name`] ?? null],
  ]);
  const has = (word: string) => flags.some((flag) => flag.toLowerCase().replaceAll(/[^a-z]/g, '') === word);
  return {
    ...embeddedProperty(facts, known, publicUrl),
    bank_owned: has('bankowned'),
    beachfront: has('beachfront'),
    basement: row.basement ?? null,
    building_style: ((row.styles ?? []) as readonly string[])[0] ?? null,
    back_agent_mls: parties.back_agent_mls ?? null,
    contingent_date: row.contingent_date ?? null,
    contract_date: row.contract_date ?? null,
    description: row.public_remarks ?? null,
    ...Object.fromEntries(people),
    sale_agent_mls_id: parties.sale_agent_mls_id ?? null,
    sale_agent_email: parties.sale_agent_email ?? null,
    colisting_agent_email: parties.colisting_agent_email ?? null,
  };
}
