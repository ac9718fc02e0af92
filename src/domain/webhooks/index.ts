import { type WebhookPorts, webhookService } from './webhook.service.ts';

/** Subscriptions of a client and user, and the log of what was sent. Doors get this; delivery itself is src/webhooks. */
export const buildWebhooks = (ports: WebhookPorts) => webhookService(ports);
export type Webhooks = ReturnType<typeof buildWebhooks>;

export { findLost } from './access.ts';
export type { Audience, LoggedEvent, Notice, WebhookFace } from './face.ts';
export { isPublicAddress } from './public-address.ts';
export { hostOf } from './target-url.ts';
export { turnOff } from './turn-off.ts';
export type {
  CursorPage,
  Delivery,
  NewWebhook,
  OpenWebhook,
  Response,
  TargetKind,
  Webhook,
  WebhookChange,
  WebhookRow,
} from './types.ts';
