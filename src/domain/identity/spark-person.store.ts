import { type Querier, statement } from '../../db/index.ts';
import type { Address, ContactPoint } from '../people/index.ts';
import type { ConsumerRef } from './holder.ts';
import type { UserRef } from './user.service.ts';

/** What applications may be told of somebody (contracts/spark.md §4.4, claims). */
export type PersonRow = {
  readonly reso_key: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly last_name: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly login: string;
  readonly contact_points: readonly ContactPoint[];
  readonly address: Address;
  readonly time_zone: string;
};
export type MemberRow = PersonRow & {
  readonly website_url: string | null;
  readonly license_number: string | null;
  readonly nrds_id: string | null;
  readonly access_level: string;
  readonly mls_number: string | null;
  readonly office_key: string | null;
  readonly office_name: string | null;
  readonly office_mls_number: string | null;
};

const numberOf = (
  column: string,
  id: string,
) => `(select n.number from mls_number n where n.org_id = m.org_id and n.${column} = ${id}
     order by n.mls_id = o.own_mls_id desc nulls last, n.id limit 1)`;

const member = statement<MemberRow>(
  'identity.spark_member',
  `select m.reso_key, m.first_name, m.middle_name, m.last_name,
     coalesce(m.display_name, trim(concat(m.first_name, ' ', m.last_name))) as name, coalesce(m.email, u.email) as email,
     u.email as login, m.contact_points, coalesce(f.address, '{}') as address, o.time_zone, m.website_url, m.license_number, m.nrds_id,
     m.access_level, ${numberOf('member_id', 'm.id')} as mls_number, f.reso_key as office_key, f.name as office_name,
     ${numberOf('office_id', 'f.id')} as office_mls_number
   from app_user u
   join organisation o on o.id = u.org_id and o.deleted_at is null
   join member m on m.org_id = u.org_id and m.user_id = u.id and m.active and m.deleted_at is null
   left join office f on f.org_id = m.org_id and f.id = m.office_id and f.deleted_at is null
   where u.org_id = $1 and u.id = $2 and u.status = 'active' and u.deleted_at is null`,
);
/** Nobody without a member's account, and nobody inactive. */
export const findMemberPerson = async (db: Querier, user: UserRef) => (await db.rows(member, [user.orgId, user.userId]))[0];

const consumer = statement<PersonRow>(
  'identity.spark_consumer',
  `select c.reso_key, c.first_name, c.middle_name, c.last_name,
     coalesce(c.display_name, trim(concat(c.first_name, ' ', c.last_name))) as name, c.email, l.login_name as login, c.contact_points,
     c.primary_address as address, o.time_zone
   from contact c
   join organisation o on o.id = c.org_id and o.deleted_at is null
   join contact_login l on l.org_id = c.org_id and l.contact_id = c.id and l.enabled
   join member m on m.org_id = c.org_id and m.id = $3 and m.active and m.deleted_at is null
   join portal p on p.org_id = c.org_id and p.member_id = m.id and p.enabled and p.deleted_at is null
   where c.org_id = $1 and c.id = $2 and c.deleted_at is null and c.member_ids @> array[m.id]`,
);
/** Under the same conditions as a token of theirs (spark-token.store.ts). */
export const findConsumerPerson = async (db: Querier, { orgId, contactId, agentId }: ConsumerRef) =>
  (await db.rows(consumer, [orgId, contactId, agentId]))[0];
