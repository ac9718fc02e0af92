import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '../../../src/access/actor.ts';
import { sweepFiles } from '../../../src/domain/index.ts';
import type { Fault } from '../../../src/kernel/fault.ts';
import { BRIAN, JOHN } from '../../../src/sandbox/data/staff.ts';
import { actorOf } from '../../../src/sandbox/stage.ts';
import { openWorld, type World } from '../../sandbox/world.ts';

const LISTING = 7002;
const john = actorOf(1, JOHN);
const stranger: Actor = { ...john, orgId: 2 };
const consumer: Actor = { ...john, kind: 'contact', id: 3603863, memberId: null, agentId: BRIAN.memberId };
const kind = (wanted: string) => (fault: Fault) => fault.kind === wanted;

let world: World;
before(async () => {
  world = await openWorld('sandbox');
});
after(() => world[Symbol.asyncDispose]());

type Listing = { version: number; photos: Date | null; open_houses: Date | null; changed: Date };
const listing = async (): Promise<Listing> => {
  const [row] = await world.query<Listing>(
    `select version, photos_changed_at as photos, open_house_changed_at as open_houses, listing_changed_at as changed
     from property where org_id = 1 and id = $1`,
    [LISTING],
  );
  ok(row);
  return row;
};
const events = (noun: string, id: number) =>
  world.query<{ verb: string; changed: object }>(
    `select verb, changed from event where org_id = 1 and property_id = $1 and noun = $2 and row_id = $3 order by id`,
    [LISTING, noun, id],
  );
const captions = async () =>
  (await world.domain.media.media(john, [LISTING], ['photograph'])).map(({ caption, position }) => `${position} ${caption}`);
const AS_TOLD = ['1 From Waterview Drive', '2 Living room', '3 Dining room', '4 Main bedroom', '5 The water in the evening'];
const names = (shown: readonly string[]) => shown.map((one) => one.replace(/^\d+ /, ''));

describe('media', () => {
  test('change what the listing says of its photos, and never its version', async () => {
    const { media } = world.domain;
    const before = await listing();
    const made = await media.addLink(john, LISTING, { kind: 'tour', link: 'https://tours.example.com/x', branded: true });
    const after = await listing();
    equal(after.version, before.version);
    ok(after.photos && after.photos > (before.photos ?? 0));
    deepEqual(after.changed, after.photos);
    deepEqual([made.position, made.code.endsWith('_16'), made.branded], [1, true, true]);
    await media.changeMedium(john, LISTING, made.id, { caption: 'Round the house' });
    await media.changeMedium(john, LISTING, made.id, { caption: 'Round the house' });
    await media.removeMedium(john, LISTING, made.id);
    const log = await events('media', made.id);
    deepEqual(
      log.map(({ verb, changed }) => [verb, verb === 'updated' ? changed : null]),
      [
        ['created', null],
        ['updated', { caption: [null, 'Round the house'] }],
        ['deleted', null],
      ],
    );
    const again = await media.addLink(john, LISTING, { kind: 'tour', link: 'https://tours.example.com/y' });
    ok(again.code.endsWith('_17'), 'a number is never given out again');
    await media.removeMedium(john, LISTING, again.id);
  });

  test('are put in order, and close up when one goes', async () => {
    const { media } = world.domain;
    const told = await captions();
    deepEqual(told.slice(0, 5), AS_TOLD);
    const rows = await media.media(john, [LISTING], ['photograph']);
    const id = (n: number) => rows[n - 1]?.id ?? 0;
    const [first, second, third, fourth, ...others] = names(told);
    await media.orderMedia(john, LISTING, 'photograph', [id(4), id(2)]);
    const wanted = [fourth, second, first, third, ...others];
    deepEqual(
      await captions(),
      wanted.map((name, at) => `${at + 1} ${name}`),
    );
    await media.removeMedium(john, LISTING, id(2));
    deepEqual((await captions()).at(-1), `${wanted.length - 1} ${wanted.at(-1)}`);
    equal((await media.primaryPhotos(john, [LISTING, 7001])).length, 2);
    await rejects(media.removeMedium(john, LISTING, id(2)), kind('not_found'));
  });

  test('are written by the brokerage, about its own listings, with addresses of the web', async () => {
    const { media } = world.domain;
    const add = (actor: Actor, id: number, link = 'https://example.com') => media.addLink(actor, id, { kind: 'video', link });
    await rejects(add(consumer, LISTING), kind('forbidden'));
    await rejects(add(stranger, LISTING), kind('not_found'));
    await rejects(add(john, 999), kind('not_found'));
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'nonsense', ''])
      await rejects(add(john, LISTING, link), kind('invalid'), link);
    deepEqual(await media.media(stranger, [LISTING], ['photograph', 'tour']), []);
  });

  test('of many listings are one statement', async () => {
    const ids = (await world.query<{ id: number }>('select id from property where org_id = 1 order by id limit 25')).map(
      (row) => row.id,
    );
    const rows = await world.domain.media.media(john, ids, ['photograph']);
    ok(new Set(rows.map((row) => row.property_id)).size > 20);
    const first = await world.domain.media.primaryPhotos(john, ids);
    equal(new Set(first.map((row) => row.property_id)).size, first.length);
    for (const row of first) ok(rows.find(({ property_id }) => property_id === row.property_id)?.id === row.id);
  });
});

test('bytes that a listing shows are not swept, nor is what was drawn of them', async () => {
  const { db, files } = world.ports;
  await world.query(`update blob set created_at = '2010-01-01' where org_id = 1`);
  const count = async () => (await world.query<{ n: number }>('select count(*)::int as n from blob where org_id = 1'))[0]?.n;
  const key = (await world.query<{ public_key: string }>('select public_key from media where public_key is not null limit 1'))[0];
  const { file } = await world.domain.media.openPicture(key?.public_key ?? '', 'thumb');
  file?.stream.destroy();
  await world.query(`update blob set created_at = '2010-01-01' where org_id = 1`);
  const before = await count();
  await sweepFiles(db, files, new Date());
  equal(await count(), before);
});

describe('open houses', () => {
  const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000);

  test('change what the listing says of them; those that are over are not listed', async () => {
    const { openHouses } = world.domain;
    const before = await listing();
    const made = await openHouses.addOpenHouse(john, LISTING, { startsAt: soon(24), endsAt: soon(26), comments: 'Ring twice' });
    const after = await listing();
    equal(after.version, before.version);
    ok(after.open_houses && after.changed >= after.open_houses);
    const past = await openHouses.addOpenHouse(john, LISTING, { startsAt: soon(-4), endsAt: soon(-2) });
    const tour = await openHouses.addOpenHouse(john, LISTING, { startsAt: soon(1), endsAt: soon(2), audience: 'broker' });
    deepEqual(
      (await openHouses.openHouses(john, [LISTING])).map(({ id }) => id),
      [made.id],
    );
    deepEqual(
      (await openHouses.openHouses(john, [LISTING], 'broker')).map(({ id }) => id),
      [tour.id],
    );
    equal((await openHouses.openHouse(john, LISTING, past.reso_key)).id, past.id);
    await rejects(openHouses.openHouse(john, LISTING, tour.reso_key), kind('not_found'));
    await openHouses.changeOpenHouse(john, LISTING, made.id, { endsAt: soon(27) });
    await rejects(openHouses.changeOpenHouse(john, LISTING, made.id, { endsAt: soon(20) }), kind('invalid'));
    await openHouses.removeOpenHouse(john, LISTING, made.id);
    await rejects(openHouses.removeOpenHouse(john, LISTING, made.id), kind('not_found'));
    deepEqual(
      (await events('open_house', made.id)).map(({ verb }) => verb),
      ['created', 'updated', 'deleted'],
    );
  });

  test('end after they begin, and are of the brokerage', async () => {
    const { openHouses } = world.domain;
    const hours = { startsAt: soon(2), endsAt: soon(1) };
    await rejects(openHouses.addOpenHouse(john, LISTING, hours), kind('invalid'));
    await rejects(openHouses.addOpenHouse(consumer, LISTING, { startsAt: soon(1), endsAt: soon(2) }), kind('forbidden'));
    await rejects(openHouses.addOpenHouse(stranger, LISTING, { startsAt: soon(1), endsAt: soon(2) }), kind('not_found'));
  });
});

test('a rental calendar is written and read', async () => {
  const { rentalCalendar } = world.domain;
  const add = (actor: Actor, startsOn: string, endsOn: string) =>
    rentalCalendar.addRentalPeriod(actor, LISTING, { status: 'Rented', startsOn, endsOn });
  const late = await add(john, '2019-02-01', '2019-02-28');
  const early = await add(john, '2019-01-01', '2019-01-01');
  deepEqual(
    (await rentalCalendar.rentalPeriods(john, [LISTING])).map(({ id, starts_on, ends_on }) => [id, starts_on, ends_on]),
    [
      [early.id, '2019-01-01', '2019-01-01'],
      [late.id, '2019-02-01', '2019-02-28'],
    ],
  );
  await rejects(add(john, '2019-02-02', '2019-02-01'), kind('invalid'));
  await rejects(add(consumer, '2019-02-02', '2019-02-03'), kind('forbidden'));
  await rejects(add(stranger, '2019-02-02', '2019-02-03'), kind('not_found'));
  await rentalCalendar.removeRentalPeriod(john, LISTING, early.id);
  await rejects(rentalCalendar.removeRentalPeriod(john, LISTING, early.id), kind('not_found'));
  deepEqual(
    (await events('rental_period', early.id)).map(({ verb }) => verb),
    ['created', 'deleted'],
  );
});

test('documents of a listing are for their audience', async () => {
  const { documents } = world.domain;
  async function* bytes(text: string) {
    yield Buffer.from(text);
  }
  const add = async (actor: Actor, id: number, audience: 'private' | 'office' | 'public') =>
    documents.addToListing(actor, id, {
      name: `${audience}.txt`,
      audience,
      file: await world.ports.files.receive(1, bytes(audience), { limit: 99 }),
    });
  for (const audience of ['private', 'office', 'public'] as const) ok(await add(john, LISTING, audience));
  const names = async (reader: 'public' | 'office', actor = john) =>
    (await documents.ofListings(actor, [LISTING], reader)).map(({ name }) => name);
  deepEqual(await names('public'), ['Property disclosure.pdf', 'public.txt']);
  deepEqual(await names('office'), ['Property disclosure.pdf', 'office.txt', 'public.txt']);
  deepEqual(await names('office', stranger), []);
  deepEqual([...(await documents.countOfListings(john, [LISTING, 7001], 'public'))].toSorted(), [
    [7001, 2],
    [LISTING, 2],
  ]);
  await rejects(add(consumer, LISTING, 'public'), kind('forbidden'));
  await rejects(add(john, 999, 'public'), kind('not_found'));
});
