import type { Actor } from '../../../access/actor.ts';
import type { CursorPage, Webhooks } from '../../../domain/index.ts';
import type { Answer } from '../../../wire/answer.ts';
import { type Route, route } from '../../../wire/mount.ts';
import { created, gone, single } from '../answers.ts';
import * as contract from '../contract/subscription.ts';
import * as map from '../map/subscription.ts';

const at = route<Actor>();

/** A page with the cursor of the next one, while there is one (contracts/dotloop.md §5.14). */
const page = <T>({ rows, total, next }: CursorPage<T>, of: (row: T) => unknown): Answer => ({
  status: 200,
  json: { meta: { total, nextCursor: next === undefined ? undefined : map.cursorOf(next) }, data: rows.map(of) },
});

/** The domain's names of members, in dotloop's words. */
const words = { topics: 'eventTypes', external_id: 'externalId' };

/** Rows 40 to 46 of contracts/dotloop.md §4. */
export function subscriptionRoutes({ webhooks }: { readonly webhooks: Webhooks }): readonly Route<Actor>[] {
  const target = ({ caller, params }: { caller: Actor; params: { subscriptionId: string } }) =>
    webhooks.read(caller, params.subscriptionId);
  return [
    at(contract.listSubscriptions, {
      async handle({ caller, query }) {
        const after = map.readCursor(query.next_cursor);
        const found = await webhooks.list(caller, {
          ...(query.enabled === undefined ? {} : { enabled: query.enabled }),
          ...(after === undefined ? {} : { after }),
        });
        return page(found, map.subscriptionOf);
      },
    }),
    at(contract.createSubscription, {
      words,
      handle: async ({ caller, body }) => created(map.subscriptionOf(await webhooks.create(caller, map.newWebhookFrom(body)))),
    }),
    at(contract.readSubscription, {
      handle: async ({ caller, params }) => single(map.subscriptionOf(await webhooks.read(caller, params.subscriptionId))),
    }),
    at(contract.updateSubscription, {
      words,
      target,
      async handle({ caller, params, body }) {
        // The kind of target never changes, so what is checked here still holds under the lock.
        const { target_kind } = await webhooks.read(caller, params.subscriptionId);
        if (body.eventTypes) map.checkEventTypes(target_kind, body.eventTypes);
        return single(map.subscriptionOf(await webhooks.update(caller, params.subscriptionId, map.webhookChangeFrom(body))));
      },
    }),
    at(contract.deleteSubscription, {
      async handle({ caller, params }) {
        await webhooks.remove(caller, params.subscriptionId);
        return gone;
      },
    }),
    at(contract.listSubscriptionEvents, {
      target,
      async handle({ caller, params, query }) {
        const after = map.readCursor(query.next_cursor);
        const found = await webhooks.deliveries(caller, params.subscriptionId, {
          ...(query.delivery_status === undefined ? {} : { succeeded: query.delivery_status === 'SUCCESS' }),
          ...(after === undefined ? {} : { after }),
        });
        return page(found, map.eventOf);
      },
    }),
    at(contract.readSubscriptionEvent, {
      handle: async ({ caller, params }) =>
        single(map.eventDetailOf(await webhooks.delivery(caller, params.subscriptionId, params.eventId))),
    }),
  ];
}
