import type { FastifyRequest } from 'fastify';
import { invalidMember } from '../kernel/fault.ts';
import { isStorableValue } from '../kernel/storable.ts';
import { isShallow } from '../wire/json.ts';

/** Before a route is asked. @throws Fault invalid at the member of a body in which something stands that cannot be kept */
export async function checkStorable({ body }: FastifyRequest): Promise<void> {
  for (const [at, value] of Object.entries(body ?? {}))
    if (!isShallow(value) || !isStorableValue(value))
      throw invalidMember(at, 'value', `${at} contains a character that cannot be stored`);
}
