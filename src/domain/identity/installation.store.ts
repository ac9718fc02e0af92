import { type Querier, statement, type Tx } from '../../db/index.ts';

export type InstallationRow = {
  readonly id: number;
  readonly org_id: number;
  readonly client_id: string;
  readonly name: string;
  readonly developer: string;
  readonly registered: string[];
  readonly customer: string;
  readonly customer_name: string;
  readonly group_code: string | null;
  readonly group_name: string | null;
  readonly scopes: string[];
  readonly extras_fields: string[];
  readonly installed_at: Date;
};

const COLUMNS = `i.id, i.org_id, i.client_id, a.name, d.name as developer, a.scopes as registered, o.code as customer,
  o.name as customer_name, g.code as group_code, g.name as group_name, i.scopes, i.extras_fields, i.installed_at`;
const FROM = `from installation i
  join client_app a on a.client_id = i.client_id
  join organisation d on d.id = a.org_id
  join organisation o on o.id = i.org_id
  left join office_group g on g.org_id = i.org_id and g.id = i.office_group_id
  where i.uninstalled_at is null`;

const ofCustomer = statement<InstallationRow>(
  'installation.of_customer',
  `select ${COLUMNS} ${FROM} and i.org_id = $1 order by lower(a.name), i.id`,
);
export const installationsOf = (q: Querier, orgId: number) => q.rows(ofCustomer, [orgId]);

const ofApplication = statement<InstallationRow>(
  'installation.of_application',
  `select ${COLUMNS} ${FROM} and i.client_id = $1 and o.deleted_at is null order by lower(o.name), i.id`,
);
export const installationsOfApplication = (q: Querier, clientId: string) => q.rows(ofApplication, [clientId]);

const lock = statement<InstallationRow>(
  'installation.lock',
  `select ${COLUMNS} ${FROM} and i.org_id = $1 and i.id = $2 for update of i`,
);
export const lockInstallation = async (tx: Tx, orgId: number, id: number) => (await tx.rows(lock, [orgId, id]))[0];

const insert = statement<{ id: number }>(
  'installation.insert',
  `insert into installation (org_id, client_id, office_group_id, scopes, extras_fields, installed_at, not_before, created_at, updated_at,
     created_by, created_door)
   values ($1, $2, $3, $4, $5, $6, (select max(uninstalled_at) from installation where org_id = $1 and client_id = $2), $6, $6, $7, $8)
   on conflict (org_id, client_id, office_group_id) where uninstalled_at is null do nothing returning id`,
);
/** Undefined when it is installed there already. */
export const insertInstallation = async (tx: Tx, values: readonly unknown[]) => (await tx.rows(insert, values))[0];

const save = statement(
  'installation.save',
  `update installation set scopes = $3, extras_fields = $4, updated_at = $5, version = version + 1 where org_id = $1 and id = $2`,
);
export const saveInstallation = (tx: Tx, values: readonly unknown[]) => tx.rows(save, values);

const end = statement(
  'installation.end',
  'update installation set uninstalled_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);
const endGrants = statement(
  'installation.end_grants',
  `with gone as (update oauth_grant set ended_at = $3 where org_id = $1 and installation_id = $2 and ended_at is null returning id)
   update token set ended_at = $3 where grant_id in (select id from gone) and ended_at is null`,
);
/** Ends an installation that is locked, and every authorization under it. */
export async function endInstallation(tx: Tx, orgId: number, id: number, now: Date): Promise<void> {
  await tx.rows(end, [orgId, id, now]);
  await tx.rows(endGrants, [orgId, id, now]);
}

const group = statement<{ id: number; code: string; name: string }>(
  'installation.group',
  'select id, code, name from office_group where org_id = $1 and code = $2 and deleted_at is null',
);
export const findGroup = async (tx: Tx, orgId: number, code: string) => (await tx.rows(group, [orgId, code]))[0];

type Customer = {
  readonly code: string;
  readonly name: string;
  readonly email: string | null;
  readonly address: unknown;
  readonly is_sandbox: boolean;
};
const customer = statement<Customer>(
  'installation.customer',
  'select code, name, email, address, is_sandbox from organisation where id = $1 and deleted_at is null',
);
export const findCustomer = async (q: Querier, orgId: number) => (await q.rows(customer, [orgId]))[0];
