import { forbidden } from '../kernel/fault.ts';
import type { Actor } from './actor.ts';

/** What the rules need to know of a profile. */
export type ProfileFacts = {
  readonly type: string;
  readonly member_id: number | null;
  readonly deactivated_at: Date | null;
  /** the member who manages the office or leads the team behind the profile */
  readonly manager_id: number | null;
};

/** A user sees the own profiles, and those the user manages: as office manager, team leader, administrator (domain-people §2.8). */
export function maySeeProfile(actor: Actor, profile: ProfileFacts): boolean {
  if (actor.kind === 'system') return true;
  if (profile.type === 'INDIVIDUAL') return profile.member_id !== null && profile.member_id === actor.memberId;
  return actor.administrator || (profile.manager_id !== null && profile.manager_id === actor.memberId);
}

/** @throws Fault forbidden `profile.no_access` */
export function allowProfile(actor: Actor, profile: ProfileFacts): void {
  if (!maySeeProfile(actor, profile)) throw forbidden('profile.no_access', 'You have no access to this profile');
}

/** Loops and templates exist for active profiles of persons. @throws Fault forbidden `profile.no_access`, `profile.not_individual`, `profile.deactivated` */
export function allowLoopsOf(actor: Actor, profile: ProfileFacts): void {
  allowProfile(actor, profile);
  if (profile.type !== 'INDIVIDUAL')
    throw forbidden('profile.not_individual', 'Loops are available for INDIVIDUAL profiles only');
  if (profile.deactivated_at) throw forbidden('profile.deactivated', 'This profile is deactivated');
}
