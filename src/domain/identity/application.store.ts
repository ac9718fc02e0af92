import { type Querier, statement, type Tx } from '../../db/index.ts';

export type ApplicationRow = {
  readonly client_id: string;
  readonly name: string;
  readonly org_id: number;
  readonly is_sandbox: boolean;
  readonly developer: string;
  readonly redirect_uris: string[];
  readonly sign_out_uris: string[];
  readonly grants: string[];
  readonly scopes: string[];
  readonly is_public: boolean;
  readonly require_pkce: boolean;
  readonly rotate_refresh: boolean;
  readonly created_at: Date;
};

const COLUMNS = `c.client_id, c.name, c.org_id, o.is_sandbox, o.name as developer, c.redirect_uris, c.sign_out_uris, c.grants, c.scopes,
  c.is_public, c.require_pkce, c.rotate_refresh, c.created_at`;
const FROM = `from client_app c join organisation o on o.id = c.org_id and o.deleted_at is null
  where c.door = 'reapit' and c.deleted_at is null`;

const byId = statement<ApplicationRow>('application.by_id', `select ${COLUMNS} ${FROM} and c.client_id = $1`);
export const findApplication = async (q: Querier, clientId: string) =>
  clientId.includes('\0') ? undefined : (await q.rows(byId, [clientId]))[0];

const list = statement<ApplicationRow & { readonly installations: number }>(
  'application.list',
  `select ${COLUMNS},
     (select count(*)::int from installation i where i.client_id = c.client_id and i.uninstalled_at is null) as installations
   ${FROM} and c.org_id = $1 order by lower(c.name), c.client_id`,
);
export const listApplications = (q: Querier, orgId: number) => q.rows(list, [orgId]);

const lock = statement<ApplicationRow>(
  'application.lock',
  `select ${COLUMNS} ${FROM} and c.client_id = $1 for no key update of c`,
);
/** Found by its developer's organisation only. */
export async function lockApplication(tx: Tx, orgId: number, clientId: string): Promise<ApplicationRow | undefined> {
  const [row] = clientId.includes('\0') ? [] : await tx.rows(lock, [clientId]);
  return row?.org_id === orgId ? row : undefined;
}

const insert = statement<{ client_id: string }>(
  'application.insert',
  `insert into client_app (client_id, door, org_id, name, redirect_uris, sign_out_uris, grants, scopes, is_public, require_pkce,
     rotate_refresh, created_at, updated_at)
   values ($1, 'reapit', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) on conflict do nothing returning client_id`,
);
export const insertApplication = async (tx: Tx, values: readonly unknown[]) => (await tx.rows(insert, values)).length > 0;

const save = statement(
  'application.save',
  `update client_app set name = $2, redirect_uris = $3, sign_out_uris = $4, grants = $5, scopes = $6, is_public = $7, require_pkce = $8,
     rotate_refresh = $9, updated_at = $10, version = version + 1
   where client_id = $1`,
);
export const saveApplication = (tx: Tx, values: readonly unknown[]) => tx.rows(save, values);

const endAll = statement(
  'application.end_secrets',
  'update client_secret set ended_at = $2 where client_id = $1 and ended_at is null',
);
export const endSecrets = (tx: Tx, clientId: string, now: Date) => tx.rows(endAll, [clientId, now]);

const developer = statement<{ may: boolean }>(
  'application.is_developer',
  `select developer or administrator as may from app_user where org_id = $1 and id = $2 and status = 'active' and deleted_at is null`,
);
export const isDeveloper = async (q: Querier, orgId: number, userId: number) =>
  (await q.rows(developer, [orgId, userId]))[0]?.may === true;
