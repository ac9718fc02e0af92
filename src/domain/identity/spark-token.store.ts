import { type Querier, statement } from '../../db/index.ts';
import type { SparkRole } from './spark-who.ts';

/** An access token with whoever it is of: a user, a consumer, or the key itself. */
export type BearerRow = {
  readonly org_id: number;
  readonly client_id: string | null;
  readonly user_id: number | null;
  readonly expired: boolean;
  /** of the key itself (client credentials) */
  readonly own: boolean;
  readonly key_id: number | null;
  readonly key_role: SparkRole | null;
  readonly flags: string[] | null;
  readonly mechanisms: string[] | null;
  readonly allowed_addresses: string[] | null;
  readonly allowed_agents: string[] | null;
  readonly enabled: boolean | null;
  readonly scopes: string[];
  readonly member_id: number;
  readonly member_key: string;
  readonly member_name: string;
  readonly office_id: number | null;
  readonly contact_id: number | null;
  readonly contact_key: string | null;
  readonly contact_name: string | null;
};

// The account is the user's own; a consumer's is the agent of the portal; a token of the key itself has what the key names.
const bearer = statement<BearerRow>(
  'identity.spark_bearer',
  `select t.org_id, t.client_id, t.user_id, coalesce(t.expires_at <= $2, false) as expired, t.grant_id is null as own,
     t.scopes, k.id as key_id, k.role as key_role, k.flags, k.mechanisms, k.allowed_addresses, k.allowed_agents, k.enabled,
     m.id as member_id, m.reso_key as member_key, m.office_id,
     coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as member_name,
     c.id as contact_id, c.reso_key as contact_key,
     coalesce(c.display_name, trim(concat(c.first_name, ' ', c.last_name))) as contact_name
   from token t
   join organisation o on o.id = t.org_id and o.deleted_at is null
   left join oauth_grant g on g.id = t.grant_id
   left join api_key k on k.key = t.client_id and k.door = 'spark' and k.deleted_at is null
   left join app_user u on u.org_id = t.org_id and u.id = t.user_id
   left join member own on own.org_id = t.org_id and own.user_id = t.user_id
   join member m on m.org_id = t.org_id and m.id = coalesce(own.id, g.agent_id, case when t.user_id is null then k.member_id end)
     and m.active and m.deleted_at is null
   left join contact c on c.org_id = t.org_id and c.deleted_at is null
     and c.id = coalesce(t.contact_id, case when t.user_id is null then k.contact_id end)
   left join contact_login l on l.org_id = t.org_id and l.contact_id = t.contact_id
   left join portal p on p.org_id = t.org_id and p.member_id = g.agent_id
   where t.hash = $1 and t.door = 'spark' and t.kind = 'access' and t.ended_at is null
     and (t.client_id is null or k.id is not null)
     and (t.user_id is null or (u.status = 'active' and u.deleted_at is null))
     and (t.contact_id is null
       or (c.member_ids @> array[m.id] and l.enabled and p.enabled and p.deleted_at is null))`,
);
export const findSparkBearer = async (db: Querier, hash: Buffer, now: Date) => (await db.rows(bearer, [hash, now]))[0];
