import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoggedEvent } from '../../src/domain/index.ts';
import { topics } from '../../src/doors/reapit/contract/data.ts';
import { diffOf, isTraceOnly } from '../../src/doors/reapit/webhooks/diff.ts';
import { waitAfter } from '../../src/doors/reapit/webhooks/face.ts';
import { stamp, writeMessage } from '../../src/doors/reapit/webhooks/message.ts';
import { noticesOf } from '../../src/doors/reapit/webhooks/notices.ts';
import { findTopic, isTold } from '../../src/doors/reapit/webhooks/topics.ts';

type Model = Record<string, unknown>;

describe('what differs', () => {
  const cases: [string, Model, Model, Model][] = [
    ['nothing', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, {}],
    ['a leaf', { a: 1 }, { a: 2 }, { a: [1, 2] }],
    ['a leaf of an object', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: [2, 3] } }],
    ['an object that appears', { a: null }, { a: { b: 1 } }, { a: [null, { b: 1 }] }],
    ['an object that vanishes', { a: { b: 1 } }, { a: null }, { a: [{ b: 1 }, null] }],
    [
      'a list',
      { a: [1, 2] },
      { a: [2, 1] },
      {
        a: [
          [1, 2],
          [2, 1],
        ],
      },
    ],
    ['a list of objects', { a: [{ b: 1 }] }, { a: [] }, { a: [[{ b: 1 }], []] }],
    ['a member that is new', {}, { a: 1 }, { a: [null, 1] }],
  ];
  for (const [name, old, now, diff] of cases) test(name, () => deepEqual(diffOf(old, now), diff));
  test('traces alone are no change', () => {
    ok(isTraceOnly(diffOf({ modified: '1', _eTag: 'a', b: 1 }, { modified: '2', _eTag: 'b', b: 1 })));
    ok(!isTraceOnly(diffOf({ modified: '1', b: 1 }, { modified: '2', b: 2 })));
  });
});

describe('topics', () => {
  test('each of the 53 says what it needs', () => {
    for (const topic of topics()) {
      const found = findTopic(topic.toUpperCase());
      equal(found?.topic, topic);
      equal(found?.scope === null, topic.startsWith('application.'), topic);
    }
    equal(findTopic('propertyimages.created')?.scope, 'agencyCloud/properties.read');
    equal(findTopic('identitychecks.created')?.scope, 'agencyCloud/identitychecks.read');
    equal(findTopic('tenancies.modified')?.scope, 'agencyCloud/tenancies.read');
    equal(findTopic('tenancies'), undefined);
    equal(findTopic('__proto__'), undefined);
  });

  const selling = (status: string | null, price = 1) => ({ selling: status === null ? null : { status, price } });
  const cases: [string, Model | null, Model | null, boolean][] = [
    ['offers.created', null, { status: 'pending' }, true],
    ['offers.created', { status: 'pending' }, { status: 'accepted' }, false],
    ['offers.modified', { status: 'pending' }, { status: 'accepted' }, true],
    ['offers.modified', { status: 'pending' }, null, true],
    ['offers.modified', null, { status: 'pending' }, false],
    ['offers.accepted', null, { status: 'accepted' }, true],
    ['offers.accepted', { status: 'accepted' }, { status: 'accepted' }, false],
    ['offers.accepted', { status: 'accepted' }, null, false],
    ['offers.rejected', { status: 'pending' }, { status: 'rejected' }, true],
    ['offers.withdrawn', { status: 'pending' }, { status: 'withdrawn' }, true],
    ['enquiries.accepted', { status: 'pending' }, { status: 'added' }, true],
    ['enquiries.rejected', { status: 'pending' }, { status: 'rejected' }, true],
    ['contacts.optedout', null, { marketingConsent: 'deny' }, true],
    ['contacts.optedout', { marketingConsent: 'notAsked' }, { marketingConsent: 'deny' }, true],
    ['contacts.optedout', { marketingConsent: 'deny' }, { marketingConsent: 'grant' }, false],
    ['worksorders.raised', null, { status: 'raised' }, true],
    ['worksorders.complete', { status: 'raised' }, { status: 'complete' }, true],
    ['worksorders.cancelled', { status: 'raised' }, { status: 'cancelled' }, true],
    ['appointments.cancelled', null, { cancelled: true }, true],
    ['appointments.cancelled', { cancelled: true }, { cancelled: true }, false],
    ['appointments.confirmed', null, { negotiatorConfirmed: true, attendee: null, propertyId: null }, true],
    ['appointments.confirmed', null, { negotiatorConfirmed: true, attendee: { id: 'X' }, attendeeConfirmed: false }, false],
    [
      'appointments.confirmed',
      { negotiatorConfirmed: true, attendeeConfirmed: true, attendee: { id: 'X' }, propertyId: 'P', propertyConfirmed: false },
      { negotiatorConfirmed: true, attendeeConfirmed: true, attendee: { id: 'X' }, propertyId: 'P', propertyConfirmed: true },
      true,
    ],
    ['properties.selling.askingpricechanged', selling('forSale', 1), selling('forSale', 2), true],
    ['properties.selling.askingpricechanged', null, selling('forSale', 2), false],
    ['properties.selling.completed', selling('exchanged'), selling('completed'), true],
    ['properties.selling.exchanged', null, selling('exchanged'), true],
    ['properties.selling.withdrawn', selling('forSale'), selling('withdrawn'), true],
    ['properties.selling.instructed', null, selling('forSale'), true],
    ['properties.selling.instructed', selling('valuation'), selling('forSaleUnavailable'), true],
    ['properties.selling.instructed', selling('underOffer'), selling('forSale'), false],
    ['properties.selling.instructed', selling('forSaleUnavailable'), selling('forSale'), false],
    ['properties.selling.underoffer', selling('forSale'), selling('underOfferUnavailable'), true],
    ['properties.selling.underoffer', selling('underOffer'), selling('underOfferUnavailable'), false],
    ['properties.selling.lostinstruction', null, { lostInstructionDate: '2020-01-01T00:00:00Z' }, true],
    ['properties.selling.lostinstruction', { lostInstructionNote: 'x' }, { lostInstructionNote: 'y' }, false],
    ['properties.selling.completed', selling(null), selling(null), false],
  ];
  for (const [topic, old, now, told] of cases)
    test(`${topic}: ${JSON.stringify(old)} → ${JSON.stringify(now)}`, () => equal(isTold(topic, { old, new: now }), told));
});

describe('what a transaction may be news of', () => {
  let ids = 0;
  const event = (noun: string, row_id: number, verb: string, changed = {}): LoggedEvent => ({
    org_id: 1,
    id: ++ids,
    txid: '10',
    group_uuid: 'g',
    at: new Date(0),
    noun,
    row_id,
    verb,
    changed,
    deal_id: null,
    contact_id: null,
  });
  const groups: Record<string, string> = {
    contact: 'contacts',
    offer: 'offers',
    conveyancing: 'conveyancing',
    member: 'negotiators',
  };
  const told = (...events: LoggedEvent[]) =>
    noticesOf(events, (noun) => groups[noun]).map(({ topic, entity }) => [topic, entity.id]);

  test('a record made and changed at once is new', () =>
    deepEqual(told(event('offer', 7, 'created'), event('offer', 7, 'updated')), [
      ['offers.accepted', 7],
      ['offers.created', 7],
      ['offers.rejected', 7],
      ['offers.withdrawn', 7],
    ]));
  test('several events of a row are one change of it', () => {
    const first = event('offer', 7, 'updated');
    const last = event('offer', 7, 'updated');
    const [notice] = noticesOf([last, first], (noun) => groups[noun]).filter(({ topic }) => topic === 'offers.modified');
    deepEqual(notice?.entity, { id: 7, first: first.id, last: last.id });
    equal(notice?.event, last);
  });
  test('what came and went within it was never there', () =>
    deepEqual(told(event('offer', 7, 'created'), event('offer', 7, 'deleted')), []));
  test('a deleted record is modified', () => deepEqual(told(event('offer', 7, 'deleted')), [['offers.modified', 7]]));
  test('conveyancing is modified only', () => {
    deepEqual(told(event('conveyancing', 3, 'created')), []);
    deepEqual(told(event('conveyancing', 3, 'updated')), [['conveyancing.modified', 3]]);
  });
  test('a contact changes those whom it stands behind', () =>
    deepEqual(
      told(event('contact', 9, 'updated')).map(([topic]) => topic),
      [
        'contacts.landlorddetails.updated',
        'contacts.modified',
        'contacts.optedout',
        'applicants.modified',
        'landlords.modified',
        'vendors.modified',
      ],
    ));
  test('groups without topics, nouns of other doors and glances are no news', () =>
    deepEqual(told(event('member', 1, 'updated'), event('deal', 1, 'updated'), event('contact', 9, 'viewed')), []));
  test('an installation is news of its application, an accepted scope is not', () => {
    const notices = noticesOf(
      [
        event('installation', 4, 'created', { client_id: 'c' }),
        event('installation', 5, 'updated'),
        event('installation', 6, 'deleted', { client_id: 'd' }),
      ],
      () => undefined,
    );
    deepEqual(
      notices.map(({ topic, access }) => [topic, access]),
      [
        ['application.install', { clientId: 'c' }],
        ['application.uninstall', { clientId: 'd' }],
      ],
    );
  });
});

describe('messages and attempts', () => {
  test('the number of the attempt stands in front', () => {
    const body = writeMessage({
      eventId: 'e',
      entityId: null,
      customerId: 'C',
      eventTime: 't',
      topicId: 'x',
      new: { a: 2 },
      old: { a: 1 },
    });
    deepEqual(Object.keys(JSON.parse(stamp(body, 0))), [
      'SendAttempts',
      'eventId',
      'entityId',
      'customerId',
      'eventTime',
      'topicId',
      'new',
      'old',
      'diff',
    ]);
    equal(JSON.parse(stamp(body, 4)).SendAttempts, 5);
    deepEqual(JSON.parse(body).diff, { a: [1, 2] });
  });
  test('gaps, and who gets none', () => {
    const failed = { outcome: { status: 500 }, sandbox: false };
    deepEqual(
      [0, 1, 2, 3, 4, 5].map((attempts) => waitAfter({ ...failed, attempts })),
      [60, 120, 300, 600, 900, undefined],
    );
    equal(waitAfter({ attempts: 0, outcome: { status: 404 }, sandbox: false }), undefined);
    equal(waitAfter({ attempts: 0, outcome: { error: 'timeout' }, sandbox: false }), 60);
    equal(waitAfter({ attempts: 0, outcome: { status: 302 }, sandbox: false }), 60);
    equal(waitAfter({ attempts: 0, outcome: { status: 500 }, sandbox: true }), undefined);
  });
});
