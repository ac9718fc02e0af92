import type { Actor } from '../../access/actor.ts';
import type { Domain } from '../../domain/index.ts';
import { route } from '../../wire/mount.ts';
import type { Role } from './access.ts';

/** What the routes of this door work with. */
export type Desk = {
  readonly domain: Domain;
  /** of the house, without a slash at its end: links to pictures and pages are under it */
  readonly publicUrl: string;
  /** absolute address of this door, without `/v1` and without a slash at its end */
  readonly base: string;
};

/**
 * Who calls, once session, signature or token, ApiUser and RoleOverride have been read (contracts/spark.md §4, §5).
 * `actor.kind` is contact for a consumer; then `actor.id` is the contact and `actor.agentId` the agent of the portal. For everybody else
 * `actor.memberId` is the account.
 */
export type SparkCaller = {
  readonly actor: Actor;
  /** the role of this request */
  readonly role: Role;
  /** the caller's own 26 digits: an account's or a contact's */
  readonly userKey: string;
  /** the account whose data is asked for: the caller's, or the agent of the portal that the consumer came through */
  readonly account: { readonly memberId: number; readonly resoKey: string };
  /** flags of the key: read_only, replication, privileged, own-data */
  readonly flags: ReadonlySet<string>;
  /** database id of the key; null for a token of a member that hangs on none */
  readonly keyId: number | null;
};

/** A route of this door: ties a handler to the types of its contract. */
export const sparkRoute = route<SparkCaller>();
export type SparkRoute = ReturnType<typeof sparkRoute>;
