import { type Querier, statement, type Tx } from '../../db/index.ts';

/** A contact's login at agents' portals (domain-people §2.6). */
export type ConsumerLogin = {
  readonly reso_key: string;
  readonly contact_key: string;
  /** who shows it: the member who asks, else the contact's first */
  readonly owner_key: string | null;
  readonly login_name: string;
  readonly enabled: boolean;
  readonly language: string | null;
  /** false: invited, and nobody can sign in yet */
  readonly has_password: boolean;
  readonly last_login_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
};

/** A contact that the caller may see, with the login it may have. */
export type LoginOfContact = { readonly contact_id: number; readonly email: string | null } & (
  | ConsumerLogin
  | { readonly reso_key: null }
);

/** What a contact `c` is called. */
export const CONTACT_NAME = `coalesce(c.display_name, nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.company_name, c.email, '')`;
const OF_CONTACT = `c.id as contact_id, c.email, l.reso_key, c.reso_key as contact_key, m.reso_key as owner_key,
  l.login_name, l.enabled, l.language, l.password_hash is not null as has_password, l.last_login_at, l.created_at, l.updated_at`;
/** $2: a member with the contact in the book, or null; $3: the contact itself, or null; $4: whose account is shown as the owner. */
const SEEN = `from contact c
  left join contact_login l on l.org_id = c.org_id and l.contact_id = c.id
  left join member m on m.org_id = c.org_id and m.id = case when $4::bigint = any (c.member_ids) then $4 else c.member_ids[1] end
  where c.org_id = $1 and c.reso_key = $5 and c.deleted_at is null and ($2::bigint = any (c.member_ids) or c.id = $3::bigint)`;

const find = statement<LoginOfContact>('consumer.login', `select ${OF_CONTACT} ${SEEN}`);
const lock = statement<LoginOfContact>('consumer.lock_login', `select ${OF_CONTACT} ${SEEN} for update of c`);

export type Seer = readonly [memberId: number | null, contactId: number | null, ownerId: number | null];
export const findLogin = async (q: Querier, orgId: number, seer: Seer, key: string): Promise<LoginOfContact | undefined> =>
  (await q.rows(find, [orgId, ...seer, key]))[0];
/** The contact is held, so that it cannot be deleted meanwhile. */
export const lockLogin = async (tx: Tx, orgId: number, seer: Seer, key: string): Promise<LoginOfContact | undefined> =>
  (await tx.rows(lock, [orgId, ...seer, key]))[0];

const taken = statement<{ taken: boolean }>(
  'consumer.name_taken',
  'select exists (select from contact_login where org_id = $1 and login_key = lower($2) and contact_id <> $3) as taken',
);
export const isNameTaken = async (tx: Tx, orgId: number, loginName: string, contactId: number): Promise<boolean> =>
  (await tx.rows(taken, [orgId, loginName, contactId]))[0]?.taken ?? false;

const insert = statement<never>(
  'consumer.insert_login',
  `insert into contact_login (org_id, contact_id, reso_key, login_name, password_hash, enabled, language, created_at, updated_at, created_door)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
);
export const insertLogin = (tx: Tx, values: readonly unknown[]) => tx.rows(insert, values);

/** Passwords that may not come back, the newest first. */
const FORMER = 5;

const save = statement<never>(
  'consumer.save_login',
  `update contact_login set login_name = $3, enabled = $4, language = $5, updated_at = $6, version = version + 1
   where org_id = $1 and contact_id = $2`,
);
export const saveLogin = (tx: Tx, orgId: number, contactId: number, login: ConsumerLogin, at: Date) =>
  tx.rows(save, [orgId, contactId, login.login_name, login.enabled, login.language, at]);

const password = statement<{ contact_id: number }>(
  'consumer.save_password',
  `update contact_login set password_hash = $3, updated_at = $4, version = version + 1,
     former_hashes = (case when password_hash is null then '{}'::text[] else array[password_hash] end || former_hashes)[1:${FORMER}]
   where org_id = $1 and contact_id = $2 and ($5::text is null or password_hash = $5) returning contact_id`,
);
/** False when `current` is given and is not the hash any more. */
export const savePassword = async (tx: Tx, orgId: number, contactId: number, hash: string, at: Date, current?: string) =>
  (await tx.rows(password, [orgId, contactId, hash, at, current ?? null])).length > 0;

const enable = statement<{ login_name: string; was: boolean }>(
  'consumer.enable_login',
  `with was as (select enabled from contact_login where org_id = $1 and contact_id = $2 for update)
   update contact_login l set enabled = $3, updated_at = case when was.enabled = $3 then l.updated_at else $4 end,
     version = l.version + case when was.enabled = $3 then 0 else 1 end
   from was where l.org_id = $1 and l.contact_id = $2 returning l.login_name, was.enabled as was`,
);
export const saveEnabled = async (tx: Tx, orgId: number, contactId: number, enabled: boolean, at: Date) =>
  (await tx.rows(enable, [orgId, contactId, enabled, at]))[0];

const remove = statement<{ login_name: string }>(
  'consumer.delete_login',
  'delete from contact_login where org_id = $1 and contact_id = $2 returning login_name',
);
/** For good: the name is free for others then. */
export const deleteLogin = async (tx: Tx, orgId: number, contactId: number): Promise<string | undefined> =>
  (await tx.rows(remove, [orgId, contactId]))[0]?.login_name;

const endAll = statement<never>(
  'consumer.end_grants',
  `with gone as (update oauth_grant set ended_at = $4 where org_id = $1 and contact_id = $2 and holder = $3 and ended_at is null returning id)
   update token set ended_at = $4 where grant_id in (select id from gone) and ended_at is null`,
);
/** Whoever is signed in somewhere as that contact is so no more. */
export const endConsumerGrants = (tx: Tx, orgId: number, contactId: number, at: Date) =>
  tx.rows(endAll, [orgId, contactId, `c${contactId}`, at]);

export type SignInRow = {
  readonly contact_id: number;
  readonly reso_key: string;
  readonly name: string;
  readonly password_hash: string | null;
};
const SIGN_IN = `c.id as contact_id, c.reso_key, ${CONTACT_NAME} as name, l.password_hash`;
const IN_BOOK = `join contact_agent a on a.org_id = l.org_id and a.contact_id = l.contact_id and a.member_id = $2
  join contact c on c.org_id = l.org_id and c.id = l.contact_id`;
const candidates = statement<SignInRow>(
  'consumer.sign_in',
  `select * from (
     select 1 as rank, ${SIGN_IN} from contact_login l ${IN_BOOK} where l.org_id = $1 and l.login_key = lower($3) and l.enabled
     union all
     select 2, ${SIGN_IN} from contact_login l ${IN_BOOK}
     where l.org_id = $1 and c.email_key = lower($3) and c.deleted_at is null and l.login_key <> lower($3) and l.enabled) found
   order by rank, contact_id limit 5`,
);
/** Logins of that name in the agent's book, then those of contacts with that address: other doors sign in with it. */
export const loginsAtPortal = async (q: Querier, orgId: number, memberId: number, name: string): Promise<SignInRow[]> =>
  name.includes('\u0000') ? [] : q.rows(candidates, [orgId, memberId, name]);

const signedIn = statement<never>(
  'consumer.signed_in',
  `with seen as (update contact set last_active_at = $3 where org_id = $1 and id = $2)
   update contact_login set last_login_at = $3 where org_id = $1 and contact_id = $2`,
);
export const noteSignIn = (q: Querier, orgId: number, contactId: number, at: Date) => q.rows(signedIn, [orgId, contactId, at]);

export type PasswordRow = {
  readonly login_name: string;
  readonly password_hash: string | null;
  readonly former_hashes: string[];
};
const passwords = statement<PasswordRow>(
  'consumer.passwords',
  `select l.login_name, l.password_hash, l.former_hashes from contact_login l
   join contact c on c.org_id = l.org_id and c.id = l.contact_id and c.deleted_at is null
   where l.org_id = $1 and l.contact_id = $2 and l.enabled`,
);
export const findPasswords = async (q: Querier, orgId: number, contactId: number): Promise<PasswordRow | undefined> =>
  (await q.rows(passwords, [orgId, contactId]))[0];
