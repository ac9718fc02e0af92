import { createHmac, randomUUID } from 'node:crypto';
import type { Notice, Webhook, WebhookFace } from '../../domain/index.ts';
import { wholeSeconds } from '../../kernel/dates.ts';
import { noticesOf } from './webhook-notices.ts';

/** Lower-case hex HMAC-SHA1 over `<Unix seconds>.<raw body>` (contracts/dotloop.md §5.14). */
export const signatureOf = (body: string, signingKey: string, seconds: number) =>
  createHmac('sha1', signingKey).update(`${seconds}.${body}`, 'utf8').digest('hex');

/** 30 s, 1 min, 15 min, 30 min, 1 h, 2 h, 4 h, 8 h [client]. */
const RETRY_AFTER = [30, 60, 900, 1_800, 3_600, 7_200, 14_400, 28_800] as const;

/** Two generations of receivers are in the field, each reading its own pair of headers and its own members of the body [client]. */
const PAIRS = ['X-DOTLOOP', 'X-DOTLOOP-WEBHOOK'] as const;

/** The bytes to send, the same on every attempt: the union of dotloop's two payloads. */
export function bodyOf(
  { topic, event, entity, audience }: Notice,
  webhook: Pick<Webhook, 'target_kind' | 'target_id' | 'uuid' | 'external_id'>,
  eventId: string,
): string {
  const profileId = webhook.target_kind === 'profile' ? (webhook.target_id ?? undefined) : undefined;
  const { id, ...ids } = entity;
  // A message about the subscription itself has nothing to point at.
  const about = audience.kind === 'webhook' ? {} : { id, profileId, ...ids };
  return JSON.stringify({
    eventId,
    eventType: topic,
    createdOn: wholeSeconds(event.at),
    timestamp: event.at.getTime(),
    subscriptionId: webhook.uuid,
    subscriptionExternalId: webhook.external_id ?? undefined,
    profileId,
    event: about,
  });
}

/** How webhooks of this door look: dotloop's events, both pairs of signature headers. */
export const webhookFace: WebhookFace = {
  door: 'dotloop',
  noticesOf,
  async write(heard) {
    const letters = heard.map(({ notice, webhook }) => {
      const uuid = randomUUID();
      const body = bodyOf(notice, webhook, uuid);
      return { notice, webhook, uuid, entityId: notice.entity.id, entityCode: null, body, needsInstallation: false };
    });
    return { letters, slow: [] };
  },
  headers(body, signingKey, at) {
    const seconds = Math.floor(at.getTime() / 1000);
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    for (const pair of PAIRS) {
      headers[`${pair}-TIMESTAMP`] = String(seconds);
      if (signingKey !== null) headers[`${pair}-SIGNATURE`] = signatureOf(body, signingKey, seconds);
    }
    return headers;
  },
  waitAfter: ({ attempts }) => RETRY_AFTER[attempts],
  failuresInRow: 5,
};
