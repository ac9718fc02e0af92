import type { Collection } from '../../db/index.ts';
import type { RoleColumn } from './party.noun.ts';
import type { Address, ContactPoint } from './types.ts';

/** A contact or company behind a row, flattened: what `related` of the row says. */
export type RelatedParty = {
  readonly code: string;
  readonly kind: 'contact' | 'company';
  readonly is_main: boolean;
  readonly title: string | null;
  readonly first_name: string | null;
  readonly surname: string;
  readonly email: string | null;
  readonly contact_points: readonly ContactPoint[];
  readonly address: Address;
  readonly marketing_consent: string;
  readonly archived: boolean;
  readonly extras: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly occupy_on: string | null;
  readonly vacate_on: string | null;
  /** what is kept of the party itself */
  readonly role_extras: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const relatedSql = (role: RoleColumn) => `(select coalesce(jsonb_agg(jsonb_build_object(
    'code', coalesce(c.code, k.code), 'kind', p.associated_kind, 'is_main', p.is_main, 'title', c.title, 'first_name', c.first_name,
    'surname', coalesce(c.surname, k.name), 'email', coalesce(c.email, k.email),
    'contact_points', coalesce(c.contact_points, k.contact_points), 'address', coalesce(c.primary_address, k.address),
    'marketing_consent', coalesce(c.marketing_consent, k.marketing_consent),
    'archived', c.archived_at is not null or k.archived_at is not null, 'extras', coalesce(c.extras, k.extras),
    'occupy_on', p.occupy_on, 'vacate_on', p.vacate_on, 'role_extras', p.extras) order by p.is_main desc, p.position, p.id), '[]')
  from party p
  left join contact c on c.org_id = p.org_id and c.id = p.contact_id and c.deleted_at is null
  left join company k on k.org_id = p.org_id and k.id = p.company_id and k.deleted_at is null
  where p.org_id = t.org_id and p.${role} = t.id and p.deleted_at is null and p.archived_at is null and (c.id is not null or k.id is not null))`;

const LIVE = 'p.deleted_at is null and p.archived_at is null';
/** Contacts and companies apart, so that a word is looked for in the index of each. */
const partiesSql = (role: RoleColumn) => `(
    select p.org_id, p.${role} as role_id, c.name_text, c.surname_key, c.initials, lower(c.company_name) as company_name,
      c.address_text, c.email_key, c.facets
    from party p join contact c on c.org_id = p.org_id and c.id = p.contact_id and c.deleted_at is null
    where p.${role} is not null and ${LIVE}
    union all
    select p.org_id, p.${role}, k.name_text, lower(k.name) collate "C", null, lower(k.name), k.address_text, k.email_key, k.facets
    from party p join company k on k.org_id = p.org_id and k.id = p.company_id and k.deleted_at is null
    where p.${role} is not null and ${LIVE}
  ) r where r.org_id = t.org_id and r.role_id = t.id`;

const text = (name: string) => ({ sql: `r.${name}`, type: 'text', caseless: `r.${name}` }) as const;

/** What a noun that contacts and companies stand behind spreads into its declaration. */
export const partiesOf = (role: RoleColumn) => ({
  reads: { related: relatedSql(role) },
  collections: {
    parties: {
      from: partiesSql(role),
      fields: {
        name_text: text('name_text'),
        surname_key: text('surname_key'),
        initials: text('initials'),
        company_name: text('company_name'),
        address_text: text('address_text'),
        email: text('email_key'),
        points: { sql: 'r.facets', type: 'text', list: { kind: 'facets', facet: 'point' } },
      },
    } satisfies Collection,
  },
});
