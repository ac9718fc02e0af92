import { type Querier, statement } from '../../db/index.ts';

export type SessionRow = {
  readonly org_id: number;
  readonly user_id: number;
  readonly uuid: string;
  readonly email: string;
  readonly administrator: boolean;
  readonly developer: boolean;
  readonly org_name: string;
  readonly time_zone: string;
  readonly member_id: number | null;
  readonly office_id: number | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly created_at: Date;
  readonly last_used_at: Date;
};

const insert = statement(
  'identity.insert_session',
  'insert into web_session (hash, org_id, user_id, created_at, last_used_at, expires_at) values ($1, $2, $3, $4, $4, $5)',
);
export const insertSession = (db: Querier, hash: Buffer, orgId: number, userId: number, now: Date, expires: Date) =>
  db.rows(insert, [hash, orgId, userId, now, expires]);

const find = statement<SessionRow>(
  'identity.session_by_hash',
  `select s.org_id, s.user_id, u.uuid, u.email, u.administrator, u.developer, o.name as org_name, o.time_zone, m.id as member_id, m.office_id,
     m.first_name, m.last_name, s.created_at, s.last_used_at
   from web_session s
   join app_user u on u.org_id = s.org_id and u.id = s.user_id
   join organisation o on o.id = s.org_id
   left join member m on m.org_id = s.org_id and m.user_id = s.user_id
   where s.hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_used_at > $3
     and u.status = 'active' and u.deleted_at is null and o.deleted_at is null
     and (m.id is null or (m.active and m.deleted_at is null))`,
);
export const findSession = async (db: Querier, hash: Buffer, now: Date, usedSince: Date) =>
  (await db.rows(find, [hash, now, usedSince]))[0];

const touch = statement(
  'identity.touch_session',
  'update web_session set last_used_at = $2 where hash = $1 and last_used_at < $2',
);
export const touchSession = (db: Querier, hash: Buffer, now: Date) => db.rows(touch, [hash, now]);

const end = statement('identity.end_session', 'update web_session set ended_at = $2 where hash = $1 and ended_at is null');
export const endSession = (db: Querier, hash: Buffer, now: Date) => db.rows(end, [hash, now]);

const endAll = statement(
  'identity.end_sessions_of_user',
  'update web_session set ended_at = $3 where org_id = $1 and user_id = $2 and ended_at is null',
);
export const endSessionsOf = (db: Querier, orgId: number, userId: number, now: Date) => db.rows(endAll, [orgId, userId, now]);
