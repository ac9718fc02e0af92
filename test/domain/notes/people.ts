import { type Actor, systemActor } from '../../../src/access/actor.ts';

export const LISTING = '20100912153422758914000000';
export const WITH_NOTES = '20100815153524571646000000';
export const JOHN_SMITH = '20100912536192756362000000';
export const ATTURO = '20110301125434789184000000';

const call = (of: Partial<Actor>): Actor => ({ ...systemActor(1, 'spark'), administrator: false, clientId: 'key', ...of });

/** A member of Allen Realty, through a key. */
export const member = (memberId: number): Actor => call({ kind: 'key', id: 1, name: `Member ${memberId}`, memberId });
export const brian = member(1);
export const john = member(3);
/** The contact John Smith at the portal of that member. */
export const consumerAt = (agentId: number): Actor => call({ kind: 'contact', id: 3603863, name: 'John Smith', agentId });
export const consumer = consumerAt(1);

export const seen = (key: string) => ({ key, all: true });
