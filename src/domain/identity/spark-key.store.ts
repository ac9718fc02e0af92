import { type Querier, statement, type Tx } from '../../db/index.ts';
import type { SparkRole } from './spark-who.ts';

/** A key with its owner and, where it names one, its consumer; and the session it was found by. */
export type KeyRow = {
  readonly key_id: number;
  readonly org_id: number;
  readonly key: string;
  readonly secret_sealed: string;
  readonly role: SparkRole;
  readonly flags: string[];
  readonly mechanisms: string[];
  readonly allowed_addresses: string[];
  readonly allowed_agents: string[];
  readonly enabled: boolean;
  readonly member_id: number | null;
  readonly member_key: string | null;
  readonly member_name: string | null;
  readonly office_id: number | null;
  readonly member_active: boolean;
  readonly contact_id: number | null;
  readonly contact_key: string | null;
  readonly contact_name: string | null;
  readonly session_overlap: number | null;
};

const KEY = `k.id as key_id, k.org_id, k.key, k.secret_sealed, k.role, k.flags, k.mechanisms, k.allowed_addresses, k.allowed_agents,
  k.enabled, k.member_id, m.reso_key as member_key, coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as member_name,
  m.office_id, coalesce(m.active and m.deleted_at is null, false) as member_active,
  c.id as contact_id, c.reso_key as contact_key, coalesce(c.display_name, trim(concat(c.first_name, ' ', c.last_name))) as contact_name,
  (o.settings->'spark'->>'sessionOverlapMinutes')::numeric as session_overlap`;
// A consumer whose portal account is closed is nobody here (contracts/spark.md §4.2: 1015).
const JOINS = `join organisation o on o.id = k.org_id and o.deleted_at is null
  left join member m on m.org_id = k.org_id and m.id = k.member_id
  left join contact c on c.org_id = k.org_id and c.id = k.contact_id and c.deleted_at is null
    and not exists (select from contact_login l where l.org_id = c.org_id and l.contact_id = c.id and not l.enabled)`;

const byKey = statement<KeyRow>(
  'identity.spark_key',
  `select ${KEY} from api_key k ${JOINS} where k.key = $1 and k.door = 'spark' and k.deleted_at is null`,
);
export const findKey = async (q: Querier, key: string) => (await q.rows(byKey, [key]))[0];

export type SessionKeyRow = KeyRow & {
  readonly last_used_at: Date;
  readonly expires_at: Date;
  readonly superseded_at: Date | null;
  readonly ended_at: Date | null;
};
const bySession = statement<SessionKeyRow>(
  'identity.spark_session',
  `select ${KEY}, s.last_used_at, s.expires_at, s.superseded_at, s.ended_at
   from spark_session s join api_key k on k.org_id = s.org_id and k.id = s.key_id and k.deleted_at is null ${JOINS} where s.hash = $1`,
);
export const findSession = async (q: Querier, hash: Buffer) => (await q.rows(bySession, [hash]))[0];

const supersede = statement<never>(
  'identity.spark_session_supersede',
  'update spark_session set superseded_at = $3 where org_id = $1 and key_id = $2 and ended_at is null and superseded_at is null',
);
const insert = statement<never>(
  'identity.spark_session_insert',
  `insert into spark_session (hash, key_id, org_id, created_at, last_used_at, expires_at) values ($1, $2, $3, $4, $4, $5)`,
);
/** A new session; the key's older ones are told that they have a successor. */
export async function replaceSession(tx: Tx, hash: Buffer, key: KeyRow, now: Date, expiresAt: Date): Promise<void> {
  await tx.rows(supersede, [key.org_id, key.key_id, now]);
  await tx.rows(insert, [hash, key.key_id, key.org_id, now, expiresAt]);
}

const touch = statement<never>('identity.spark_session_touch', 'update spark_session set last_used_at = $2 where hash = $1');
export const touchSession = (q: Querier, hash: Buffer, now: Date) => q.rows(touch, [hash, now]);

const end = statement<{ hash: Buffer }>(
  'identity.spark_session_end',
  'update spark_session set ended_at = $3 where hash = $1 and key_id = $2 and ended_at is null returning hash',
);
export const endSession = async (q: Querier, hash: Buffer, keyId: number, now: Date) =>
  (await q.rows(end, [hash, keyId, now])).length > 0;

/** Whoever has these 26 digits: an account or a contact. */
export type UserRow = {
  readonly kind: 'member' | 'contact';
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly office_id: number | null;
  /** of a contact: the members whose book it is in, the owner first */
  readonly member_ids: number[];
};
const userByKey = statement<UserRow>(
  'identity.spark_user',
  `select 'member' as kind, id, coalesce(display_name, trim(concat(first_name, ' ', last_name))) as name, active, office_id,
     '{}'::bigint[] as member_ids
   from member where org_id = $1 and reso_key = $2 and deleted_at is null
   union all
   select 'contact', id, coalesce(display_name, trim(concat(first_name, ' ', last_name))), true, null, member_ids
   from contact c where org_id = $1 and reso_key = $2 and deleted_at is null
     and not exists (select from contact_login l where l.org_id = $1 and l.contact_id = c.id and not l.enabled)
   limit 1`,
);
export const findUser = async (q: Querier, orgId: number, resoKey: string) => (await q.rows(userByKey, [orgId, resoKey]))[0];

const memberKey = statement<{ reso_key: string }>(
  'identity.spark_member_key',
  'select reso_key from member where org_id = $1 and id = $2 and active and deleted_at is null',
);
export const findMemberKey = async (q: Querier, orgId: number, memberId: number) =>
  (await q.rows(memberKey, [orgId, memberId]))[0]?.reso_key;

const insertOne = statement<{ id: number }>(
  'identity.spark_key_insert',
  `insert into api_key (id, org_id, door, name, key, secret_sealed, member_id, contact_id, role, flags, mechanisms, allowed_addresses,
                        allowed_agents, created_at, updated_at)
   values (coalesce($13::bigint, nextval('api_key_id_seq')), $1, 'spark', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
   on conflict do nothing returning id`,
);
export const insertKey = async (q: Querier, values: readonly unknown[]) => (await q.rows(insertOne, values))[0]?.id;

const contactThere = statement<{ id: number }>(
  'identity.spark_contact_there',
  'select id from contact where org_id = $1 and id = $2 and deleted_at is null',
);
export const hasContact = async (q: Querier, orgId: number, contactId: number) =>
  (await q.rows(contactThere, [orgId, contactId])).length > 0;

/** A key as its organisation's administrators see it. */
export type ListedSparkKey = {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  readonly role: SparkRole;
  readonly flags: string[];
  readonly redirect_uris: string[];
  readonly member_name: string;
  /** the one consumer that a portal or vow key names */
  readonly contact_name: string | null;
  readonly created_at: Date;
};
const listed = statement<ListedSparkKey>(
  'identity.spark_keys',
  `select k.id, k.name, k.key, k.role, k.flags, coalesce(a.redirect_uris, '{}') as redirect_uris, k.created_at,
     coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as member_name,
     nullif(coalesce(c.display_name, trim(concat(c.first_name, ' ', c.last_name))), '') as contact_name
   from api_key k
   left join client_app a on a.client_id = k.key and a.door = 'spark' and a.org_id = k.org_id
   left join member m on m.org_id = k.org_id and m.id = k.member_id
   left join contact c on c.org_id = k.org_id and c.id = k.contact_id
   where k.org_id = $1 and k.door = 'spark' and k.deleted_at is null order by k.id`,
);
export const listKeys = (q: Querier, orgId: number) => q.rows(listed, [orgId]);

const remove = statement<Pick<ListedSparkKey, 'name' | 'key' | 'role' | 'flags'>>(
  'identity.spark_key_remove',
  `update api_key set deleted_at = $3, enabled = false, updated_at = $3, version = version + 1
   where org_id = $1 and id = $2 and door = 'spark' and deleted_at is null returning name, key, role, flags`,
);
/** Undefined when there is no such key any more. */
export const removeKey = async (tx: Tx, orgId: number, id: number, now: Date) => (await tx.rows(remove, [orgId, id, now]))[0];
