import { type Querier, statement, type Tx } from '../../db/index.ts';
import { type Pair, pairKey } from './consent.store.ts';
import { type HolderRow, holderColumns, holderOf } from './holder.ts';

/** One authorization: what was allowed, and the single claims asked for beside the scopes. */
export type Grant = Pair & { readonly scopes: readonly string[]; readonly claims: readonly string[] };

const insert = statement(
  'identity.insert_grant',
  `insert into oauth_grant (id, org_id, user_id, contact_id, agent_id, client_id, scopes, claims, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
);
export const insertGrant = (db: Querier, id: string, grant: Grant, now: Date) =>
  db.rows(insert, [id, grant.orgId, ...holderColumns(grant), grant.clientId, grant.scopes, grant.claims, now]);

const find = statement<HolderRow & { readonly client_id: string; readonly scopes: string[]; readonly claims: string[] }>(
  'identity.live_grant',
  `select client_id, org_id, user_id, contact_id, agent_id, scopes, claims from oauth_grant where id = $1 and ended_at is null`,
);
export async function findGrant(db: Querier, id: string): Promise<Grant | undefined> {
  const [row] = await db.rows(find, [id]);
  const holder = row && holderOf(row);
  return holder && { ...holder, clientId: row.client_id, scopes: row.scopes, claims: row.claims };
}

const end = statement(
  'identity.end_grant',
  `with gone as (update oauth_grant set ended_at = $2 where id = $1 and ended_at is null)
   update token set ended_at = $2 where grant_id = $1 and ended_at is null`,
);
/** Ends one authorization with its code and tokens. */
export const endGrant = (tx: Tx, id: string, now: Date) => tx.rows(end, [id, now]);

const endAll = statement(
  'identity.end_grants_of_pair',
  `with gone as (update oauth_grant set ended_at = $4
     where org_id = $1 and holder = $2 and client_id = $3 and ended_at is null returning id)
   update token set ended_at = $4 where grant_id in (select id from gone) and ended_at is null`,
);
/** Ends every authorization that the user gave the application. */
export const endGrants = (tx: Tx, pair: Pair, now: Date) => tx.rows(endAll, [...pairKey(pair), now]);

const endOthers = statement(
  'identity.end_exchanged_grants',
  `with gone as (update oauth_grant g set ended_at = $5
     where g.org_id = $1 and g.holder = $2 and g.client_id = $3 and g.id <> $4 and g.ended_at is null
       and exists (select from token t where t.grant_id = g.id and t.kind = 'refresh') returning g.id)
   update token set ended_at = $5 where grant_id in (select id from gone) and ended_at is null`,
);
/** Ends the pairs that came before; codes not yet exchanged stay (contracts/dotloop.md §2.4). */
export const endExchangedGrants = (tx: Tx, pair: Pair, but: string, now: Date) =>
  tx.rows(endOthers, [...pairKey(pair), but, now]);
