import { type Judge, makeJudge } from '../judge.ts';
import { applicationHookService } from './application-hook.service.ts';
import { filterService } from './filter.service.ts';
import { hookKeyService } from './hook-key.service.ts';
import { resthookService } from './resthook.service.ts';
import { type WebhookPorts, webhookService } from './webhook.service.ts';

/**
 * Subscriptions of a client and user, webhooks of an application for a customer, and the log of what was sent. Doors get this; delivery
 * itself is src/webhooks.
 */
export const buildWebhooks = (ports: WebhookPorts, judge: Judge = makeJudge()) => ({
  ...webhookService(ports),
  ...hookKeyService(ports.db, ports.secrets),
  ...applicationHookService(ports),
  resthooks: resthookService(ports),
  filters: filterService(ports, judge),
});
export type Webhooks = ReturnType<typeof buildWebhooks>;

export { findLost } from './access.ts';
export type { ApplicationHook, HookAttempt, HookAttempts } from './application-hook.service.ts';
export type { Attempt, Audience, Heard, Hearer, HookFilter, Letter, LoggedEvent, Notice, WebhookFace } from './face.ts';
export type { HookKey } from './hook-key.service.ts';
export type { HookTerms, ScopeOfTopic } from './hook-terms.ts';
export { isPublicAddress } from './public-address.ts';
export { hostOf } from './target-url.ts';
export { turnOff } from './turn-off.ts';
export type {
  CursorPage,
  Delivery,
  DisabledReason,
  Message,
  NewWebhook,
  OpenWebhook,
  Outcome,
  Response,
  Send,
  TargetKind,
  Webhook,
  WebhookChange,
  WebhookRow,
} from './types.ts';
