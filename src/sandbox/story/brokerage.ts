import { systemActor } from '../../access/actor.ts';
import { demandTemplates } from '../by-hand.ts';
import { ALLEN, BRIAN, DANIEL, ELENA, NORA, OXFORD, PRIYA, SOLON, STAFF, type Staff } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

/** The same login everywhere: a UUID that says whose it is. */
export const userUuid = (orgId: number, userId: number) => `5a4db0c5-000${orgId}-4000-8000-${String(userId).padStart(12, '0')}`;

const OXFORD_ADDRESS = {
  street_number: '24',
  street_name: 'Bishop Row',
  city: 'Oxford',
  state_or_province: 'OH',
  postal_code: '45056',
  country: 'US',
};
const SOLON_ADDRESS = {
  street_number: '100',
  street_name: 'Commerce Park Dr',
  city: 'Solon',
  state_or_province: 'OH',
  postal_code: '44139',
  country: 'US',
};

const phones = (main: string, fax: string) => [
  { via: 'phone' as const, kind: 'main' as const, value: main },
  { via: 'phone' as const, kind: 'fax' as const, value: fax },
];

/** Member, login and first profile of one of the staff. */
function join(stage: Stage, person: Staff, passwordHash: string): void {
  const { domain, orgId } = stage;
  const [firstName = '', ...rest] = person.name.split(' ');
  stage.at(person.joined, async () => {
    await domain.orgs.createMember(
      systemActor(orgId),
      {
        firstName,
        lastName: rest.join(' '),
        email: person.email,
        officeId: person.officeId,
        kind: person.kind ?? 'agent',
        accessLevel: person.accessLevel ?? 'agent',
        contactPoints: [
          { via: 'phone', kind: 'work', value: person.phone },
          ...(person.mobile ? [{ via: 'phone' as const, kind: 'mobile' as const, value: person.mobile }] : []),
        ],
        ...(person.website ? { websiteUrl: person.website } : {}),
        ...(person.tags ? { extras: { spark: { Tags: person.tags } } } : {}),
        ...(person.jobTitle ? { jobTitle: person.jobTitle } : {}),
        ...(person.license ? { licenseNumber: person.license } : {}),
      },
      { id: person.memberId, code: person.code, ...(person.resoKey ? { resoKey: person.resoKey } : {}) },
    );
    await domain.identity.createUser({
      orgId,
      email: person.email,
      passwordHash,
      administrator: person.administrator ?? false,
      memberId: person.memberId,
      given: { id: person.userId, uuid: userUuid(orgId, person.userId) },
    });
    const office = person.officeId === OXFORD ? OXFORD_ADDRESS : SOLON_ADDRESS;
    await domain.orgs.createProfile(
      actorOf(orgId, person),
      {
        name: person.name,
        company: 'Allen Realty',
        phone: person.phone,
        address: `${office.street_number} ${office.street_name}`,
        city: office.city,
        state: office.state_or_province,
        zip_code: office.postal_code,
        country: office.country,
      },
      { id: person.profileId },
    );
  });
}

/** Brian's other profiles. Profile 3 has the printed values; its duty came when its first loops were there already. */
function moreProfiles(stage: Stage): void {
  const { orgs } = stage.domain;
  const brian = actorOf(stage.orgId, BRIAN);
  stage.at('2015-03-02T14:00:00Z', () =>
    orgs.createProfile(
      brian,
      {
        name: 'My Profile',
        company: 'MyCompany',
        phone: '+0 (123) 456 7890',
        fax: '+0 (123) 456 7890',
        address: '1234 Wall St',
        city: 'New York',
        state: 'NY',
        zip_code: '10005',
      },
      { id: 3 },
    ),
  );
  stage.at('2016-09-12T14:00:00Z', () =>
    orgs.createProfile(
      brian,
      {
        name: 'Brian Erwin, New Construction',
        company: 'Allen Realty',
        phone: '(555) 555-5555',
        city: 'Oxford',
        state: 'OH',
        zip_code: '45056',
        country: 'US',
      },
      { id: 4711 },
    ),
  );
  stage.at('2017-05-17T12:00:00Z', () => demandTemplates(stage, 3));
}

/** Allen Realty with its MLS, offices, people, logins, profiles and team (domain-people §4.1). */
export function brokerage(stage: Stage, passwordHash: string): void {
  const { domain, orgId } = stage;
  const system = systemActor(orgId);
  stage.at('2005-01-01T00:00:00Z', () =>
    domain.orgs.createOrganisation({
      id: orgId,
      code: 'SBOX',
      name: 'Allen Realty',
      timeZone: 'America/New_York',
      currency: 'USD',
      email: 'office@allenrealty.example',
      sandbox: true,
      companyKey: '20050101000001000000000000',
      mls: { id: 1, shortName: '789', name: 'Three Valleys Listing Exchange', resoKey: '20050101000000000000000000' },
      profileId: 1001,
    }),
  );
  stage.at('2005-01-03T09:00:00Z', () =>
    domain.orgs.createOffice(
      system,
      {
        name: 'Oxford',
        email: 'oxford@allenrealty.example',
        address: OXFORD_ADDRESS,
        contactPoints: phones('(513) 555-0100', '(513) 555-0101'),
        profileId: 732453,
      },
      { id: OXFORD, code: 'OXF', resoKey: '20050103090000000000000000' },
    ),
  );
  stage.at('2006-02-06T09:00:00Z', () =>
    domain.orgs.createOffice(
      system,
      {
        name: 'Solon',
        email: 'solon@allenrealty.example',
        address: SOLON_ADDRESS,
        contactPoints: phones('(440) 555-0100', '(440) 555-0101'),
        profileId: 1002,
      },
      { id: SOLON, code: 'SOL', resoKey: '20060206090000000000000000' },
    ),
  );
  for (const person of STAFF) join(stage, person, passwordHash);
  moreProfiles(stage);
  stage.at('2005-01-03T09:30:00Z', () => domain.orgs.setOfficeManager(system, OXFORD, ALLEN.memberId));
  stage.at('2006-02-06T10:30:00Z', () => domain.orgs.setOfficeManager(system, SOLON, NORA.memberId));
  stage.at('2008-06-02T13:30:00Z', () => domain.orgs.addMlsNumber(system, 1, { memberId: BRIAN.memberId }, '123456789'));
  stage.at('2015-06-01T09:00:00Z', () =>
    domain.orgs.createTeam(
      system,
      {
        name: 'The Bluffs Team',
        officeId: SOLON,
        leaderId: NORA.memberId,
        memberIds: [NORA.memberId, PRIYA.memberId, ELENA.memberId, DANIEL.memberId],
        profileId: 10_000_101,
      },
      { id: 10_000_001 },
    ),
  );
}
