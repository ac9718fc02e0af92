import type { Desk } from './desk.ts';
import type { Written } from './resource.ts';

/** What checks and the write both need to know of a body is asked for once. */
export function perWrite<T>(read: (desk: Desk, written: Written) => Promise<T>): (desk: Desk, written: Written) => Promise<T> {
  const known = new WeakMap<Written, Promise<T>>();
  return (desk, written) => {
    const found = known.get(written) ?? read(desk, written);
    known.set(written, found);
    return found;
  };
}
