import { type Holder, isConsumer } from '../../domain/index.ts';

/** A login as the authorization core names it: `org:user`, or `org:contact:agent` for a consumer. */
export const accountOf = (holder: Holder): string =>
  isConsumer(holder) ? `${holder.orgId}:${holder.contactId}:${holder.agentId}` : `${holder.orgId}:${holder.userId}`;

export function holderOf(account: string): Holder {
  const [orgId = Number.NaN, id = Number.NaN, agentId] = account.split(':').map(Number);
  if (![orgId, id, agentId ?? 0].every(Number.isSafeInteger)) throw new Error('This is no account of ours');
  return agentId === undefined ? { orgId, userId: id } : { orgId, contactId: id, agentId };
}
