import type { Actor } from '../../access/actor.ts';
import { BRIAN } from './staff.ts';

export const JOHN_SMITH = { id: 3603863, name: 'John Smith', resoKey: '20100912536192756362000000' };

/** The contact John Smith, signed in through Brian's portal. */
export const consumerOf = (orgId: number): Actor => ({
  orgId,
  kind: 'contact',
  id: JOHN_SMITH.id,
  name: JOHN_SMITH.name,
  door: 'spark',
  clientId: null,
  memberId: null,
  agentId: BRIAN.memberId,
  officeId: null,
  administrator: false,
  scopes: new Set(),
});
