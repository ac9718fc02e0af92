import { statement, type Tx } from '../../db/index.ts';

/** A number under which an MLS knows a member or an office; without a name it is the site's one MLS. */
export type MlsNumber = { readonly mlsName: string | null; readonly number: string };

const mlsOf = statement<{ id: number; name: string }>(
  'mls_number.mls',
  'select id, lower(short_name) as name from mls where org_id = $1 and deleted_at is null',
);
const remove = statement<never>(
  'mls_number.remove',
  'delete from mls_number where org_id = $1 and member_id is not distinct from $2::bigint and office_id is not distinct from $3::bigint',
);
const insert = statement<never>(
  'mls_number.add',
  `insert into mls_number (org_id, mls_id, member_id, office_id, number)
   select $1, n.mls_id, $2::bigint, $3::bigint, n.number from unnest($4::bigint[], $5::text[]) as n (mls_id, number)`,
);

/**
 * These numbers and no others. Answers the names of MLSs that the site does not have; then nothing is written.
 */
export async function replaceMlsNumbers(
  tx: Tx,
  orgId: number,
  of: { readonly memberId?: number; readonly officeId?: number },
  numbers: readonly MlsNumber[],
): Promise<readonly string[]> {
  const known = await tx.rows(mlsOf, [orgId]);
  const idOf = (name: string | null) =>
    name === null ? (known.length === 1 ? known[0]?.id : undefined) : known.find((one) => one.name === name.toLowerCase())?.id;
  const unknown = numbers.filter(({ mlsName }) => idOf(mlsName) === undefined).map(({ mlsName }) => mlsName ?? '');
  if (unknown.length > 0) return unknown;
  const whose = [of.memberId ?? null, of.officeId ?? null];
  await tx.rows(remove, [orgId, ...whose]);
  await tx.rows(insert, [orgId, ...whose, numbers.map(({ mlsName }) => idOf(mlsName)), numbers.map(({ number }) => number)]);
  return [];
}
