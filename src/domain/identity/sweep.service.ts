import { type Db, statement } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';

const KEPT_MS = 30 * 86_400_000;

const SWEEPS = [
  statement('identity.sweep_tokens', 'delete from token where ended_at < $1 or expires_at < $1'),
  statement(
    'identity.sweep_grants',
    // One that was never exchanged, or has run out, ended without anybody saying so.
    'delete from oauth_grant g where created_at < $1 and not exists (select from token t where t.grant_id = g.id)',
  ),
  statement('identity.sweep_sessions', 'delete from web_session where expires_at < $1'),
  statement('identity.sweep_spark_sessions', 'delete from spark_session where expires_at < $1'),
  statement('identity.sweep_revoked', 'delete from revoked_token where expires_at < $1'),
  statement('identity.sweep_attempts', 'delete from sign_in_attempt where last_at < $1'),
];

export function sweepService(db: Db, clock: Clock) {
  return {
    /** Deletes what ended more than thirty days ago. For a job once a day; doing it twice, or not at all, changes no answer. */
    async sweep(): Promise<void> {
      const before = new Date(clock.now().getTime() - KEPT_MS);
      for (const sweep of SWEEPS) await db.rows(sweep, [before]);
    },
  };
}
