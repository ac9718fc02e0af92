import { type Querier, statement } from '../../db/index.ts';
import { FORGET_MS, type Slowing } from './attempt.ts';

// 1, 2, 4 … seconds once the free tries are over: in the statement that counts, or tries in parallel would all be the first.
const WAIT = (n: string) => `case when ${n} < $3 then null
  else $2::timestamptz + make_interval(secs => least($4::int, 2 ^ least(${n} - $3, 20))) end`;
const NEXT = 'case when a.last_at < $5 then 1 else a.failures + 1 end';
const count = statement<{ failures: number }>(
  'identity.count_attempt',
  `insert into sign_in_attempt as a (key, failures, last_at, blocked_until) values ($1, 1, $2, null)
   on conflict (key) do update set failures = ${NEXT}, last_at = $2, blocked_until = ${WAIT(`(${NEXT})`)}
     where a.blocked_until is null or a.blocked_until <= $2
   returning failures`,
);
const blocked = statement<{ blocked_until: Date }>(
  'identity.blocked_until',
  'select blocked_until from sign_in_attempt where key = $1 and blocked_until > $2',
);

/** Counts a try as failed before it is made; a good one is forgiven afterwards. Answers until when the key is refused, if it is. */
export async function countAttempt(db: Querier, key: Buffer, slowing: Slowing, now: Date): Promise<Date | undefined> {
  const since = new Date(now.getTime() - FORGET_MS);
  const counted = await db.rows(count, [key, now, slowing.free, slowing.longestSeconds, since]);
  if (counted.length > 0) return undefined;
  return (await db.rows(blocked, [key, now]))[0]?.blocked_until;
}

const forgive = statement(
  'identity.forgive_attempt',
  'update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = null where key = $1',
);
const forget = statement('identity.forget_attempts', 'delete from sign_in_attempt where key = $1');

/** Takes one failure back: a good password must not open the way for bad ones from the same network. */
export const forgiveAttempt = (db: Querier, key: Buffer) => db.rows(forgive, [key]);
export const forgetAttempts = (db: Querier, key: Buffer) => db.rows(forget, [key]);
