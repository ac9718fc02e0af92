import { type Db, statement } from '../../db/index.ts';
import { SANDBOX_CUSTOMER } from './sandbox-customer.ts';
import { nameOf } from './session.service.ts';
import type { UserRef } from './user.service.ts';

/** A person who signs in at Connect, and the customer that the person acts for (contracts/reapit.md §2.4, §2.6). */
export type ReapitPerson = {
  readonly uuid: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly developer: boolean;
  readonly mfaEnabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** the organisation that has the login */
  readonly home: { readonly id: number; readonly code: string; readonly name: string };
  /** the customer: that organisation, or the sandbox for developers */
  readonly customer: { readonly id: number; readonly code: string; readonly name: string };
  /** code of the member, where the customer has one for this login */
  readonly negotiator: string | null;
  readonly office: string | null;
  readonly officeId: number | null;
  readonly officeGroup: { readonly code: string; readonly name: string; readonly offices: readonly string[] } | null;
  /** what the login keeps for the Reapit door alone */
  readonly extras: Readonly<Record<string, unknown>>;
};

type Row = {
  readonly uuid: string;
  readonly email: string;
  readonly administrator: boolean;
  readonly developer: boolean;
  readonly mfa: boolean;
  readonly extras: { readonly reapit?: Record<string, unknown> };
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly home_id: number;
  readonly home_code: string;
  readonly home_name: string;
  readonly org_id: number;
  readonly org_code: string;
  readonly org_name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly negotiator: string | null;
  readonly office: string | null;
  readonly office_id: number | null;
  readonly group_code: string | null;
  readonly group_name: string | null;
  readonly group_offices: string[] | null;
};

const person = statement<Row>(
  'identity.reapit_person',
  `select u.uuid, u.email, u.administrator, u.developer, u.mfa_secret is not null as mfa, u.extras, u.created_at, u.updated_at,
     h.id as home_id, h.code as home_code, h.name as home_name, o.id as org_id, o.code as org_code, o.name as org_name,
     m.first_name, m.last_name, case when o.id = h.id then m.code end as negotiator, f.code as office, f.id as office_id,
     g.code as group_code, g.name as group_name,
     (select array_agg(w.code order by w.code) from office w
      where w.org_id = g.org_id and w.id = any (g.office_ids) and w.deleted_at is null) as group_offices
   from app_user u
   join organisation h on h.id = u.org_id and h.deleted_at is null
   join organisation o on o.deleted_at is null and o.id = coalesce(
     case when u.developer then (select o.id from organisation o where ${SANDBOX_CUSTOMER} and o.deleted_at is null) end, u.org_id)
   left join member m on m.org_id = u.org_id and m.user_id = u.id
   left join office f on f.org_id = o.id and o.id = h.id and f.id = m.office_id and f.deleted_at is null
   left join lateral (
     select g.org_id, g.code, g.name, g.office_ids from office_group g
     where g.org_id = o.id and g.deleted_at is null and f.id = any (g.office_ids) order by g.id limit 1) g on true
   where u.org_id = $1 and u.id = $2 and u.status = 'active' and u.deleted_at is null
     and (m.id is null or (m.active and m.deleted_at is null))`,
);

const installed = statement<{ id: number }>(
  'identity.installation_for_person',
  `select i.id from installation i
   left join office_group g on g.org_id = i.org_id and g.id = i.office_group_id and g.deleted_at is null
   where i.org_id = $1 and i.client_id = $2 and i.uninstalled_at is null
     and (i.office_group_id is null or $3::bigint = any (g.office_ids))
   order by i.office_group_id nulls first limit 1`,
);
const sandbox = statement<{ ok: boolean }>(
  'identity.sandbox_customer',
  `select true as ok from organisation o where o.id = $1 and ${SANDBOX_CUSTOMER} and o.deleted_at is null`,
);

/** Through what somebody may use an application: an installation, or nothing at all in the sandbox. */
export type Admission = { readonly installationId: number | null };

export function reapitPersonService(db: Db) {
  const findReapitPerson = async ({ orgId, userId }: UserRef): Promise<ReapitPerson | undefined> => {
    const [row] = await db.rows(person, [orgId, userId]);
    if (!row) return undefined;
    return {
      uuid: row.uuid,
      email: row.email,
      name: nameOf(row),
      administrator: row.administrator,
      developer: row.developer,
      mfaEnabled: row.mfa,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      home: { id: row.home_id, code: row.home_code, name: row.home_name },
      customer: { id: row.org_id, code: row.org_code, name: row.org_name },
      negotiator: row.negotiator,
      office: row.office,
      officeId: row.office_id,
      officeGroup:
        row.group_code === null
          ? null
          : { code: row.group_code, name: row.group_name ?? row.group_code, offices: row.group_offices ?? [] },
      extras: row.extras.reapit ?? {},
    };
  };

  return {
    /** Undefined for a login that may not be used any more. */
    findReapitPerson,

    /** Undefined when the person's customer has not let the application in. */
    async findAdmission(user: UserRef, clientId: string): Promise<Admission | undefined> {
      const found = await findReapitPerson(user);
      if (!found) return undefined;
      const { customer, officeId } = found;
      if ((await db.rows(sandbox, [customer.id])).length > 0) return { installationId: null };
      const [row] = await db.rows(installed, [customer.id, clientId, officeId]);
      return row && { installationId: row.id };
    },
  };
}
