/** How many moments are remembered: writes of one moment are numbered while others come in between. */
const REMEMBERED = 4096;

/**
 * Mints the 26 digits that RESO doors show as a key: UTC time to the microsecond and a six-digit counter
 * (domain-people §1.2). `instance` keeps the counters of several servers apart.
 */
export function makeResoKeys(instance = 0) {
  const counters = new Map<string, number>();
  return (at: Date): string => {
    const [date = '', time = ''] = at.toISOString().split('T');
    const stamp = `${date.replaceAll('-', '')}${time.replace(/[:.Z]/g, '')}000`;
    const counter = (counters.get(stamp) ?? -1) + 1;
    counters.delete(stamp);
    counters.set(stamp, counter);
    if (counters.size > REMEMBERED) for (const [oldest] of counters.entries().take(1)) counters.delete(oldest);
    return stamp + String(instance * 1000 + counter).padStart(6, '0');
  };
}
export type MintResoKey = ReturnType<typeof makeResoKeys>;
