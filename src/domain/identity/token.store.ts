import { type Querier, statement, type Tx } from '../../db/index.ts';
import type { Pair } from './consent.store.ts';
import { type HolderRow, holderColumns, holderOf } from './holder.ts';
import type { UserRef } from './user.service.ts';

export type TokenKind = 'code' | 'access' | 'refresh';

export type TokenRow = HolderRow & {
  /** null: a personal token */
  readonly client_id: string | null;
  readonly scopes: string[];
  readonly grant_id: string | null;
  readonly payload: Record<string, unknown>;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly ended_at: Date | null;
  /** of the session in which it was asked for */
  readonly signed_out: boolean;
};

const find = statement<TokenRow>(
  'identity.token_by_hash',
  `select t.client_id, t.org_id, t.user_id, t.contact_id, g.agent_id, t.scopes, t.grant_id, t.payload, t.created_at, t.expires_at,
     t.ended_at, g.signed_out_at is not null as signed_out
   from token t left join oauth_grant g on g.id = t.grant_id where t.hash = $1 and t.door = $2 and t.kind = $3`,
);
export const findToken = async (db: Querier, hash: Buffer, door: string, kind: TokenKind) =>
  (await db.rows(find, [hash, door, kind]))[0];

const endAccess = statement(
  'identity.end_access_of_pair',
  `update token set ended_at = $4
   where org_id = $1 and user_id = $2 and client_id = $3 and kind = 'access' and ended_at is null`,
);
/** Those of a user; consumers come through a door that lets several run. */
export const endAccessTokens = (tx: Tx, pair: Pair, now: Date) => {
  const [userId] = holderColumns(pair);
  return tx.rows(endAccess, [pair.orgId, userId, pair.clientId, now]);
};

export type NewToken = {
  readonly hash: Buffer;
  readonly kind: TokenKind;
  readonly door: string;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly payload: unknown;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};
const insert = statement(
  'identity.insert_token',
  `insert into token (hash, kind, door, scopes, grant_id, payload, created_at, expires_at, org_id, user_id, contact_id, client_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
export function insertToken(tx: Tx, pair: Pair, token: NewToken) {
  const { hash, kind, door, scopes, grantId, payload, createdAt, expiresAt } = token;
  const [userId, contactId] = holderColumns(pair);
  const values = [hash, kind, door, scopes, grantId, JSON.stringify(payload), createdAt, expiresAt];
  return tx.rows(insert, [...values, pair.orgId, userId, contactId, pair.clientId]);
}

const insertClients = statement(
  'identity.insert_client_token',
  `insert into token (hash, kind, door, scopes, created_at, expires_at, org_id, client_id)
   select $1, 'access', $2, $3, $4, $5, org_id, client_id from client_app where client_id = $6 and door = $2`,
);
/** An access token of the application itself (client credentials). */
export const insertClientToken = (
  db: Querier,
  token: Pick<NewToken, 'hash' | 'door' | 'scopes' | 'createdAt' | 'expiresAt'> & { readonly clientId: string },
) => db.rows(insertClients, [token.hash, token.door, token.scopes, token.createdAt, token.expiresAt, token.clientId]);

const insertPersonals = statement<{ hash: Buffer }>(
  'identity.insert_personal_token',
  `insert into token (hash, kind, door, scopes, created_at, org_id, user_id, name) values ($1, 'access', $2, '{}', $3, $4, $5, $6)
   on conflict (org_id, user_id, name) where client_id is null and ended_at is null do nothing returning hash`,
);
/** False when the user has a live one of that name. */
export const insertPersonalToken = async (db: Querier, hash: Buffer, door: string, user: UserRef, name: string, now: Date) =>
  (await db.rows(insertPersonals, [hash, door, now, user.orgId, user.userId, name])).length > 0;

const endPersonals = statement<{ hash: Buffer }>(
  'identity.end_personal_token',
  `update token set ended_at = $4
   where org_id = $1 and user_id = $2 and name = $3 and client_id is null and ended_at is null returning hash`,
);
export const endPersonalToken = async (db: Querier, user: UserRef, name: string, now: Date) =>
  (await db.rows(endPersonals, [user.orgId, user.userId, name, now])).length > 0;

const endOne = statement(
  'identity.end_token',
  'update token set ended_at = $3 where hash = $1 and door = $2 and ended_at is null',
);
export const endToken = (db: Querier, hash: Buffer, door: string, now: Date) => db.rows(endOne, [hash, door, now]);

const shorten = statement(
  'identity.shorten_token',
  `update token set expires_at = least(coalesce(expires_at, 'infinity'), $3) where hash = $1 and door = $2 and ended_at is null`,
);
/** The token works until then, if it did not end earlier anyway. */
export const shortenToken = (db: Querier, hash: Buffer, door: string, until: Date) => db.rows(shorten, [hash, door, until]);

const consume = statement<{ grant_id: string }>(
  'identity.consume_token',
  'update token set ended_at = $3 where hash = $1 and kind = $2 and ended_at is null returning grant_id',
);
/** True for exactly one caller. */
export const consumeToken = async (db: Querier, kind: 'code' | 'refresh', hash: Buffer, now: Date) =>
  (await db.rows(consume, [hash, kind, now])).length > 0;

const pairOf = statement<HolderRow & { readonly client_id: string }>(
  'identity.pair_of_token',
  `select t.client_id, t.org_id, t.user_id, t.contact_id, g.agent_id from token t join oauth_grant g on g.id = t.grant_id
   where t.hash = $1 and t.door = $2 and t.kind in ('access', 'refresh') and t.ended_at is null`,
);
export async function findPair(db: Querier, hash: Buffer, door: string): Promise<Pair | undefined> {
  const [row] = await db.rows(pairOf, [hash, door]);
  const holder = row && holderOf(row);
  return holder && { ...holder, clientId: row.client_id };
}

export type BearerRow = {
  readonly org_id: number;
  readonly user_id: number;
  readonly client_id: string;
  readonly scopes: string[];
  readonly expired: boolean;
  readonly email: string;
  readonly administrator: boolean;
  readonly member_id: number | null;
  readonly office_id: number | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
};
const bearer = statement<BearerRow>(
  'identity.bearer',
  `select t.org_id, t.user_id, t.client_id, t.scopes, coalesce(t.expires_at <= $3, false) as expired,
     u.email, u.administrator, m.id as member_id, m.office_id, m.first_name, m.last_name
   from token t
   join app_user u on u.org_id = t.org_id and u.id = t.user_id
   join organisation o on o.id = t.org_id
   left join member m on m.org_id = t.org_id and m.user_id = t.user_id
   where t.hash = $1 and t.door = $2 and t.kind = 'access' and t.ended_at is null
     and u.status = 'active' and u.deleted_at is null and o.deleted_at is null
     and (m.id is null or (m.active and m.deleted_at is null))`,
);
/** One indexed read for each request of a door (design §6). */
export const findBearer = async (db: Querier, hash: Buffer, door: string, now: Date) =>
  (await db.rows(bearer, [hash, door, now]))[0];
