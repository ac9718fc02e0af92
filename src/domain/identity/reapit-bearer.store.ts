import { type Querier, statement } from '../../db/index.ts';
import { SANDBOX_CUSTOMER } from './sandbox-customer.ts';

export type ReapitBearerRow = {
  readonly application: string;
  readonly registered: string[];
  readonly org_id: number | null;
  readonly sandbox: boolean;
  /** of the group that the header names */
  readonly asked_group: number | null;
  readonly asked_offices: number[] | null;
  readonly granted: string[] | null;
  readonly extras_fields: string[] | null;
  readonly not_before: Date | null;
  /** of the group that the installation is for */
  readonly group_id: number | null;
  readonly office_ids: number[] | null;
  readonly grant_alive: boolean;
  readonly user_id: number | null;
  readonly user_org_id: number | null;
  readonly email: string;
  readonly administrator: boolean;
  readonly member_id: number | null;
  readonly office_id: number | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
};

// $1 application, $2 customer, $3 group of offices, $4 person (null: the application itself), $5 hash of the token, $6 authorization.
// No row: the application is gone, or this very token was revoked. A person of elsewhere acts in the sandbox only, as a developer.
const bearer = statement<ReapitBearerRow>(
  'identity.reapit_bearer',
  `select a.name as application, a.scopes as registered, o.id as org_id, coalesce(${SANDBOX_CUSTOMER}, false) as sandbox,
     s.id as asked_group, s.office_ids as asked_offices, i.scopes as granted, i.extras_fields, i.not_before, i.group_id, i.office_ids,
     t.id is not null as grant_alive,
     u.id as user_id, u.org_id as user_org_id, u.email, u.administrator, m.id as member_id, m.office_id, m.first_name, m.last_name
   from client_app a
   join organisation d on d.id = a.org_id and d.deleted_at is null
   left join organisation o on o.code = $2 and o.deleted_at is null and (o.is_sandbox or not d.is_sandbox)
   left join office_group s on s.org_id = o.id and s.code = $3 and s.deleted_at is null
   left join oauth_grant t on t.id = $6 and t.client_id = a.client_id and t.ended_at is null
   left join app_user u on u.uuid = $4 and u.org_id = t.org_id and u.id = t.user_id and u.status = 'active' and u.deleted_at is null
     and (u.org_id = o.id or (u.developer and ${SANDBOX_CUSTOMER}))
   left join member m on m.org_id = u.org_id and m.user_id = u.id
   left join lateral (
     select i.scopes, i.extras_fields, i.not_before, g.id as group_id, g.office_ids from installation i
     left join office_group g on g.org_id = i.org_id and g.id = i.office_group_id and g.deleted_at is null
     where i.org_id = o.id and i.client_id = a.client_id and i.uninstalled_at is null
       and (i.office_group_id is null or g.id = s.id or (u.id is not null and m.office_id = any (g.office_ids)))
     order by g.id = s.id desc nulls last, i.office_group_id nulls first limit 1) i on true
   where a.client_id = $1 and a.door = 'reapit' and a.deleted_at is null
     and not exists (select from revoked_token r where r.hash = $5)
     and (m.id is null or (m.active and m.deleted_at is null))`,
);
/** The one indexed read of each request of the door (design §6). */
export const findReapitBearer = async (q: Querier, values: readonly unknown[]) => (await q.rows(bearer, values))[0];
