import { ACCOUNT_KINDS, type AccountKind } from './account.ts';
import { memberNameSql } from './member-name.ts';

/** The columns of an account, and what one is that a kind does not have. */
const EMPTY = {
  org_id: 'null::bigint',
  id: 'null::bigint',
  reso_key: 'null::char(26)',
  name: 'null::text',
  name_key: `''::text`,
  first_name: 'null::text',
  middle_name: 'null::text',
  last_name: 'null::text',
  access_level: 'null::text',
  email: 'null::text',
  email_key: 'null::text',
  contact_points: `'[]'::jsonb`,
  website_url: 'null::text',
  photo: 'null::text',
  address: `'{}'::jsonb`,
  extras: `'{}'::jsonb`,
  office_id: 'null::bigint',
  office_name: 'null::text',
  office_key: 'null::char(26)',
  company_name: 'null::text',
  company_key: 'null::char(26)',
  mls_name: 'null::text',
  mls_key: 'null::char(26)',
};
export type AccountColumns = typeof EMPTY;

/** Where the accounts of a kind come from. What is joined is joined from the left, so that a list that needs none of it reads none. */
export type AccountRows = {
  readonly columns: AccountColumns;
  readonly table: string;
  readonly joins: string;
  /** whoever is inactive is no account (domain-people §3.3) */
  readonly live: string;
};

const OWN_MLS = 'left join mls l on l.org_id = g.id and l.id = g.own_mls_id and l.deleted_at is null';
const COMPANY = { company_name: 'g.name', company_key: 'g.company_key' };
const MLS = { mls_name: 'l.name', mls_key: 'l.reso_key' };
/** An office is one of its own accounts, as it is in every list of them; an inactive one still names its members. */
const OFFICE = { office_id: 'o.id', office_name: 'o.name', office_key: 'o.reso_key' };

export const ROWS: Readonly<Record<AccountKind, AccountRows>> = {
  member: {
    columns: {
      ...EMPTY,
      org_id: 'm.org_id',
      id: 'm.id',
      reso_key: 'm.reso_key',
      name: memberNameSql('m'),
      name_key: 'm.name_key',
      first_name: 'm.first_name',
      middle_name: 'm.middle_name',
      last_name: 'm.last_name',
      access_level: 'm.access_level',
      email: 'm.email',
      email_key: 'm.email_key',
      contact_points: 'm.contact_points',
      website_url: 'm.website_url',
      photo: 'm.photo',
      address: `coalesce(o.address, '{}')`,
      extras: 'm.extras',
      ...OFFICE,
      ...COMPANY,
      ...MLS,
    },
    table: 'member m',
    joins: `left join organisation g on g.id = m.org_id ${OWN_MLS}
      left join office o on o.org_id = m.org_id and o.id = m.office_id and o.deleted_at is null`,
    live: 'm.deleted_at is null and m.active',
  },
  office: {
    columns: {
      ...EMPTY,
      org_id: 'o.org_id',
      id: 'o.id',
      reso_key: 'o.reso_key',
      name: 'o.name',
      name_key: 'o.name_key',
      email: 'o.email',
      email_key: 'o.email_key',
      contact_points: 'o.contact_points',
      photo: 'o.photo',
      address: 'o.address',
      extras: 'o.extras',
      ...OFFICE,
      ...COMPANY,
      ...MLS,
    },
    table: 'office o',
    joins: `left join organisation g on g.id = o.org_id ${OWN_MLS}`,
    live: 'o.deleted_at is null and o.active',
  },
  company: {
    columns: {
      ...EMPTY,
      org_id: 'g.id',
      id: 'g.id',
      reso_key: 'g.company_key',
      name: 'g.name',
      name_key: 'lower(g.name)',
      email: 'g.email',
      email_key: 'lower(g.email)',
      address: `coalesce(g.address, '{}')`,
      ...COMPANY,
      ...MLS,
    },
    table: 'organisation g',
    joins: OWN_MLS,
    live: 'g.deleted_at is null',
  },
  mls: {
    columns: {
      ...EMPTY,
      org_id: 'l.org_id',
      id: 'l.id',
      reso_key: 'l.reso_key',
      name: 'l.name',
      name_key: 'lower(l.name)',
      ...MLS,
    },
    table: 'mls l',
    joins: '',
    live: 'l.deleted_at is null',
  },
};

const named = (columns: AccountColumns) =>
  Object.entries(columns)
    .map(([name, value]) => `${value} as ${name}`)
    .join(', ');
/** What a list of one kind selects. */
export const columnsOf = (kind: AccountKind) => `'${kind}'::text as kind, ${named(ROWS[kind].columns)}`;

/** An id is one of its kind only: a row's number in the list is the id times the kinds there are, and the place of its kind. */
function branchSql(kind: AccountKind, place: number): string {
  const { columns, table, joins, live } = ROWS[kind];
  const number = `${columns.id} * ${ACCOUNT_KINDS.length} + ${place}`;
  return `select ${number} as number, ${place} as kind_place, ${columnsOf(kind)} from ${table} ${joins} where ${live}`;
}

/** Everybody as one list. A condition on the key makes each branch a look into an index. */
export const ACCOUNTS = `(${ACCOUNT_KINDS.map(branchSql).join(' union all ')}) a`;
/** The columns of that list. */
export const ALL = Object.fromEntries(Object.keys(EMPTY).map((name) => [name, `a.${name}`])) as AccountColumns;
