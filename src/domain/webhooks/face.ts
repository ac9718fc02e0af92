import type { Door } from '../../access/actor.ts';
import type { Outcome, WebhookRow } from './types.ts';

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
 * profile; applications that the organisation has let in; or one webhook, about itself, also when it is off.
 */
export type Audience = {
  readonly kind: 'deal' | 'book' | 'member' | 'profile' | 'organisation' | 'webhook';
  readonly ids: readonly number[];
};

/** News in a door's words. `entity` holds what the payload says besides ids of the webhook itself. */
export type Notice = {
  readonly topic: string;
  readonly audience: Audience;
  readonly event: LoggedEvent;
  readonly entity: { readonly id: number; readonly [name: string]: number };
  /** of an audience of organisations: the scope that an application needs there, or the one application that it concerns at all */
  readonly access?: { readonly scope: string } | { readonly clientId: string };
};

/** A condition of a webhook: a JSON Schema that the whole message has to meet. */
export type HookFilter = { readonly id: number; readonly version: number; readonly schema: string };

/** A webhook that listens to a notice, and what it may know. */
export type Hearer = Omit<WebhookRow, 'secret'> & {
  /** the rest is of audiences of organisations: whose news it is … */
  readonly customer_id: number | null;
  readonly customer: string | null;
  /** … of which offices, null: of all … */
  readonly office_ids: readonly number[] | null;
  /** … and what the webhook itself asks for */
  readonly ignore_etag_only: boolean;
  readonly extras_fields: readonly string[];
  readonly filters: readonly HookFilter[];
};
export type Heard = { readonly notice: Notice; readonly webhook: Hearer };

/** What is sent to one webhook. */
export type Letter = Heard & {
  /** its name in the log of deliveries */
  readonly uuid: string;
  /** the row it is about, and what the door calls that; null where it is about none */
  readonly entityId: number | null;
  readonly entityCode: string | null;
  readonly body: string;
  /** not sent any more once the customer has no such installation */
  readonly needsInstallation: boolean;
};

/** How one attempt went, for the decision about the next. */
export type Attempt = {
  /** how many were made before */
  readonly attempts: number;
  readonly outcome: Outcome;
  /** news of the sandbox's customer */
  readonly sandbox: boolean;
};

/** What a door hands in so that its webhooks look like its vendor's. */
export type WebhookFace = {
  readonly door: Door;
  /** What one transaction's events mean, several rows of one change said once; more than it says in the end, where `write` decides. */
  noticesOf(events: readonly LoggedEvent[]): readonly Notice[];
  /**
   * The letters for those who listen. May read the record, and so say less than was listened for, or more than one letter a notice.
   * `slow` are webhooks whose own conditions took too long.
   */
  write(heard: readonly Heard[]): Promise<{ readonly letters: readonly Letter[]; readonly slow: readonly number[] }>;
  /** The bytes of an attempt, for bodies that count them. */
  stamp?(body: string, attempts: number): string;
  /** Made anew for each attempt, because signatures carry the time. */
  headers(body: string, signingKey: string | null, at: Date): Record<string, string>;
  /** Seconds from a failed attempt to the next one; undefined: the event has failed. */
  waitAfter(attempt: Attempt): number | undefined;
  /** So many failed events in a row turn the webhook off. */
  readonly failuresInRow: number;
  /** how long an answer is waited for, where it is not the sender's own time */
  readonly timeoutMs?: number;
  /** what a delivered message counts as among the calls of its application */
  readonly countsAs?: string;
  /** so many days without news turn a webhook of the sandbox off */
  readonly idleDays?: number;
};
