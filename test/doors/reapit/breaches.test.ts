import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openReapit, type ReapitHouse } from './house.ts';
import { type Json, recordsAt } from './records.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

const { tagOf } = recordsAt(() => house);
const NO_SUCH = 'The resource referenced by the value provided could not be found';

/** The items of a 422, whole and in their order. */
async function breachesOf(path: string, json: unknown, method: 'POST' | 'PATCH' = 'POST'): Promise<unknown> {
  const headers: Record<string, string> = method === 'PATCH' ? { 'if-match': await tagOf(path) } : {};
  const { status, text, body } = await house.call(path, { method, json, headers });
  equal(status, 422, text);
  return (body as Json).errors;
}

test('a list that could not be read is not told as missing too', async () => {
  const CONTACT = { surname: 'Lane', marketingConsent: 'grant', email: 'lane@example.com', negotiatorIds: ['JAS'] };
  deepEqual(await breachesOf('/contacts', { ...CONTACT, officeIds: [12] }), [
    { field: 'officeIds[0]', message: 'The value provided for officeIds[0] must be a string' },
  ]);
  deepEqual(await breachesOf('/areas', { name: 'Riverside', type: 'postcodes', area: [{}] }), [
    { field: 'area[0]', message: 'The value provided for area[0] must be a string' },
  ]);
});

test('what an object would have held is not missed while it is none', async () => {
  const APPLICANT = {
    marketingMode: 'buying',
    departmentId: 'G',
    officeIds: ['OXF'],
    negotiatorIds: ['JAS'],
    related: [{ associatedId: 'OXF18000001', associatedType: 'contact' }],
  };
  deepEqual(await breachesOf('/applicants', { ...APPLICANT, buying: 'cheaply' }), [
    { field: 'buying', message: 'The value provided for buying must be an object' },
  ]);
});

test('what is wrong and what is missing in each of many items is told once', async () => {
  const chargeTo = (n: number) => Array.from({ length: n }, () => ({ chargeTo: 1 }));
  const ORDER = {
    negotiatorId: 'JAS',
    propertyId: 'OXF190347',
    description: 'A gate',
    status: 'pendingApproval',
    reporter: 'other',
  };
  const wrong = (i: number) => [
    { field: `items[${i}].chargeTo`, message: `The value provided for items[${i}].chargeTo must be a string` },
  ];
  const missing = (i: number) => [{ field: `items[${i}].notes`, message: 'Notes must be provided' }];
  const told = (n: number) => [wrong, missing].flatMap((which) => Array.from({ length: n }, (_, i) => which(i)).flat());
  deepEqual(await breachesOf('/worksOrders', { ...ORDER, items: chargeTo(2) }), told(2));
  const MANY = 30_000;
  equal(((await breachesOf('/worksOrders', { ...ORDER, items: chargeTo(MANY) })) as unknown[]).length, 2 * MANY);
});

test('a list may have more items than a call has arguments', async () => {
  const MANY = 150_000;
  const told = await breachesOf('/applicants', {
    marketingMode: 'buying',
    departmentId: 'G',
    officeIds: ['OXF'],
    negotiatorIds: ['JAS'],
    buying: { priceFrom: 100_000 },
    related: Array.from({ length: MANY }, () => ({ associatedId: 'A' })),
  });
  equal((told as unknown[]).length, MANY);
  deepEqual((told as unknown[])[MANY - 1], { field: `related[${MANY - 1}].associatedId`, message: NO_SUCH });
});

test('an enumeration is called by the name that clients know', async () => {
  const AREA = { name: 'Riverside', area: ['45030'] };
  deepEqual(await breachesOf('/areas', { ...AREA, type: 'river' }), [
    { field: 'type', message: 'The enum value provided for AreaType is incorrect' },
  ]);
});

test('too many are told as such', async () => {
  const createJournalEntry = Array.from({ length: 101 }, () => ({ propertyId: 'OXF190347', description: 'One of many' }));
  const counted = [{ field: 'createJournalEntry', message: 'Create journal entry must have 1 to 100 items' }];
  deepEqual(await breachesOf('/journalEntries/bulk', { createJournalEntry }), counted);
  deepEqual(await breachesOf('/journalEntries/bulk', { createJournalEntry: [] }), counted);
});

test('a source is told under its own name, whatever kind it is said to be', async () => {
  const { status } = await house.call('/vendors/OXF190347', {
    method: 'PATCH',
    json: { source: { id: 'RMV', type: 'source' } },
    headers: { 'if-match': await tagOf('/vendors/OXF190347') },
  });
  equal(status, 204);
  deepEqual(await breachesOf('/vendors/OXF190347', { source: { type: 'office' } }, 'PATCH'), [
    { field: 'source', message: NO_SUCH },
  ]);
});
