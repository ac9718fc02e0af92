import type { UserRef } from '../../domain/index.ts';

/** A login as the authorization core names it. */
export const accountOf = ({ orgId, userId }: UserRef): string => `${orgId}:${userId}`;

export function userOf(account: string): UserRef {
  const [orgId, userId] = account.split(':').map(Number);
  if (!Number.isSafeInteger(orgId) || !Number.isSafeInteger(userId)) throw new Error('This is no account of ours');
  return { orgId: Number(orgId), userId: Number(userId) };
}
