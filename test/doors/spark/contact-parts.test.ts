import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { BRIAN, done, HANNAH, JOHN_SMITH, post, rowsOf, saysOf } from './contact-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const comments = (key: string, id = '') => `/contacts/${key}/comments${id && `/${id}`}`;

describe('comments', () => {
  test('of the agent and of the contact, the oldest first', async () => {
    const [first, second, third] = rowsOf(await lab.spark(comments(HANNAH)));
    deepEqual(first, {
      Id: '20170622093500000000000000',
      ResourceUri: `/v1/contacts/${HANNAH}/comments/20170622093500000000000000`,
      Comment: 'First home; her bank has approved 310,000.',
      UserId: BRIAN,
      UserUri: `/v1/accounts/${BRIAN}`,
      UserType: 'Member',
      ReferenceId: HANNAH,
      ReferenceUri: `/v1/contacts/${HANNAH}`,
      ReferenceType: 'Contact',
      CreatedTimestamp: '2017-06-22T09:35:00Z',
      ModificationTimestamp: '2017-06-22T09:35:00Z',
    });
    deepEqual([second?.UserType, second?.UserUri, third?.UserType], ['Contact', `/v1/contacts/${HANNAH}`, 'Member']);
  });

  test('are made as clients send them, and answered whole', async () => {
    const answer = await post(lab, comments(JOHN_SMITH), { Comments: [{ Comment: 'This is a comment.' }] });
    equal(answer.status, 201);
    const [made] = rowsOf(answer);
    deepEqual([made?.Comment, made?.UserId, made?.ReferenceId], ['This is a comment.', BRIAN, JOHN_SMITH]);
    const bare = await post(lab, comments(JOHN_SMITH), { Comment: 'Mine.' }, 'portal');
    deepEqual([bare.status, rowsOf(bare)[0]?.UserType], [201, 'Contact']);
    const listed = rowsOf(await lab.spark(comments(JOHN_SMITH), { as: 'portal' }));
    deepEqual(listed, [made, rowsOf(bare)[0]]);
    const found = `${comments(JOHN_SMITH)}?_select=Comment&_filter=${encodeURIComponent("Comment Eq contains('comment')")}`;
    const shown = { Id: made?.Id, ResourceUri: made?.ResourceUri, Comment: made?.Comment };
    deepEqual(rowsOf(await lab.spark(found)), [shown]);
  });

  test('are removed by agents, and by a consumer its own', async () => {
    const made = rowsOf(await post(lab, comments(JOHN_SMITH), { Comment: 'to go' }))[0]?.Id ?? '';
    const own = rowsOf(await post(lab, comments(JOHN_SMITH), { Comment: 'to go' }, 'portal'))[0]?.Id ?? '';
    equal(saysOf(await lab.spark(comments(JOHN_SMITH, made), { method: 'DELETE', as: 'portal' })), '403/1500');
    for (const [id, as] of [
      [own, 'portal'],
      [made, 'agent'],
    ] as const) {
      const removed = await lab.spark(comments(JOHN_SMITH, id), { method: 'DELETE', as });
      deepEqual([removed.status, removed.body], [200, done]);
      equal(saysOf(await lab.spark(comments(JOHN_SMITH, id), { method: 'DELETE', as })), '404/404');
    }
    equal(saysOf(await lab.spark(comments(JOHN_SMITH, '20170622093500000000000000'), { method: 'DELETE' })), '404/404');
  });

  test('say something that can be kept', async () => {
    for (const [D, code] of [
      [{}, 1050],
      [{ Comment: null }, 1050],
      [{ Comment: '' }, 1050],
      [{ Comment: ['x'] }, 1053],
      [{ Comment: 'a\u0000' }, 1053],
      [{ Comment: 'x'.repeat(4001) }, 1053],
      [{ Comments: [] }, 1050],
      [{ Comments: [{ Comment: 'a' }, { Comment: 'b' }] }, 1053],
    ] as const)
      equal(saysOf(await post(lab, comments(JOHN_SMITH), D)), `400/${code}`, JSON.stringify(D).slice(0, 60));
    equal(saysOf(await lab.spark(comments(JOHN_SMITH), { method: 'POST', body: 'x' })), '400/1035');
  });
});

describe('activity', () => {
  test('says what happened around a contact and where it can be read', async () => {
    const path = `/contacts/${HANNAH}/activity`;
    const rows = rowsOf(await lab.spark(path));
    deepEqual(
      rows.map(({ ActivityType, CreatedTimestamp }) => [ActivityType, CreatedTimestamp]),
      [
        ['Contact', '2017-06-21T14:02:00Z'],
        ['ContactPortal', '2017-06-22T09:30:00Z'],
        ['ContactComment', '2017-06-22T09:35:00Z'],
        ['ContactComment', '2017-06-24T19:12:00Z'],
        ['ContactComment', '2017-11-30T16:40:00Z'],
        ['ContactPortal', '2017-12-01T09:00:00Z'],
      ],
    );
    const [, account, comment] = rows;
    const { Id = '', ResourceUri, ...rest } = comment ?? { Id: '' };
    match(Id, /^20170622093500000000\d{6}$/);
    equal(ResourceUri, `/v1/activities/${Id}`);
    deepEqual(rest, {
      ActivityId: '20170622093500000000000000',
      ActivityType: 'ContactComment',
      ActivityResourceUri: `/v1/contacts/${HANNAH}/comments`,
      CreatedTimestamp: '2017-06-22T09:35:00Z',
    });
    equal(account?.ActivityResourceUri, `/v1/contacts/${HANNAH}/portal`);
    const latest = await lab.spark(`${path}?_limit=1&_orderby=-CreatedTimestamp&_pagination=1`);
    deepEqual(rowsOf(latest), rows.slice(-1));
    const later = await lab.spark(`${path}?_filter=${encodeURIComponent('CreatedTimestamp Gt 2017-07-01T00:00:00Z')}`);
    deepEqual(rowsOf(later), rows.slice(-2));
    const paged: unknown[] = [];
    for (let token = ''; ; ) {
      const { body } = await lab.spark(`${path}?_skiptoken=${token}&_limit=4`);
      if (rowsOf({ body }).length === 0) break;
      paged.push(...rowsOf({ body }));
      token = (body as { D: { SkipToken: string } }).D.SkipToken;
    }
    deepEqual(paged, rows);
  });

  test('leads to notes and carts that the reader may read', async () => {
    const rows = rowsOf(await lab.spark(`/contacts/${JOHN_SMITH}/activity?_limit=25`));
    for (const type of ['ListingNote', 'ListingCart']) {
      const row = rows.find(({ ActivityType }) => ActivityType === type);
      const uri = String(row?.ActivityResourceUri).replace('/v1', '');
      equal((await lab.spark(uri)).status, 200, uri);
    }
  });
});
