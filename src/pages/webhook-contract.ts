import { type Static, type TSchema, Type } from 'typebox';
import type { AppOperation } from './contract.ts';

const instant = Type.String({ format: 'date-time' });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const texts = Type.Array(Type.String());

/** What a developer says about a webhook; what is wrong with it is the domain's to say. */
const TERMS = {
  url: Type.String(),
  description: Type.String(),
  topics: texts,
  /** ids of customers; none: all that have installed the application */
  customers: texts,
  enabled: Type.Boolean(),
  ignoreEtagOnly: Type.Boolean(),
  extrasFields: texts,
};
export const WebhookTerms = Type.Object(TERMS);
export type WebhookTerms = Static<typeof WebhookTerms>;

export const Webhooks = Type.Object({
  webhooks: Type.Array(
    Type.Object({
      id: Type.String(),
      terms: WebhookTerms,
      /** why it is off, in plain words; null while it is on */
      off: nullable(Type.String()),
      /** the customer for whom the application made it itself; null: it is changed here */
      madeFor: nullable(Type.String()),
      since: instant,
    }),
  ),
  /** topics that the scopes of the application open */
  topics: texts,
  customers: Type.Array(Type.Object({ customer: Type.String(), customerName: Type.String() })),
});
export type Webhooks = Static<typeof Webhooks>;

export const Attempts = Type.Object({
  attempts: Type.Array(
    Type.Object({
      at: instant,
      url: Type.String(),
      topic: Type.String(),
      entity: nullable(Type.String()),
      customer: nullable(Type.String()),
      /** the status that was answered; null where none came, and `error` says why */
      status: nullable(Type.Integer()),
      error: nullable(Type.String()),
    }),
  ),
  /** asks for older ones */
  next: nullable(Type.Integer()),
});
export type Attempts = Static<typeof Attempts>;

const OfClient = Type.Object({ clientId: Type.String() });
const OfWebhook = Type.Object({ clientId: Type.String(), id: Type.String() });
const nothing = Type.Object({});
const shared = { signedIn: true, learned: 'contracts/reapit.md §3.5' } as const;

/** Webhooks of an application, for its developer. */
export const webhookOperations = {
  listWebhooks: {
    operationId: 'listWebhooks',
    method: 'GET',
    url: '/developer/applications/:clientId/webhooks',
    params: OfClient,
    answer: Webhooks,
    ...shared,
  },
  addWebhook: {
    operationId: 'addWebhook',
    method: 'POST',
    url: '/developer/applications/:clientId/webhooks',
    params: OfClient,
    body: WebhookTerms,
    answer: Type.Object({ id: Type.String() }),
    ...shared,
  },
  changeWebhook: {
    operationId: 'changeWebhook',
    method: 'POST',
    url: '/developer/applications/:clientId/webhooks/:id',
    params: OfWebhook,
    body: WebhookTerms,
    answer: nothing,
    ...shared,
  },
  removeWebhook: {
    operationId: 'removeWebhook',
    method: 'POST',
    url: '/developer/applications/:clientId/webhooks/:id/remove',
    params: OfWebhook,
    answer: nothing,
    ...shared,
  },
  listAttempts: {
    operationId: 'listAttempts',
    method: 'GET',
    url: '/developer/applications/:clientId/attempts',
    params: OfClient,
    query: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
    answer: Attempts,
    ...shared,
  },
} as const satisfies Record<string, AppOperation>;
