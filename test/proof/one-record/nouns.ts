import type { DoorName } from '../strangers.ts';
import type { Facts, Side } from './side.ts';

/** A noun that several doors have: its table, its doors, and two sets of facts, one to make it and one to change it. */
export type SharedNoun = {
  readonly noun: string;
  readonly table: string;
  readonly sides: Partial<Readonly<Record<DoorName, Side>>>;
  readonly first: (turn: number) => Facts;
  readonly second: (turn: number) => Facts;
  /** doors whose caller has no part in what one door made */
  readonly apart?: (maker: DoorName) => readonly DoorName[];
  /** doors that go on having what one door made and another removed */
  readonly stays?: (maker: DoorName, remover: DoorName) => readonly DoorName[];
};

const day = (member: string, write = member) => ({
  read: (body: Facts) => (typeof body[member] === 'string' ? (body[member] as string).slice(0, 10) : null),
  write: (value: unknown) => ({ [write]: value }),
});
const instant = (member: string) => ({
  read: (body: Facts) => (typeof body[member] === 'string' ? new Date(body[member] as string).toISOString() : null),
  write: (value: unknown) => ({ [member]: value }),
});
/** First and last name where the other door has one line. */
const wholeName = {
  read: ({ first_name, last_name }: Facts) => [first_name, last_name].filter(Boolean).join(' ') || null,
  write: (value: unknown) => {
    const [first_name, last_name] = String(value).split(' ');
    return { first_name, last_name };
  },
};

const HOME = { price: 400000, number: '5', street: 'Elm St', city: 'Solon', postcode: '44139', bedrooms: 3 };
const NEXT_HOME = { price: 410000, number: '7', street: 'Oak Ave', city: 'Bedford', postcode: '44146', bedrooms: 4 };
const REAPIT_PROPERTY: Side = {
  path: '/properties',
  key: 'code',
  facts: {
    price: 'selling.price',
    number: 'address.buildingNumber',
    street: 'address.line1',
    city: 'address.line3',
    postcode: 'address.postcode',
    bedrooms: 'bedrooms',
  },
  create: {
    marketingMode: 'selling',
    departmentId: 'G',
    officeIds: ['OXF'],
    negotiatorId: 'BRE',
    type: ['house'],
    style: ['detached'],
    internetAdvertising: true,
    selling: { status: 'forSale' },
  },
  update: 'PATCH',
};
const SITE_FACTS = {
  price: 'price',
  number: 'street_number',
  street: 'street_name',
  city: 'town_name',
  postcode: 'zip_code',
  bedrooms: 'bedrooms',
};
const EXCLUSIVE: Side = {
  path: '/sales_exclusives',
  key: 'id',
  facts: SITE_FACTS,
  create: { agent_id: 1, office_id: 11 },
  update: 'PATCH',
  remove: true,
};
const SITE_PROPERTY: Side = { path: '/properties', key: 'id', facts: SITE_FACTS };
const LISTING: Side = {
  path: '/listings',
  key: 'reso_key',
  facts: {
    price: { read: ({ StandardFields }) => (StandardFields as Facts).ListPrice, write: (ListPrice) => ({ ListPrice }) },
    city: 'StandardFields.City',
    postcode: 'StandardFields.PostalCode',
    bedrooms: 'StandardFields.BedsTotal',
  },
  update: 'PUT',
  changedAt: '/flexmls/listings',
  fixed: ['city', 'postcode', 'bedrooms'],
};
const { create: _, ...SHOWN_PROPERTY } = REAPIT_PROPERTY;
const NEGOTIATOR: Side = {
  path: '/negotiators',
  key: 'code',
  facts: { name: 'name', email: 'email', mobile: 'mobilePhone', phone: 'workPhone', title: 'jobTitle' },
  update: 'PATCH',
};
const AGENT: Side = {
  path: '/agents',
  key: 'id',
  facts: { name: wholeName, email: 'email', mobile: 'cell_phone', phone: 'phone', title: 'title' },
  create: { office_id: 11 },
  update: 'PATCH',
  remove: true,
};
const ACCOUNT: Side = {
  path: '/accounts',
  key: 'reso_key',
  facts: {
    name: 'Name',
    email: { read: ({ Emails }) => (Emails as { Address: string }[])[0]?.Address ?? null, write: () => ({}) },
    mobile: {
      read: ({ Phones }) => (Phones as { Type: string; Number: string }[]).find(({ Type }) => Type === 'Mobile')?.Number ?? null,
      write: () => ({}),
    },
  },
};

/** design §4: the nouns of the table that two doors or more have, and what each calls the facts that they share. */
export const SHARED: readonly SharedNoun[] = [
  {
    noun: 'contact',
    table: 'contact',
    sides: {
      dotloop: {
        path: '/contact',
        key: 'id',
        facts: {
          firstName: 'firstName',
          lastName: 'lastName',
          email: 'email',
          mobile: 'cell',
          home: 'home',
          work: 'office',
          street: 'address',
          city: 'city',
          region: 'state',
          postcode: 'zipCode',
        },
        create: {},
        update: 'PATCH',
        remove: true,
      },
      reapit: {
        path: '/contacts',
        key: 'code',
        facts: {
          firstName: 'forename',
          lastName: 'surname',
          email: 'email',
          mobile: 'mobilePhone',
          home: 'homePhone',
          work: 'workPhone',
          street: 'primaryAddress.line1',
          city: 'primaryAddress.line3',
          postcode: 'primaryAddress.postcode',
        },
        create: { marketingConsent: 'grant', officeIds: ['OXF'], negotiatorIds: ['BRE'] },
        update: 'PATCH',
      },
      propertybase: {
        path: '/leads',
        key: 'id',
        facts: {
          firstName: 'first_name',
          lastName: 'last_name',
          email: 'email',
          mobile: 'phone2',
          street: 'address',
          city: 'city',
          region: 'state',
          postcode: 'zip_code',
        },
        create: { agent_id: 1, no_followup_task: true },
        update: 'PATCH',
        remove: true,
      },
      spark: {
        path: '/contacts',
        key: 'reso_key',
        facts: {
          firstName: 'GivenName',
          lastName: 'FamilyName',
          email: 'PrimaryEmail',
          street: 'HomeStreetAddress',
          city: 'HomeLocality',
          region: 'HomeRegion',
          postcode: 'HomePostalCode',
        },
        create: { DisplayName: 'Ada Okafor' },
        plural: 'Contacts',
        update: 'PUT',
        remove: true,
      },
    },
    first: (turn) => ({
      firstName: 'Ada',
      lastName: 'Okafor',
      email: `ada.${turn}@example.com`,
      mobile: '(701) 555-0101',
      home: '(701) 555-0102',
      work: '(701) 555-0103',
      street: '12 Elm St',
      city: 'Fargo',
      region: 'ND',
      postcode: '58102',
    }),
    second: (turn) => ({
      firstName: 'Adaeze',
      lastName: 'de Vries',
      email: `adaeze.${turn}@example.com`,
      mobile: '(701) 555-0201',
      home: '(701) 555-0202',
      work: '(701) 555-0203',
      street: '14 Oak St',
      city: 'Moorhead',
      region: 'MN',
      postcode: '56560',
    }),
    // What the brokerage or its site made is no agent's to delete: it leaves the agent's book (domain-people §3.5).
    stays: (maker, remover) =>
      ['reapit', 'propertybase'].includes(maker) && ['dotloop', 'spark'].includes(remover) ? ['reapit', 'propertybase'] : [],
  },
  {
    noun: 'member',
    table: 'member',
    sides: {
      reapit: { ...NEGOTIATOR, create: { officeId: 'OXF', active: true } },
      propertybase: AGENT,
      spark: ACCOUNT,
    },
    first: (turn) => ({ name: 'Ines Prado', email: `ines.${turn}@example.com`, mobile: '1 01', phone: '1 02', title: 'Partner' }),
    second: (turn) => ({ name: 'Ina Perez', email: `ina.${turn}@example.com`, mobile: '2 01', phone: '2 02', title: 'Director' }),
  },
  {
    noun: 'employee',
    table: 'member',
    sides: { reapit: NEGOTIATOR, propertybase: { ...AGENT, path: '/employees' }, spark: ACCOUNT },
    first: (turn) => ({ name: 'Ed Moss', email: `ed.${turn}@example.com`, mobile: '1 05', phone: '1 06', title: 'Clerk' }),
    second: (turn) => ({ name: 'Edna Mott', email: `edna.${turn}@example.com`, mobile: '2 05', phone: '2 06', title: 'Keeper' }),
  },
  {
    noun: 'office',
    table: 'office',
    sides: {
      dotloop: {
        path: '/profile',
        key: 'office_profile',
        facts: { name: 'name', phone: 'phone', city: 'city', postcode: 'zipCode' },
      },
      reapit: {
        path: '/offices',
        key: 'code',
        facts: { name: 'name', email: 'email', phone: 'workPhone', city: 'address.line3', postcode: 'address.postcode' },
        create: { address: { line1: 'High Street' } },
        update: 'PATCH',
      },
      propertybase: {
        path: '/offices',
        key: 'id',
        facts: { name: 'name', email: 'email', phone: 'phone', city: 'city', postcode: 'zip_code' },
        create: { office_manager_id: 1, office_manager_type: 'Agent' },
        update: 'PATCH',
        remove: true,
      },
      spark: {
        path: '/accounts',
        key: 'reso_key',
        facts: { name: 'Name' },
      },
    },
    first: (turn) => ({
      name: `Hamilton ${turn}`,
      email: `h${turn}@example.com`,
      phone: '1 03',
      city: 'Hamilton',
      postcode: '45011',
    }),
    second: (turn) => ({
      name: `Hanover ${turn}`,
      email: `o${turn}@example.com`,
      phone: '2 03',
      city: 'Hanover',
      postcode: '45012',
    }),
    // An office's profile is its manager's, and the brokerage makes offices without one.
    apart: (maker) => (maker === 'reapit' ? ['dotloop'] : []),
  },
  {
    noun: 'team',
    table: 'team',
    sides: {
      dotloop: { path: '/profile', key: 'team_profile', facts: { name: 'name', phone: 'phone' } },
      propertybase: {
        path: '/teams',
        key: 'id',
        facts: { name: 'name', phone: 'phone', email: 'email' },
        create: { team_office_id: 11, leader_agent_id: 1 },
        update: 'PATCH',
        remove: true,
      },
    },
    first: (turn) => ({ name: `Riverside ${turn}`, phone: '1 04', email: `r${turn}@example.com` }),
    second: (turn) => ({ name: `Lakeside ${turn}`, phone: '2 04', email: `l${turn}@example.com` }),
  },
  {
    noun: 'property',
    table: 'property',
    sides: { reapit: REAPIT_PROPERTY, propertybase: SITE_PROPERTY, spark: LISTING },
    first: () => HOME,
    second: () => NEXT_HOME,
  },
  {
    noun: 'sales exclusive',
    table: 'property',
    sides: { reapit: SHOWN_PROPERTY, propertybase: EXCLUSIVE, spark: LISTING },
    first: () => HOME,
    second: () => NEXT_HOME,
  },
  {
    noun: 'task',
    table: 'task',
    sides: {
      reapit: {
        path: '/tasks',
        key: 'code',
        facts: {
          text: 'text',
          due: day('activates'),
          done: { read: ({ completed }) => completed !== null, write: (done) => ({ completed: done ? '2027-02-01' : null }) },
        },
        create: { typeId: 'CA', senderId: 'BRE', recipientId: 'BRE', recipientType: 'negotiator' },
        update: 'PATCH',
      },
      propertybase: {
        path: '/tasks',
        key: 'id',
        facts: { text: 'name', due: day('due_date'), done: 'completed' },
        create: { assignee_id: 1, assignee_type: 'Agent' },
        update: 'PATCH',
        remove: true,
      },
    },
    first: () => ({ text: 'Ring about the roof', due: '2027-03-01', done: false }),
    second: () => ({ text: 'Write about the roof', due: '2027-04-01', done: true }),
  },
  {
    noun: 'appointment',
    table: 'appointment',
    sides: {
      reapit: {
        path: '/appointments',
        key: 'code',
        facts: { text: 'description', start: instant('start'), end: instant('end') },
        create: { typeId: 'MT', organiserId: 'BRE', negotiatorIds: ['BRE'], officeIds: ['OXF'] },
        update: 'PATCH',
      },
      propertybase: {
        path: '/events',
        key: 'id',
        facts: { text: 'name', start: instant('starts_at'), end: instant('ends_at') },
        create: { event_type: 'Meeting', assignee_id: 1, assignee_type: 'Agent', lead_id: 3603863 },
        update: 'PATCH',
        remove: true,
      },
    },
    first: () => ({ text: 'Signing', start: '2027-03-01T09:00:00.000Z', end: '2027-03-01T10:00:00.000Z' }),
    second: () => ({ text: 'Handing over', start: '2027-03-02T09:00:00.000Z', end: '2027-03-02T11:00:00.000Z' }),
  },
  {
    noun: 'showing',
    table: 'appointment',
    sides: {
      reapit: {
        path: '/appointments',
        key: 'code',
        facts: { text: 'description', start: instant('start'), end: instant('end') },
        create: {
          typeId: 'VW',
          organiserId: 'BRE',
          negotiatorIds: ['JAS'],
          officeIds: ['OXF'],
          attendee: { type: 'contact', id: 'OXF18000001' },
          propertyId: 'OXF190347',
        },
        update: 'PATCH',
      },
      propertybase: {
        path: '/showings',
        key: 'id',
        facts: { text: 'comments', start: instant('showing_time'), end: instant('end_time') },
        create: { lead_id: 3603863, property_id: 7001, agent_id: 3 },
        update: 'PATCH',
        remove: true,
      },
    },
    first: () => ({ text: 'Key at the desk', start: '2027-05-01T09:00:00.000Z', end: '2027-05-01T09:30:00.000Z' }),
    second: () => ({ text: 'Key with us', start: '2027-05-02T09:00:00.000Z', end: '2027-05-02T10:00:00.000Z' }),
  },
  {
    noun: 'enquiry',
    table: 'enquiry',
    sides: {
      reapit: {
        path: '/enquiries',
        key: 'id',
        facts: { firstName: 'forename', lastName: 'surname', email: 'email', message: 'message' },
        // Of whoever asks here no contact is made, and the site shows inquiries of leads (domain-property §5.3).
        update: 'PATCH',
        fixed: ['firstName', 'lastName', 'email', 'message'],
      },
      propertybase: {
        path: '/inquiries',
        key: 'id',
        facts: { firstName: 'first_name', lastName: 'last_name', email: 'email', message: 'comments' },
        create: { lead_id: 3603863, property_id: 7001 },
        update: 'PATCH',
        remove: true,
      },
    },
    first: () => ({ firstName: 'Ada', lastName: 'Okafor', email: 'ada@example.com', message: 'When?' }),
    second: () => ({ firstName: 'Bo', lastName: 'Li', email: 'bo@example.com', message: 'Soon?' }),
  },
];
