import type { DeliveryKey } from './delivery.store.ts';

/** The name of the delivery task. */
export const DELIVER = 'webhooks.deliver';

/** What its job carries: the delivery, and how many attempts were made when it was queued. */
export type DeliverPayload = { readonly org_id: number; readonly id: number; readonly attempt: number };

/** The job of one attempt; the key allows at most one waiting job a delivery. */
export const deliveryJob = ({ org_id, id }: DeliveryKey, attempt: number): { key: string; payload: DeliverPayload } => ({
  key: `delivery:${org_id}:${id}`,
  payload: { org_id, id, attempt },
});
