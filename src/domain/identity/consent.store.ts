import { type Querier, statement, type Tx } from '../../db/index.ts';
import { type Holder, holderColumns, holderWord } from './holder.ts';
import type { UserRef } from './user.service.ts';

/** Whose tokens, for which application. */
export type Pair = Holder & { readonly clientId: string };
/** What the statements about a pair begin with. */
export const pairKey = (pair: Pair) => [pair.orgId, holderWord(pair), pair.clientId];

type ConsentRow = { readonly scopes: string[]; readonly revoked_at: Date | null };

const lock = statement<ConsentRow>(
  'identity.lock_consent',
  'select scopes, revoked_at from consent where org_id = $1 and holder = $2 and client_id = $3 for update',
);
/** The one lock under which tokens of a pair are issued and ended; taken before any other row. */
export const lockConsent = async (tx: Tx, pair: Pair) => (await tx.rows(lock, pairKey(pair)))[0];

const find = statement<{ scopes: string[] }>(
  'identity.live_consent',
  'select scopes from consent where org_id = $1 and holder = $2 and client_id = $3 and revoked_at is null',
);
export const findConsent = async (db: Querier, pair: Pair) => (await db.rows(find, pairKey(pair)))[0];

const give = statement(
  'identity.give_consent',
  `insert into consent as c (org_id, user_id, contact_id, client_id, scopes, given_at, created_at, updated_at)
   values ($1, $2, $3, $4, $6, $5, $5, $5)
   on conflict (org_id, holder, client_id) do update set updated_at = $5, revoked_at = null,
     scopes = case when c.revoked_at is null
       then (select array_agg(distinct s) from unnest(c.scopes || excluded.scopes) s) else excluded.scopes end,
     given_at = case when c.revoked_at is null then c.given_at else $5 end`,
);
/** Adds to a live consent; begins anew after a revoked one. */
export function giveConsent(db: Querier, pair: Pair, scopes: readonly string[], now: Date) {
  const [userId, contactId] = holderColumns(pair);
  return db.rows(give, [pair.orgId, userId, contactId, pair.clientId, now, scopes]);
}

const revoke = statement(
  'identity.revoke_consent',
  `update consent set revoked_at = $4, updated_at = $4
   where org_id = $1 and holder = $2 and client_id = $3 and revoked_at is null`,
);
export const revokeConsent = (tx: Tx, pair: Pair, now: Date) => tx.rows(revoke, [...pairKey(pair), now]);

export type ConnectedRow = {
  readonly client_id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly given_at: Date;
  readonly last_token: Date | null;
};
const connected = statement<ConnectedRow>(
  'identity.connected_applications',
  `select c.client_id, a.name, c.scopes, c.given_at,
     (select max(t.created_at) from token t
      where t.org_id = c.org_id and t.user_id = c.user_id and t.client_id = c.client_id and t.kind = 'access') as last_token
   from consent c join client_app a on a.client_id = c.client_id
   where c.org_id = $1 and c.holder = $2 and c.revoked_at is null and a.deleted_at is null
   order by lower(a.name), c.client_id`,
);
export const connectedApplications = (db: Querier, user: UserRef) => db.rows(connected, [user.orgId, holderWord(user)]);
