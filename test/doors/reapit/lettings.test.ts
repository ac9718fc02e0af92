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

const HOME = 'OXF190347';
const TENANTS = 'OXF180059';
const CURRENT = '/tenancies/OXF190060';
const NEW = {
  agentRole: 'managed',
  rent: 1500,
  rentFrequency: 'monthly',
  typeId: 'AST',
  negotiatorId: 'JAS',
  propertyId: HOME,
  applicantId: TENANTS,
};

const { get, rows, make, change, refused, tagOf } = recordsAt(() => house);

test('of those related to a landlord the first is the main one, or who is said to be', async () => {
  const related = [
    { associatedId: 'OXF18000003', associatedType: 'contact' },
    { associatedId: 'OXF18000005', associatedType: 'contact', isMain: true },
  ];
  const shown = async (given: unknown) =>
    ((await get(await make('/landlords', { officeId: 'OXF', related: given }))).related as Json[]).map(({ id, isMain }) => [
      id,
      isMain,
    ]);
  deepEqual(await shown(related), [
    ['OXF18000005', true],
    ['OXF18000003', false],
  ]);
  deepEqual(await shown(related.map(({ isMain: _, ...one }) => one)), [
    ['OXF18000003', true],
    ['OXF18000005', false],
  ]);
});

describe('tenancies', () => {
  test('what a new one needs, and the states it may begin in', async () => {
    await refused('/tenancies', {}, ...Object.keys(NEW));
    await refused('/tenancies', { ...NEW, status: 'current' }, 'status');
    await refused('/tenancies', { ...NEW, propertyId: 'OXF999999', applicantId: 'OXF999998' }, 'propertyId', 'applicantId');
    equal((await get(await make('/tenancies', NEW))).status, 'offerPending');
  });

  test('once it is current, what was agreed stands still; readings, arrears and the deposit scheme do not', async () => {
    const before = await get(CURRENT);
    const body = await change(
      CURRENT,
      { deposit: { sum: 1 }, lettingFee: { amount: 1 }, managementFee: { amount: 1 }, feeNotes: 'x' },
      422,
    );
    deepEqual(wrongIn(body), ['deposit', 'lettingFee', 'managementFee']);
    equal((await get(CURRENT)).feeNotes, before.feeNotes);
    const more = { meterReadingGas: '4711', arrears: { status: 'chased' }, depositProtection: { registrationNumber: 'D-1' } };
    await change(CURRENT, { ...more, deposit: before.deposit });
    equal((await get(CURRENT)).meterReadingGas, '4711');
  });

  test('those who applied live there from the day it is current', async () => {
    const path = await make('/tenancies', { ...NEW, status: 'arranging', startDate: '2020-02-01' });
    deepEqual((await get(path)).related, []);
    equal((await get(`${path}/relationships`)).totalCount, 0);
    equal(((await get(path))._links as Json).occupierContacts, undefined);
    await change(path, { status: 'current', managementFee: { amount: 12, type: 'percentage' } });
    const shown = await get(path);
    const related = shown.related as Json[];
    equal(related.length, 2);
    for (const one of related) {
      equal(one.occupyOn, '2020-02-01');
      equal(one.isCurrent, true);
    }
    equal(shown.occupierCount, 2);
    const parties = await rows(`${path}/relationships`);
    deepEqual(
      parties.map(({ isMain }) => isMain),
      [true, false],
    );
    const { href } = (shown._links as Record<string, { href: string }>).occupierContacts ?? { href: '' };
    equal((await rows(href)).length, 2);
    await change(path, { status: 'finished' });
    equal(((await get(path)).related as Json[])[0]?.isCurrent, false);
    deepEqual(wrongIn(await change(path, { managementFee: { amount: 13 } }, 422)), ['managementFee']);
  });

  test('its notice has a tag of its own, and no part moves the tenancy', async () => {
    const before = await tagOf(CURRENT);
    const path = `${CURRENT}/noticeManagement`;
    const notice = await get(path);
    equal(notice.tenancyId, 'OXF190060');
    equal((await house.call(path, { method: 'PATCH', json: {} })).status, 412);
    const tag = await tagOf(path);
    await change(path, { agreedEndDate: '2027-01-31', tenantNotice: { noticeReason: 'New job' } });
    const after = await get(path);
    deepEqual([after.agreedEndDate, (after.tenantNotice as Json).noticeReason], ['2027-01-31', 'New job']);
    ok((await tagOf(path)) !== tag);
    await make(`${CURRENT}/checks`, { type: 'postTenancy', status: 'needed', description: 'Keys back' });
    equal(await tagOf(CURRENT), before);
    equal((await house.call('/tenancies/OXF189999/noticeManagement')).status, 404);
  });
});

describe('parts of tenancies', () => {
  test('a check says what it is in words or by its type', async () => {
    const check = { type: 'preTenancy', status: 'needed' };
    await refused(`${CURRENT}/checks`, check, 'description');
    await refused(`${CURRENT}/checks`, { ...check, description: 'Gas', checkTypeId: 'GAS' }, 'description');
    const path = await make(`${CURRENT}/checks`, { ...check, status: 'arranging', checkTypeId: 'GAS' });
    equal((await get(path)).description, 'Gas safety certificate');
    for (const word of ['arranged', 'arranging'])
      ok((await rows(`${CURRENT}/checks?status=${word}`)).some(({ id }) => path.endsWith(String(id))));
    equal((await house.call(path, { method: 'DELETE' })).status, 204);
    equal((await house.call(path)).status, 404);
  });

  test('allowances and responsibilities: one of a type, also when two come at once', async () => {
    for (const [list, typeId] of [
      ['allowances', 'FUR'],
      ['responsibilities', 'TV'],
    ]) {
      const path = `${CURRENT}/${list}`;
      const all = await Promise.all([1, 2, 3].map(() => house.call(path, { json: { typeId } })));
      deepEqual(all.map(({ status }) => status).sort(), [201, 422, 422]);
      await refused(path, { typeId }, 'typeId');
      await refused(path, { typeId: 'NOPE' }, 'typeId');
    }
  });

  test('renewals: the misspelt percentage, the change of the rent, and the extension that one becomes', async () => {
    const list = `${CURRENT}/renewalNegotiations`;
    const before = await get(`${CURRENT}/extensions`);
    const rent = Number((await get(CURRENT)).rent);
    const path = await make(list, { rent: 2585, rentFrequency: 'monthly', lettingFee: { type: 'perentage', amount: 5 } });
    const shown = await get(path);
    deepEqual([shown.status, (shown.lettingFee as Json).type], ['notStarted', 'percentage']);
    // The renewal of the story set the rent to 2,350.
    deepEqual(shown.rentChange, { amount: 235, percentage: 10 });
    ok(rent > 0);
    const code = path.split('/').at(-1) ?? '';
    const { records } = house.lab.house.stores.domain;
    await records.tenancyRenewal.update(systemActor(1), code, () => ({ values: { status: 'renewed' } }));
    const extensions = await get(`${CURRENT}/extensions`);
    equal(extensions.totalCount, Number(before.totalCount) + 1);
    const last = (extensions._embedded as Json[]).at(-1);
    deepEqual([last?.rent, last?.rentFrequency, last?.type], [2585, 'monthly', 'extension']);
  });

  test('a check of a renewal is deleted with its tag; below another tenancy there is none', async () => {
    const list = `${CURRENT}/renewalNegotiations/OXF20002003/checks`;
    const path = await make(list, { status: 'needed', checkTypeId: 'SIG' });
    const { _links } = await get(path);
    equal((_links as Record<string, { href: string }>).self?.href, path);
    equal((_links as Record<string, { href: string }>).renewal?.href, `${CURRENT}/renewalNegotiations/OXF20002003`);
    equal((await house.call(path, { method: 'DELETE' })).status, 412);
    const id = path.split('/').at(-1);
    const [other] = (await rows('/tenancies?pageSize=5')).filter(({ id: code }) => code !== 'OXF190060');
    equal((await house.call(`/tenancies/${other?.id}/renewalNegotiations/OXF20002003/checks/${id}`)).status, 404);
    const gone = await house.call(path, { method: 'DELETE', headers: { 'if-match': await tagOf(path) } });
    equal(gone.status, 204);
  });
});

describe('works orders', () => {
  const ORDER = { propertyId: HOME, negotiatorId: 'JAS', status: 'raised', description: 'Tap drips', reporter: 'tenant' };

  test('need an item, and keep the sums of their items', async () => {
    await refused('/worksOrders', ORDER, 'items');
    await refused('/worksOrders', { ...ORDER, items: [{ netAmount: 1 }] }, 'items[0].notes', 'items[0].chargeTo');
    const items = [0.1, 0.2].map((netAmount) => ({ notes: 'Washer', chargeTo: 'landlord', netAmount, vatAmount: 0.7 }));
    const path = await make('/worksOrders', { ...ORDER, items });
    const tag = await tagOf(path);
    const sums = async () => {
      const { totalNetAmount, totalVatAmount, totalGrossAmount } = await get(path);
      return [totalNetAmount, totalVatAmount, totalGrossAmount];
    };
    deepEqual(await sums(), [0.3, 1.4, 1.7]);
    const shown = ((await get(path)).items as Json[])[0] ?? {};
    const item = `${path}/items/${shown.id}`;
    deepEqual({ ...(await get(item)), _links: null, _embedded: null }, { ...shown, _links: null, _embedded: null });
    await change(item, { netAmount: 10 });
    deepEqual(await sums(), [10.2, 1.4, 11.6]);
    await make(`${path}/items`, { notes: 'Labour', chargeTo: 'tenant', netAmount: 40 });
    deepEqual(await sums(), [50.2, 1.4, 51.6]);
    equal((await house.call(item, { method: 'DELETE' })).status, 204);
    deepEqual(await sums(), [40.2, 0.7, 40.9]);
    equal(await tagOf(path), tag);
  });

  test('are found by what they are about', async () => {
    equal((await rows('/worksOrders?companyId=OXF19002002&tenancyId=OXF190060'))[0]?.id, 'OXF19002002');
    const [row] = await rows(
      '/worksOrders?id=OXF19002002&embed=company&embed=property&embed=tenancy&embed=type&embed=negotiator',
    );
    const embedded = row?._embedded as Record<string, Json>;
    deepEqual([embedded.company?.id, embedded.tenancy?.id, embedded.type?.id], ['OXF19002002', 'OXF190060', 'GEN']);
  });
});

describe('money', () => {
  const BILL = {
    description: 'Porch light',
    accountId: 'repair',
    invoiceRef: 'A-1',
    negotiatorId: 'JAS',
    invoiceDate: '2019-04-01',
    netAmount: 60.1,
    taxAmount: 4.2,
  };

  test("a supplier's invoice waits in the books for somebody to authorise it", async () => {
    const path = await make('/transactions/supplierInvoices', { ...BILL, worksOrderId: 'OXF19002002' });
    const entry = await get(path);
    const order = await get('/worksOrders/OXF19002002');
    deepEqual(
      [entry.status, entry.type, entry.ledger, entry.transactionType],
      ['awaitingAuthorisation', 'invoice', 'landlord', 'debit'],
    );
    deepEqual([entry.netAmount, entry.taxAmount, entry.grossAmount, entry.outstanding], [60.1, 4.2, 64.3, 64.3]);
    deepEqual(
      [entry.propertyId, entry.tenancyId, entry.companyId, entry.landlordId],
      [order.propertyId, 'OXF190060', 'OXF19002002', 'OXF180001'],
    );
    ok((await rows('/transactions?status=awaitingAuthorisation&landlordId=OXF180001')).some(({ id }) => id === entry.id));
  });

  test('it says whom it concerns, and agrees with its works order', async () => {
    const list = '/transactions/supplierInvoices';
    await refused(list, BILL, 'worksOrderId');
    await refused(list, { ...BILL, worksOrderId: 'OXF19002002', propertyId: HOME }, 'propertyId');
    await refused(list, { ...BILL, propertyId: HOME, accountId: 'nobody' }, 'accountId');
    await refused(list, {}, ...Object.keys(BILL), 'worksOrderId');
    await make(list, { ...BILL, propertyId: HOME });
    await make(list, { ...BILL, worksOrderId: 'OXF19002002', companyId: 'oxf19002002' });
  });

  test('accounts are told in small letters and found in any', async () => {
    equal((await get('/transactions/nominalAccounts/GENMAN')).id, 'genman');
    deepEqual(
      (await rows('/transactions/nominalAccounts?id=GenMan')).map(({ id }) => id),
      ['genman'],
    );
    ok(
      (await rows('/transactions/nominalAccounts?appliesToWorksOrders=true')).every(
        ({ appliesToWorksOrders }) => appliesToWorksOrders,
      ),
    );
  });

  test('invoices hold their lines, which are lists too, under either name of the filter', async () => {
    const invoice = await get('/invoices/RPT20000043');
    deepEqual(
      ['charges', 'credits', 'payments'].map((name) => (invoice[name] as Json[]).map(({ id }) => id)),
      [['RPT20000043'], ['RPT20000045'], ['RPT20000044']],
    );
    equal((invoice._links as Record<string, { href: string }>).payments?.href, '/invoices/payments?invoiceId=RPT20000043');
    for (const name of ['invoiceId', 'invoiceIds']) equal((await get(`/invoices/credits?${name}=RPT20000043`)).totalCount, 1);
    equal((await house.call('/invoices', { json: {} })).status, 403);
    equal(invoice.isRaised, true);
  });
});

describe('landlords', () => {
  test('need somebody who is one; the first is the main one', async () => {
    await refused('/landlords', { officeId: 'OXF' }, 'related');
    await refused(
      '/landlords',
      { officeId: 'OXF', related: [{ associatedId: 'OXF18999999', associatedType: 'contact' }] },
      'related[0].associatedId',
    );
    const related = [
      { associatedId: 'OXF18000003', associatedType: 'contact' },
      { associatedId: 'OXF19002002', associatedType: 'company' },
    ];
    const path = await make('/landlords', { officeId: 'OXF', related });
    const parties = await rows(`${path}/relationships`);
    deepEqual(
      parties.map(({ associatedType, isMain }) => [associatedType, isMain]),
      [
        ['contact', true],
        ['company', false],
      ],
    );
    const keys = parties.map(({ _links }) => Object.keys(_links as Json).sort());
    deepEqual(keys, [
      ['contact', 'self'],
      ['company', 'self'],
    ]);
    equal((await house.call(`${path}/relationships/${parties[0]?.id}`, { method: 'DELETE' })).status, 422);
    await make(`${path}/relationships`, { associatedId: 'OXF18000007', associatedType: 'contact', isMain: true });
    const mains = (await rows(`${path}/relationships`)).filter(({ isMain }) => isMain).map(({ associatedId }) => associatedId);
    deepEqual(mains, ['OXF18000007']);
  });

  test('are found by those behind them, and lead to what they let', async () => {
    deepEqual(
      (await rows('/landlords?email=JOHN.SMITH@example.com')).map(({ id }) => id),
      ['OXF180001'],
    );
    ok((await rows('/landlords?name=smith john')).some(({ id }) => id === 'OXF180001'));
    const [row] = await rows('/landlords?id=OXF180001&embed=properties&embed=solicitor&embed=office&embed=source');
    const embedded = row?._embedded as Record<string, Json & Json[]>;
    equal(embedded.properties?.length, 1);
    deepEqual([embedded.solicitor?.id, embedded.office?.id, embedded.source?.id], ['OXF19002002', 'OXF', 'ADV']);
    ok(
      (await rows('/contacts/OXF18000001/relationships')).some(
        ({ associatedType, associatedId }) => associatedType === 'landlord' && associatedId === 'OXF180001',
      ),
    );
  });
});
