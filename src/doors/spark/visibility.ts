import type { Visibility } from '../../domain/index.ts';
import type { SparkCaller } from './desk.ts';

/**
 * Which listings the caller sees, wherever one is named: staff all of the organisation's, others what is listed, and a key with own data
 * only those of its account or office (contracts/spark.md §5).
 */
export const visibilityOf = ({ role, flags, account, actor }: SparkCaller): Visibility => ({
  all: role === 'private',
  ...(flags.has('own-data') ? { own: { memberId: account.memberId, officeId: actor.officeId } } : {}),
});
