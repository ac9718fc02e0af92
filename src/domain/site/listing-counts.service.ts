import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { build, compileCondition } from '../../db/index.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Ports } from '../given.ts';
import { listingNoun } from '../property/index.ts';
import { catalogueOf } from '../records/index.ts';

/** Questions that are counted in one statement; a longer list is asked in several. */
const TOGETHER = 50;

export const listingCountsService = ({ db }: Pick<Ports, 'db'>) => ({
  /** How many listings that the site shows meet each of these, in their order. */
  async countListings({ orgId }: Actor, asked: readonly Condition[]): Promise<readonly number[]> {
    const catalogue = catalogueOf(listingNoun, orgId);
    const counts: number[] = [];
    for (let at = 0; at < asked.length; at += TOGETHER) {
      const parts = asked.slice(at, at + TOGETHER).map(
        (
          condition,
          nth,
        ) => sql`select ${nth}::int as nth, (select count(*)::int from property t where t.org_id = ${orgId} and t.deleted_at is null
          and t.archived_at is null and t.listed and ${compileCondition(condition, catalogue)}) as n`,
      );
      const rows = await db.run(
        sql<{ nth: number; n: number }>`${sql.join(parts, sql.raw(' union all '))} order by nth`.compile(build),
      );
      counts.push(...rows.map(({ n }) => n));
    }
    return counts;
  },
});
