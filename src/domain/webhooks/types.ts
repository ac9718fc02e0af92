import type { Door } from '../../access/actor.ts';

export const TARGET_KINDS = ['profile', 'user'] as const;
/**
 * Whose news a webhook brings: of a profile or a user; of the `organisation` it lies in, as far as the application may see it; of every
 * customer of the `application`, or of those it names.
 */
export type TargetKind = (typeof TARGET_KINDS)[number] | 'organisation' | 'application';

/** Why it is off: its owner wanted it, nobody answered, nobody may hear, nothing came for long, a filter of its own took too long. */
export type DisabledReason = 'client' | 'failures' | 'access' | 'idle' | 'filter';

/** A subscription to news, in no door's words; `topics` are in those of its own door (domain-people §2.11). */
export type Webhook = {
  readonly org_id: number;
  readonly id: number;
  readonly uuid: string;
  readonly door: Door;
  readonly client_id: string;
  readonly user_id: number | null;
  readonly target_kind: TargetKind;
  readonly target_id: number | null;
  readonly url: string;
  readonly topics: readonly string[];
  readonly enabled: boolean;
  readonly disabled_reason: DisabledReason | null;
  readonly external_id: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
};

/** What came of one attempt: the status that was answered, or in a few words why there was none. */
export type Outcome = { readonly status: number } | { readonly error: string };
export type Message = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** how long an answer is waited for, where the sender's own time is not right */
  readonly timeoutMs?: number;
};
/** Posts to an address that other people gave us; never throws. */
export type Send = (message: Message) => Promise<Outcome>;

/** As stored: the signing key sealed. */
export type WebhookRow = Webhook & { readonly secret: string | null };
/** As its own client sees it: the signing key readable. */
export type OpenWebhook = Webhook & { readonly signingKey: string | null };

export type NewWebhook = {
  target_kind: (typeof TARGET_KINDS)[number];
  target_id: number;
  url: string;
  topics: readonly string[];
  enabled?: boolean;
  signingKey?: string;
  external_id?: string;
};

/** Absent leaves, null clears. */
export type WebhookChange = {
  url?: string;
  topics?: readonly string[];
  enabled?: boolean;
  signingKey?: string | null;
  external_id?: string | null;
};

/** One attempt to deliver: the status the receiver answered, or why none came. */
export type Response = { readonly at: string; readonly status?: number; readonly error?: string };

/** One event for one webhook, once it was tried. `uuid` is the event's id on the wire. */
export type Delivery = {
  readonly id: number;
  readonly uuid: string;
  readonly topic: string;
  readonly body: string;
  readonly succeeded: boolean;
  readonly attempts: number;
  readonly responses: readonly Response[];
  readonly happened_at: Date;
};

/** A page of a list that is read with a cursor: rows after `after`; `next` is there while more follow. */
export type CursorPage<T> = { readonly rows: readonly T[]; readonly total: number; readonly next?: number };
