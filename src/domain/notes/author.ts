import type { Actor } from '../../access/actor.ts';
import { forbidden } from '../../kernel/fault.ts';

export type Author = { readonly kind: 'member' | 'contact'; readonly id: number };

/** The member or the contact whom a call is made for. @throws Fault forbidden for callers that are neither */
export function authorOf(actor: Actor): Author {
  if (actor.kind === 'contact' && actor.id !== null) return { kind: 'contact', id: actor.id };
  if (actor.kind !== 'contact' && actor.memberId !== null) return { kind: 'member', id: actor.memberId };
  throw forbidden('note.nobody', 'Only members and contacts have notes');
}

/** @throws Fault forbidden for callers that are no members */
export function memberOf(actor: Actor): number {
  const { kind, id } = authorOf(actor);
  if (kind !== 'member') throw forbidden('note.no_member', 'A contact shares notes with the agent of its portal only');
  return id;
}

/** A consumer and the agent through whose portal it came. @throws Fault forbidden for callers that are no consumers */
export function consumerOf(actor: Actor): { readonly memberId: number; readonly contactId: number } {
  const { kind, id } = authorOf(actor);
  if (kind !== 'contact' || actor.agentId === undefined)
    throw forbidden('note.no_consumer', 'A member shares a note with a contact that is named');
  return { memberId: actor.agentId, contactId: id };
}
