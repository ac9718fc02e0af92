import { type Querier, statement } from '../../db/index.ts';

export type ClientRow = {
  readonly client_id: string;
  readonly door: string;
  readonly name: string;
  readonly org_id: number;
  readonly is_sandbox: boolean;
  readonly redirect_uris: string[];
  readonly scopes: string[];
};

const find = statement<ClientRow>(
  'identity.client_by_id',
  `select c.client_id, c.door, c.name, c.org_id, o.is_sandbox, c.redirect_uris, c.scopes
   from client_app c join organisation o on o.id = c.org_id
   where c.client_id = $1 and c.door = $2 and c.deleted_at is null and o.deleted_at is null`,
);
export const findClient = async (db: Querier, clientId: string, door: string) =>
  clientId.includes('\0') ? undefined : (await db.rows(find, [clientId, door]))[0];

const secrets = statement<{ hash: Buffer }>(
  'identity.secrets_of_client',
  'select hash from client_secret where client_id = $1 and ended_at is null',
);
export const secretHashes = async (db: Querier, clientId: string) => (await db.rows(secrets, [clientId])).map((row) => row.hash);

const insert = statement<{ client_id: string }>(
  'identity.insert_client',
  `insert into client_app (client_id, door, name, org_id, redirect_uris, scopes, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing returning client_id`,
);
export const insertClient = async (db: Querier, values: readonly unknown[]) => (await db.rows(insert, values)).length > 0;

const remove = statement<never>(
  'identity.remove_client',
  'update client_app set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and client_id = $2 and deleted_at is null',
);
export const removeClient = (db: Querier, orgId: number, clientId: string, now: Date) => db.rows(remove, [orgId, clientId, now]);

const insertSecretHash = statement(
  'identity.insert_secret',
  'insert into client_secret (client_id, hash, created_at) values ($1, $2, $3)',
);
export const insertSecret = (db: Querier, clientId: string, hash: Buffer, now: Date) =>
  db.rows(insertSecretHash, [clientId, hash, now]);
