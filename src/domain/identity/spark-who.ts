import type { Actor } from '../../access/actor.ts';

export const SPARK_ROLES = ['idx', 'public', 'vow', 'portal', 'private'] as const;
export type SparkRole = (typeof SPARK_ROLES)[number];

/** Keys of these roles stand for a consumer; the others for a member (contracts/spark.md §5). */
export const isConsumerRole = (role: SparkRole | null): role is 'vow' | 'portal' => role === 'vow' || role === 'portal';

/** Who calls at the Spark door, however it was found out: by session, signature or token (contracts/spark.md §4, §5). */
export type SparkWho = {
  readonly actor: Actor;
  readonly role: SparkRole;
  /** the caller's own 26 digits: an account's or a contact's */
  readonly userKey: string;
  /** the account whose data is asked for: the caller's, or the agent of the portal that the consumer came through */
  readonly account: { readonly memberId: number; readonly resoKey: string };
  readonly flags: ReadonlySet<string>;
  /** null for a token that hangs on no key */
  readonly keyId: number | null;
};

type Who = { readonly orgId: number; readonly id: number; readonly name: string; readonly clientId: string | null };

/** A member's account, called through a key or with the member's own login. */
export const memberActor = (
  { orgId, id, name, clientId }: Who,
  more: { kind: 'key' | 'user'; memberId: number; officeId: number | null },
): Actor => ({
  orgId,
  kind: more.kind,
  id,
  name,
  door: 'spark',
  clientId,
  memberId: more.memberId,
  officeId: more.officeId,
  administrator: false,
  scopes: new Set(),
});

/** A consumer, signed in through the portal of that agent. */
export const consumerActor = ({ orgId, id, name, clientId }: Who, agentId: number): Actor => ({
  orgId,
  kind: 'contact',
  id,
  name,
  door: 'spark',
  clientId,
  memberId: null,
  agentId,
  officeId: null,
  administrator: false,
  scopes: new Set(),
});
