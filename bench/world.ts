import { systemActor } from '../src/access/actor.ts';
import { foldFences } from '../src/db/fences.ts';
import type { Stores } from '../src/stores.ts';

export const LOOPS = 100_000;
export const CONTACTS = 5_000;
export const TOKEN = 'c0ffee00-bench-0000-0000-000000000001';

export const LISTINGS = 100_000;

export type World = {
  readonly orgId: number;
  readonly profileId: number;
  readonly memberId: number;
  readonly officeId: number;
  /** a personal token of the agent at the Spark door */
  readonly sparkToken: string;
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
  return { orgId, profileId: profile.id, memberId: member.id, officeId: office.id, sparkToken };
}

const LOAD_LOOPS = `
  with made as (
    insert into deal (org_id, profile_id, name, transaction_type, status, details, task_count, done_task_count,
                      created_at, updated_at, created_door)
    select $1, $2, g || ' Waterview Dr, San Francisco, CA 94114', (array['PURCHASE_OFFER', 'LISTING_FOR_SALE'])[1 + g % 2],
           (array['UNDER_CONTRACT', 'SOLD', 'ARCHIVED'])[1 + g % 3],
           jsonb_build_object('propertyAddress', jsonb_build_object('streetNumber', g::text, 'streetName', 'Waterview Dr')),
           g % 20, g % 7, '2020-01-01'::timestamptz + g * interval '20 minutes',
           '2020-02-01'::timestamptz + (g::bigint * 7919 % ${LOOPS}) * interval '25 minutes 1.5 seconds', 'dotloop'
    from generate_series(1, ${LOOPS}) g
    returning *)
  insert into profile_deal (org_id, profile_id, deal_id, is_owner, transaction_type, status, created_at, updated_at, address_sort)
  select org_id, profile_id, id, true, transaction_type, status, created_at, updated_at, lower(name) from made`;

const LOAD_CONTACTS = `
  with made as (
    insert into contact (org_id, code, reso_key, first_name, last_name, email, member_ids, created_door)
    select $1, 'LOAD' || lpad(g::text, 7, '0'), lpad(g::text, 26, '0'), 'Person ' || g, 'Bench', 'person' || g || '@bench.example',
           array[$2::bigint], 'dotloop'
    from generate_series(1, ${CONTACTS}) g
    returning *)
  insert into contact_agent (org_id, member_id, contact_id, updated_at) select org_id, $2, id, updated_at from made`;

const LOAD_LISTINGS = `
  insert into property (org_id, code, reso_key, mls_id, listing_number, street_number, street_name, street_suffix, city, state_or_province,
                        postal_code, country, first_line, address_text, address_sort, place_key, latitude, longitude, bedrooms,
                        bathrooms_total, living_area_min, living_area_unit, year_built, sale_status, standard_status, mls_status, sale_price,
                        original_list_price, sale_list_date, list_member_id, list_office_id, office_ids, published, public_remarks,
                        created_at, updated_at, created_door)
  select $1, 'L' || lpad(g::text, 8, '0'), '2020' || lpad(g::text, 22, '0'), (select own_mls_id from organisation where id = $1), 'B' || g,
         g::text, 'Waterview', 'Dr', (array['Oxford', 'Hamilton', 'Trenton', 'Eaton', 'Solon'])[1 + g % 5], 'OH', (45000 + g % 100)::text,
         'US', g || ' Waterview Dr', lower(g || ' waterview dr'), lower(g || ' waterview dr'), 'us|' || g, 39 + g % 1000 / 1000.0,
         -84 - g % 777 / 777.0, 1 + g % 5, 1 + g % 3, 900 + g % 2500, 'squareFeet', 1950 + g % 70, 'forSale',
         (array['Active', 'Pending', 'Closed', 'Withdrawn'])[1 + g % 4], 'Active', 100000 + (g::bigint * 7919 % 900000),
         100000 + (g::bigint * 7919 % 900000), '2020-01-01'::date + g % 1500, $2, $3, array[$3::bigint], true,
         'A house by the water with a garden.', '2020-01-01'::timestamptz + g * interval '20 minutes',
         '2020-02-01'::timestamptz + g * interval '21 minutes', 'spark'
  from generate_series(1, ${LISTINGS}) g`;

/** The rows that no bench wants to make one by one; the totals are folded as the running house does. */
export async function loadRows({ connected: { pool }, ports: { db } }: Stores, world: World): Promise<void> {
  const client = await pool.connect();
  // Loading a table with all its indexes takes longer than the product lets any statement run.
  await client.query('set statement_timeout = 0');
  await client.query(LOAD_LOOPS, [world.orgId, world.profileId]);
  await client.query(LOAD_CONTACTS, [world.orgId, world.memberId]);
  await client.query(LOAD_LISTINGS, [world.orgId, world.memberId, world.officeId]);
  client.release(true);
  while ((await foldFences(db)) > 0);
  await pool.query('vacuum analyze');
}

/** Ids of loops all over the list. */
export async function someLoops({ connected: { pool } }: Stores, world: World): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from deal where org_id = $1 and id % ${LOOPS / 200} = 0 order by id`,
    [world.orgId],
  );
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
