import type { FastifyRequest } from 'fastify';
import { invalidMember } from '../kernel/fault.ts';
import { isStorable } from '../kernel/storable.ts';
import { isShallow } from '../wire/json.ts';

const holdsOnlyStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(holdsOnlyStorable);
};

/** Before a route is asked. @throws Fault invalid at the member of a body in which something stands that cannot be kept */
export async function checkStorable({ body }: FastifyRequest): Promise<void> {
  for (const [at, value] of Object.entries(body ?? {}))
    if (!isShallow(value) || !holdsOnlyStorable(value))
      throw invalidMember(at, 'value', `${at} contains a character that cannot be stored`);
}
