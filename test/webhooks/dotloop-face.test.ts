import { deepEqual, equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoggedEvent, Webhook } from '../../src/domain/index.ts';
import { bodyOf, signatureOf, webhookFace } from '../../src/doors/dotloop/webhook-face.ts';

const at = new Date('2024-03-01T12:00:00.750Z');
const event = (more: Partial<LoggedEvent>): LoggedEvent => ({
  org_id: 1,
  id: 1,
  txid: '10',
  group_uuid: 'g',
  at,
  noun: 'deal',
  row_id: 7,
  verb: 'updated',
  changed: {},
  deal_id: 7,
  contact_id: null,
  ...more,
});
const said = (...events: LoggedEvent[]) =>
  webhookFace.noticesOf(events).map(({ topic, audience, entity }) => [topic, audience.kind, audience.ids, entity]);
const webhook: Webhook = {
  org_id: 1,
  id: 3,
  uuid: '6f1c9a3e-4a64-4a53-8a4b-6f2f0b2a7c11',
  door: 'dotloop',
  client_id: 'c',
  user_id: 1,
  target_kind: 'profile',
  target_id: 4,
  url: 'https://example.com',
  topics: [],
  enabled: true,
  disabled_reason: null,
  external_id: 'mine',
  version: 1,
  created_at: at,
  updated_at: at,
};

describe('the signature (contracts/dotloop.md 5.14)', () => {
  // openssl dgst -sha1 -hmac <key> over "<seconds>.<body>"
  test('is lower-case hex HMAC-SHA1 over the time and the body', () => {
    equal(signatureOf('{"a":1}', 'secret', 1_709_294_400), SIGNED_ASCII);
    equal(signatureOf('{"é":"ü"}', 'ключ', 1_709_294_400), SIGNED_UTF8);
  });
  test('goes out under both pairs of headers, in seconds, made for the moment', () => {
    deepEqual(webhookFace.headers('{"a":1}', 'secret', at), {
      'Content-Type': 'application/json',
      'X-DOTLOOP-TIMESTAMP': '1709294400',
      'X-DOTLOOP-SIGNATURE': SIGNED_ASCII,
      'X-DOTLOOP-WEBHOOK-TIMESTAMP': '1709294400',
      'X-DOTLOOP-WEBHOOK-SIGNATURE': SIGNED_ASCII,
    });
  });
  test('without a key there are only the times', () => {
    deepEqual(webhookFace.headers('{}', null, at), {
      'Content-Type': 'application/json',
      'X-DOTLOOP-TIMESTAMP': '1709294400',
      'X-DOTLOOP-WEBHOOK-TIMESTAMP': '1709294400',
    });
  });
});
const SIGNED_ASCII = 'ba991ee73228d4769b4608b2f5551def2521c6e9';
const SIGNED_UTF8 = '4e254e6b30b75907bb3b4ee9ef823f0fbfaf993c';

describe('the body is the union of both forms', () => {
  const notice = (...events: LoggedEvent[]) => webhookFace.noticesOf(events)[0]!;
  test('of a participant', () => {
    const body = bodyOf(notice(event({ noun: 'participant', row_id: 9, verb: 'created' })), webhook, 'e1');
    deepEqual(JSON.parse(body), {
      eventId: 'e1',
      eventType: 'LOOP_PARTICIPANT_CREATED',
      createdOn: '2024-03-01T12:00:00Z',
      timestamp: 1_709_294_400_750,
      subscriptionId: webhook.uuid,
      subscriptionExternalId: 'mine',
      profileId: 4,
      event: { id: 7, profileId: 4, loopId: 7, participantId: 9 },
    });
  });
  test('of a merge', () => {
    const body = bodyOf(notice(event({ verb: 'merged', changed: { from_id: 5, to_id: 7 } })), webhook, 'e1');
    deepEqual(JSON.parse(body).event, { id: 7, profileId: 4, loopId: 7, fromId: 5, toId: 7 });
  });
  test('of a contact, for a user', () => {
    const user: Webhook = { ...webhook, target_kind: 'user', target_id: 1, external_id: null };
    const body = bodyOf(notice(event({ noun: 'contact', row_id: 12, deal_id: null, contact_id: 12 })), user, 'e1');
    deepEqual(JSON.parse(body), {
      eventId: 'e1',
      eventType: 'CONTACT_UPDATED',
      createdOn: '2024-03-01T12:00:00Z',
      timestamp: 1_709_294_400_750,
      subscriptionId: webhook.uuid,
      event: { id: 12 },
    });
  });
});

describe('what events mean', () => {
  test('a loop made with its parts is one LOOP_CREATED', () => {
    deepEqual(
      said(
        event({ noun: 'folder', verb: 'created', row_id: 1 }),
        event({ verb: 'created' }),
        event({ noun: 'task', verb: 'created', row_id: 2 }),
      ),
      [['LOOP_CREATED', 'deal', [7], { id: 7, loopId: 7 }]],
    );
  });
  test('many changed parts are one LOOP_UPDATED', () =>
    deepEqual(said(event({ noun: 'document', verb: 'created', row_id: 3 }), event({})), [
      ['LOOP_UPDATED', 'deal', [7], { id: 7, loopId: 7 }],
    ]));
  test('looking and sharing are no news', () =>
    deepEqual(
      said(event({ noun: 'document', verb: 'viewed' }), event({ verb: 'shared' }), event({ noun: 'template', deal_id: null })),
      [],
    ));
  test('who enters a book hears created, who leaves deleted, who stays updated', () => {
    const changed = {
      member_ids: [
        [1, 2],
        [2, 3],
      ],
    };
    deepEqual(
      said(event({ noun: 'contact', row_id: 5, deal_id: null, changed })).map(([topic, , ids]) => [topic, ids]),
      [
        ['CONTACT_CREATED', [3]],
        ['CONTACT_DELETED', [1]],
        ['CONTACT_UPDATED', [2]],
      ],
    );
  });
  test('a contact made or deleted is told to all in its book', () =>
    deepEqual(
      said(
        event({ noun: 'contact', row_id: 5, verb: 'created', deal_id: null, changed: { member_ids: [1, 2] } }),
        event({ noun: 'contact', row_id: 6, verb: 'deleted', deal_id: null, changed: { member_ids: [1] } }),
      ).map(([topic, , ids]) => [topic, ids]),
      [
        ['CONTACT_CREATED', [1, 2]],
        ['CONTACT_DELETED', [1]],
      ],
    ));
  test('profiles', () => {
    const profile = { noun: 'profile', row_id: 4, deal_id: null };
    const topics = (more: Partial<LoggedEvent>) => said(event({ ...profile, ...more })).map(([topic]) => topic);
    deepEqual(topics({ changed: { name: ['a', 'b'] } }), ['PROFILE_UPDATED']);
    deepEqual(topics({ changed: { deactivated_at: [null, 'now'] } }), ['USER_PROFILE_DEACTIVATED']);
    deepEqual(topics({ changed: { deactivated_at: ['then', null] } }), ['USER_PROFILE_ACTIVATED']);
    deepEqual(topics({ verb: 'created', changed: { id: 4 } }), ['USER_ADDED_TO_PROFILE']);
  });
  test('a subscription hears of its own end, and of nothing else about itself', () => {
    const own = { noun: 'webhook', row_id: 3, deal_id: null };
    deepEqual(said(event({ ...own, verb: 'deleted' })), [['SUBSCRIPTION_REMOVED', 'webhook', [3], { id: 3 }]]);
    deepEqual(
      said(event({ ...own, changed: { enabled: [true, false], disabled_reason: [null, 'access'] } }))[0]?.[0],
      'SUBSCRIPTION_DISABLED',
    );
    deepEqual(said(event({ ...own, changed: { enabled: [true, false] } }), event({ ...own, verb: 'created' })), []);
  });
});
