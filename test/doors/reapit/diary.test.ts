import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { openReapit, type ReapitHouse } from './house.ts';
import { type Json, recordsAt, wrongIn } from './records.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

type Links = Record<string, { href: string }>;
const HOME = 'OXF190347';
const CLIENT = 'OXF18000001';

const { get, rows, make, change, refused } = recordsAt(() => house);
const idsOf = async (path: string) => (await rows(path)).map(({ id }) => id);
const idIn = (path: string) => path.split('/').at(-1);

describe('tasks', () => {
  const TASK = { senderId: 'BRE', text: 'Ring back', recipientId: 'JAS', recipientType: 'negotiator' };

  test('one with a type has a day, one without is a message', async () => {
    await refused('/tasks', {}, 'senderId', 'text', 'recipientId', 'recipientType');
    await refused('/tasks', { ...TASK, typeId: 'CA' }, 'activates');
    const message = await get(await make('/tasks', TASK));
    deepEqual([message.typeId, message.activates, message.completed], [null, null, null]);
    const path = await make('/tasks', {
      ...TASK,
      typeId: 'ca',
      activates: '2024-03-09',
      text: 'Ring back\r\nbefore noon\nor after',
    });
    const task = await get(path);
    deepEqual([task.typeId, task.activates, task.text], ['CA', '2024-03-09', 'Ring back\nbefore noon\nor after']);
    deepEqual(wrongIn(await change(path, { activates: null }, 422)), ['activates']);
    await change(path, { completed: '2024-03-10' });
    equal((await get(path)).completed, '2024-03-10');
    for (const [query, found] of [
      ['activatesFrom=2024-03-09&activatesTo=2024-03-09', true],
      ['completedFrom=2024-03-10&completedTo=2024-03-10', true],
      ['activatesFrom=2024-03-10', false],
      ['text=noon BEFORE ring', true],
      ['text=evening', false],
    ] as const)
      equal((await idsOf(`/tasks?pageSize=100&${query}`)).includes(idIn(path)), found, query);
  });

  test('an office finds what its people have to do, and the links say who has it', async () => {
    const path = await make('/tasks', { ...TASK, recipientId: 'SOL', recipientType: 'office', text: 'For the office' });
    equal(((await get(path))._links as Links).recipient?.href, '/offices/SOL');
    const mine = await make('/tasks', { ...TASK, recipientId: 'NWH', text: 'For Nora' });
    equal(((await get(mine))._links as Links).recipient?.href, '/negotiators/NWH');
    const found = await idsOf('/tasks?officeId=SOL&sortBy=-created&pageSize=100');
    for (const one of [path, mine]) ok(found.includes(idIn(one)), one);
    deepEqual(await idsOf('/tasks?recipientId=SOL&text=for the office'), [idIn(path)]);
    const { records } = house.lab.house.stores.domain;
    await records.member.update(systemActor(1), 'NWH', () => ({ values: { office_id: 'OXF' } }));
    ok(!(await idsOf('/tasks?officeId=SOL&pageSize=100')).includes(idIn(mine)));
    equal((await house.call(`${mine}`, { token: 'oxf' })).status, 200);
    equal((await house.call(`${path}`, { token: 'oxf' })).status, 404);
  });

  test('who has it is looked for among those that its type says, whichever of the two is changed', async () => {
    const path = await make('/tasks', TASK);
    deepEqual(wrongIn(await change(path, { recipientType: 'office' }, 422)), ['recipientId']);
    await change(path, { recipientType: 'office', recipientId: 'SOL' });
    deepEqual(wrongIn(await change(path, { recipientType: 'negotiator' }, 422)), ['recipientId']);
    await change(path, { recipientId: 'NWH', recipientType: 'negotiator' });
    const { recipientId, recipientType } = await get(path);
    deepEqual([recipientId, recipientType], ['NWH', 'negotiator']);
  });

  test("a line of a loop's checklist is no task until somebody has it; then one is the other", async () => {
    const { lab } = house;
    const made = await lab.rows<{ id: number; code: string; deal_id: number }>(
      `select t.id, t.code, t.deal_id from task t where t.org_id = 1 and t.list_id = 1234 and t.completed_at is null and t.deleted_at is null limit 1`,
    );
    const [line] = made;
    ok(line);
    const path = `/tasks/${line.code}`;
    equal((await house.call(path)).status, 404);
    const all = await idsOf('/tasks?pageSize=100');
    ok(!all.includes(line.code));
    await lab.rows(
      `update task set assignee_kind = 'member', assignee_id = 3, assignee_office_id = 11 where org_id = 1 and id = $1`,
      [line.id],
    );
    const counts = async () =>
      (await lab.rows<{ n: number }>('select done_task_count as n from deal where org_id = 1 and id = $1', [line.deal_id]))[0]?.n;
    const before = await counts();
    await change(path, { completed: '2018-10-01' });
    equal(await counts(), Number(before) + 1);
    const loop = await lab.dotloop(`/profile/42/loop/${line.deal_id}/tasklist/1234/task`);
    const task = ((loop.body as Json).data as Json[]).find(({ id }) => id === line.id);
    equal(task?.completed, true);
    await change(path, { completed: null });
    equal(await counts(), before);
    const [event] = await lab.rows<{ deal_id: number }>(
      `select deal_id from event where org_id = 1 and noun = 'task' and row_id = $1 order by id desc limit 1`,
      [line.id],
    );
    equal(event?.deal_id, line.deal_id);
  });
});

describe('appointments', () => {
  const VIEWING = {
    start: '2024-06-03T10:00:00Z',
    end: '2024-06-03T10:30:00Z',
    typeId: 'VW',
    negotiatorIds: ['JAS'],
    officeIds: ['OXF'],
    attendee: { id: CLIENT, type: 'contact' },
    propertyId: HOME,
  };
  const ALL = { negotiatorConfirmed: true, attendeeConfirmed: true, propertyConfirmed: true };
  const listed = async (path: string, query = '') =>
    (await idsOf(`/appointments?propertyId=${HOME}&start=2024-01-01&pageSize=100${query}`)).includes(idIn(path));

  test('are listed once everybody has confirmed, and until they are called off', async () => {
    await refused('/appointments', { ...VIEWING, typeId: undefined }, 'typeId');
    const path = await make('/appointments', VIEWING);
    deepEqual([await listed(path), await listed(path, '&includeUnconfirmed=true')], [false, true]);
    await change(path, { negotiatorConfirmed: true, propertyConfirmed: true });
    equal(await listed(path), false);
    await change(path, { attendee: { confirmed: true } });
    const shown = await get(path);
    deepEqual([shown.attendeeConfirmed, (shown.attendee as Json).id], [true, CLIENT]);
    equal(await listed(path), true);
    await change(path, { cancelled: true });
    deepEqual(
      [(await get(path)).cancelled, await listed(path), await listed(path, '&includeCancelled=true')],
      [true, false, true],
    );
    await change(path, { cancelled: false, attended: 'attended' });
    equal(await listed(path), true);
  });

  test('tell who comes: a contact, or those behind a role; an empty id clears it', async () => {
    const path = await make('/appointments', { ...VIEWING, ...ALL, attendee: { id: 'OXF190060', type: 'tenancy' } });
    const shown = (await get(path)).attendee as Json;
    deepEqual([shown.type, (shown.contacts as Json[]).length], ['tenant', 2]);
    equal(((await get(path))._links as Links).attendee?.href, '/tenancies/OXF190060');
    for (const word of ['tenancy', 'tenant'])
      ok((await idsOf(`/appointments?attendeeType=${word}&attendeeId=OXF190060`)).includes(idIn(path)));
    ok(
      (await rows('/tenancies?id=OXF190060&embed=appointments')).some(
        ({ _embedded }) => ((_embedded as Json).appointments as Json[]).length > 0,
      ),
    );
    await change(path, { attendee: { id: '' } });
    equal((await get(path)).attendee, null);
    await change(path, { attendee: { id: 'OXF180001', type: 'landlord' } });
    deepEqual(((await get(path)).attendee as Json).id, 'OXF180001');
    deepEqual(wrongIn(await change(path, { attendee: { id: 'OXF189999', type: 'landlord' } }, 422)), ['attendee']);
    const [kept] = await house.lab.rows<{ kind: string; contact: string }>(
      `select kind, (select c.code from contact c where c.org_id = 1 and c.id = a.contact_id) as contact from appointment a where code = $1`,
      [idIn(path)],
    );
    deepEqual(kept, { kind: 'showing', contact: CLIENT });
  });

  test('one that recurs is one record, listed for a window and somebody', async () => {
    const meeting = { ...VIEWING, ...ALL, typeId: 'MT', propertyId: undefined, attendee: undefined };
    await refused('/appointments', { ...meeting, recurrence: { type: 'weekly', interval: 2 } }, 'recurrence.until');
    const recurrence = { type: 'weekly', interval: 2, until: '2024-09-01T00:00:00Z' };
    const path = await make('/appointments', { ...meeting, recurrence });
    const shown = await get(path);
    deepEqual([shown.recurring, shown.recurrence], [true, recurrence]);
    const found = async (query: string) => (await idsOf(`/appointments?pageSize=100&${query}`)).includes(idIn(path));
    const who = 'negotiatorId=JAS';
    // Every second Monday from 3 June, at ten.
    equal(await found(`start=2024-06-17T00:00:00Z&end=2024-06-18T00:00:00Z&${who}`), true);
    equal(await found(`start=2024-06-10T00:00:00Z&end=2024-06-11T00:00:00Z&${who}`), false);
    equal(await found(`start=2024-06-17T10:15:00Z&end=2024-06-17T12:00:00Z&${who}`), false);
    equal(await found(`start=2024-09-09T00:00:00Z&end=2024-09-10T00:00:00Z&${who}`), false);
    for (const query of [
      who,
      `start=2024-06-17T00:00:00Z&${who}`,
      'start=2024-06-01T00:00:00Z&end=2024-07-01T00:00:00Z',
      `id=${idIn(path)}`,
    ])
      equal(await found(query), false, query);
    equal(await found(`start=2024-06-01T00:00:00Z&end=2024-07-01T00:00:00Z&id=${idIn(path)}`), true);
  });

  test('what follows one is written in two places and read in one', async () => {
    const path = await make('/appointments', { ...VIEWING, ...ALL, followUpOn: '2024-06-05' });
    await change(path, { followUp: { responseId: 'int', notes: 'Liked it' } });
    deepEqual((await get(path)).followUp, { due: '2024-06-05', responseId: 'int', notes: 'Liked it' });
    ok((await idsOf('/appointments?followUpFrom=2024-06-05&followUpTo=2024-06-05')).includes(idIn(path)));
    deepEqual(wrongIn(await change(path, { followUp: { responseId: 'NOPE' } }, 422)), ['followUp.responseId']);
  });

  test('an open house has those who came', async () => {
    const list = '/appointments/OXF180002/openHouseAttendees';
    equal((await get(`${list}/OXF180004`)).openHouseId, 'OXF180002');
    equal((await house.call('/appointments/OXF180001/openHouseAttendees/OXF180004')).status, 404);
    const path = await make(list, { interestLevel: 'mightBeInterested', attendee: { id: 'OXF18000007', type: 'contact' } });
    const shown = await get(path);
    deepEqual([shown.interestLevel, ((shown.attendee as Json).contacts as Json[])[0]?.id], ['mightBeInterested', 'OXF18000007']);
    equal((await house.call(path, { method: 'DELETE' })).status, 204);
    equal((await house.call(path)).status, 404);
  });
});

describe('journal', () => {
  test('what goes together, and what is shown to those who ask for it', async () => {
    await refused('/journalEntries', { description: 'x' }, 'propertyId');
    await refused('/journalEntries', { propertyId: HOME }, 'description');
    await refused('/journalEntries', { description: 'x', associatedId: CLIENT }, 'associatedType');
    await refused('/journalEntries', { description: 'x', associatedType: 'worksOrder', associatedId: 'OXF19002002' }, 'typeId');
    await refused('/journalEntries', { description: 'x', typeId: 'AL', propertyId: HOME }, 'associatedType');
    const add = async (json: Json) => {
      const answer = await house.call('/journalEntries', { json });
      deepEqual([answer.status, answer.text, answer.headers.get('location')], [204, '', null]);
    };
    await add({ description: 'Rent is late', typeId: 'AL', associatedType: 'tenancy', associatedId: 'OXF190060' });
    await add({ description: 'Ordered', typeId: 'WO', associatedType: 'worksOrder', associatedId: 'OXF19002002' });
    await add({ description: 'Walked past', propertyId: HOME, negotiatorId: 'JAS' });
    const newest = '/journalEntries?sortBy=-created&pageSize=100';
    const said = async (query = '') => (await rows(newest + query)).map(({ description }) => description);
    const plain = await said();
    deepEqual([plain.includes('Walked past'), plain.includes('Rent is late'), plain.includes('Ordered')], [true, false, false]);
    ok((await said('&associatedType=tenancy')).includes('Rent is late'));
    ok((await said('&associatedType=worksOrder&associatedId=OXF19002002')).includes('Ordered'));
    const [walked] = await rows(`${newest}&propertyId=${HOME}&embed=property&embed=negotiator&embed=type`);
    const { negotiator } = (walked?._embedded ?? {}) as Record<string, Json>;
    deepEqual([walked?.typeId, negotiator?.id], ['MI', 'JAS']);
    equal((await house.call('/journalEntries/1')).status, 403);
  });

  test('many at once: all of them or none', async () => {
    const before = Number((await get(`/journalEntries?propertyId=${HOME}`)).totalCount);
    const entry = { propertyId: HOME, description: 'One of many' };
    const send = (createJournalEntry: unknown) => house.call('/journalEntries/bulk', { json: { createJournalEntry } });
    const bad = await send([entry, { ...entry, description: undefined }, { description: 'x' }]);
    equal(bad.status, 422, bad.text);
    deepEqual(wrongIn(bad.body), ['createJournalEntry[1].description', 'createJournalEntry[2].propertyId']);
    const lost = await send([entry, { ...entry, negotiatorId: 'NOP', propertyId: 'OXF199999' }]);
    deepEqual(wrongIn(lost.body), ['createJournalEntry[1].negotiatorId', 'createJournalEntry[1].propertyId']);
    for (const none of [[], Array.from({ length: 101 }, () => entry)]) equal((await send(none)).status, 422);
    equal(Number((await get(`/journalEntries?propertyId=${HOME}`)).totalCount), before);
    equal((await send([entry, entry, entry])).status, 204);
    equal(Number((await get(`/journalEntries?propertyId=${HOME}`)).totalCount), before + 3);
  });

  test('Portico notes a new contact and a changed consent, whichever door they come through', async () => {
    const { lab } = house;
    const made = await lab.dotloop('/contact', { json: { firstName: 'Vera', lastName: 'Lund', email: 'vera.lund@example.com' } });
    const { id } = (made.body as { data: { id: number } }).data;
    const [contact] = await lab.rows<{ code: string }>('select code from contact where org_id = 1 and id = $1', [id]);
    const said = async () =>
      (await rows(`/journalEntries?associatedType=contact&associatedId=${contact?.code}`)).map(
        ({ description, negotiatorId }) => [description, negotiatorId],
      );
    deepEqual(await said(), [['New contact', 'BRE']]);
    await change(`/contacts/${contact?.code}`, { marketingConsent: 'grant' });
    await change(`/contacts/${contact?.code}`, { title: 'Ms' });
    deepEqual(await said(), [
      ['New contact', 'BRE'],
      ['Marketing consent changed from not asked to granted', null],
    ]);
    const path = await make('/contacts', {
      surname: 'Lund',
      marketingConsent: 'deny',
      officeIds: ['OXF'],
      negotiatorIds: ['JAS'],
      email: 'l@example.com',
    });
    equal((await get(`/journalEntries?associatedType=contact&associatedId=${idIn(path)}`)).totalCount, 1);
  });

  test('landlords have a list of their own', async () => {
    const [row] = await rows('/journalEntries/landlords?landlordId=OXF180001&type=telephoneContact');
    deepEqual([row?.landlordId, row?.type, row?.negotiatorId], ['OXF180001', 'telephoneContact', 'JAS']);
    equal((await get('/journalEntries/landlords?type=bankDetailsChange')).totalCount, 0);
    equal((await house.call('/journalEntries/landlords?type=nonsense')).status, 400);
  });
});
