import type { Actor } from '../../access/actor.ts';
import { forbidden } from '../../kernel/fault.ts';

/** What only administrators do, and the house itself. @throws Fault forbidden, for this reason and in these words */
export function allowAdministrator({ administrator, kind }: Actor, reason: string, message: string): void {
  if (!administrator || (kind !== 'user' && kind !== 'system')) throw forbidden(reason, message);
}
