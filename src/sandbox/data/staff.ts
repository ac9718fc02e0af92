import type { Person } from '../stage.ts';

export const OXFORD = 11;
export const SOLON = 12;

/** What the codes of an office's rows begin with; a row without an office has those of the first. */
export const OFFICE_CODES: ReadonlyMap<number | null, string> = new Map([
  [null, 'OXF'],
  [OXFORD, 'OXF'],
  [SOLON, 'SOL'],
]);

/** One of Allen Realty's people: member, login and first profile. */
export type Staff = Person & {
  readonly email: string;
  readonly phone: string;
  readonly mobile?: string;
  readonly website?: string;
  /** what the brokerage knows this person for, as accounts show it at the Spark door */
  readonly tags?: readonly string[];
  /** when the three rows were made */
  readonly joined: string;
  readonly code: string;
  /** minted from the moment of joining, unless a document prints one */
  readonly resoKey?: string;
  readonly profileId: number;
  readonly kind?: 'agent' | 'employee';
  readonly accessLevel?: 'agent' | 'broker' | 'employee' | 'admin';
  readonly jobTitle?: string;
  readonly license?: string;
};

export const BRIAN: Staff = {
  memberId: 1,
  userId: 1,
  profileId: 42,
  name: 'Brian Erwin',
  officeId: OXFORD,
  email: 'brianerwin@newkyhome.com',
  phone: '(555) 555-5555',
  joined: '2008-06-02T13:00:00Z',
  code: 'BRE',
  resoKey: '20080602130000000000000000',
  license: 'SAL.2008001937',
  mobile: '(513) 555-0142',
  website: 'https://brian-erwin.example',
  tags: ['First-time buyers', 'Oxford'],
};

export const ALLEN: Staff = {
  memberId: 2,
  userId: 2,
  profileId: 23483,
  name: 'Allen Agent',
  officeId: OXFORD,
  email: 'allen.agent@gmail.com',
  phone: '(555) 555-1234',
  joined: '2005-01-03T09:15:00Z',
  code: 'ALA',
  resoKey: '20050103091500000000000000',
  accessLevel: 'broker',
  jobTitle: 'Principal Broker',
  license: 'BRK.2001000412',
  website: 'https://www.allenrealty.example',
  tags: ['Farms', 'Land'],
};

export const JOHN: Staff = {
  memberId: 3,
  userId: 3,
  profileId: 1003,
  name: 'John Smith',
  officeId: OXFORD,
  email: 'john.smith@allenrealty.example',
  phone: '(513) 555-0103',
  joined: '2009-09-14T08:30:00Z',
  code: 'JAS',
  resoKey: '20090914083000000000000000',
  license: 'SAL.2009003348',
  mobile: '(513) 555-0143',
};

const ADMINISTRATOR: Staff = {
  memberId: 4,
  userId: 4,
  profileId: 1004,
  name: 'Administrator',
  officeId: OXFORD,
  email: 'admin@portico.localhost',
  phone: '(513) 555-0104',
  joined: '2005-01-03T09:20:00Z',
  code: 'ADM',
  resoKey: '20050103092000000000000000',
  kind: 'employee',
  accessLevel: 'admin',
  jobTitle: 'Office Administrator',
  administrator: true,
};

export const NORA: Staff = {
  memberId: 10_000_001,
  userId: 10_000_001,
  profileId: 10_000_001,
  name: 'Nora Whitlock',
  officeId: SOLON,
  email: 'nora.whitlock@allenrealty.example',
  phone: '(440) 555-0110',
  joined: '2006-02-06T10:00:00Z',
  code: 'NWH',
  accessLevel: 'broker',
  jobTitle: 'Managing Broker',
  license: 'BRK.2004002265',
  mobile: '(440) 555-0140',
};

export const MARCUS: Staff = {
  memberId: 10_000_002,
  userId: 10_000_002,
  profileId: 10_000_002,
  name: 'Marcus Bell',
  officeId: OXFORD,
  email: 'marcus.bell@allenrealty.example',
  phone: '(513) 555-0105',
  joined: '2011-05-09T13:00:00Z',
  code: 'MBE',
  license: 'SAL.2011001720',
};

export const PRIYA: Staff = {
  memberId: 10_000_003,
  userId: 10_000_003,
  profileId: 10_000_003,
  name: 'Priya Raman',
  officeId: SOLON,
  email: 'priya.raman@allenrealty.example',
  phone: '(440) 555-0111',
  joined: '2012-08-20T13:00:00Z',
  code: 'PRA',
  license: 'SAL.2012003806',
  mobile: '(440) 555-0141',
  tags: ['Lakefront'],
};

export const ELENA: Staff = {
  memberId: 10_000_004,
  userId: 10_000_004,
  profileId: 10_000_004,
  name: 'Elena Castellanos',
  officeId: SOLON,
  email: 'elena.castellanos@allenrealty.example',
  phone: '(440) 555-0112',
  joined: '2014-03-03T14:00:00Z',
  code: 'ECA',
  license: 'SAL.2014000659',
};

export const DANIEL: Staff = {
  memberId: 10_000_005,
  userId: 10_000_005,
  profileId: 10_000_005,
  name: 'Daniel Okafor',
  officeId: SOLON,
  email: 'daniel.okafor@allenrealty.example',
  phone: '(440) 555-0113',
  joined: '2015-05-18T13:00:00Z',
  code: 'DOK',
  license: 'SAL.2015002194',
};

export const STAFF: readonly Staff[] = [BRIAN, ALLEN, JOHN, ADMINISTRATOR, NORA, MARCUS, PRIYA, ELENA, DANIEL];

/** What Reapit's clients call somebody by. */
export const codeOfMember = (memberId: number | null | undefined): string | null =>
  STAFF.find((one) => one.memberId === memberId)?.code ?? null;
