import type { Door } from '../../access/actor.ts';
import type { Webhook } from './types.ts';

/** A row of the log of events, as far as doors judge by it (domain-people §2.16). */
export type LoggedEvent = {
  readonly org_id: number;
  readonly id: number;
  readonly txid: string;
  readonly group_uuid: string;
  readonly at: Date;
  readonly noun: string;
  readonly row_id: number;
  readonly verb: string;
  readonly changed: Readonly<Record<string, unknown>>;
  readonly deal_id: number | null;
  readonly contact_id: number | null;
};

/**
 * Who hears of it: profiles that see the deal; users with the contact in their book now; the users of members; users who see the
 * profile; or one webhook, about itself, also when it is off.
 */
export type Audience = {
  readonly kind: 'deal' | 'book' | 'member' | 'profile' | 'webhook';
  readonly ids: readonly number[];
};

/** News in a door's words. `entity` holds what the payload says besides ids of the webhook itself. */
export type Notice = {
  readonly topic: string;
  readonly audience: Audience;
  readonly event: LoggedEvent;
  readonly entity: { readonly id: number; readonly [name: string]: number };
};

/** What a door hands in so that its webhooks look like its vendor's. All of it is pure. */
export type WebhookFace = {
  readonly door: Door;
  /** What one transaction's events mean, several rows of one change said once. */
  noticesOf(events: readonly LoggedEvent[]): readonly Notice[];
  /** The bytes to send, the same on every attempt. `eventId` is the event's id on the wire. */
  body(notice: Notice, webhook: Webhook, eventId: string): string;
  /** Made anew for each attempt, because signatures carry the time. */
  headers(body: string, signingKey: string | null, at: Date): Record<string, string>;
  /** Seconds from each failed attempt to the next one; none left: the event has failed. */
  readonly retryAfter: readonly number[];
  /** So many failed events in a row turn the webhook off. */
  readonly failuresInRow: number;
};
