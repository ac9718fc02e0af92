import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

export type PersonRef = { readonly kind: string; readonly id: number };
/** Somebody or something that work is given to; `kind` of members is agent or employee. */
export type Person = PersonRef & {
  readonly code: string;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
};

const MEMBER = `m.kind, m.id, m.code, coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as name, m.email, m.active`;
const byIds = statement<Person & { asked: string }>(
  'site.persons',
  `select 'member' as asked, ${MEMBER} from member m where m.org_id = $1 and m.id = any ($2::bigint[]) and m.deleted_at is null
   union all
   select 'team', 'team', g.id, g.code, g.name, g.email, g.active from team g where g.org_id = $1 and g.id = any ($3::bigint[]) and g.deleted_at is null
   union all
   select 'office', 'office', o.id, o.code, o.name, o.email, o.active from office o where o.org_id = $1 and o.id = any ($4::bigint[]) and o.deleted_at is null
   union all
   select 'contact', 'contact', c.id, c.code, coalesce(c.display_name, nullif(trim(concat(c.first_name, ' ', c.last_name)), ''), c.company_name, c.email, ''),
     c.email, true from contact c where c.org_id = $1 and c.id = any ($5::bigint[]) and c.deleted_at is null and c.lead_deleted_at is null`,
);
const byEmail = statement<Person>(
  'site.person_of_email',
  `select * from (
     select ${MEMBER}, case m.kind when 'agent' then 1 else 2 end as place from member m
     where m.org_id = $1 and m.email_key = lower($2) and m.deleted_at is null
     union all
     select 'team', g.id, g.code, g.name, g.email, g.active, 3 from team g where g.org_id = $1 and g.email_key = lower($2) and g.deleted_at is null
   ) found order by place, active desc, id limit 1`,
);
const leadOfBold = statement<{ id: number; code: string }>(
  'site.lead_of_bold',
  `select id, code from contact where org_id = $1 and lower(bold_leads_id) = lower($2) and deleted_at is null and lead_deleted_at is null order by id limit 1`,
);

const boldOf = statement<{ id: number; bold: string }>(
  'site.bold_of_leads',
  'select id, bold_leads_id as bold from contact where org_id = $1 and id = any ($2::bigint[]) and bold_leads_id is not null',
);

export const personsService = ({ db }: Pick<Ports, 'db'>) => ({
  /** `member 3` → who that is; those that there are, in one statement. */
  async persons({ orgId }: Actor, asked: readonly PersonRef[]): Promise<ReadonlyMap<string, Person>> {
    const ids = (kind: string) => [...new Set(asked.filter((one) => one.kind === kind).map(({ id }) => id))];
    const rows =
      asked.length === 0 ? [] : await db.rows(byIds, [orgId, ids('member'), ids('team'), ids('office'), ids('contact')]);
    return new Map(rows.map(({ asked: kind, ...person }) => [`${kind} ${person.id}`, person]));
  },

  /** Agents, then employees, then teams. */
  async personOfEmail({ orgId }: Actor, email: string): Promise<Person | undefined> {
    return (await db.rows(byEmail, [orgId, email]))[0];
  },

  /** Ids at BoldLeads of leads, by their own. */
  async boldOfLeads({ orgId }: Actor, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = ids.length === 0 ? [] : await db.rows(boldOf, [orgId, [...new Set(ids)]]);
    return new Map(rows.map(({ id, bold }) => [id, bold]));
  },

  /** The lead with that id at BoldLeads. */
  async leadOfBold({ orgId }: Actor, boldId: string): Promise<{ id: number; code: string } | undefined> {
    return (await db.rows(leadOfBold, [orgId, boldId]))[0];
  },
});
