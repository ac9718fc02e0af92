/**
 * What rows that point to a listing keep of it, so that it can be told when it is gone; `p` is the listing. Two objects, for a function of
 * PostgreSQL takes a hundred arguments.
 */
export const shownFacts = (p: string): string => `(jsonb_build_object('id', ${p}.id, 'listing_number', ${p}.listing_number,
  'mls_name', (select m.short_name from mls m where m.org_id = ${p}.org_id and m.id = ${p}.mls_id), 'price', ${p}.list_price,
  'type_code', ${p}.type_code, 'sub_type', ${p}.property_sub_type, 'status', coalesce(${p}.mls_status, ${p}.standard_status),
  'display_address', ${p}.first_line, 'street_number', ${p}.street_number,
  'street_name', nullif(concat_ws(' ', ${p}.street_dir_prefix, ${p}.street_name, ${p}.street_suffix, ${p}.street_dir_suffix), ''),
  'unit_number', ${p}.unit_number, 'city', ${p}.city, 'area', ${p}.mls_area_minor, 'county', ${p}.county, 'state', ${p}.state_or_province,
  'postal_code', ${p}.postal_code, 'country', ${p}.country, 'bedrooms', ${p}.bedrooms, 'bathrooms', ${p}.bathrooms_total,
  'half_baths', ${p}.bathrooms_half, 'square_feet', ${p}.living_area_sqft, 'acres', ${p}.lot_acres, 'year_built', ${p}.year_built,
  'latitude', ${p}.latitude, 'longitude', ${p}.longitude,
  'photo', (select md.public_key from media md where md.org_id = ${p}.org_id and md.property_id = ${p}.id and md.kind = 'photograph'
    and md.deleted_at is null and md.archived_at is null order by md.position, md.id limit 1)))`;

const memberFacts = (p: string, column: string, outside: string, prefix: string) => `'${prefix}_agent_mls_id',
  coalesce((select n.number from mls_number n where n.org_id = ${p}.org_id and n.member_id = ${p}.${column} and n.mls_id = ${p}.mls_id
    order by n.id limit 1), ${p}.agents -> '${outside}' ->> 'mls_number'),
  '${prefix}_agent_name', coalesce((select coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) from member m
    where m.org_id = ${p}.org_id and m.id = ${p}.${column}), nullif(trim(concat(${p}.agents -> '${outside}' ->> 'first_name', ' ',
    ${p}.agents -> '${outside}' ->> 'last_name')), '')),
  '${prefix}_agent_email', coalesce((select m.email from member m where m.org_id = ${p}.org_id and m.id = ${p}.${column}),
    ${p}.agents -> '${outside}' ->> 'email')`;
const officeFacts = (p: string, id: string, outside: string, prefix: string) => `'${prefix}_office_mls_id',
  coalesce((select n.number from mls_number n where n.org_id = ${p}.org_id and n.office_id = ${id} and n.mls_id = ${p}.mls_id
    order by n.id limit 1), ${p}.agents -> '${outside}' ->> 'mls_number'),
  '${prefix}_office_name', coalesce((select o.name from office o where o.org_id = ${p}.org_id and o.id = ${id}),
    ${p}.agents -> '${outside}' ->> 'name')`;
const officeOf = (p: string, column: string) =>
  `(select m.office_id from member m where m.org_id = ${p}.org_id and m.id = ${p}.${column})`;

/** Whose the listing is, and who sold it: numbers and names, of members and of others. */
export const partyFacts = (p: string): string =>
  `jsonb_build_object(${[
    memberFacts(p, 'list_member_id', 'list_agent', 'list'),
    memberFacts(p, 'co_list_member_id', 'co_list_agent', 'colisting'),
    memberFacts(p, 'buyer_member_id', 'buyer_agent', 'sale'),
    memberFacts(p, 'co_buyer_member_id', 'co_buyer_agent', 'coselling'),
    officeFacts(p, `${p}.list_office_id`, 'list_office', 'list'),
    officeFacts(p, `${p}.co_list_office_id`, 'co_list_office', 'colisting'),
    officeFacts(p, officeOf(p, 'co_buyer_member_id'), 'co_buyer_office', 'coselling'),
    `'back_agent_mls', ${p}.agents -> 'back_agent' ->> 'mls_number'`,
  ].join(', ')})`;

export const listAgentNumber = (p: string): string =>
  `coalesce((select n.number from mls_number n where n.org_id = ${p}.org_id and n.member_id = ${p}.list_member_id and n.mls_id = ${p}.mls_id
    order by n.id limit 1), ${p}.agents -> 'list_agent' ->> 'mls_number')`;
export const listOfficeNumber = (p: string): string =>
  `coalesce((select n.number from mls_number n where n.org_id = ${p}.org_id and n.office_id = ${p}.list_office_id and n.mls_id = ${p}.mls_id
    order by n.id limit 1), ${p}.agents -> 'list_office' ->> 'mls_number')`;
