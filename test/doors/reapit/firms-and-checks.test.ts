import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openReapit, type ReapitHouse } from './house.ts';
import { type Json, recordsAt, wrongIn } from './records.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

type Links = Record<string, { href: string }>;
const FIRM = '/companies/OXF19002002';
const CLIENT = 'OXF18000001';

const { get, rows, make, change, refused, tagOf } = recordsAt(() => house);

describe('companies', () => {
  test('one way to reach them is needed, and stays', async () => {
    await refused('/companies', {}, 'name', 'typeIds', 'workPhone');
    await refused('/companies', { name: 'X', typeIds: ['NOPE'], email: 'x@example.com' }, 'typeIds[0]');
    await refused(
      '/companies',
      { name: 'X', typeIds: ['SOL'], email: 'x@example.com', marketingConsent: 'grant' },
      'marketingConsent',
    );
    const path = await make('/companies', {
      name: 'Hartwell & Sons',
      branch: 'Eaton',
      typeIds: ['CON'],
      workPhone: '(937) 555-0190',
    });
    deepEqual(wrongIn(await change(path, { workPhone: null }, 422)), ['workPhone']);
    await change(path, { email: 'hello@hartwell.example', workPhone: '' });
    await change(path, { address: { line1: 'Main St', countryId: 'US' } });
    const shown = await get(path);
    const address = shown.address as Json;
    deepEqual(
      [shown.workPhone, shown.active, shown.marketingConsent, address.country, address.countryId],
      [null, true, 'notAsked', 'US', 'US'],
    );
    for (const query of [
      'name=sons hart',
      'branch=EAT',
      'contactDetail=HELLO@hartwell.example',
      'typeId=con&name=hartwell',
      'address=main',
    ])
      ok(
        (await rows(`/companies?${query}&pageSize=100`)).some(({ id }) => path.endsWith(String(id))),
        query,
      );
  });

  test('lead to what they are, who stands there, and their account', async () => {
    const [row] = await rows('/companies?id=oxf19002002&embed=companyTypes&embed=relationships');
    const embedded = row?._embedded as Record<string, Json[]>;
    deepEqual(
      embedded.companyTypes?.map(({ id }) => id),
      ['SOL'],
    );
    ok(Array.isArray(embedded.relationships));
    const [supplier] = (await rows('/companies?pageSize=100')).filter(({ supplierTypeId }) => supplierTypeId === 'PLU');
    const links = supplier?._links as Links;
    deepEqual(
      [links.account?.href, links.supplierType?.href],
      ['/transactions/nominalAccounts/repair', '/configuration/supplierTypes/PLU'],
    );
  });

  test('staff that is a contact is told by its id; of the others there is none', async () => {
    const staff = await rows(`${FIRM}/staffMembers`);
    deepEqual(
      staff.map(({ name, id, isContact, isMainContact, _links }) => [name, id, isContact, isMainContact, _links]),
      [
        ['Ingrid Whitfield', null, false, true, null],
        ['Dorothy Amsel', 'OXF18000008', true, false, { contact: { href: '/contacts/OXF18000008' } }],
      ],
    );
  });

  test("an accreditation is written with the company's tag", async () => {
    const path = `${FIRM}/accreditations/nicEic`;
    const send = (json: unknown, tag?: string) =>
      house.call(path, { method: 'PATCH', json, headers: tag === undefined ? {} : { 'if-match': tag } });
    equal((await send({ details: 'A' })).status, 412);
    const tag = await tagOf(FIRM);
    equal((await send({ details: 'A-1', expiry: '2027-01-31' }, tag)).status, 204);
    equal((await send({ details: 'A-2' }, tag)).status, 412);
    equal((await send({ expiry: 'soon' }, await tagOf(FIRM))).status, 422);
    equal((await send({ details: 'A-2' }, await tagOf(FIRM))).status, 204);
    const [kept] = await house.lab.rows<{ kept: unknown }>(
      `select extras #> '{reapit,accreditations,nicEic}' as kept from company where org_id = 1 and code = 'OXF19002002'`,
    );
    deepEqual(kept?.kept, { details: 'A-2', expiry: '2027-01-31' });
  });
});

describe('identity checks', () => {
  const CHECK = { contactId: 'OXF18000008', checkDate: '2024-02-01', status: 'pending', negotiatorId: 'JAS' };
  const statusOf = async (contact: string) => (await get(`/contacts/${contact}`)).identityCheck;

  test('the contact shows the status of the latest one, and its tag stays', async () => {
    equal(await statusOf('OXF18000008'), 'unchecked');
    const tag = await tagOf('/contacts/OXF18000008');
    const first = await make('/identityChecks', CHECK);
    equal(await statusOf('OXF18000008'), 'pending');
    await make('/identityChecks', { ...CHECK, checkDate: '2023-01-01', status: 'fail' });
    equal(await statusOf('OXF18000008'), 'pending');
    await change(first, { status: 'pass' });
    equal(await statusOf('OXF18000008'), 'pass');
    equal(await tagOf('/contacts/OXF18000008'), tag);
    ok((await rows('/contacts?identityCheck=pass&pageSize=100')).some(({ id }) => id === 'OXF18000008'));
    const [row] = await rows('/contacts?id=OXF18000008&embed=identityChecks');
    const { identityChecks } = (row?._embedded ?? {}) as Record<string, Json[]>;
    equal(identityChecks?.length, 2);
  });

  test('each document brings details or a file with its name, and not two files', async () => {
    await refused('/identityChecks', {}, 'contactId', 'checkDate', 'status', 'negotiatorId');
    await refused(
      '/identityChecks',
      { ...CHECK, identityDocument1: { typeId: 'DL' } },
      'identityDocument1.details',
      'identityDocument1.name',
    );
    await refused('/identityChecks', { ...CHECK, identityDocument1: { details: 'x' } }, 'identityDocument1.typeId');
    const both = { typeId: 'PP', fileData: 'data:image/png;base64,AAAA', fileUrl: 'https://example.com/x', name: 'x' };
    const answer = await house.call('/identityChecks', { json: { ...CHECK, identityDocument2: both } });
    equal(answer.status, 422, answer.text);
    match(answer.text, /identityDocument2.fileUrl/);
    await refused(
      '/identityChecks',
      { ...CHECK, identityDocument1: { typeId: 'PP', fileData: 'no data', name: 'x' } },
      'identityDocument1.fileData',
    );
    await refused(
      '/identityChecks',
      { ...CHECK, identityDocument1: { typeId: 'NOPE', details: 'x' } },
      'identityDocument1.typeId',
    );
  });

  test('a file becomes a document that only the brokerage sees', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const path = await make('/identityChecks', {
      ...CHECK,
      identityDocument1: { typeId: 'PP', fileData: `data:image/png;base64,${png}`, name: 'passport.png' },
    });
    const shown = await get(path);
    const links = shown._links as Links;
    const document = await get(links.document1?.href ?? '');
    deepEqual(
      [document.associatedType, document.associatedId, document.name, document.isPrivate],
      ['idCheck', shown.id, 'passport.png', true],
    );
    const [row] = await rows(`/identityChecks?id=${shown.id}&embed=document1&embed=documentType1&embed=contact&embed=document2`);
    const embedded = row?._embedded as Record<string, Json>;
    deepEqual(
      [embedded.document1?.id, embedded.documentType1?.id, embedded.contact?.id, embedded.document2],
      [document.id, 'PP', 'OXF18000008', null],
    );
    const bytes = await house.call(`/documents/${document.id}/download`);
    equal(bytes.headers.get('content-type'), 'image/png');
  });

  test("a company's check keeps the company's id", async () => {
    const path = await make('/identityChecks', { ...CHECK, contactId: 'OXF19002002' });
    const shown = await get(path);
    deepEqual([shown.contactType, (shown._links as Links).contact?.href], ['company', '/companies/OXF19002002']);
    ok((await rows('/identityChecks?contactId=OXF19002002')).some(({ id }) => id === shown.id));
    await refused('/identityChecks', { ...CHECK, contactId: 'OXF18999999' }, 'contactId');
  });
});

describe('enquiries', () => {
  const ASKED = {
    title: 'Mr',
    forename: 'Ola',
    surname: 'Berg',
    enquiryType: 'lettingsApplicant',
    message: 'Is it free?',
    officeId: 'OXF',
    marketingConsent: 'grant',
    sourceName: 'Website',
  };

  test('have a number, are pending, and need one way to answer', async () => {
    await refused('/enquiries', ASKED, 'homePhone');
    const path = await make('/enquiries', {
      ...ASKED,
      email: 'ola@example.com',
      renting: { rentFrom: 900.5 },
      propertyIds: ['OXF190347'],
    });
    const shown = await get(path);
    deepEqual([typeof shown.id, shown.status, (shown.renting as Json).rentFrom], ['number', 'pending', 900.5]);
    equal((shown._links as Links).properties?.href, '/properties/?id=OXF190347');
    equal((await get('/enquiries/45')).id, 45);
    equal((await house.call('/enquiries/x45')).status, 404);
  });

  test('are taken up, and then the applicant is who asked', async () => {
    const path = await make('/enquiries', { ...ASKED, mobilePhone: '(513) 555-0199' });
    deepEqual(wrongIn(await change(path, { applicantId: 'OXF189999', status: 'done' }, 422)), ['applicantId', 'status']);
    await change(path, { status: 'added', applicantId: 'OXF180059', negotiatorId: 'JAS' });
    const shown = await get(path);
    deepEqual([shown.status, shown.applicantId, shown.negotiatorId, shown.message], ['added', 'OXF180059', 'JAS', 'Is it free?']);
    const [kept] = await house.lab.rows<{ there: boolean }>(
      'select contact_id is not null as there from enquiry where org_id = 1 and id = $1',
      [shown.id],
    );
    equal(kept?.there, true);
    for (const query of ['status=added', 'officeId=OXF', 'enquiryType=lettingsApplicant'])
      ok(
        (await rows(`/enquiries?sortBy=-created&pageSize=100&${query}`)).some(({ id }) => id === shown.id),
        query,
      );
  });
});

describe('referrals', () => {
  test('are sent, and note when they were taken up and paid for', async () => {
    await refused('/referrals', {}, 'referralTypeId', 'contactId');
    const path = await make('/referrals', { referralTypeId: 'MOR', contactId: CLIENT, negotiatorId: 'JAS', amount: 99.5 });
    const sent = await get(path);
    deepEqual(
      [sent.status, sent.type, sent.paid, sent.accepted, (sent.related as Json).surname],
      ['sent', 'referral', null, null, 'Smith'],
    );
    await change(path, { status: 'inProgress' });
    await change(path, { status: 'paid', amount: 120 });
    const paid = await get(path);
    match(String(paid.accepted), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    match(String(paid.paid), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    equal((paid._links as Links).referralType?.href, '/referrals/types/MOR');
    const [row] = await rows('/referrals?id=MKT210001&embed=type&embed=contact&embed=negotiator&embed=property');
    const embedded = row?._embedded as Record<string, Json>;
    deepEqual([embedded.type?.name, embedded.contact?.id, embedded.property?.id], ['Mortgage', CLIENT, 'OXF190347']);
    ok(Number((await get('/referrals/types')).totalCount) >= 5);
  });
});

describe('notifications', () => {
  const CALL = {
    type: 'telephony',
    subType: 'incomingCall',
    products: ['AgencyCloud'],
    targets: { negotiatorId: ['JAS'] },
    payload: { created: '2024-03-01T10:00:00', callerId: '0123', destinationId: '456' },
  };

  test('are taken, and kept for those they are for', async () => {
    const answer = await house.call('/notifications', { json: CALL });
    deepEqual([answer.status, answer.text, answer.headers.get('location')], [202, '', null]);
    const [kept] = await house.lab.rows<{ member_ids: number[]; payload: Json }>(
      'select member_ids, payload from notification where org_id = 1 order by id desc limit 1',
    );
    deepEqual([kept?.member_ids.map(Number), kept?.payload], [[3], CALL.payload]);
    const answered = { ...CALL, subType: 'answeredCall', payload: { ...CALL.payload, answeredById: 'JAS' } };
    equal((await house.call('/notifications', { json: answered })).status, 202);
  });

  test('what a call has to tell', async () => {
    await refused('/notifications', { ...CALL, targets: { negotiatorId: [] } }, 'targets.negotiatorId');
    await refused('/notifications', { ...CALL, targets: { negotiatorId: ['JAS', 'ZZZ'] } }, 'targets.negotiatorId[1]');
    await refused('/notifications', { ...CALL, payload: {} }, 'payload.created', 'payload.callerId', 'payload.destinationId');
    await refused(
      '/notifications',
      { ...CALL, payload: { ...CALL.payload, created: 'yesterday', callerId: 5 } },
      'payload.created',
      'payload.callerId',
    );
    await refused('/notifications', { ...CALL, payload: { ...CALL.payload, answeredById: 'JAS' } }, 'payload.answeredById');
    await refused('/notifications', { ...CALL, subType: 'lostCall' }, 'subType');
  });
});

test('an application alone is nobody whose user information could be told', async () => {
  equal((await house.call('/userInfo')).status, 403);
});
