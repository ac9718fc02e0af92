import Fastify from 'fastify';
import { systemActor } from '../../src/access/actor.ts';
import { notFound } from '../../src/kernel/fault.ts';
import { type PagesDomain, type PagesOptions, pagesPlugin } from '../../src/pages/plugin.ts';

const at = (text: string) => new Date(text);
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n',
);

const deal = {
  id: 34308,
  name: 'Atturo Garay, 3059 Main, Chicago, IL 60614',
  transaction_type: 'PURCHASE_OFFER',
  status: 'PRE_OFFER',
  created_at: at('2017-05-30T21:42:17Z'),
  updated_at: at('2017-05-31T23:27:11Z'),
};
const document = (id: number, name: string, sniffed_type: string, size: number) => ({
  id,
  name,
  sniffed_type,
  size,
  updated_at: at('2017-05-31T20:10:00Z'),
});
const folders = [
  {
    id: 423424,
    name: 'Disclosures',
    documents: [
      document(561621, 'disclosures.pdf', 'application/pdf', PDF.length),
      document(561622, 'lead “paint” – été.pdf', 'application/pdf', 184_213),
      document(561623, 'plan.svg', 'application/octet-stream', 2_044),
    ],
  },
  {
    id: 423425,
    name: 'Contracts',
    documents: [
      document(561700, 'Purchase agreement with all addenda, countersigned, final version 3.pdf', 'application/pdf', 2_480_113),
    ],
  },
  { id: 423426, name: 'Inspection', documents: [] },
];
const participants = [
  {
    id: 2355,
    role: 'BUYER',
    full_name: 'Brian Erwin',
    email: 'brianerwin@newkyhome.com',
    extras: { dotloop: { Phone: '(555) 555-9876' } },
  },
  {
    id: 57567,
    role: 'LISTING_AGENT',
    full_name: 'Allen Agent',
    email: 'allen.agent@gmail.com',
    extras: {
      dotloop: { 'Company Name': 'Allen Realty', Phone: '(555) 555-1234', 'Cell Phone': '(555) 555-4444', Fax: '(555) 555-7777' },
    },
  },
  { id: 24743, role: 'SELLER', full_name: 'Sean Seller', email: 'sean.seller@yahoo.com', extras: {} },
];
const details = {
  property_address: {
    country: 'USA',
    street_number: '2100',
    street_name: 'Waterview Dr',
    unit_number: '12',
    city: 'San Francisco',
    state_prov: 'CA',
    zip_postal_code: '94114',
    county: 'USA',
  },
  financials: {
    purchase_sale_price: '$650,000',
    sale_commission_rate: '6%',
    earnest_money_amount: '$5,000',
    earnest_money_held_by: 'Allen Realty',
  },
  contract_dates: { contract_agreement_date: '12/06/2016', closing_date: 'March 05, 2017' },
  listing_information: {
    remarks: 'Corner unit over the water, with all appliances, two parking places and the storage room in the basement.',
    original_price: '$700,000',
  },
};
const lists = [
  {
    list: { id: 1234, name: 'My Tasks' },
    tasks: [
      { id: 1, name: 'contract', due_at: at('2016-10-21T04:00:00Z'), completed_at: at('2016-10-20T04:00:00Z') },
      { id: 2, name: 'Order the inspection', due_at: at('2017-06-06T16:00:00Z'), completed_at: null },
      { id: 3, name: 'Call the lender about the appraisal', due_at: at('2099-06-06T16:00:00Z'), completed_at: null },
      { id: 4, name: 'Send thanks', due_at: null, completed_at: null },
    ],
  },
  { list: { id: 1235, name: 'Closing' }, tasks: [] },
];
const activities = Array.from({ length: 25 }, (_, n) => ({
  message: n % 2 ? 'Brian Erwin viewed disclosures.pdf' : 'Allen Agent changed the status from Pre offer to Under contract',
  at: new Date(Date.parse('2017-05-31T23:27:11Z') - n * 3_600_000),
}));

const seen = async (_: unknown, id: number) => {
  if (id !== 34308 && id !== 30003) throw notFound('loop');
  return { deal, profileId: 42 };
};

export const CSRF = 'token-of-the-fixture';

type Applications = Map<string, { name: string; scopes: string[] }>;
const connected = (): Applications =>
  new Map([
    ['69bcf590-71b7-41a4-a039-a1d290edca11', { name: 'Sandbox application', scopes: ['loop:*', 'contact:*', 'account:read'] }],
    ['5d0f', { name: 'Northgate Transaction Desk', scopes: ['loop:read'] }],
  ]);

const application = {
  clientId: '69bcf590-71b7-41a4-a039-a1d290edca11',
  name: 'Board of Viewings',
  orgId: 1,
  sandbox: true,
  developer: 'Allen Realty',
  redirectUris: ['https://board.example/cb'],
  signOutUris: [],
  grants: ['authorization_code'],
  scopes: ['agencyCloud/contacts.read'],
  isPublic: false,
  requirePkce: true,
  rotateRefresh: true,
  createdAt: at('2025-03-04T15:00:00Z'),
};
const installation = {
  id: 34308,
  clientId: application.clientId,
  name: application.name,
  developer: application.developer,
  customer: 'DEMO',
  customerName: 'Northgate Homes',
  officeGroup: { code: 'WEST', name: 'West' },
  scopes: application.scopes,
  newScopes: ['agencyCloud/tasks.read'],
  extrasFields: ['pDirections'],
  installedAt: at('2025-03-05T15:00:00Z'),
};
const sharedListings = [
  {
    listing_number: '43FSB8',
    first_line: '2100 Waterview Dr 12',
    city: 'San Francisco',
    state_or_province: 'CA',
    postal_code: '94114',
    standard_status: 'ActiveUnderContract',
    list_price: 650000,
    currency: 'USD',
    to_let: false,
    bedrooms: 3,
    bathrooms_total: 2.5,
    living_area_sqft: 1850,
    headline: null,
    public_remarks: 'End unit by the water with <b>a garage</b> & a walled garden.',
  },
  {
    listing_number: 'OXF190400',
    first_line: '',
    city: null,
    state_or_province: null,
    postal_code: null,
    standard_status: 'Active',
    list_price: 1450,
    currency: 'USD',
    to_let: true,
    bedrooms: 1,
    bathrooms_total: null,
    living_area_sqft: null,
    headline: 'Above the bakery',
    public_remarks: null,
  },
];

const domainOf = (applications: Applications) =>
  ({
    now: () => at('2025-11-20T08:00:00Z'),
    orgs: { officeGroups: async () => [{ id: 1, code: 'WEST', name: 'West', office_ids: [11] }] },
    deals: {
      whereSeen: seen,
      details: async () => details,
      participants: async () => participants,
      taskLists: async () => lists.map(({ list }) => list),
      allTasks: async () => lists.flatMap(({ list, tasks }) => tasks.map((task) => ({ ...task, list_id: list.id }))),
      activities: async (_a: unknown, _p: unknown, _d: unknown, { number, size }: { number: number; size: number }) =>
        activities.slice((number - 1) * size, number * size),
    },
    documents: {
      folders: async () => folders,
      open: async (_a: unknown, _p: unknown, _d: unknown, f: number, id: number) => {
        const found = folders.find((one) => one.id === f)?.documents.find((one) => one.id === id);
        if (!found) throw notFound('document');
        const { Readable } = await import('node:stream');
        return { document: found, size: PDF.length, stream: Readable.from([PDF]) };
      },
    },
    identity: {
      connectedApplications: async () =>
        [...applications].map(([clientId, one]) => ({
          clientId,
          ...one,
          since: at('2025-03-04T15:00:00Z'),
          lastUsed: at('2025-11-20T08:00:00Z'),
        })),
      revokeApplication: async (_: unknown, clientId: string) => {
        if (!applications.delete(clientId)) throw notFound('application');
      },
      applications: async () => [{ ...application, installations: 1 }],
      application: async () => application,
      findApplication: async () => application,
      registerApplication: async () => ({ clientId: application.clientId, clientSecret: 'shown once' }),
      changeApplication: async () => {},
      renewSecret: async () => 'shown once',
      installationsOfApplication: async () => [installation],
      usageOfApplication: async () => [
        { day: '2025-11-19', customer: 'DEMO', customerName: 'Northgate Homes', resource: 'contacts', calls: 12 },
      ],
      installations: async () => [installation],
      install: async () => 34308,
      acceptScopes: async () => {},
      grantExtras: async () => {},
      uninstall: async () => {},
      ownSiteKeys: async () => ({
        domains: ['www.domain.com'],
        keys: [
          { id: 4, name: 'Old', permissions: { leads: 'rw' }, created_at: at('2025-03-04T15:00:00Z'), expires_at: null },
          {
            id: 5,
            name: 'Over',
            permissions: {},
            created_at: at('2025-03-04T15:00:00Z'),
            expires_at: at('2025-03-05T15:00:00Z'),
          },
        ],
      }),
      makeOwnSiteKey: async () => ({ id: 6, key: 'shown once' }),
      changeOwnSiteKey: async () => {},
      rotateOwnSiteKey: async () => ({ id: 7, key: 'shown once' }),
      removeOwnSiteKey: async () => {},
      ownSparkKeys: async () => [
        {
          id: 6,
          name: 'Back office',
          key: 'sandbox_agent',
          role: 'private',
          flags: ['act-for'],
          redirect_uris: [],
          member_name: 'Brian Erwin',
          contact_name: null,
          created_at: at('2025-03-04T15:00:00Z'),
        },
      ],
      makeOwnSparkKey: async () => ({ key: 'public half', secret: 'shown once' }),
      removeOwnSparkKey: async () => {},
    },
    webhooks: {
      applicationHooks: async () => [],
      addApplicationHook: async () => 'f3b0c1d2-0000-4000-8000-000000000001',
      changeApplicationHook: async () => {},
      removeApplicationHook: async () => {},
      hookAttempts: async () => ({ attempts: [], next: null }),
    },
    shared: {
      openShared: async (id: string) => {
        if (id !== '15Ar') throw notFound('shared listing');
        return { id, broker: 'Allen Realty', listings: sharedListings };
      },
    },
  }) as unknown as PagesDomain;

export const front: PagesOptions['front'] = async () => ({
  version: '0.1.0',
  startedAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  health: { database: { ok: true, detail: 'PostgreSQL 18.4' }, files: { ok: true, detail: './data/files' } },
  doors: [
    {
      name: 'dotloop',
      summary: 'Loops with their details, people, folders, documents, tasks and activity; contacts; Loop-It; webhooks.',
      addresses: ['http://127.0.0.1:8080/dotloop/public/v2', 'http://127.0.0.1:8080/public/v2'],
      hostAddress: 'http://dotloop.localhost:8080/public/v2',
      links: [
        { title: 'Explorer', href: '/explore/dotloop' },
        { title: 'OpenAPI', href: '/openapi/dotloop.json' },
      ],
    },
    {
      name: 'Reapit',
      summary: 'Foundations platform',
      addresses: ['http://127.0.0.1:8080/reapit'],
      hostAddress: 'http://reapit.localhost:8080',
      links: [
        { title: 'Explorer', href: '/explore/reapit' },
        { title: 'OpenAPI', href: '/openapi/reapit.json' },
      ],
    },
    {
      name: 'Propertybase GO',
      summary: 'Boston Logic API v2',
      addresses: ['http://127.0.0.1:8080/propertybase/api/v2'],
      hostAddress: null,
      links: [],
    },
  ],
  sandbox: {
    credentials: [
      {
        name: 'People',
        note: 'Sign in with either address; both have the same password.',
        values: [
          { label: 'Agent', value: 'brianerwin@newkyhome.com' },
          { label: 'Administrator', value: 'admin@portico.localhost' },
          { label: 'Password of both', value: 'portico-sandbox' },
        ],
      },
      {
        name: 'dotloop',
        note: null,
        values: [
          { label: 'Client id', value: '69bcf590-71b7-41a4-a039-a1d290edca11' },
          { label: 'Client secret', value: '3415e381-bdc4-49b7-bde2-69b3c5cd6447' },
          { label: 'Access token', value: '0b043f2f-2abe-4c9d-844a-3eb008dcba67' },
          { label: 'Refresh token', value: '19bfda68-ca62-480c-9c62-2ba408458fc7' },
        ],
      },
    ],
    firstRequest:
      'curl -H "Authorization: Bearer 0b043f2f-2abe-4c9d-844a-3eb008dcba67" \\\n  http://127.0.0.1:8080/dotloop/public/v2/account',
    pages: [{ title: 'The loop of the documents’ examples', href: '/m/loop?viewId=34308' }],
  },
});

/** A server with the pages alone, until the lab is there. `signedIn` can be changed while it runs. */
export async function openPages(options: Partial<PagesOptions> = {}) {
  const state = { signedIn: true };
  const applications = connected();
  const app = Fastify({ logger: { level: process.env.LOG ?? 'silent' } });
  const user = { name: 'Brian Erwin', email: 'brianerwin@newkyhome.com', organisation: 'Allen Realty', developer: true };
  const session = { actor: { ...systemActor(1), kind: 'user' as const, id: 1 }, csrf: CSRF, user };
  await app.register(pagesPlugin, {
    domain: domainOf(applications),
    front,
    readWebSession: async () => (state.signedIn ? session : undefined),
    permissionsOf: (scopes) => scopes.map((scope) => `May use ${scope}`),
    topics: () => new Map([['contacts.created', 'agencyCloud/contacts.read']]),
    webDist: new URL('../../web/dist', import.meta.url).pathname,
    ...options,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, address, state, applications, [Symbol.asyncDispose]: () => app.close() };
}
