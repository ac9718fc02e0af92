import type { Clock } from '../../kernel/clock.ts';
import { OAuthError } from './oauth-error.ts';

const WINDOW_MS = 60_000;
const LIMIT = 100;
/** Beyond so many windows the oldest are forgotten: memory stays bounded whoever calls. */
const KEPT = 10_000;

/**
 * Slows down who guesses client secrets: after so many failures within a minute from one network address, 429 until it is over
 * (contracts/dotloop.md §1.7). Kept by each instance for itself; a secret has 122 random bits, so nothing depends on it.
 */
export function makeFailureWindow(clock: Clock) {
  const windows = new Map<string, { failures: number; readonly until: number }>();
  const live = (key: string) => {
    const found = windows.get(key);
    return found && found.until > clock.now().getTime() ? found : undefined;
  };
  return {
    /** @throws OAuthError 429 */
    check(key: string): void {
      const window = live(key);
      if (!window || window.failures < LIMIT) return;
      const seconds = Math.ceil((window.until - clock.now().getTime()) / 1000);
      throw new OAuthError('too_many_requests', `Too many failures. Try again in ${seconds} seconds`, 429, {
        'retry-after': String(seconds),
      });
    },
    count(key: string): void {
      const window = live(key);
      if (window) {
        window.failures += 1;
        return;
      }
      windows.delete(key);
      windows.set(key, { failures: 1, until: clock.now().getTime() + WINDOW_MS });
      const [oldest] = windows.keys();
      if (windows.size > KEPT && oldest !== undefined) windows.delete(oldest);
    },
  };
}
