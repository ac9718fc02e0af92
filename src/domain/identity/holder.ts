import type { UserRef } from './user.service.ts';

/** A consumer: a contact, signed in through the portal of that agent. */
export type ConsumerRef = { readonly orgId: number; readonly contactId: number; readonly agentId: number };

/** For whom an application acts. */
export type Holder = UserRef | ConsumerRef;

export const isConsumer = (holder: Holder): holder is ConsumerRef => 'contactId' in holder;

/** The holder in one word, as the column of that name has it. */
export const holderWord = (holder: Holder): string => (isConsumer(holder) ? `c${holder.contactId}` : `u${holder.userId}`);

/** The three columns that say who it is. */
export const holderColumns = (holder: Holder): [userId: number | null, contactId: number | null, agentId: number | null] =>
  isConsumer(holder) ? [null, holder.contactId, holder.agentId] : [holder.userId, null, null];

export type HolderRow = {
  readonly org_id: number;
  readonly user_id: number | null;
  readonly contact_id: number | null;
  readonly agent_id: number | null;
};

/** Undefined for what belongs to an application alone. */
export function holderOf({
  org_id: orgId,
  user_id: userId,
  contact_id: contactId,
  agent_id: agentId,
}: HolderRow): Holder | undefined {
  if (userId !== null) return { orgId, userId };
  return contactId !== null && agentId !== null ? { orgId, contactId, agentId } : undefined;
}
