import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { PROFILE_EVENTS, SYSTEM_EVENTS, USER_EVENTS } from '../event-types.ts';
import { data, flag, none, optional, text, timestamp } from './fields.ts';

const TargetType = Type.Enum(['PROFILE', 'USER'], { description: 'What it is about.' });
const selectable = Type.Enum([...PROFILE_EVENTS, ...USER_EVENTS]);
const EventType = Type.Enum([...PROFILE_EVENTS, ...USER_EVENTS, ...SYSTEM_EVENTS]);
const uuid = (description?: string) => Type.String({ format: 'uuid', ...(description ? { description } : {}) });

const targetId = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Id of the profile, or of the account.',
});
const url = text('Where events are posted: http or https.', 2_000);
const eventTypes = Type.Array(selectable, { minItems: 1, maxItems: 100, description: 'Only types of the target.' });
const enabled = flag('Turned off by too many failures too; only a PATCH turns it on again.');
const signingKey = text('Signs deliveries with HMAC-SHA1.');
const externalId = text('Repeated in every delivery.');

export const Subscription = Type.Object(
  {
    id: uuid(),
    targetType: TargetType,
    targetId,
    url,
    eventTypes,
    enabled,
    signingKey: optional(signingKey),
    externalId: optional(externalId),
  },
  { $id: 'Subscription' },
);
export const NewSubscription = Type.Object(
  {
    targetType: TargetType,
    targetId,
    url,
    eventTypes,
    enabled: optional(enabled),
    signingKey: optional(signingKey),
    externalId: optional(externalId),
  },
  { $id: 'NewSubscription' },
);
const clearable = (schema: typeof signingKey) => optional(Type.Unsafe<string | null>({ ...schema, type: ['string', 'null'] }));
/** The target stays for good; members that name it are read-only and not looked at. */
export const SubscriptionChange = Type.Object(
  {
    url: optional(url),
    eventTypes: optional(eventTypes),
    enabled: optional(enabled),
    signingKey: clearable(signingKey),
    externalId: clearable(externalId),
  },
  { $id: 'SubscriptionChange' },
);

const DeliveryStatus = Type.Enum(['SUCCESS', 'FAILED'], { description: 'Of the latest attempt.' });
const row = {
  id: uuid('The same on every attempt.'),
  eventType: EventType,
  deliveryStatus: DeliveryStatus,
  deliveryAttempts: Type.Integer(),
  createdOn: timestamp(),
};
export const SubscriptionEvent = Type.Object(row, { $id: 'SubscriptionEvent' });
export const SubscriptionEventDetail = Type.Object(
  {
    ...row,
    eventData: Type.Object({}, { additionalProperties: true, description: 'The `event` as delivered.' }),
    responseData: Type.Array(Type.Object({ responseCode: optional(Type.Integer()) }), {
      description: 'One an attempt; without a code when no answer came.',
    }),
  },
  { $id: 'SubscriptionEventDetail' },
);

const paged = <T extends typeof Subscription | typeof SubscriptionEvent>(schema: T) =>
  Type.Object({
    meta: Type.Object({ total: Type.Integer(), nextCursor: optional(Type.String()) }),
    data: Type.Array(schema),
  });
const cursor = optional(Type.String({ pattern: '^c[1-9][0-9]{0,14}$', description: 'meta.nextCursor of the page before.' }));
const subscriptionPath = Type.Object({ subscriptionId: Type.String() });
const eventPath = Type.Object({ subscriptionId: Type.String(), eventId: Type.String() });

/** Either is enough to subscribe; reading and deleting need any valid token. */
const scope = ['contact:read', 'loop:read'];
const learned = 'contracts/dotloop.md 5.14 [docs]';

export const listSubscriptions = contract({
  operationId: 'listSubscriptions',
  method: 'GET',
  url: '/subscription',
  summary: 'List subscriptions',
  scope: [],
  params: none,
  query: Type.Object({ enabled: optional(flag('Only those turned on, or off.')), next_cursor: cursor }),
  answers: { 200: paged(Subscription) },
  learned,
});

export const createSubscription = contract({
  operationId: 'createSubscription',
  method: 'POST',
  url: '/subscription',
  summary: 'Subscribe to events of a profile or a user',
  scope,
  params: none,
  query: none,
  body: NewSubscription,
  answers: { 201: data(Subscription) },
  learned,
  example: {
    targetType: 'PROFILE',
    targetId: 4711,
    url: 'https://example.com/hooks',
    eventTypes: ['LOOP_CREATED', 'LOOP_UPDATED'],
  },
});

export const readSubscription = contract({
  operationId: 'readSubscription',
  method: 'GET',
  url: '/subscription/:subscriptionId',
  summary: 'Read a subscription',
  scope: [],
  params: subscriptionPath,
  query: none,
  answers: { 200: data(Subscription) },
  learned,
});

export const updateSubscription = contract({
  operationId: 'updateSubscription',
  method: 'PATCH',
  url: '/subscription/:subscriptionId',
  summary: 'Change a subscription',
  scope,
  params: subscriptionPath,
  query: none,
  body: SubscriptionChange,
  answers: { 200: data(Subscription) },
  learned,
  example: { enabled: true },
});

export const deleteSubscription = contract({
  operationId: 'deleteSubscription',
  method: 'DELETE',
  url: '/subscription/:subscriptionId',
  summary: 'Delete a subscription',
  scope: [],
  params: subscriptionPath,
  query: none,
  answers: { 204: null },
  learned,
});

export const listSubscriptionEvents = contract({
  operationId: 'listSubscriptionEvents',
  method: 'GET',
  url: '/subscription/:subscriptionId/event',
  summary: 'List what was sent to a subscription, newest first',
  scope: [],
  params: subscriptionPath,
  query: Type.Object({ delivery_status: optional(DeliveryStatus), next_cursor: cursor }),
  answers: { 200: paged(SubscriptionEvent) },
  learned,
});

export const readSubscriptionEvent = contract({
  operationId: 'readSubscriptionEvent',
  method: 'GET',
  url: '/subscription/:subscriptionId/event/:eventId',
  summary: 'Read one event, with what was sent and answered',
  scope: [],
  params: eventPath,
  query: none,
  answers: { 200: data(SubscriptionEventDetail) },
  learned,
});
