import type { Static } from 'typebox';
import type { NewParticipant, Participant, ParticipantChange } from '../../../domain/index.ts';
import type * as wire from '../contract/participant.ts';
import { TITLE_CASE } from '../contract/participant.ts';
import { renamed, shown, toRole } from './shown.ts';

/** Only keys with a value, in this order; the Title Case ones are the door's own and kept as its extras (§5.9). */
export function toParticipant(participant: Participant) {
  const own = participant.extras.dotloop ?? {};
  const titled: Record<string, string> = {};
  for (const name of TITLE_CASE) if (own[name]) titled[name] = own[name];
  return {
    id: participant.id,
    fullName: shown(participant.full_name),
    email: shown(participant.email),
    role: participant.role,
    ...titled,
  };
}

const NAMES = { full_name: 'fullName', email: 'email' } as const;

function titledOf<V>(body: Readonly<Record<string, unknown>>): Record<string, V> | undefined {
  const sent = TITLE_CASE.filter((name) => body[name] !== undefined);
  return sent.length === 0 ? undefined : Object.fromEntries(sent.map((name) => [name, body[name] as V]));
}

export function readNewParticipant(body: Static<typeof wire.NewParticipant>): NewParticipant {
  const titled = titledOf<string>(body);
  return { ...renamed(body, NAMES), role: toRole(body.role), ...(titled ? { extras: { dotloop: titled } } : {}) };
}

export function readParticipantChange(body: Static<typeof wire.ParticipantChange>): ParticipantChange {
  const titled = titledOf<string | null>(body);
  return {
    ...renamed(body, NAMES),
    ...(body.role ? { role: toRole(body.role) } : {}),
    ...(titled ? { extras: { dotloop: titled } } : {}),
  };
}

export const participantWords = { full_name: 'fullName' };
