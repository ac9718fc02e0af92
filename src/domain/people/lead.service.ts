import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';
import { findLead } from './lead.ts';
import { primaryBroker } from './lead-task.ts';

/** What automatic distribution looks at (contracts/propertybase.md §4.1). */
export type Wanted = {
  readonly kind?: 'sales' | 'rentals';
  readonly minPrice?: number;
  readonly maxPrice?: number;
  readonly locations?: readonly string[];
  readonly propertyTypes?: readonly string[];
};
type Rules = {
  readonly enabled?: boolean;
  readonly min_price?: number | null;
  readonly max_price?: number | null;
  readonly locations?: readonly string[];
  readonly property_types?: readonly string[];
};
type Queued = { readonly id: number; readonly code: string; readonly distribution: Readonly<Record<string, Rules>> | null };

const agents = statement<{ id: number; code: string; email_key: string | null; office: string | null }>(
  'lead.agents',
  `select m.id, m.code, m.email_key, o.code as office from member m
   left join office o on o.org_id = m.org_id and o.id = m.office_id and o.deleted_at is null
   where m.org_id = $1 and m.kind = 'agent' and m.active and m.deleted_at is null
     and (m.id = $2::bigint or ($3::text is not null and m.email_key = lower($3)))`,
);
const queue = statement<Queued>(
  'lead.queue',
  `select id, code, distribution from member where org_id = $1 and kind = 'agent' and active and in_queue and deleted_at is null order by id`,
);
const nextInTurn = statement<{ id: number; code: string }>(
  'lead.round_robin',
  `select m.id, m.code from member m where m.org_id = $1 and m.kind = 'agent' and m.active and m.in_queue and m.deleted_at is null
   order by (select max(c.created_at) from contact c where c.org_id = m.org_id and c.member_ids[1] = m.id and c.created_door = 'propertybase')
     nulls first, m.id limit 1`,
);
const officeOf = statement<{ office: string | null }>(
  'lead.office_of',
  `select o.code as office from member m left join office o on o.org_id = m.org_id and o.id = m.office_id and o.deleted_at is null
   where m.org_id = $1 and m.id = $2`,
);

const same = (texts: readonly string[] | undefined, others: readonly string[] | undefined) => {
  const known = new Set((texts ?? []).map((text) => text.toLowerCase()));
  return (others ?? []).some((text) => known.has(text.toLowerCase()));
};

/** How many of an agent's rules speak for a lead, and whether any speaks against it. */
function fit({ distribution }: Queued, { kind = 'sales', minPrice, maxPrice, locations, propertyTypes }: Wanted) {
  const rules = distribution?.[kind];
  if (!rules?.enabled) return { for: 0, against: 1 };
  const low = rules.min_price ?? Number.NEGATIVE_INFINITY;
  const high = rules.max_price ?? Number.POSITIVE_INFINITY;
  const price =
    minPrice === undefined && maxPrice === undefined
      ? undefined
      : (maxPrice ?? minPrice ?? 0) >= low && (minPrice ?? maxPrice ?? 0) <= high;
  const place = (rules.locations ?? []).length === 0 || !locations?.length ? undefined : same(rules.locations, locations);
  const type =
    (rules.property_types ?? []).length === 0 || !propertyTypes?.length ? undefined : same(rules.property_types, propertyTypes);
  const said = [true, price, place, type].filter((one) => one !== undefined);
  return { for: said.filter((one) => one).length, against: said.filter((one) => !one).length };
}

const anyOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)];

export type Assignment = { readonly memberCode: string; readonly officeCode: string | null };

/** Leads as the site's door makes them. */
export function leadsService({ db }: Pick<Ports, 'db'>) {
  const withOffice = async (orgId: number, one: { id: number; code: string } | undefined): Promise<Assignment | undefined> => {
    if (!one) return undefined;
    const [row] = await db.rows(officeOf, [orgId, one.id]);
    return { memberCode: one.code, officeCode: row?.office ?? null };
  };
  return {
    /** The active agent of that id, else of that address; undefined when neither is one. */
    async findAgent({ orgId }: Actor, id: number | null, email: string | null): Promise<Assignment | undefined> {
      const found = await db.rows(agents, [orgId, id, email]);
      const one = found.find((row) => row.id === id) ?? found[0];
      return one && { memberCode: one.code, officeCode: one.office };
    },

    /** A random one of the queue whose rules fit wholly, else in part; else as the site does with those that fit nobody. */
    async distribute({ orgId }: Actor, wanted: Wanted, unmatched: 'unassigned' | 'open' | 'roundRobin' = 'unassigned') {
      const all = (await db.rows(queue, [orgId])).map((one) => ({ one, fit: fit(one, wanted) }));
      const whole = all.filter((each) => each.fit.against === 0);
      const part = all.filter((each) => each.fit.for > 0);
      const found = anyOf(whole) ?? anyOf(part);
      if (found || unmatched !== 'roundRobin') return withOffice(orgId, found?.one);
      return withOffice(orgId, (await db.rows(nextInTurn, [orgId]))[0]);
    },

    /** Whom the site names, else its first broker (contracts/propertybase.md G17). */
    primaryBroker: ({ orgId }: Actor) => primaryBroker(db, orgId),

    /** The oldest lead of that address. */
    findLeadId: ({ orgId }: Actor, email: string): Promise<number | undefined> => findLead(db, orgId, email),
  };
}
export type Leads = ReturnType<typeof leadsService>;
