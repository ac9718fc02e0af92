import { type Querier, statement, type Tx } from '../../db/index.ts';

const hold = statement<{ id: number }>(
  'identity.hold_installation',
  'select id from installation where org_id = $1 and id = $2 and uninstalled_at is null for share',
);
/** Whoever uninstalls waits until what is written under the installation is there to be ended with it. */
export const holdInstallation = async (tx: Tx, orgId: number, id: number) => (await tx.rows(hold, [orgId, id])).length > 0;

const insert = statement(
  'identity.insert_connect_grant',
  `insert into oauth_grant (id, org_id, user_id, client_id, scopes, created_at, installation_id, session_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
);
export const insertConnectGrant = (tx: Tx, values: readonly unknown[]) => tx.rows(insert, values);

const holdOne = statement<{ created_at: Date; signed_out: boolean }>(
  'identity.hold_grant',
  'select created_at, signed_out_at is not null as signed_out from oauth_grant where id = $1 and ended_at is null for share',
);
/** Of an authorization that is alive; whoever ends it waits until what hangs on it is there. */
export const holdGrant = async (tx: Tx, id: string) => (await tx.rows(holdOne, [id]))[0];

const signOut = statement(
  'identity.sign_out_grants',
  'update oauth_grant set signed_out_at = $2 where session_hash = $1 and ended_at is null and signed_out_at is null',
);
export const signOutGrants = (tx: Tx, session: Buffer, now: Date) => tx.rows(signOut, [session, now]);

const revoke = statement(
  'identity.revoke_access_token',
  'insert into revoked_token (hash, expires_at) values ($1, $2) on conflict (hash) do nothing',
);
export const revokeAccessToken = (q: Querier, hash: Buffer, expiresAt: Date) => q.rows(revoke, [hash, expiresAt]);
