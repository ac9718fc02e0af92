import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Tx } from '../../src/db/index.ts';
import { statement } from '../../src/db/index.ts';
import type { NewProperty } from '../../src/domain/index.ts';
import { type ListingPlan, noListingRows, publicKeyOf } from '../../src/sandbox/bulk/listing-rows.ts';
import { PICTURE_PRINTS } from '../../src/sandbox/data/picture-prints.ts';
import { keepPictures, PICTURE_NAMES } from '../../src/sandbox/pictures.ts';
import { actorOf, openStage, type Stage } from '../../src/sandbox/stage.ts';
import { keepPapers } from '../../src/sandbox/story/papers-kept.ts';
import { manyListingPlans, writeListings } from '../../src/sandbox/story/spark-listings.ts';
import { openWorld, type World } from './world.ts';

const TABLES = ['property', 'vendor', 'media', 'document', 'document_version', 'open_house', 'property_part', 'event'];
const OFFICES = new Map<number | null, string>([
  [null, 'TSA'],
  [11, 'TSA'],
  [12, 'TSB'],
]);
const APART = [
  'id',
  'property_id',
  'subject_id',
  'document_id',
  'blob_id',
  'row_id',
  'group_uuid',
  'txid',
  'code',
  'reso_key',
  'public_key',
];
// A service moves these with every part that is added.
const MOVED = ['photos_changed_at', 'open_house_changed_at', 'listing_changed_at'];
const KEY: Readonly<Record<string, string>> = { document_version: 'document_id' };

function newRows(table: string) {
  const sql =
    table === 'event'
      ? `select to_jsonb(t) - $1::text[] || jsonb_build_object('changed', '{}') as row from event t where id > $2 order by at, noun, row_id`
      : `select to_jsonb(t) - $1::text[] as row from ${table} t where ${KEY[table] ?? 'id'} > $2 order by created_at, ${KEY[table] ?? 'id'}`;
  return statement<{ row: Record<string, unknown> }>(`test.new_listing_rows.${table}`, sql);
}

async function left(world: World, tell: (stage: Stage) => void): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  await world.rehearse(async (tx: Tx) => {
    const [last] = await tx.rows(statement<{ id: number }>('test.last_event', 'select max(id) as id from event'), []);
    // The pictures of the story stand in the way of keeping them once more.
    await tx.rows(statement<never>('test.no_media', 'delete from media where org_id = 1'), []);
    await tx.rows(statement<never>('test.no_files', 'delete from public_file where org_id = 1'), []);
    await tx.rows(statement<never>('test.no_pictures', `delete from blob where org_id = 1 and sniffed_type = 'image/png'`), []);
    const stage = openStage(world.ports, tx, { orgId: 1, offices: OFFICES });
    for (const noun of ['media', 'document', 'open_house', 'property_part']) for (let n = 0; n < 9000; n++) stage.nextId(noun);
    tell(stage);
    await stage.play(() => {});
    for (const table of TABLES) {
      const from = table === 'event' ? last?.id : table === 'property' ? 10_001_000 : 10_009_000;
      found[table] = (await tx.rows(newRows(table), [[...APART, ...MOVED], from])).map(({ row }) => row);
    }
  });
  return found;
}

/** The same listing as somebody would enter it, part by part. */
function tellListing(stage: Stage, plan: ListingPlan): void {
  const { properties, media, documents, openHouses, rentalCalendar } = stage.domain;
  const { pictures = [], links = [], papers = [], openHouses: hours = [], periods = [] } = plan.parts;
  const by = actorOf(stage.orgId, plan.by);
  stage.at(plan.at, async () => {
    const { rooms = [], extras = {}, agents = {}, ...values } = plan.values;
    const input: NewProperty = {
      ...values,
      rooms: JSON.stringify(rooms),
      extras: JSON.stringify(extras),
      agents: JSON.stringify(agents),
    };
    const { id } = await properties.createProperty(by, input, {
      id: plan.id,
      ...(plan.changedAt ? { updatedAt: plan.changedAt } : {}),
    });
    for (const { kind, picture, caption } of pictures) {
      const bytes = await readFile(join(import.meta.dirname, '../../src/sandbox/pictures', `${picture}.png`));
      async function* once() {
        yield bytes;
      }
      const file = await stage.files.receive(stage.orgId, once(), { limit: bytes.length });
      const next = stage.nextId('media');
      const given = { id: next, publicKey: publicKeyOf(stage.orgId, next) };
      await media.addPicture(by, id, { kind, caption, fileName: `${picture}.png`, file }, given);
    }
    for (const link of links) await media.addLink(by, id, link, { id: stage.nextId('media') });
    for (const { paper, ...rest } of papers)
      await documents.addToListing(by, id, { ...rest, file: stage.papers[paper] }, { id: stage.nextId('document') });
    for (const house of hours) await openHouses.addOpenHouse(by, id, house, { id: stage.nextId('open_house') });
    for (const period of periods) await rentalCalendar.addRentalPeriod(by, id, period, { id: stage.nextId('property_part') });
  });
}

test('a listing that is written table by table is the one that the services make', async () => {
  await using world = await openWorld('sandbox');
  let plans: ListingPlan[] = [];
  await world.rehearse(async (tx) => {
    plans = manyListingPlans(openStage(world.ports, tx, { orgId: 1, offices: OFFICES }));
  });
  const secondLater = (time: Date) => new Date(time.getTime() + 1000);
  const chosen = plans
    .filter(({ parts }, n) => n % 29 === 0 || (parts.periods !== undefined && n % 5 === 0))
    .map((plan, n) => ({
      ...plan,
      id: 10_001_001 + n,
      at: secondLater(plan.at),
      values: { ...plan.values, listing_number: `T${n}` },
    }));
  const has = (part: keyof ListingPlan['parts']) => chosen.some((plan) => (plan.parts[part]?.length ?? 0) > 0);
  for (const part of ['pictures', 'links', 'papers', 'periods'] as const) assert.ok(has(part), part);
  const byServices = await left(world, (stage) => {
    keepPapers(stage);
    for (const plan of chosen) tellListing(stage, plan);
  });
  const byHand = await left(world, (stage) => {
    keepPapers(stage);
    stage.at('2018-09-01T06:20:00Z', async () => writeListings(stage, await keepPictures(stage), chosen, noListingRows()));
  });
  for (const table of TABLES) assert.deepEqual(byHand[table], byServices[table], table);
});

test('the volume has every class, state and side, listed and not, ours and others', async () => {
  await using world = await openWorld('sandbox');
  const count = async (where: string, what = 'count(*)') =>
    (await world.query<{ n: number }>(`select ${what}::int as n from property where org_id = 1 and (${where})`))[0]?.n ?? 0;
  assert.ok((await count('true')) >= 500);
  assert.equal(await count('true', 'count(distinct type_code)'), 6);
  assert.equal(await count('true', 'count(distinct standard_status)'), 10);
  for (const where of [
    'is_external',
    'not is_external and listed',
    `not listed and standard_status = 'Active'`,
    'archived_at is not null',
    'price_changed_at is not null',
    `standard_status = 'Closed' and close_price is not null`,
    `extras -> 'spark' ? 'PrivateRemarks'`,
    `agents -> 'list_agent' is not null`,
  ])
    assert.ok((await count(where)) >= 5, where);
  assert.equal(
    await count(`(latitude is null or longitude is null or public_remarks is null) and created_door <> 'propertybase'`),
    0,
  );
  assert.equal(await count('listing_changed_at >= $$2018-09-01$$ or created_at > listing_changed_at'), 0);
  const [full] = await world.query<{ n: number }>(
    `select count(*)::int as n from (select from media where org_id = 1 and kind not in ('video', 'tour') group by property_id having count(*) = 15) f`,
  );
  assert.ok((full?.n ?? 0) >= 50);
});

test('open houses are to come, whenever the story is told', async () => {
  await using world = await openWorld('sandbox');
  const [coming] = await world.query<{ soon: number; all: number }>(
    `select count(*) filter (where starts_at < now() + interval '9 days')::int as soon, count(*)::int as all
     from open_house where org_id = 1 and ends_at > now() and audience = 'public'`,
  );
  assert.ok((coming?.soon ?? 0) >= 5 && (coming?.all ?? 0) >= 30, JSON.stringify(coming));
});

test('pictures have the bytes that their prints say', async () => {
  for (const name of PICTURE_NAMES) {
    const bytes = await readFile(join(import.meta.dirname, '../../src/sandbox/pictures', `${name}.png`));
    const print = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
    assert.deepEqual(print, PICTURE_PRINTS[name], `${name}: run scripts/draw-pictures.ts`);
  }
});
