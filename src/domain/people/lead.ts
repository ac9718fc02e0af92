import { type Field, type Querier, statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Breach } from '../../kernel/fault.ts';
import { instant, json, ref, text } from '../records/index.ts';
import { uniqueBreaches } from '../unique.ts';
import { SOURCE_NAME } from './lead-source.ts';

/** Every contact is a lead at the site's door: columns with defaults, not a second record (domain-people §1.10). */
export const LEAD_COLUMNS = {
  team_id: ref('team'),
  referral_source: text(),
  lead_status: text({ required: true }),
  lead_type: text(),
  last_active_at: instant({ readOnly: true }),
  bold_leads_id: text(),
  referral_source_domain: text(),
  utm: json<Readonly<Record<string, string>> | null>(),
  custom_fields: json<Readonly<Record<string, unknown>> | null>(),
  lead_deleted_at: instant(),
};

const AGENT = `(select m.id from member m where m.org_id = t.org_id and m.id = t.member_ids[1] and m.kind = 'agent' and m.deleted_at is null)`;

/** The first member, if that is an agent: who works the lead; and where it came from. */
export const LEAD_READS = { lead_agent_id: AGENT, source_name: SOURCE_NAME };

const column = (name: string): Field => ({ sql: `t.${name}`, type: 'text', caseless: true });
const utm = (name: string): [string, Field] => [
  `utm_${name}`,
  { sql: `(t.utm ->> 'utm_${name}')`, type: 'text', caseless: true },
];

export const LEAD_FIELDS: Readonly<Record<string, Field>> = {
  lead_agent_id: { sql: AGENT, type: 'integer' },
  lead_agent_email: {
    sql: `(select m.email_key from member m where m.org_id = t.org_id and m.id = t.member_ids[1] and m.deleted_at is null)`,
    type: 'text',
    caseless: true,
  },
  is_unassigned: { sql: `(t.member_ids = '{}' and t.team_id is null)`, type: 'boolean', required: true },
  first_name_sort: column('first_name'),
  last_name_sort: column('last_name'),
  point_text: { sql: 'array_to_string(t.facets, chr(10))', type: 'text', caseless: 'array_to_string(t.facets, chr(10))' },
  ...Object.fromEntries(['source', 'medium', 'campaign', 'term', 'content'].map(utm)),
};
export const LEAD_COLLECTIONS = {
  tags: { from: 'unnest(t.tags) as g(name) where true', fields: { name: { sql: 'g.name', type: 'text', caseless: true } } },
  custom_fields: {
    from: 'jsonb_each_text(t.custom_fields) as f(name, value) where true',
    fields: {
      name: { sql: 'f.name', type: 'text' },
      value: { sql: 'f.value', type: 'text', caseless: true },
    },
  },
} as const;

const holders = statement<{ id: number }>(
  'contact.leads_of_email',
  'select id from contact where org_id = $1 and email_key = $2 and deleted_at is null and lead_deleted_at is null order by id',
);

/** The leads that a site has: contacts that it did not delete. */
export const LEADS: Condition = { kind: 'missing', left: { kind: 'field', name: 'lead_deleted_at' } };

type Lead = { readonly id: number; readonly email: string | null; readonly lead_deleted_at: Date | null };

/** The site promises one lead for each address; the other doors promise nothing (domain-people §1.10.2). */
export const leadBreaches = (
  tx: Tx,
  what: Happening,
  before: Lead | null,
  { id, email, lead_deleted_at }: Lead,
): Promise<Breach[]> =>
  before?.email === email || lead_deleted_at !== null
    ? Promise.resolve([])
    : uniqueBreaches(tx, what, { kind: 'lead-email', at: 'email', value: email, id, holders });

/** The oldest lead of that address, ignoring case. */
export async function findLead(tx: Pick<Querier, 'rows'>, orgId: number, email: string): Promise<number | undefined> {
  return (await tx.rows(holders, [orgId, email.toLowerCase()]))[0]?.id;
}
