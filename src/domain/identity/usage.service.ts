import type { Actor } from '../../access/actor.ts';
import { type Db, type Querier, statement } from '../../db/index.ts';
import { readOwnApplication } from './own-application.ts';

/** Calls that an application made for a customer on one day (UTC), by resource (contracts/reapit.md §1.17). */
export type Usage = {
  readonly orgId: number;
  readonly clientId: string;
  /** 2026-03-01 */
  readonly day: string;
  readonly resource: string;
  readonly calls: number;
};

export type UsageOfCustomer = Pick<Usage, 'day' | 'resource' | 'calls'> & {
  readonly customer: string;
  readonly customerName: string;
};

// What is counted for an application that is gone by now, as after a reset of the sandbox, is dropped.
const add = statement(
  'usage.add',
  `insert into usage_day as u (org_id, client_id, day, resource, calls)
   select o.id, a.client_id, n.day, n.resource, sum(n.calls)
   from jsonb_to_recordset($1::jsonb) as n("orgId" bigint, "clientId" text, day date, resource text, calls bigint)
   join organisation o on o.id = n."orgId" join client_app a on a.client_id = n."clientId"
   group by o.id, a.client_id, n.day, n.resource
   order by o.id, a.client_id, n.day, n.resource
   on conflict (org_id, client_id, day, resource) do update set calls = u.calls + excluded.calls`,
);

const ofApplication = statement<{ day: string; resource: string; calls: number; code: string; name: string }>(
  'usage.of_application',
  `select u.day::text as day, u.resource, u.calls, o.code, o.name
   from usage_day u join organisation o on o.id = u.org_id
   where u.client_id = $1 and u.day >= $2 order by u.day desc, o.code, u.calls desc, u.resource limit $3`,
);

/** Adds up what was called since the last time; in one order, so that instances that write at once never wait in a ring. */
export async function countUsage(q: Querier, usage: readonly Usage[]): Promise<void> {
  if (usage.length > 0) await q.rows(add, [JSON.stringify(usage)]);
}

/** Rows of one page of usage; the newest days come first. */
const MOST_ROWS = 500;

export function usageService(db: Db) {
  return {
    addUsage: (usage: readonly Usage[]): Promise<void> => countUsage(db, usage),

    /** Of an application of the caller's organisation since that day, newest first. @throws Fault not_found application */
    async usageOfApplication(actor: Actor, clientId: string, since: string): Promise<readonly UsageOfCustomer[]> {
      await readOwnApplication(db, actor, clientId);
      const rows = await db.rows(ofApplication, [clientId, since, MOST_ROWS]);
      return rows.map(({ code, name, ...row }) => ({ ...row, customer: code, customerName: name }));
    },
  };
}
