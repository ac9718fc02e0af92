import { type Querier, statement, type Tx } from '../../db/index.ts';
import type { Pair } from './consent.store.ts';

export type TokenKind = 'code' | 'access' | 'refresh';

export type TokenRow = {
  readonly client_id: string;
  readonly org_id: number;
  readonly user_id: number;
  readonly scopes: string[];
  readonly grant_id: string;
  readonly payload: Record<string, unknown>;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly ended_at: Date | null;
};

const find = statement<TokenRow>(
  'identity.token_by_hash',
  `select client_id, org_id, user_id, scopes, grant_id, payload, created_at, expires_at, ended_at
   from token where hash = $1 and door = $2 and kind = $3`,
);
export const findToken = async (db: Querier, hash: Buffer, door: string, kind: TokenKind) =>
  (await db.rows(find, [hash, door, kind]))[0];

const endAccess = statement(
  'identity.end_access_of_pair',
  `update token set ended_at = $4
   where org_id = $1 and user_id = $2 and client_id = $3 and kind = 'access' and ended_at is null`,
);
export const endAccessTokens = (tx: Tx, pair: Pair, now: Date) =>
  tx.rows(endAccess, [pair.orgId, pair.userId, pair.clientId, now]);

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
  `insert into token (hash, kind, door, client_id, org_id, user_id, scopes, grant_id, payload, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
export const insertToken = (tx: Tx, pair: Pair, token: NewToken) =>
  tx.rows(insert, [
    token.hash,
    token.kind,
    token.door,
    pair.clientId,
    pair.orgId,
    pair.userId,
    token.scopes,
    token.grantId,
    JSON.stringify(token.payload),
    token.createdAt,
    token.expiresAt,
  ]);

const consume = statement<{ grant_id: string }>(
  'identity.consume_code',
  "update token set ended_at = $2 where hash = $1 and kind = 'code' and ended_at is null returning grant_id",
);
/** True for exactly one caller. */
export const consumeCode = async (db: Querier, hash: Buffer, now: Date) => (await db.rows(consume, [hash, now])).length > 0;

const pairOf = statement<{ client_id: string; org_id: number; user_id: number }>(
  'identity.pair_of_token',
  `select client_id, org_id, user_id from token
   where hash = $1 and door = $2 and kind in ('access', 'refresh') and ended_at is null`,
);
export const findPair = async (db: Querier, hash: Buffer, door: string): Promise<Pair | undefined> => {
  const [row] = await db.rows(pairOf, [hash, door]);
  return row && { orgId: row.org_id, userId: row.user_id, clientId: row.client_id };
};

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
