import { randomBytes } from 'node:crypto';
import { type Actor, systemActor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { insertClient, removeClient } from './client.store.ts';
import { checkKeyName } from './key-name.ts';
import { hashOf } from './random.ts';
import { checkRedirectUri } from './redirect-uri.ts';
import * as store from './spark-key.store.ts';
import { consumerActor, isConsumerRole, memberActor, type SparkRole, type SparkWho } from './spark-who.ts';

export type { ListedSparkKey } from './spark-key.store.ts';

const SESSION_MS = 24 * 3_600_000;
const IDLE_MS = 3_600_000;
const OVERLAP_MINUTES = 10;
/** An ended token is told apart from one that never was for so long (contracts/spark.md §4.1). */
const REMEMBERED_MS = 30 * 24 * 3_600_000;
/** A session in use is written to once a minute, not with every request. */
const TOUCH_MS = 60_000;

export type NewSparkKey = {
  readonly orgId: number;
  readonly name: string;
  /** whose key it is */
  readonly memberId: number;
  /** the one consumer of a portal or vow key */
  readonly contactId?: number;
  readonly role: SparkRole;
  readonly flags?: readonly string[];
  readonly mechanisms?: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly allowedAddresses?: readonly string[];
  readonly allowedAgents?: readonly string[];
  /** the sandbox's published one, under an id of its own */
  readonly given?: { readonly key: string; readonly secret: string };
  readonly id?: number;
};

/** From where, and how, a key may be used. */
export type KeyLimits = {
  readonly enabled: boolean;
  readonly mechanisms: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly allowedAgents: readonly string[];
};

/** A key as the door needs it to judge a request. */
export type SparkKey = KeyLimits & {
  readonly keyId: number;
  readonly orgId: number;
  readonly key: string;
  /** signatures are computed with it */
  readonly secret: string;
  /** undefined when the owner, or the consumer it names, is gone or inactive */
  readonly who: SparkWho | undefined;
};

/** What is known of a session by its token alone. */
export type SparkSession = {
  readonly key: SparkKey;
  readonly live: boolean;
  /** its last use was noted a while ago, and the next one is to be noted */
  readonly isDue: boolean;
};

export type MadeSparkKey = { readonly key: string; readonly secret: string };

/** What a key may do beside its role, or may not (contracts/spark.md §5). */
export const SPARK_KEY_FLAGS = ['read_only', 'replication', 'privileged', 'act-for', 'own-data', 'password'] as const;

const NOUN = 'api_key';

export function sparkKeyService(db: Db, clock: Clock, secrets: Secrets) {
  function whoOf(row: store.KeyRow): SparkWho | undefined {
    const { org_id, member_id, member_key, contact_id, contact_key, role } = row;
    if (member_id === null || member_key === null || !row.member_active) return undefined;
    const account = { memberId: member_id, resoKey: member_key };
    const shared = { role, account, flags: new Set(row.flags), keyId: row.key_id };
    const who = { orgId: org_id, clientId: row.key };
    if (isConsumerRole(role)) {
      if (contact_id === null || contact_key === null) return undefined;
      const actor = consumerActor({ ...who, id: contact_id, name: row.contact_name ?? '' }, member_id);
      return { ...shared, actor, userKey: contact_key };
    }
    const actor = memberActor(
      { ...who, id: row.key_id, name: row.member_name ?? '' },
      { kind: 'key', memberId: member_id, officeId: row.office_id },
    );
    return { ...shared, actor, userKey: member_key };
  }

  const keyOf = (row: store.KeyRow): SparkKey => ({
    keyId: row.key_id,
    orgId: row.org_id,
    key: row.key,
    secret: secrets.open(row.secret_sealed),
    enabled: row.enabled,
    mechanisms: row.mechanisms,
    allowedAddresses: row.allowed_addresses,
    allowedAgents: row.allowed_agents,
    who: whoOf(row),
  });

  return {
    /**
     * Makes a key with a secret that is answered here and never again; it is an OAuth client too, under its own name.
     * @throws Fault invalid at `name`, `flags`, `contactId` or `redirectUris`; not_found member, contact; conflict `key.taken`
     */
    async createSparkKey(input: NewSparkKey, by: Actor = systemActor(input.orgId)): Promise<MadeSparkKey> {
      const { orgId, name, memberId, contactId, role, flags = [], redirectUris = [] } = input;
      checkKeyName(name);
      const consumer = isConsumerRole(role);
      if (!consumer && contactId !== undefined)
        throw invalidMember('contactId', 'value', `A key of role ${role} names no consumer`);
      for (const flag of flags)
        if (!(SPARK_KEY_FLAGS as readonly string[]).includes(flag))
          throw invalidMember('flags', 'value', `${flag} is none of ${SPARK_KEY_FLAGS.join(', ')}`);
      for (const uri of redirectUris) checkRedirectUri(uri);
      const { key, secret } = input.given ?? {
        key: randomBytes(16).toString('hex'),
        secret: randomBytes(24).toString('base64url'),
      };
      const what = happening(by, clock.now());
      await db.tx(async (tx) => {
        if (!(await store.findMemberKey(tx, orgId, memberId))) throw notFound('member');
        if (contactId !== undefined && !(await store.hasContact(tx, orgId, contactId))) throw notFound('contact');
        const id = await store.insertKey(tx, [
          orgId,
          name,
          key,
          secrets.seal(secret),
          memberId,
          contactId ?? null,
          role,
          flags,
          input.mechanisms ?? ['session', 'oauth2', 'openid', 'token'],
          input.allowedAddresses ?? [],
          input.allowedAgents ?? [],
          what.at,
          input.id ?? null,
        ]);
        if (id === undefined || !(await insertClient(tx, [key, 'spark', name, orgId, redirectUris, [], what.at])))
          throw conflict('key.taken', 'This key is taken', 'key');
        const changed = { name, role, flags, member_id: memberId, contact_id: contactId ?? null };
        await emit(tx, what, { noun: NOUN, row_id: id, row_name: name, verb: 'created', changed });
      });
      return { key, secret };
    },

    sparkKeys: (orgId: number): Promise<store.ListedSparkKey[]> => store.listKeys(db, orgId),

    /** It opens nothing from now on, and neither do sessions and tokens that were got with it. @throws Fault not_found */
    removeSparkKey: (orgId: number, id: number, by: Actor = systemActor(orgId)): Promise<void> =>
      db.tx(async (tx) => {
        const what = happening(by, clock.now());
        const row = await store.removeKey(tx, orgId, id, what.at);
        if (!row) throw notFound('key');
        await removeClient(tx, orgId, row.key, what.at);
        const { name, role, flags } = row;
        await emit(tx, what, { noun: NOUN, row_id: id, row_name: name, verb: 'deleted', changed: { name, role, flags } });
      }),

    /** A key by its public half; undefined when nobody has it. */
    async findSparkKey(key: string): Promise<SparkKey | undefined> {
      const row = key.includes('\0') ? undefined : await store.findKey(db, key);
      return row && keyOf(row);
    },

    /** A session of that key: 32 hex digits. The key's older ones run out after the overlap. */
    async openSparkSession({ key }: SparkKey): Promise<{ readonly token: string; readonly expiresAt: Date }> {
      const row = await store.findKey(db, key);
      if (!row) throw notFound('key');
      const token = randomBytes(16).toString('hex');
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + SESSION_MS);
      await db.tx((tx) => store.replaceSession(tx, hashOf(token), row, now, expiresAt));
      return { token, expiresAt };
    },

    /** The key behind a session's token, and whether the session still runs; undefined for one that never was, or long ago. */
    async findSparkSession(token: string): Promise<SparkSession | undefined> {
      const row = await store.findSession(db, hashOf(token));
      const now = clock.now().getTime();
      if (!row || row.expires_at.getTime() + REMEMBERED_MS <= now) return undefined;
      const overlap = (row.session_overlap ?? OVERLAP_MINUTES) * 60_000;
      const live =
        row.ended_at === null &&
        row.expires_at.getTime() > now &&
        row.last_used_at.getTime() + IDLE_MS > now &&
        (row.superseded_at === null || row.superseded_at.getTime() + overlap > now);
      return { key: keyOf(row), live, isDue: live && row.last_used_at.getTime() + TOUCH_MS <= now };
    },

    /** Notes the use of a session that is due. Only its holder uses one, so the door asks for this once the signature is right. */
    touchSparkSession: (token: string) => store.touchSession(db, hashOf(token), clock.now()),

    /** False when the token is none of that key's live ones. */
    endSparkSession: (keyId: number, token: string): Promise<boolean> => store.endSession(db, hashOf(token), keyId, clock.now()),

    /**
     * The caller as the user with those 26 digits: an account under the key's role, or a contact as a consumer of the key's owner, if it
     * is in that book, else of the contact's own agent. Undefined when there is no such user, or the caller may not act for it.
     */
    async actAs(who: SparkWho, resoKey: string): Promise<SparkWho | undefined> {
      if (resoKey === who.userKey) return who;
      const { orgId, clientId } = who.actor;
      if (!who.flags.has('act-for') || !/^\d{26}$/.test(resoKey)) return undefined;
      const user = await store.findUser(db, orgId, resoKey);
      if (!user?.active) return undefined;
      const named = { orgId, clientId, name: user.name };
      if (user.kind === 'member') {
        if (isConsumerRole(who.role)) return undefined;
        const actor = memberActor(
          { ...named, id: who.actor.id ?? user.id },
          { kind: who.actor.kind === 'user' ? 'user' : 'key', memberId: user.id, officeId: user.office_id },
        );
        return { ...who, actor, userKey: resoKey, account: { memberId: user.id, resoKey } };
      }
      const agentId = user.member_ids.includes(who.account.memberId) ? who.account.memberId : user.member_ids[0];
      if (agentId === undefined) return undefined;
      const agentKey = agentId === who.account.memberId ? who.account.resoKey : await store.findMemberKey(db, orgId, agentId);
      if (agentKey === undefined) return undefined;
      return {
        ...who,
        actor: consumerActor({ ...named, id: user.id }, agentId),
        role: who.role === 'vow' ? 'vow' : 'portal',
        userKey: resoKey,
        account: { memberId: agentId, resoKey: agentKey },
      };
    },
  };
}
export type SparkKeyService = ReturnType<typeof sparkKeyService>;
