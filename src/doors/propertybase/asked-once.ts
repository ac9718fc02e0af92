import type { Desk } from './desk.ts';

/** What checks and the write both need to know of a call, or of its body, is asked for once: `of` is the same object each time. */
export function askedOnce<Of extends object, T, D extends Partial<Desk> = Desk>(
  read: (desk: D, of: Of) => Promise<T>,
): (desk: D, of: Of) => Promise<T> {
  const known = new WeakMap<Of, Promise<T>>();
  return (desk, of) => {
    const found = known.get(of) ?? read(desk, of);
    known.set(of, found);
    return found;
  };
}
