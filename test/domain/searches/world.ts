import { type Actor, systemActor } from '../../../src/access/actor.ts';
import type { Seeker } from '../../../src/domain/index.ts';

export const HOT_TUB = '20100815153524571646000000';
export const WATERVIEW = '20100912153422758914000000';
export const JOHN_SMITH = '20100912536192756362000000';
export const ATTURO = '20110301125434789184000000';

const call = (of: Partial<Actor>): Actor => ({ ...systemActor(1, 'spark'), administrator: false, clientId: 'key', ...of });
const member = (memberId: number): Actor => call({ kind: 'key', id: 1, name: `Member ${memberId}`, memberId });
const contact = (id: number): Actor => call({ kind: 'contact', id, name: `Contact ${id}`, agentId: 1 });

export const brian: Seeker = { actor: member(1), seen: { all: true } };
/** Has no contact of Brian's in the book but John Smith. */
export const john: Seeker = { actor: member(3), seen: { all: true } };
export const allen: Seeker = { actor: member(2), seen: { all: true } };
export const consumer: Seeker = { actor: contact(3603863), seen: { all: false } };
export const other: Seeker = { actor: contact(3603864), seen: { all: false } };
/** Brian's site. */
export const visitor: Seeker = { actor: member(1), seen: { all: false } };
/** The same ids at the second brokerage. */
export const stranger: Seeker = { actor: { ...member(1), orgId: 2 }, seen: { all: true } };

export const PAGE = { order: [], limit: 25, offset: 0, total: true } as const;
