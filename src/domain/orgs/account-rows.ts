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
type Columns = typeof EMPTY;
type Branch = { readonly columns: Partial<Columns>; readonly from: string };

const OWN_MLS = 'left join mls l on l.org_id = g.id and l.id = g.own_mls_id and l.deleted_at is null';
const COMPANY = { company_name: 'g.name', company_key: 'g.company_key' };
const MLS = { mls_name: 'l.name', mls_key: 'l.reso_key' };
/** An office is one of its own accounts, as it is in every list of them. */
const OFFICE = { office_id: 'o.id', office_name: 'o.name', office_key: 'o.reso_key' };

/** Whoever is inactive is no account (domain-people §3.3); an inactive office still names its members. */
const BRANCHES: Record<AccountKind, Branch> = {
  member: {
    columns: {
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
      address: `coalesce(o.address, '{}')`,
      extras: 'm.extras',
      ...OFFICE,
      ...COMPANY,
      ...MLS,
    },
    from: `member m join organisation g on g.id = m.org_id ${OWN_MLS}
      left join office o on o.org_id = m.org_id and o.id = m.office_id and o.deleted_at is null
      where m.deleted_at is null and m.active`,
  },
  office: {
    columns: {
      org_id: 'o.org_id',
      id: 'o.id',
      reso_key: 'o.reso_key',
      name: 'o.name',
      name_key: 'o.name_key',
      email: 'o.email',
      email_key: 'o.email_key',
      contact_points: 'o.contact_points',
      address: 'o.address',
      extras: 'o.extras',
      ...OFFICE,
      ...COMPANY,
      ...MLS,
    },
    from: `office o join organisation g on g.id = o.org_id ${OWN_MLS} where o.deleted_at is null and o.active`,
  },
  company: {
    columns: {
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
    from: `organisation g ${OWN_MLS} where g.deleted_at is null`,
  },
  mls: {
    columns: { org_id: 'l.org_id', id: 'l.id', reso_key: 'l.reso_key', name: 'l.name', name_key: 'lower(l.name)', ...MLS },
    from: 'mls l where l.deleted_at is null',
  },
};

/** An id is one of its kind only: a row's number in the list is the id times the kinds there are, and the place of its kind. */
function branchSql(kind: AccountKind, place: number): string {
  const { columns, from } = BRANCHES[kind];
  const values = Object.entries({ ...EMPTY, ...columns });
  const { id } = columns;
  return `select ${id} * ${ACCOUNT_KINDS.length} + ${place} as number, ${place} as kind_place, '${kind}'::text as kind,
    ${values.map(([name, value]) => `${value} as ${name}`).join(', ')} from ${from}`;
}

/** Everybody as one list. A condition on `kind` or on the key leaves the other branches out, or makes each a look into an index. */
export const ACCOUNTS = `(${ACCOUNT_KINDS.map(branchSql).join(' union all ')}) a`;
