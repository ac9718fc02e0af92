import { timingSafeEqual } from 'node:crypto';
import { type Db, statement } from '../../db/index.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { type ClientApp, toClient } from './client.service.ts';
import type { ClientRow } from './client.store.ts';
import { hashOf } from './random.ts';
import type { SparkRole } from './spark-who.ts';

/** A Spark key as an OAuth client: its key is the client id, its secret the client's. */
export type SparkClient = ClientApp & {
  readonly role: SparkRole;
  readonly flags: readonly string[];
  readonly mechanisms: readonly string[];
  readonly enabled: boolean;
};

type Row = Omit<ClientRow, 'door'> & {
  readonly role: SparkRole;
  readonly flags: string[];
  readonly mechanisms: string[];
  readonly enabled: boolean;
  readonly secret_sealed: string;
};

const byId = statement<Row>(
  'identity.spark_client',
  `select c.client_id, c.name, c.org_id, o.is_sandbox, c.redirect_uris, c.scopes, k.role, k.flags, k.mechanisms, k.enabled, k.secret_sealed
   from client_app c
   join organisation o on o.id = c.org_id and o.deleted_at is null
   join api_key k on k.key = c.client_id and k.door = 'spark' and k.deleted_at is null
   where c.client_id = $1 and c.door = 'spark' and c.deleted_at is null`,
);

export function sparkClientService(db: Db, secrets: Secrets) {
  const find = async (clientId: string) => (clientId.includes('\0') ? undefined : (await db.rows(byId, [clientId]))[0]);
  return {
    async findSparkClient(clientId: string): Promise<SparkClient | undefined> {
      const row = await find(clientId);
      if (!row) return undefined;
      const { role, flags, mechanisms, enabled } = row;
      return { ...toClient(row), role, flags, mechanisms, enabled };
    },

    /** Compares in constant time; false for a key that is switched off. */
    async checkSparkSecret(clientId: string, secret: string): Promise<boolean> {
      const row = await find(clientId);
      if (!row?.enabled) return false;
      return timingSafeEqual(hashOf(secrets.open(row.secret_sealed)), hashOf(secret));
    },
  };
}
