import type { Actor } from '../../access/actor.ts';
import { forbidden } from '../../kernel/fault.ts';
import type { Owner } from './types.ts';

/** Documents are an application's: people and keys without one have none. */
export const findOwner = ({ orgId, clientId }: Actor): Owner | undefined => (clientId === null ? undefined : { orgId, clientId });

/** @throws Fault forbidden */
export function ownerOf(actor: Actor): Owner {
  const owner = findOwner(actor);
  if (!owner) throw forbidden('metadata.no_application', 'Only applications keep metadata');
  return owner;
}
