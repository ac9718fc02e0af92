import type { Querier } from '../../db/index.ts';
import { countAttempt, forgetAttempts, forgiveAttempt } from './attempt.store.ts';
import { byBoth, byLogin, byNetwork } from './attempt.ts';
import { hashOf } from './random.ts';

/** A try to sign in that was counted as failed; `forgive` takes that back. */
export type Guess = { readonly retryAfterSeconds?: number; readonly forgive: () => Promise<void> };

/**
 * Counts a try before it is made, by login and network. Refused ones slow both down, whether there is such a login or not.
 * @param login in lower case, with a prefix where it is no person's address
 */
export async function countGuess(db: Querier, login: string, address: string, now: Date): Promise<Guess> {
  const keys = {
    both: hashOf(`both:${address}:${login}`),
    login: hashOf(`login:${login}`),
    network: hashOf(`network:${address}`),
  };
  const until =
    (await countAttempt(db, keys.both, byBoth, now)) ??
    (await countAttempt(db, keys.login, byLogin, now)) ??
    (await countAttempt(db, keys.network, byNetwork, now));
  return {
    ...(until ? { retryAfterSeconds: Math.ceil((until.getTime() - now.getTime()) / 1000) } : {}),
    async forgive() {
      await forgetAttempts(db, keys.both);
      await forgiveAttempt(db, keys.login);
      await forgiveAttempt(db, keys.network);
    },
  };
}
