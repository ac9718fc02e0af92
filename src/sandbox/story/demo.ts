import { systemActor } from '../../access/actor.ts';
import { SANDBOX } from '../credentials.ts';
import { DEMO_FOR_TESTS } from '../demo-credentials.ts';
import { actorOf, type Person, type Stage } from '../stage.ts';
import { userUuid } from './brokerage.ts';
import { tellLoop } from './loop.ts';
import { northgateNotes } from './spark-notes.ts';

const DORA: Person = { memberId: 1, userId: 1, name: 'Dora Demers', officeId: 11 };
const HUGH: Person = { memberId: 2, userId: 2, name: 'Hugh Alder', officeId: 11 };
/** Ids of keys are one series for all organisations, of which the story of the first has the beginning. */
const KEY = 10_000_999;

/**
 * The second brokerage (domain-people §4.3): ids, codes and keys of the first with other values behind them, so that every test of
 * separation meets an id that exists on the other side.
 */
export function demo(stage: Stage, passwordHash: string): void {
  const { domain, orgId } = stage;
  const { orgs, identity, people, deals, documents } = domain;
  const { people: logins, dotloop } = DEMO_FOR_TESTS;
  const system = systemActor(orgId);
  stage.at('2011-02-01T09:00:00Z', async () => {
    await orgs.createOrganisation({
      id: orgId,
      code: 'DEMO',
      name: 'Northgate Homes',
      timeZone: 'America/Chicago',
      email: 'office@northgate.example',
      sandbox: true,
      mls: { id: 1, shortName: '789', name: 'Prairie Listing Exchange', resoKey: '20050101000000000000000000' },
      profileId: 1001,
    });
    await orgs.createOffice(
      system,
      {
        name: 'Oxbow Falls',
        address: {
          street_number: '5',
          street_name: 'Depot St',
          city: 'Oxbow Falls',
          state_or_province: 'IA',
          postal_code: '50055',
          country: 'US',
        },
        profileId: 732453,
      },
      { id: 11, code: 'OXF', resoKey: '20050103090000000000000000' },
    );
    for (const [person, code, email, profileId, resoKey] of [
      [DORA, 'DOD', logins.agent, 42, '20080602130000000000000000'],
      [HUGH, 'HUA', logins.broker, 23483, '20050103091500000000000000'],
    ] as const) {
      const [firstName = '', lastName = ''] = person.name.split(' ');
      await orgs.createMember(system, { firstName, lastName, email, officeId: 11 }, { id: person.memberId, code, resoKey });
      await identity.createUser({
        orgId,
        email,
        passwordHash,
        memberId: person.memberId,
        given: { id: person.userId, uuid: userUuid(orgId, person.userId) },
      });
      await orgs.createProfile(actorOf(orgId, person), { name: person.name, company: 'Northgate Homes' }, { id: profileId });
    }
    const given = { id: 3, uuid: userUuid(orgId, 3) };
    await identity.createUser({ orgId, email: logins.administrator, passwordHash, administrator: true, given });
  });
  const dora = actorOf(orgId, DORA);
  stage.at('2011-11-18T16:35:43Z', () =>
    orgs.portals.create(dora, { displayName: 'Dora Demers' }, { id: stage.nextId('portal') }),
  );
  stage.at('2016-04-11T15:00:00Z', () =>
    deals.addTemplate(system, 732453, { name: 'Northgate Buyer', transactionType: 'PURCHASE_OFFER', shared: true }, { id: 423 }),
  );
  stage.at('2017-02-02T16:00:00Z', () =>
    people.createContact(
      dora,
      { first_name: 'Agnes', last_name: 'Northcott', email: 'agnes.northcott@example.com', tags: ['Northgate'] },
      { id: 3603862, code: 'OXF18000001', resoKey: '20100912536192756362000000' },
    ),
  );
  stage.at('2017-02-02T16:05:00Z', () =>
    people.createContact(
      dora,
      { first_name: 'Boris', last_name: 'Quell', email: 'boris.quell@example.com' },
      { id: 3603863, code: 'OXF18000002' },
    ),
  );
  northgateNotes(stage, dora);
  stage.at('2017-06-01T15:00:00Z', async () => {
    await deals.create(
      dora,
      42,
      { name: 'Northcott, 12 Levee Rd, Oxbow Falls, IA 50055', transaction_type: 'LISTING_FOR_SALE' },
      { id: 34308 },
    );
    await documents.addFolder(dora, 42, 34308, { name: 'Northgate papers' }, { id: 423424 });
    await deals.addTaskList(dora, 42, 34308, 'Northgate tasks', { id: 1234 });
    await deals.addTask(dora, 42, 34308, 1234, { name: 'call the surveyor' }, { id: 125736485 });
    await deals.addParticipant(
      dora,
      42,
      34308,
      { role: 'SELLER', full_name: 'Agnes Northcott', email: 'agnes.northcott@example.com' },
      { id: 2355 },
    );
  });
  stage.at('2017-06-02T15:00:00Z', () =>
    documents.upload(
      dora,
      42,
      34308,
      423424,
      { fileName: 'northgate.pdf', file: stage.papers.propertyDisclosure },
      { id: 561621 },
    ),
  );
  tellLoop(stage, {
    id: 30004,
    owner: DORA,
    profileId: 42,
    name: 'Quell, lake lot',
    type: 'PURCHASE_OFFER',
    first: 'PRE_OFFER',
    status: 'UNDER_CONTRACT',
    created: '2017-09-12T15:00:00Z',
    days: 5,
    details: {
      property_address: { street_number: '1', street_name: 'Lake Shore Path', city: 'Oxbow Falls', state_prov: 'IA' },
      financials: { purchase_sale_price: '$74,000' },
    },
  });
  stage.at('2018-01-05T15:00:00Z', async () => {
    const { clientId, clientSecret, accessToken, refreshToken, redirectUris } = dotloop;
    const { scopes } = SANDBOX.dotloop;
    await identity.createClient({
      door: 'dotloop',
      name: 'Northgate application',
      orgId,
      redirectUris,
      scopes,
      given: { clientId, secret: clientSecret },
    });
    await identity.createSparkKey({
      orgId,
      id: KEY,
      memberId: DORA.memberId,
      name: 'Northgate back office',
      role: 'private',
      flags: ['act-for'],
      given: DEMO_FOR_TESTS.spark.agent,
    });
    await identity.grantTokens({ orgId, userId: DORA.userId, clientId, door: 'dotloop', scopes, accessToken, refreshToken });
  });
}
