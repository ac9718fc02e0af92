/** The doors of the house, and its own pages and commands. */
export type Door = 'dotloop' | 'reapit' | 'propertybase' | 'spark' | 'portico';

/** Who is calling, for whom, through which door. Goes in with every call of the domain; the organisation comes from here. */
export type Actor = {
  readonly orgId: number;
  readonly kind: 'user' | 'key' | 'client' | 'contact' | 'system';
  /** id of the user, key, client or contact; null for the system */
  readonly id: number | null;
  readonly name: string;
  readonly door: Door;
  readonly clientId: string | null;
  readonly memberId: number | null;
  /** of a consumer (kind contact): the member through whose portal the consumer came. Grants nothing of that member's own. */
  readonly agentId?: number;
  readonly officeId: number | null;
  /** of a caller that is let in for a group of offices: rows of other offices are not there */
  readonly officeIds?: readonly number[];
  /** that group */
  readonly officeGroupId?: number;
  /** of a call that has a name of its own: what its write is found by in the log of events */
  readonly group?: string;
  readonly administrator: boolean;
  readonly scopes: ReadonlySet<string>;
};

/** For seeds, jobs and the command line. */
export const systemActor = (orgId: number, door: Door = 'portico'): Actor => ({
  orgId,
  kind: 'system',
  id: null,
  name: 'Portico',
  door,
  clientId: null,
  memberId: null,
  officeId: null,
  administrator: true,
  scopes: new Set(),
});
