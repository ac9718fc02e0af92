import { type Db, statement } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf } from './random.ts';
import { consumerActor, memberActor, type SparkRole, type SparkWho } from './spark-who.ts';

export type SparkBearer =
  | { readonly kind: 'ok'; readonly who: SparkWho }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

type Row = {
  readonly org_id: number;
  readonly client_id: string;
  readonly user_id: number | null;
  readonly contact_id: number | null;
  readonly expired: boolean;
  readonly key_id: number | null;
  readonly key_role: SparkRole | null;
  readonly flags: string[] | null;
  readonly member_id: number;
  readonly member_key: string;
  readonly member_name: string;
  readonly office_id: number | null;
  readonly contact_key: string | null;
  readonly contact_name: string | null;
};

// A member's token acts for the member of the user; a consumer's for the agent of the portal, which the token's payload names.
const bearer = statement<Row>(
  'identity.spark_bearer',
  `select t.org_id, t.client_id, t.user_id, t.contact_id, coalesce(t.expires_at <= $2, false) as expired,
     k.id as key_id, k.role as key_role, k.flags,
     m.id as member_id, m.reso_key as member_key, m.office_id,
     coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as member_name,
     c.reso_key as contact_key, coalesce(c.display_name, trim(concat(c.first_name, ' ', c.last_name))) as contact_name
   from token t
   join organisation o on o.id = t.org_id and o.deleted_at is null
   left join api_key k on k.key = t.client_id and k.door = 'spark' and k.deleted_at is null
   left join app_user u on u.org_id = t.org_id and u.id = t.user_id
   join member m on m.org_id = t.org_id and m.active and m.deleted_at is null
     and case when t.contact_id is null then m.user_id = t.user_id else m.id = (t.payload->>'agentId')::bigint end
   left join contact c on c.org_id = t.org_id and c.id = t.contact_id and c.deleted_at is null
   left join contact_login l on l.org_id = t.org_id and l.contact_id = t.contact_id
   where t.hash = $1 and t.door = 'spark' and t.kind = 'access' and t.ended_at is null
     and coalesce(k.enabled, true)
     and case when t.contact_id is null then u.status = 'active' and u.deleted_at is null else c.id is not null and l.enabled end`,
);

export function sparkTokenService(db: Db, clock: Clock) {
  return {
    /** Who sends this access token? One named statement; a revoked one, or one of somebody inactive, is unknown. */
    async authenticateSparkToken(accessToken: string): Promise<SparkBearer> {
      const [row] = await db.rows(bearer, [hashOf(accessToken), clock.now()]);
      if (!row) return { kind: 'unknown' };
      if (row.expired) return { kind: 'expired' };
      const { org_id: orgId, client_id: clientId, member_id: memberId } = row;
      const shared = {
        account: { memberId, resoKey: row.member_key },
        flags: new Set(row.flags ?? []),
        keyId: row.key_id,
      };
      if (row.contact_id !== null) {
        const actor = consumerActor({ orgId, clientId, id: row.contact_id, name: row.contact_name ?? '' }, memberId);
        return {
          kind: 'ok',
          who: { ...shared, actor, role: row.key_role === 'vow' ? 'vow' : 'portal', userKey: row.contact_key ?? '' },
        };
      }
      const actor = memberActor(
        { orgId, clientId, id: row.user_id ?? 0, name: row.member_name },
        { kind: 'user', memberId, officeId: row.office_id },
      );
      return { kind: 'ok', who: { ...shared, actor, role: row.key_role === 'idx' ? 'idx' : 'private', userKey: row.member_key } };
    },
  };
}
