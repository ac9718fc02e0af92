import type { Address, ContactChange, ContactPoint } from '../../domain/index.ts';
import { setContactFacts } from '../by-hand.ts';
import { BRIAN, JOHN, OXFORD, SOLON } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const phone = (kind: ContactPoint['kind'], value: string): ContactPoint => ({ via: 'phone', kind, value });
const home = (street_name: string, city: string, postal_code: string): Address => ({
  street_name,
  city,
  state_or_province: 'OH',
  postal_code,
  country: 'US',
});

type Card = { id: number; code: string; resoKey?: string; at: string; values: ContactChange };

/** Brian's book. The documented ones carry the keys of other doors' documents: keys date nothing. */
const CARDS: readonly Card[] = [
  {
    id: 3603864,
    code: 'OXF18000003',
    resoKey: '20110301125434789184000000',
    at: '2017-05-16T22:10:00Z',
    values: {
      first_name: 'Atturo',
      last_name: 'Garay',
      email: 'atturo.garay@example.com',
      contact_points: [phone('mobile', '(312) 555-0164')],
      tags: ['Current Sellers'],
    },
  },
  {
    id: 3603865,
    code: 'OXF18000004',
    at: '2017-05-16T22:14:00Z',
    values: {
      first_name: 'Allen',
      last_name: 'Agent',
      email: 'allen.agent@gmail.com',
      company_name: 'Allen Realty',
      contact_points: [phone('main', '(555) 555-1234')],
      extras: { dotloop: { role: 'LISTING_AGENT' } },
    },
  },
  {
    id: 3603866,
    code: 'OXF18000005',
    at: '2017-05-16T22:18:00Z',
    values: {
      first_name: 'Sean',
      last_name: 'Seller',
      email: 'sean.seller@yahoo.com',
      contact_points: [phone('mobile', '(555) 555-4444')],
      primary_address: {
        street_name: 'Main St.',
        street_number: '123',
        city: 'Cincinnati',
        postal_code: '45123',
        country: 'US',
        country_text: 'USA',
      },
      extras: { dotloop: { role: 'SELLER' } },
    },
  },
  {
    id: 3603867,
    code: 'OXF18000006',
    at: '2017-06-21T14:02:00Z',
    values: {
      first_name: 'Hannah',
      last_name: 'Voss',
      email: 'hannah.voss@example.com',
      contact_points: [phone('home', '(513) 555-0141'), phone('mobile', '(513) 555-0142')],
      primary_address: home('18 Sycamore Ct', 'Oxford', '45056'),
      tags: ['Current Buyers', 'First Home'],
      extras: { dotloop: { role: 'BUYER', 'Marital Status': 'Married' } },
    },
  },
  {
    id: 3603868,
    code: 'OXF18000007',
    at: '2017-09-05T17:45:00Z',
    values: {
      first_name: 'Luis',
      last_name: 'Ferrante',
      email: 'luis@ferrantehomes.example',
      company_name: 'Ferrante Home Inspections',
      contact_points: [phone('work', '(513) 555-0147'), phone('fax', '(513) 555-0148')],
      extras: { dotloop: { role: 'HOME_INSPECTOR', 'License #': 'OHI.2014009' } },
    },
  },
  {
    id: 3603869,
    code: 'OXF18000008',
    at: '2018-01-22T13:20:00Z',
    values: {
      first_name: 'Dorothy',
      last_name: 'Amsel',
      email: 'dorothy.amsel@example.org',
      contact_points: [phone('home', '(513) 555-0152')],
      primary_address: home('402 Locust Bend Rd', 'Hamilton', '45011'),
      tags: ['Sphere'],
    },
  },
  {
    id: 3603870,
    code: 'OXF18000009',
    at: '2018-03-14T19:31:00Z',
    values: {
      company_name: 'Miami Bluff Title Agency',
      email: 'closings@miamibluff.example',
      contact_points: [phone('main', '(513) 555-0158')],
      extras: { dotloop: { role: 'ESCROW_TITLE_REP' } },
    },
  },
  {
    id: 3603871,
    code: 'OXF18000010',
    at: '2018-06-02T15:08:00Z',
    values: {
      first_name: 'Wendell',
      last_name: 'Okoro',
      email: 'wendell.okoro@example.net',
      contact_points: [phone('mobile', '(937) 555-0119')],
      primary_address: home('7 Orchard Gate', 'Eaton', '45320'),
      tags: ['Past Buyers'],
    },
  },
];

/** The ten contacts of account 1 (contracts/dotloop.md §8: D44), the first of them Brian's own card. */
export function contacts(stage: Stage): void {
  const { people } = stage.domain;
  const brian = actorOf(stage.orgId, BRIAN);
  stage.at('2017-04-19T15:00:00Z', () =>
    people.createContact(
      brian,
      {
        first_name: 'Brian',
        last_name: 'Erwin',
        email: 'brianerwin@newkyhome.com',
        contact_points: [phone('home', '(415) 8936 332'), phone('work', '(415) 1213 656')],
        primary_address: {
          street_number: '2100',
          street_name: 'Waterview Dr',
          city: 'San Francisco',
          postal_code: '94114',
          state_or_province: 'CA',
          country: 'US',
        },
      },
      { id: 3603862, code: 'OXF18000002', resoKey: '20170419150000000000000000' },
    ),
  );
  stage.at('2017-04-20T03:48:30Z', () =>
    people.updateContact(brian, 3603862, (card) => ({
      contact_points: [...card.contact_points, phone('fax', '(415) 8655 686')],
    })),
  );
  stage.at('2017-04-25T09:10:00Z', async () => {
    await people.createContact(
      actorOf(stage.orgId, JOHN),
      {
        first_name: 'John',
        last_name: 'Smith',
        email: 'john.smith@example.com',
        tags: ['Current Buyers'],
        contact_points: [phone('home', '(513) 555-0136'), phone('mobile', '(513) 555-0137')],
        primary_address: home('55 Chestnut Hollow', 'Oxford', '45056'),
      },
      { id: 3603863, code: 'OXF18000001', resoKey: '20100912536192756362000000', memberIds: [JOHN.memberId, BRIAN.memberId] },
    );
    await setContactFacts(stage, 3603863, { title: 'Mr', marketingConsent: 'grant', officeIds: [OXFORD, SOLON] });
  });
  for (const { id, code, resoKey, at, values } of CARDS)
    stage.at(at, () => people.createContact(brian, values, { id, code, ...(resoKey ? { resoKey } : {}) }));
}
