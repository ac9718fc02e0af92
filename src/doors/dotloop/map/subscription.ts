import type { Static } from 'typebox';
import type { Delivery, NewWebhook, OpenWebhook, WebhookChange } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { type Breach, invalid } from '../../../kernel/fault.ts';
import type { NewSubscription, SubscriptionChange } from '../contract/subscription.ts';
import { PROFILE_EVENTS, USER_EVENTS } from '../event-types.ts';

/** contracts/dotloop.md §5.14 */
export const subscriptionOf = (webhook: OpenWebhook) => ({
  id: webhook.uuid,
  targetType: webhook.target_kind === 'profile' ? 'PROFILE' : 'USER',
  targetId: webhook.target_id,
  url: webhook.url,
  eventTypes: webhook.topics,
  enabled: webhook.enabled,
  signingKey: webhook.signingKey ?? undefined,
  externalId: webhook.external_id ?? undefined,
});

/** A row of the event list: what was tried, and how the latest attempt went. */
export const eventOf = (delivery: Delivery) => ({
  id: delivery.uuid,
  eventType: delivery.topic,
  deliveryStatus: delivery.succeeded ? 'SUCCESS' : 'FAILED',
  deliveryAttempts: delivery.attempts,
  createdOn: wholeSeconds(delivery.happened_at),
});

/** With the `event` object as delivered, and a code for every attempt that was answered. */
export const eventDetailOf = (delivery: Delivery) => ({
  ...eventOf(delivery),
  eventData: (JSON.parse(delivery.body) as { event: unknown }).event,
  responseData: delivery.responses.map(({ status }) => ({ responseCode: status })),
});

const TYPES = { profile: new Set<string>(PROFILE_EVENTS), user: new Set<string>(USER_EVENTS) };

/** @throws Fault invalid, when a type belongs to the other kind of target */
export function checkEventTypes(target: OpenWebhook['target_kind'], types: readonly string[]): void {
  const fitting = target === 'profile' ? TYPES.profile : TYPES.user;
  const breaches = types.flatMap((type, i): Breach[] =>
    fitting.has(type)
      ? []
      : [
          {
            in: 'body',
            at: `eventTypes/${i}`,
            reason: 'value',
            message: `${type} is no event of a ${target.toUpperCase()} subscription`,
          },
        ],
  );
  if (breaches.length > 0) throw invalid(breaches);
}

export function newWebhookFrom(body: Static<typeof NewSubscription>): NewWebhook {
  const { targetType, targetId, url, eventTypes, enabled, signingKey, externalId } = body;
  const target_kind = targetType === 'PROFILE' ? 'profile' : 'user';
  checkEventTypes(target_kind, eventTypes);
  return {
    target_kind,
    target_id: targetId,
    url,
    topics: eventTypes,
    ...(enabled === undefined ? {} : { enabled }),
    ...(signingKey === undefined ? {} : { signingKey }),
    ...(externalId === undefined ? {} : { external_id: externalId }),
  };
}

export function webhookChangeFrom(body: Static<typeof SubscriptionChange>): WebhookChange {
  const { url, eventTypes, enabled, signingKey, externalId } = body;
  return {
    ...(url === undefined ? {} : { url }),
    ...(eventTypes === undefined ? {} : { topics: eventTypes }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(signingKey === undefined ? {} : { signingKey }),
    ...(externalId === undefined ? {} : { external_id: externalId }),
  };
}

/** Cursors mean nothing to callers. Anything not of this form is refused by the contract. */
export const cursorOf = (id: number) => `c${id}`;
export const readCursor = (cursor: string | undefined) => (cursor === undefined ? undefined : Number(cursor.slice(1)));
