import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildDomain } from '../../../src/domain/index.ts';
import type { Desk, SparkCaller } from '../../../src/doors/spark/desk.ts';
import {
  LISTING_BLOCKS,
  type ListingBlock,
  loadDocumentCounts,
  type Shown,
} from '../../../src/doors/spark/map/listing-blocks.ts';
import { BRIAN } from '../../../src/sandbox/data/staff.ts';
import { actorOf } from '../../../src/sandbox/stage.ts';
import { openWorld, type World } from '../../sandbox/world.ts';

let world: World;
let desk: Desk;
let sent = 0;
before(async () => {
  world = await openWorld('sandbox');
  const { db } = world.ports;
  const counted = {
    ...db,
    rows: ((query, values) => {
      sent++;
      return db.rows(query, values);
    }) as typeof db.rows,
    run: ((query, within) => {
      sent++;
      return db.run(query, within);
    }) as typeof db.run,
  };
  desk = {
    domain: buildDomain({ ...world.ports, db: counted }),
    publicUrl: 'http://127.0.0.1:1',
    base: 'http://127.0.0.1:1/spark',
  };
});
after(() => world[Symbol.asyncDispose]());

const caller = (role: SparkCaller['role']): SparkCaller => ({
  actor: { ...actorOf(1, BRIAN), door: 'spark' },
  role,
  userKey: '20080602130000000000000000',
  account: { memberId: 1, resoKey: '20080602130000000000000000' },
  flags: new Set(),
  keyId: null,
});
const page = (where: string) =>
  world.query<Shown>(`select id, reso_key, extras from property where org_id = 1 and ${where} order by id limit 25`);
const cost = async (work: () => Promise<unknown>) => {
  const before = sent;
  await work();
  return sent - before;
};

test('a block is one statement for a page, whatever its size, and none for an empty page', async () => {
  const listings = await page('listed');
  equal(listings.length, 25);
  const blocks: readonly [string, ListingBlock][] = Object.entries(LISTING_BLOCKS);
  for (const [name, block] of blocks) {
    const costs: number[] = [];
    for (const some of [listings, listings.slice(0, 1), []])
      costs.push(await cost(() => block.load(desk, caller('private'), some)));
    // Units stand in the listing itself.
    deepEqual(costs, name === 'Units' ? [0, 0, 0] : [1, 1, 0], name);
  }
  equal(await cost(() => loadDocumentCounts(desk, caller('idx'), listings)), 1);
});

test('each listing has its own, and the numbers agree with the lists', async () => {
  const listings = await page('listed');
  const photos = await LISTING_BLOCKS.Photos.load(desk, caller('idx'), listings);
  const primary = await LISTING_BLOCKS.PrimaryPhoto.load(desk, caller('idx'), listings);
  for (const { id, reso_key } of listings) {
    const mine = photos.get(id) ?? [];
    ok(mine.every(({ ResourceUri }) => ResourceUri.startsWith(`/v1/listings/${reso_key}/photos/`)));
    deepEqual(primary.get(id)?.[0] ?? undefined, mine[0]);
  }
  for (const role of ['idx', 'private'] as const) {
    const documents = await LISTING_BLOCKS.Documents.load(desk, caller(role), listings);
    const counts = await loadDocumentCounts(desk, caller(role), listings);
    for (const { id } of listings) equal(documents.get(id)?.length ?? 0, counts.get(id) ?? 0);
  }
  const units = await LISTING_BLOCKS.Units.load(desk, caller('idx'), await page(`property_sub_type = 'Triplex'`));
  deepEqual(new Set([...units.values()].map((of) => of.length)), new Set([3]));
});
