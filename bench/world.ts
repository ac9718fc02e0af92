import { systemActor } from '../src/access/actor.ts';
import { everyResource, REAPIT_SCOPES } from '../src/domain/index.ts';
import type { Stores } from '../src/stores.ts';
import type { Tagged } from './cases.ts';
import { type Copied, loadTable, type Value } from './copy.ts';

/** How much the bench holds; `quick` is for trying whether everything works. */
export type Size = { readonly contacts: number; readonly loops: number; readonly listings: number };
export const FULL: Size = { contacts: 1_000_000, loops: 100_000, listings: 100_000 };
export const QUICK: Size = { contacts: 20_000, loops: 45_000, listings: 5_000 };
export const TOKEN = 'c0ffee00-bench-0000-0000-000000000001';

export type World = {
  readonly orgId: number;
  readonly profileId: number;
  readonly memberId: number;
  readonly officeId: number;
  /** a personal token of the agent at the Spark door */
  readonly sparkToken: string;
  /** of an application that is installed for the brokerage at the Reapit door */
  readonly reapit: { readonly clientId: string; readonly secret: string };
  /** of the brokerage's site at the Propertybase door */
  readonly siteKey: string;
};

/** One agent of one brokerage, with an application that may read and write: all through the domain. */
export async function makeWorld({ domain }: Stores): Promise<World> {
  const { id: orgId } = await domain.orgs.createOrganisation({ code: 'BEN', name: 'Bench Realty' });
  const actor = systemActor(orgId);
  const office = await domain.orgs.createOffice(actor, { name: 'Bench Realty' });
  const person = { firstName: 'Bea', lastName: 'Bench', email: 'bea@bench.example' };
  const { userId } = await domain.identity.createUser({ orgId, email: person.email, password: 'bench-bench-bench' });
  const member = await domain.orgs.createMember(actor, { ...person, userId, officeId: office.id });
  const profile = await domain.orgs.createProfile(actor, { name: 'Bea Bench', company: 'Bench Realty' }, { memberId: member.id });
  const scopes = ['account:read', 'profile:*', 'loop:*', 'contact:*'];
  const { clientId } = await domain.identity.createClient({
    door: 'dotloop',
    name: 'Bench',
    orgId,
    redirectUris: ['http://127.0.0.1/callback'],
    scopes,
  });
  await domain.identity.grantTokens({
    orgId,
    userId,
    clientId,
    door: 'dotloop',
    scopes,
    accessToken: TOKEN,
    refreshToken: `${TOKEN}-refresh`,
  });
  const sparkToken = await domain.identity.createPersonalToken({ orgId, userId, name: 'Bench' });
  const application = await domain.identity.registerApplication(
    { ...actor, administrator: true },
    {
      name: 'Bench',
      grants: ['client_credentials'],
      redirectUris: [],
      signOutUris: [],
      scopes: REAPIT_SCOPES,
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
    },
  );
  await domain.identity.install({ ...actor, administrator: true }, { clientId: application.clientId });
  const permissions = everyResource('rwd');
  const { key: siteKey } = await domain.identity.createSiteKey({ orgId, name: 'Bench', permissions });
  return {
    orgId,
    profileId: profile.id,
    memberId: member.id,
    officeId: office.id,
    sparkToken,
    reapit: { clientId: application.clientId, secret: application.clientSecret ?? '' },
    siteKey,
  };
}

const MINUTE = 60_000;
const at = (from: string, minutes: number) => new Date(Date.parse(from) + Math.round(minutes * MINUTE));
const digits = (n: number, width: number) => String(n).padStart(width, '0');
/** Numbers up to `count` in an order of their own, so that rows changed last are not those that were made last. */
const shuffled = (n: number, count: number) => (n * 7919) % count;

type Load = Copied & { readonly row: (n: number) => readonly Value[] };
const load = (table: string, count: number, row: (n: number) => Readonly<Record<string, Value>>): Load => ({
  table,
  count,
  columns: Object.keys(row(1)),
  row: (n) => Object.values(row(n)),
});

/** Ids of the rows that are copied begin here. */
const FIRST = 1_000_000;

function loopsOf({ orgId, profileId }: World, { loops }: Size): readonly Load[] {
  const facts = (n: number) => ({
    org_id: orgId,
    profile_id: profileId,
    transaction_type: ['PURCHASE_OFFER', 'LISTING_FOR_SALE'][n % 2] ?? '',
    status: ['UNDER_CONTRACT', 'SOLD', 'ARCHIVED'][n % 3] ?? '',
    created_at: at('2020-01-01T00:00:00Z', n * 20),
    updated_at: at('2020-02-01T00:00:00Z', shuffled(n, loops) * 25.025),
  });
  return [
    load('deal', loops, (n) => ({
      ...facts(n),
      id: FIRST + n,
      name: `${n} Waterview Dr, San Francisco, CA 94114`,
      details: { propertyAddress: { streetNumber: String(n), streetName: 'Waterview Dr' } },
      task_count: n % 20,
      done_task_count: n % 7,
      created_door: 'dotloop',
    })),
    load('profile_deal', loops, (n) => ({
      ...facts(n),
      deal_id: FIRST + n,
      is_owner: true,
      address_sort: `${n} waterview dr, san francisco, ca 94114`,
    })),
  ];
}

function contactsOf({ orgId, memberId, officeId }: World, { contacts }: Size): readonly Load[] {
  const updated = (n: number) => at('2016-01-01T00:00:00Z', (shuffled(n, contacts) * 5_000_000) / contacts);
  return [
    load('contact', contacts, (n) => ({
      org_id: orgId,
      id: FIRST + n,
      code: `BEN15${digits(n, 7)}`,
      reso_key: `2015${digits(n, 22)}`,
      first_name: `Person ${n % 977}`,
      last_name: `Bench ${n % 9_973}`,
      email: `person${n}@bench.example`,
      contact_points: JSON.stringify([{ via: 'phone', kind: 'mobile', value: `617${digits(n, 7)}` }]),
      primary_address: {
        street_number: String(n % 200),
        street_name: `Road ${n % 5_000}`,
        city: 'Boston',
        postal_code: `0${2_000 + (n % 300)}`,
      },
      member_ids: [memberId],
      office_ids: [officeId],
      created_at: at('2015-01-01T00:00:00Z', (n * 5_000_000) / contacts),
      updated_at: updated(n),
      created_door: 'reapit',
    })),
    load('contact_agent', contacts, (n) => ({
      org_id: orgId,
      member_id: memberId,
      contact_id: FIRST + n,
      updated_at: updated(n),
      display_key: `bench ${n % 9_973} person ${n % 977}`,
    })),
  ];
}

const CITIES = ['Oxford', 'Hamilton', 'Trenton', 'Eaton', 'Solon'];
function listingsOf({ orgId, memberId, officeId }: World, { listings }: Size, mlsId: number): Load {
  return load('property', listings, (n) => {
    const price = 100_000 + (shuffled(n, 900_000) % 900_000);
    return {
      org_id: orgId,
      id: FIRST + n,
      code: `L${digits(n, 8)}`,
      reso_key: `2020${digits(n, 22)}`,
      mls_id: mlsId,
      listing_number: `B${n}`,
      street_number: String(n),
      street_name: 'Waterview',
      street_suffix: 'Dr',
      city: CITIES[n % 5] ?? '',
      state_or_province: 'OH',
      postal_code: String(45_000 + (n % 100)),
      country: 'US',
      first_line: `${n} Waterview Dr`,
      address_text: `${n} waterview dr`,
      address_sort: `${n} waterview dr`,
      place_key: `us|${n}`,
      latitude: 39 + (n % 1_000) / 1_000,
      longitude: -84 - (n % 777) / 777,
      bedrooms: 1 + (n % 5),
      bathrooms_total: 1 + (n % 3),
      living_area_min: 900 + (n % 2_500),
      living_area_unit: 'squareFeet',
      year_built: 1950 + (n % 70),
      sale_status: 'forSale',
      standard_status: ['Active', 'Pending', 'Closed', 'Withdrawn'][n % 4] ?? '',
      mls_status: 'Active',
      sale_price: price,
      original_list_price: price,
      sale_list_date: at('2020-01-01T00:00:00Z', (n % 1_500) * 1_440)
        .toISOString()
        .slice(0, 10),
      list_member_id: memberId,
      list_office_id: officeId,
      office_ids: [officeId],
      published: true,
      public_remarks: 'A house by the water with a garden.',
      created_at: at('2020-01-01T00:00:00Z', n * 20),
      updated_at: at('2020-02-01T00:00:00Z', n * 21),
      created_door: 'spark',
    };
  });
}

/** The rows that no bench wants to make one by one. Their totals are counted once, as on the first start on an older database. */
export async function loadRows(
  { connected: { pool } }: Stores,
  world: World,
  size: Size,
  progress: (done: number, of: number, what: string) => void,
): Promise<void> {
  const client = await pool.connect();
  // Loading a table takes longer than the product lets any statement run.
  await client.query("set statement_timeout = 0; set session_replication_role = replica; set maintenance_work_mem = '512MB'");
  const { rows } = await client.query<{ id: number }>('select own_mls_id as id from organisation where id = $1', [world.orgId]);
  const loads = [...loopsOf(world, size), ...contactsOf(world, size), listingsOf(world, size, rows[0]?.id ?? 0)];
  const all = loads.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  for (const { row, ...copied } of loads) {
    await loadTable(client, copied, row, (done) => progress(before + done, all, copied.table));
    await client.query('select fill_fences($1)', [copied.table]);
    before += copied.count;
  }
  for (const name of ['deal', 'contact', 'property'])
    await client.query(`select setval('${name}_id_seq', ${2 * FIRST + size.contacts})`);
  await client.query('vacuum analyze');
  client.release(true);
}

/** Contacts all over the list, as a tag needs them. */
export const someContacts = async ({ connected: { pool } }: Stores, { orgId }: World, { contacts }: Size): Promise<Tagged[]> =>
  (await pool.query<Tagged>('select id, code from contact where org_id = $1 and id % $2 = 0 order by id', [orgId, contacts / 50]))
    .rows;

/** Ids of loops all over the list. */
export async function someLoops({ connected: { pool } }: Stores, world: World, { loops }: Size): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>('select id from deal where org_id = $1 and id % $2 = 0 order by id', [
    world.orgId,
    loops / 200,
  ]);
  return rows.map((row) => row.id);
}

/** A listing with a private note of the agent's. */
export async function noteListing({ connected: { pool }, domain }: Stores, world: World): Promise<string> {
  const { rows } = await pool.query<{ reso_key: string }>(
    'select reso_key from property where org_id = $1 order by id offset 4711 limit 1',
    [world.orgId],
  );
  const key = rows[0]?.reso_key ?? '';
  const bearer = await domain.identity.authenticateSparkToken(world.sparkToken);
  if (bearer.kind !== 'ok') throw new Error(`The Spark token of the bench is ${bearer.kind}`);
  await domain.notes.putPrivateNote(bearer.who.actor, { key, all: true }, 'Great home, wondering about the hot tub.');
  return key;
}
