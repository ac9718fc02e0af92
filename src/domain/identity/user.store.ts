import { type Querier, statement } from '../../db/index.ts';

export type LoginRow = {
  readonly org_id: number;
  readonly id: number;
  readonly email: string;
  readonly password_hash: string | null;
  readonly org_name: string;
};

/** A login works while the user is active, and the member, if there is one, too (domain-people §3.3). */
const USABLE = `u.status = 'active' and u.deleted_at is null and o.deleted_at is null
    and (m.id is null or (m.active and m.deleted_at is null))`;
const FROM = `app_user u
  join organisation o on o.id = u.org_id
  left join member m on m.org_id = u.org_id and m.user_id = u.id`;

const byAddress = statement<LoginRow>(
  'identity.logins_by_address',
  `select u.org_id, u.id, u.email, u.password_hash, o.name as org_name from ${FROM}
   where u.email_key = lower($1) and ${USABLE} order by u.org_id limit 5`,
);
/** The logins behind one address, in at most five organisations (domain-people §2.5). */
export const loginsOf = async (db: Querier, email: string) => (email.includes('\0') ? [] : db.rows(byAddress, [email]));

const usable = statement<{ ok: boolean }>(
  'identity.user_usable',
  `select true as ok from ${FROM} where u.org_id = $1 and u.id = $2 and ${USABLE}`,
);
export const isUsable = async (db: Querier, orgId: number, userId: number) => (await db.rows(usable, [orgId, userId])).length > 0;

const inOrganisation = statement<{ id: number; member_id: number | null }>(
  'identity.user_by_address',
  `select u.id, m.id as member_id from ${FROM} where u.org_id = $1 and u.email_key = lower($2) and ${USABLE}`,
);
export const findByAddress = async (db: Querier, orgId: number, email: string) =>
  (await db.rows(inOrganisation, [orgId, email]))[0];

const insert = statement<{ id: number; uuid: string }>(
  'identity.insert_user',
  `insert into app_user (org_id, id, uuid, email, password_hash, administrator, developer, status, created_at,
     updated_at)
   values ($1, coalesce($2::bigint, nextval('app_user_id_seq')), coalesce($3::uuid, gen_random_uuid()), $4, $5, $6, $7, $8, $9, $10)
   on conflict (org_id, email_key) where deleted_at is null do nothing
   returning id, uuid`,
);
export const insertUser = async (db: Querier, values: readonly unknown[]) => (await db.rows(insert, values))[0];

const link = statement<{ id: number }>(
  'identity.link_member',
  `update member set user_id = $3, version = version + 1, updated_at = $4
   where org_id = $1 and id = $2 and user_id is null and deleted_at is null returning id`,
);
export const linkMember = async (db: Querier, orgId: number, memberId: number, userId: number, now: Date) =>
  (await db.rows(link, [orgId, memberId, userId, now])).length > 0;

const password = statement<{ id: number }>(
  'identity.set_password',
  `update app_user set password_hash = $3, status = case status when 'invited' then 'active' else status end,
     version = version + 1, updated_at = $4
   where org_id = $1 and id = $2 and deleted_at is null returning id`,
);
export const savePassword = async (db: Querier, orgId: number, userId: number, hash: string, now: Date) =>
  (await db.rows(password, [orgId, userId, hash, now])).length > 0;

const signedIn = statement('identity.signed_in', 'update app_user set last_login_at = $3 where org_id = $1 and id = $2');
export const noteSignIn = (db: Querier, orgId: number, userId: number, now: Date) => db.rows(signedIn, [orgId, userId, now]);
