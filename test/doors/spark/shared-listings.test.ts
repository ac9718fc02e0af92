import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { keyOf } from './key-house.ts';
import { filtering, HOT_TUB, JOHN_SMITH, messageOf, rowsOf, saysOf, send, UNKNOWN, WATERVIEW } from './search-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const shared = (Id: string) => ({
  ResourceUri: `/v1/sharedlistings/${Id}`,
  SharedUri: `${lab.url}/s/${Id}`,
  Mode: 'Public',
  Id,
});
const read = (row: object) => ({ D: { Success: true, Results: [row] } });

describe('shared listings', () => {
  test('are found under their id by everybody of the brokerage', async () => {
    for (const as of ['agent', 'portal', 'idx'] as const)
      deepEqual(
        (await lab.spark('/sharedlistings/15Ar', { as })).body,
        read({ ...shared('15Ar'), ListingIds: [HOT_TUB, WATERVIEW] }),
      );
    deepEqual((await lab.spark('/sharedlistings/15Ar?_select=Mode')).body, {
      D: { Success: true, Results: [{ ResourceUri: '/v1/sharedlistings/15Ar', Mode: 'Public', Id: '15Ar' }] },
    });
    for (const id of ['15ar', 'none', '15Ar;', '%00', 'x'.repeat(33), '15A%27'])
      equal(saysOf(await lab.spark(`/sharedlistings/${id}`)), '404/404', id);
    equal(saysOf(await lab.spark('/sharedlistings/15Ar', { as: 'demo' })), '404/404');
  });

  test('are made by agents, sites and consumers, and open as a page', async () => {
    for (const as of ['agent', 'portal', 'idx'] as const) {
      const answer = await send(
        lab,
        'POST',
        '/sharedlistings',
        { ListingIds: [WATERVIEW, WATERVIEW], ViewId: '20080125122333787615000000' },
        as,
      );
      const id = rowsOf(answer)[0]?.Id ?? '';
      match(id, /^[0-9A-Za-z]{10}$/);
      deepEqual([answer.status, answer.body], [201, read(shared(id))]);
      deepEqual((await lab.spark(`/sharedlistings/${id}`, { as })).body, read({ ...shared(id), ListingIds: [WATERVIEW] }));
      const page = await lab.call(`${lab.url}/s/${id}`);
      equal(page.status, 200);
      match(page.text, /2100 Waterview Dr/);
      deepEqual(await lab.rows('select member_id, contact_id, view_id from shared_listing where id = $1', [id]), [
        {
          member_id: as === 'portal' ? null : 1,
          contact_id: as === 'portal' ? 3603863 : null,
          view_id: '20080125122333787615000000',
        },
      ]);
    }
    equal((await lab.call('/s/none')).status, 404);
  });

  test('can be searched in, also by who may not list them', async () => {
    const anonymous = await keyOf(lab, 'public');
    for (const field of ['SharedListing', 'SharedLink'])
      for (const as of ['agent', 'idx', anonymous] as const)
        deepEqual(
          rowsOf(await lab.spark(filtering('/listings', `${field} Eq '15Ar' And BedsTotal Eq 3`), { as })).map(({ Id }) => Id),
          [WATERVIEW],
        );
    equal(saysOf(await lab.spark('/sharedlistings/15Ar', { as: anonymous })), '403/1500');
    equal(saysOf(await lab.spark(filtering('/listings', "SharedListing Eq '15Ar'"), { as: 'demo' })), '400/2003');
  });

  test('show what is on the market, and no more', async () => {
    await lab.rows('update property set published = false where org_id = 1 and reso_key = $1', [HOT_TUB]);
    deepEqual(rowsOf(await lab.spark('/sharedlistings/15Ar', { as: 'idx' }))[0]?.ListingIds, [WATERVIEW]);
    deepEqual(rowsOf(await lab.spark('/sharedlistings/15Ar'))[0]?.ListingIds, [HOT_TUB, WATERVIEW]);
    equal(/333 Main/.test((await lab.call('/s/15Ar')).text), false);
    const refused = await send(lab, 'POST', '/sharedlistings', { ListingIds: [HOT_TUB] }, 'idx');
    deepEqual([saysOf(refused), messageOf(refused)], ['400/1053', `${HOT_TUB} is no listing that you can see`]);
    await lab.rows('update property set published = true where org_id = 1 and reso_key = $1', [HOT_TUB]);
  });

  for (const [what, D, says] of [
    ['no listings', {}, '400/1050'],
    ['an empty list', { ListingIds: [] }, '400/1050'],
    ['no list', { ListingIds: HOT_TUB }, '400/1053'],
    ['another form of id', { ListingIds: ['x'] }, '400/1053'],
    ['a listing that nobody has', { ListingIds: [HOT_TUB, UNKNOWN] }, '400/1053'],
    ['too many', { ListingIds: Array(501).fill(HOT_TUB) }, '400/1053'],
    ['a view that is too long', { ListingIds: [HOT_TUB], ViewId: 'x'.repeat(65) }, '400/1053'],
  ] as const)
    test(`${what}: ${says}`, async () => {
      equal(saysOf(await send(lab, 'POST', '/sharedlistings', D)), says);
    });

  test('other methods are not there; a public key neither', async () => {
    for (const [method, path, allow] of [
      ['GET', '/sharedlistings', 'POST'],
      ['DELETE', '/sharedlistings/15Ar', 'GET'],
    ] as const) {
      const answer = await lab.spark(path, { method });
      deepEqual([saysOf(answer), answer.headers.get('allow')], ['405/405', allow]);
    }
    equal(saysOf(await lab.spark('/sharedlistings/15Ar?RoleOverride=Public')), '403/1500');
    equal(saysOf(await lab.spark(`/sharedlistings/15Ar?ApiUser=${JOHN_SMITH}`)), '200/');
  });
});
