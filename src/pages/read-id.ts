import { notFound } from '../kernel/fault.ts';

/** Ids of addresses: what is none names nothing, so it is not found, like an id that nobody has. @throws Fault not_found */
export function readId(text: string | undefined, noun: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw notFound(noun);
  return id;
}
