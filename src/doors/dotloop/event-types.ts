/** Events that a subscription can ask for, by what it is about (contracts/dotloop.md §5.14). */
export const PROFILE_EVENTS = [
  'LOOP_CREATED',
  'LOOP_UPDATED',
  'LOOP_MERGED',
  'LOOP_PARTICIPANT_CREATED',
  'LOOP_PARTICIPANT_UPDATED',
  'LOOP_PARTICIPANT_DELETED',
] as const;
export const USER_EVENTS = [
  'CONTACT_CREATED',
  'CONTACT_UPDATED',
  'CONTACT_DELETED',
  'PROFILE_UPDATED',
  'USER_PROFILE_ACTIVATED',
  'USER_PROFILE_DEACTIVATED',
  'USER_ADDED_TO_PROFILE',
  'USER_REMOVED_FROM_PROFILE',
] as const;
/** Sent to a subscription about itself, whatever it asked for. */
export const SYSTEM_EVENTS = ['SUBSCRIPTION_REMOVED', 'SUBSCRIPTION_DISABLED'] as const;

export type EventType = (typeof PROFILE_EVENTS | typeof USER_EVENTS | typeof SYSTEM_EVENTS)[number];
