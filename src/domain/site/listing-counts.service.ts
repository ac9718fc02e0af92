import { sql } from 'kysely';
import type { Actor } from '../../access/actor.ts';
import { compileCondition, runAsked } from '../../db/index.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import { listingNoun } from '../property/index.ts';
import { catalogueOf } from '../records/index.ts';
import type { Question } from '../searches/index.ts';

/** Questions that are counted in one statement; a longer list is asked in several. */
const TOGETHER = 50;

export function listingCountsService({ db }: Pick<Ports, 'db'>) {
  async function countAll(orgId: number, asked: readonly Question[]): Promise<readonly (number | null)[]> {
    const catalogue = catalogueOf(listingNoun, orgId);
    const parts = asked.map(({ where, zone }, nth) => {
      const met = compileCondition(where, zone === undefined ? catalogue : { ...catalogue, zone });
      return sql`select ${nth}::int as nth, (select count(*)::int from property t where t.org_id = ${orgId} and t.deleted_at is null
        and t.listed and ${met}) as n`;
    });
    const all = sql<{ n: number }>`${sql.join(parts, sql.raw(' union all '))} order by nth`;
    try {
      const conditions = asked.map(({ where }) => where);
      return (await runAsked(db, all, conditions)).map(({ n }) => n);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // One that takes too long holds up all; one that cannot be computed is looked for.
      if (error.kind === 'unavailable' || asked.length === 1) return asked.map(() => null);
      return (await Promise.all(asked.map((one) => countAll(orgId, [one])))).flat();
    }
  }

  return {
    /** How many listings that the site shows meet each of these, in their order; null where it cannot be said in time, or at all. */
    async countListings({ orgId }: Actor, asked: readonly (Question | undefined)[]): Promise<readonly (number | null)[]> {
      const questions = asked.filter((one) => one !== undefined);
      const counts = new Map<Question, number | null>();
      for (let at = 0; at < questions.length; at += TOGETHER) {
        const some = questions.slice(at, at + TOGETHER);
        for (const [nth, n] of (await countAll(orgId, some)).entries()) counts.set(some[nth] as Question, n);
      }
      return asked.map((one) => (one && counts.get(one)) ?? null);
    },
  };
}
