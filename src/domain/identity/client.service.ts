import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember } from '../../kernel/fault.ts';
import * as store from './client.store.ts';
import { hashOf } from './random.ts';
import { checkRedirectUri } from './redirect-uri.ts';

export type ClientDoor = 'dotloop' | 'reapit' | 'spark';

/** A registered application, without its secrets. */
export type ClientApp = {
  readonly clientId: string;
  readonly name: string;
  /** the developer's organisation */
  readonly orgId: number;
  /** its credentials are published: it works for users of its own organisation only (design §1) */
  readonly sandbox: boolean;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
};

export type NewClient = {
  readonly door: ClientDoor;
  readonly name: string;
  readonly orgId: number;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly given?: { readonly clientId?: string; readonly secret?: string; readonly createdAt?: Date };
};

export const toClient = (row: Omit<store.ClientRow, 'door'>): ClientApp => ({
  clientId: row.client_id,
  name: row.name,
  orgId: row.org_id,
  sandbox: row.is_sandbox,
  redirectUris: row.redirect_uris,
  scopes: row.scopes,
});

export function clientService(db: Db, clock: Clock) {
  return {
    /**
     * Registers an application. The secret is answered here and never again.
     * @throws Fault invalid at `name`, `redirectUris` or `scopes`; conflict `client.id_taken`
     */
    async createClient(client: NewClient): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
      if (client.name.trim() === '') throw invalidMember('name', 'required', 'An application needs a name');
      if (client.redirectUris.length === 0)
        throw invalidMember('redirectUris', 'required', 'At least one redirect URI is needed');
      if (client.scopes.length === 0) throw invalidMember('scopes', 'required', 'At least one scope is needed');
      for (const uri of client.redirectUris) checkRedirectUri(uri);
      const { clientId = randomUUID(), secret = randomUUID(), createdAt = clock.now() } = client.given ?? {};
      const { door, name, orgId, redirectUris, scopes } = client;
      await db.tx(async (tx) => {
        const made = await store.insertClient(tx, [clientId, door, name, orgId, redirectUris, scopes, createdAt]);
        if (!made) throw conflict('client.id_taken', 'This client id is taken', 'clientId');
        await store.insertSecret(tx, clientId, hashOf(secret), createdAt);
      });
      return { clientId, clientSecret: secret };
    },

    async findClient(clientId: string, door: ClientDoor): Promise<ClientApp | undefined> {
      const row = await store.findClient(db, clientId, door);
      return row && toClient(row);
    },

    /** Compares with every live secret of the client, in constant time. */
    async checkClientSecret(clientId: string, secret: string): Promise<boolean> {
      const hash = hashOf(secret);
      const hashes = await store.secretHashes(db, clientId);
      return hashes.map((one) => timingSafeEqual(one, hash)).includes(true);
    },
  };
}
