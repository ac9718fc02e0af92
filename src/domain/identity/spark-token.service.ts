import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import { hashOf, randomText } from './random.ts';
import type { KeyLimits } from './spark-key.service.ts';
import { type BearerRow, findSparkBearer } from './spark-token.store.ts';
import { consumerActor, isConsumerRole, memberActor, type SparkWho } from './spark-who.ts';
import { endPersonalToken, insertClientToken, insertPersonalToken } from './token.store.ts';
import type { UserRef } from './user.service.ts';

export type SparkBearer =
  | {
      readonly kind: 'ok';
      readonly who: SparkWho;
      /** by which of the key's mechanisms it was got, and what the key may do; none for a personal token */
      readonly through?: { readonly mechanism: 'oauth2' | 'openid'; readonly key: KeyLimits };
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

export type NewPersonalToken = UserRef & { readonly name: string; readonly given?: { readonly value: string } };

const LONGEST_NAME = 100;

/** By whom and under which role a token acts (contracts/spark.md §5); undefined for a portal's key whose consumer is gone. */
function whoOf(row: BearerRow): SparkWho | undefined {
  const { org_id: orgId, client_id: clientId, member_id: memberId, contact_id: contactId, key_role: role } = row;
  const shared = {
    account: { memberId, resoKey: row.member_key },
    flags: new Set(row.flags ?? []),
    keyId: row.key_id,
  };
  const member = { memberId, officeId: row.office_id };
  const named = { orgId, clientId, name: row.member_name };
  if (row.user_id !== null) {
    const actor = memberActor({ ...named, id: row.user_id }, { ...member, kind: 'user' });
    return { ...shared, actor, role: role === 'idx' ? 'idx' : 'private', userKey: row.member_key };
  }
  if (contactId !== null && row.contact_key !== null) {
    const actor = consumerActor({ orgId, clientId, id: contactId, name: row.contact_name ?? '' }, memberId);
    return { ...shared, actor, role: role === 'vow' ? 'vow' : 'portal', userKey: row.contact_key };
  }
  if (role === null || isConsumerRole(role) || row.key_id === null) return undefined;
  return {
    ...shared,
    actor: memberActor({ ...named, id: row.key_id }, { ...member, kind: 'key' }),
    role,
    userKey: row.member_key,
  };
}

function throughOf({ mechanisms, enabled, allowed_addresses, allowed_agents, ...row }: BearerRow) {
  if (row.key_id === null) return {};
  const mechanism: 'oauth2' | 'openid' = row.own || row.scopes.includes('openid') ? 'openid' : 'oauth2';
  const key: KeyLimits = {
    enabled: enabled === true,
    mechanisms: mechanisms ?? [],
    allowedAddresses: allowed_addresses ?? [],
    allowedAgents: allowed_agents ?? [],
  };
  return { through: { mechanism, key } };
}

/** Tokens of the Spark door, beside those that hang on an authorization (token.service.ts). */
export function sparkTokenService(db: Db, clock: Clock) {
  return {
    /**
     * Who sends this access token? One named statement. Unknown: ended, revoked, never issued, or of somebody who may not be here any
     * more: user or member inactive, consumer's login or agent's portal switched off, contact no longer in the agent's book.
     */
    async authenticateSparkToken(accessToken: string): Promise<SparkBearer> {
      const row = await findSparkBearer(db, hashOf(accessToken), clock.now());
      const who = row && whoOf(row);
      if (!who) return { kind: 'unknown' };
      return row.expired ? { kind: 'expired' } : { kind: 'ok', who, ...throughOf(row) };
    },

    /**
     * A token of a person's own, without application and without end. It is answered here and never again.
     * @throws Fault invalid at `name`; conflict `token.name_taken`
     */
    async createPersonalToken({ orgId, userId, name, given }: NewPersonalToken): Promise<string> {
      if (name.trim() === '' || name.length > LONGEST_NAME)
        throw invalidMember('name', 'length', `A token needs a name of up to ${LONGEST_NAME} characters`);
      const value = given?.value ?? randomText();
      const made = await insertPersonalToken(db, hashOf(value), 'spark', { orgId, userId }, name, clock.now());
      if (!made) throw conflict('token.name_taken', `There is a personal token named ${name} already`, 'name');
      return value;
    },

    /** @throws Fault not_found token */
    async endPersonalToken({ orgId, userId, name }: UserRef & { readonly name: string }): Promise<void> {
      if (!(await endPersonalToken(db, { orgId, userId }, name, clock.now()))) throw notFound('token');
    },

    /** An access token of the application itself: it acts as a session of its key does. */
    async issueClientToken(clientId: string, value: string, scopes: readonly string[], lifeSeconds: number): Promise<void> {
      const createdAt = clock.now();
      const expiresAt = new Date(createdAt.getTime() + lifeSeconds * 1000);
      await insertClientToken(db, { hash: hashOf(value), door: 'spark', scopes, createdAt, expiresAt, clientId });
    },
  };
}
