/**
 * Mints the 26 digits that RESO doors show as a key: UTC time to the microsecond and a six-digit counter
 * (domain-people §1.2). `instance` keeps the counters of several servers apart.
 */
export function makeResoKeys(instance = 0) {
  let last = '';
  let counter = 0;
  return (at: Date): string => {
    const [date = '', time = ''] = at.toISOString().split('T');
    const stamp = `${date.replaceAll('-', '')}${time.replace(/[:.Z]/g, '')}000`;
    counter = stamp === last ? counter + 1 : 0;
    last = stamp;
    return stamp + String(instance * 1000 + counter).padStart(6, '0');
  };
}
export type MintResoKey = ReturnType<typeof makeResoKeys>;
