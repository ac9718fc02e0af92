import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';

const ofName = statement<{ id: number }>(
  'source.of_name',
  `select id from source where org_id = $1 and lower(name) = lower($2) and type = 'source' and deleted_at is null order by id limit 1`,
);

/** The words of one of the brokerage's sources, for a contact `t` that came from there. */
export const SOURCE_NAME = `(select s.name from source s where s.org_id = t.org_id and s.id = t.source_id and s.deleted_at is null)`;

type Origin = {
  readonly referral_source: string | null;
  readonly source_id: string | null;
  readonly source_office_id: string | null;
};
const fromOf = ({ source_id, source_office_id }: Origin) => source_id ?? source_office_id;

/**
 * Where a contact came from is one fact in two vocabularies: text at the site, a source or an office elsewhere. The one that is written
 * stands; the other follows, or is cleared where it has no word for it (domain-people §2.7).
 */
export async function settleSource(context: {
  readonly tx: Tx;
  readonly what: Happening;
  readonly before: Origin | null;
  readonly after: Origin;
}): Promise<{ source_id?: number | null; source_office_id?: null; referral_source?: null }> {
  const { tx, what, before, after } = context;
  const text = after.referral_source !== (before?.referral_source ?? null);
  const source = fromOf(after) !== (before && fromOf(before));
  if (text === source) return {};
  if (source) return { referral_source: null };
  const [found] = after.referral_source === null ? [] : await tx.rows(ofName, [what.actor.orgId, after.referral_source]);
  return { source_id: found?.id ?? null, source_office_id: null };
}
