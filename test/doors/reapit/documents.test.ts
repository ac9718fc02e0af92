import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { openReapit, type ReapitCall, type ReapitHouse } from './house.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const FILE = `data:application/pdf;base64,${PDF.toString('base64')}`;
const call = (path: string, options?: ReapitCall) => house.call(path, options);
const bodyOf = <T>(answer: { body: unknown }) => answer.body as T;
type Page = { _embedded: { id: string; name: string }[]; totalCount: number };
type Refused = { errors: { field: string }[] };

const CONTACT = { associatedType: 'contact', associatedId: 'OXF18000001', typeId: 'DET', name: 'Letter.pdf' };
const post = (json: unknown, token?: string) => call('/documents', { json, ...(token ? { token } : {}) });
const idOf = (answer: { headers: Headers }) => answer.headers.get('location')?.split('/').at(-1) ?? '';
const fieldsOf = (answer: { body: unknown }) => bodyOf<Refused>(answer).errors.map(({ field }) => field);
const patch = async (id: string, json: unknown) => {
  const etag = (await call(`/documents/${id}`)).headers.get('etag') ?? '';
  return call(`/documents/${id}`, { method: 'PATCH', json, headers: { 'if-match': etag } });
};

describe('documents', () => {
  test('are made with their file, read, listed, changed and deleted', async () => {
    const made = await post({ ...CONTACT, fileData: FILE, metadata: { from: 'test' } });
    equal(made.status, 201, made.text);
    const id = idOf(made);
    match(id, /^OXF\d{8}$/);
    const { created, modified, _eTag, _links, ...model } = bodyOf<Record<string, unknown>>(await call(`/documents/${id}`));
    deepEqual(model, {
      id,
      associatedType: 'contact',
      associatedId: 'OXF18000001',
      typeId: 'DET',
      name: 'Letter.pdf',
      isPrivate: false,
      addedBy: null,
      metadata: { from: 'test' },
      _embedded: null,
    });
    deepEqual(_links, {
      self: { href: `/documents/${id}` },
      type: { href: '/configuration/documentTypes/DET' },
      download: { href: `/documents/${id}/download` },
    });
    equal((await patch(id, { name: 'Renamed.pdf', isPrivate: true, typeId: 'LET', associatedId: 'OXF18000002' })).status, 204);
    const changed = bodyOf<Record<string, unknown>>(await call(`/documents/${id}?embed=documentType`));
    deepEqual(
      [changed.name, changed.isPrivate, changed.typeId, changed.associatedId],
      ['Renamed.pdf', true, 'LET', 'OXF18000001'],
    );
    equal((changed._embedded as { documentType: { id: string } }).documentType.id, 'LET');
    equal((await patch(id, { name: '' })).status, 422);
    equal((await call(`/documents/${id}`, { token: 'demo' })).status, 404);
    equal((await call(`/documents/${id}`, { method: 'DELETE' })).status, 204);
    for (const path of [`/documents/${id}`, `/documents/${id}/download`]) equal((await call(path)).status, 404);
    equal((await call(`/documents/${id}`, { method: 'DELETE' })).status, 404);
    equal(bodyOf<Page>(await call(`/documents?id=${id}`)).totalCount, 0);
    equal(bodyOf<Page>(await call(`/metadata?entityType=document&entityId=${id}`)).totalCount, 0);
  });

  test('need everything that creation requires, all breaches at once', async () => {
    deepEqual(fieldsOf(await post({})).toSorted(), ['associatedId', 'associatedType', 'fileData', 'name', 'typeId']);
    deepEqual(fieldsOf(await post({ ...CONTACT, fileData: FILE, fileUrl: 'http://x' })).toSorted(), ['fileData', 'fileUrl']);
    const wrong = { ...CONTACT, associatedId: 'OXF99999999', typeId: 'NO', fileData: 'data:text/plain,no' };
    deepEqual(fieldsOf(await post(wrong)).toSorted(), ['associatedId', 'fileData', 'typeId']);
    deepEqual(fieldsOf(await post({ ...CONTACT, associatedType: 'nothing', fileData: FILE })), ['associatedType']);
    for (const fileData of ['', 'x', 'data:;base64,', 'data:;base64,???', 'data:a/b;base64,AAAAA'])
      equal((await post({ ...CONTACT, fileData })).status, 422, fileData);
    equal((await post({ ...CONTACT, name: '../..//\u0007', fileData: FILE })).status, 422);
  });

  test('lie on every kind of thing; of some only the code is kept', async () => {
    const estate = await post({ ...CONTACT, associatedType: 'estate', associatedId: 'Any/Thing', fileData: FILE });
    equal(estate.status, 201, estate.text);
    equal(bodyOf<{ associatedId: string }>(await call(`/documents/${idOf(estate)}`)).associatedId, 'Any/Thing');
    for (const type of [
      'applicant',
      'certificate',
      'keySet',
      'landlord',
      'tenancy',
      'tenancyCheck',
      'worksOrder',
      'idCheck',
      'supplierInvoice',
    ])
      deepEqual(
        fieldsOf(await post({ ...CONTACT, associatedType: type, associatedId: 'OXF990001', fileData: FILE })),
        ['associatedId'],
        type,
      );
    const property = await post({ ...CONTACT, associatedType: 'PROPERTY', associatedId: 'oxf190347', fileData: FILE });
    equal(property.status, 201, property.text);
    const model = bodyOf<Record<string, unknown>>(await call(`/documents/${idOf(property)}`));
    deepEqual([model.associatedType, model.associatedId], ['property', 'OXF190347']);
  });

  test('names are the last part of a path', async () => {
    const made = await post({ ...CONTACT, name: 'C:\\secret\\..\\etc/pass\u0001wd.txt ', fileData: FILE });
    equal(bodyOf<{ name: string }>(await call(`/documents/${idOf(made)}`)).name, 'passwd.txt');
  });
});

describe('lists of documents', () => {
  test('filter by what they are about, type, time and metadata, without case', async () => {
    const mine = { ...CONTACT, associatedId: 'OXF18000001', fileData: FILE };
    const ids: string[] = [];
    for (const [name, typeId] of [
      ['l1', 'DET'],
      ['l2', 'LET'],
      ['l3', 'LET'],
    ] as const)
      ids.push(idOf(await post({ ...mine, name, typeId, metadata: { name, list: true } })));
    const names = async (query: string) =>
      bodyOf<Page>(await call(`/documents?metadata=metadata.list $eq true&${query}`))._embedded.map(({ name }) => name);
    deepEqual(await names('associatedType=contact&associatedId=oxf18000001'), ['l1', 'l2', 'l3']);
    deepEqual(await names('typeId=let'), ['l2', 'l3']);
    deepEqual(await names('typeId=LET&typeId=DET&sortBy=-created'), ['l3', 'l2', 'l1']);
    deepEqual(await names('associatedType=property'), []);
    deepEqual(await names('associatedId=OXF18000001&associatedId=NOBODY'), ['l1', 'l2', 'l3']);
    deepEqual(await names(`id=${ids[0]?.toLowerCase()}&id=${ids[2]}`), ['l1', 'l3']);
    deepEqual(await names('createdFrom=2001-01-01&createdTo=2002-01-01'), []);
    deepEqual(await names("metadata=metadata.name $in 'L1','L3'"), ['l1', 'l3']);
    equal((await call('/documents?associatedType=nothing')).status, 400);
  });

  test('includeRoleDocuments needs one contact', async () => {
    for (const query of [
      '',
      'associatedType=contact',
      'associatedId=A',
      'associatedType=property&associatedId=A',
      'associatedType=contact&associatedId=A&associatedId=B',
    ])
      equal((await call(`/documents?includeRoleDocuments=true&${query}`)).status, 400, query);
    equal((await call('/documents?includeRoleDocuments=false&associatedId=A&associatedId=B')).status, 200);
    const id = idOf(await post({ ...CONTACT, name: 'role', fileData: FILE }));
    const page = bodyOf<Page>(
      await call('/documents?includeRoleDocuments=true&associatedType=contact&associatedId=oxf18000001&pageSize=100'),
    );
    ok(page._embedded.some((one) => one.id === id));
    equal(
      bodyOf<Page>(await call('/documents?includeRoleDocuments=true&associatedType=contact&associatedId=NOBODY')).totalCount,
      0,
    );
  });
});

test('a group of offices has the documents of its own records', async () => {
  const contact = await call('/contacts', {
    json: { surname: 'Sol', email: 's@example.com', marketingConsent: 'grant', officeIds: ['SOL'], negotiatorIds: ['JAS'] },
  });
  const theirs = idOf(await post({ ...CONTACT, associatedId: idOf(contact), fileData: FILE }));
  const own = idOf(await post({ ...CONTACT, fileData: FILE }));
  const seen = async (id: string) => (await call(`/documents/${id}`, { token: 'oxf' })).status;
  deepEqual([await seen(own), await seen(theirs)], [200, 404]);
  equal(bodyOf<Page>(await call(`/documents?id=${own}&id=${theirs}`, { token: 'oxf' })).totalCount, 1);
  equal((await call(`/documents/${theirs}/download`, { token: 'oxf' })).status, 404);
});

describe('downloads', () => {
  const get = (id: string, accept?: string) =>
    fetch(`${house.base}/documents/${id}/download`, {
      headers: { authorization: 'Bearer sbox', ...(accept === undefined ? {} : { accept }) },
    });

  test('answer the bytes under what they are and what they are called', async () => {
    const id = idOf(await post({ ...CONTACT, name: 'Straße "5".pdf', fileData: 'data:text/html;base64,JVBERi0xLjQKJSVFT0YK' }));
    for (const accept of [undefined, '*/*', 'application/octet-stream', 'application/pdf', 'text/html, application/*;q=0.1']) {
      const answer = await get(id, accept);
      equal(answer.status, 200, accept);
      equal(answer.headers.get('content-type'), 'application/pdf');
      match(
        answer.headers.get('content-disposition') ?? '',
        /^attachment; filename="Stra_e _5_.pdf"; filename\*=UTF-8''Stra%C3%9Fe%20%225%22.pdf$/,
      );
      equal(answer.headers.get('x-content-type-options'), 'nosniff');
      ok(answer.headers.get('x-amzn-requestid'));
      equal(await answer.text(), '%PDF-1.4\n%%EOF\n');
    }
    for (const accept of ['application/json', 'image/*', 'application/pdf;q=0'])
      equal((await get(id, accept)).status, 406, accept);
    equal((await get('OXF00000000')).status, 404);
    equal((await fetch(`${house.base}/documents/${id}/download`)).status, 401);
  });

  test('of a document without a file: 406', async () => {
    const id = idOf(await post({ ...CONTACT, fileData: FILE }));
    await house.lab.rows('delete from document_version v using document d where d.id = v.document_id and d.code = $1', [id]);
    equal((await get(id)).status, 406);
    equal((await call(`/documents/${id}`)).status, 200);
  });
});

/** The folder of a property in the loops that are linked to it (domain-property §6.1). */
describe('documents in loops', () => {
  const LOOP = '/profile/42/loop/34308';
  type Folder = { id: number; name: string; updated: string; documents: { id: number; name: string; folderId: number }[] };
  const folders = async () => {
    const { lab } = house;
    return bodyOf<{ data: Folder[] }>(await lab.dotloop(`${LOOP}/folder?include_documents=true`)).data;
  };
  const shared = async () => (await folders()).find(({ name }) => name === 'Property documents');
  const about = { associatedType: 'property', associatedId: 'OXF190347', typeId: 'DET', fileData: FILE };

  test('posted here are in the folder of the property there, unless they are private', async () => {
    for (const { id } of bodyOf<Page>(await call('/documents?associatedType=property&pageSize=100'))._embedded) {
      const { name } = bodyOf<{ name: string }>(await call(`/documents/${id}`));
      if (name === 'Letter.pdf') await call(`/documents/${id}`, { method: 'DELETE' });
    }
    const before = (await shared())?.documents.length ?? 0;
    const open = idOf(await post({ ...about, name: 'open.pdf' }));
    const secret = idOf(await post({ ...about, name: 'secret.pdf', isPrivate: true }));
    const folder = await shared();
    ok(folder);
    deepEqual(
      folder.documents.slice(before).map(({ name }) => name),
      ['open.pdf'],
    );
    equal(folder.documents[before]?.folderId, folder.id);
    equal((await folders()).filter(({ name }) => name === 'Property documents').length, 1);
    equal((await patch(secret, { isPrivate: false, name: 'told.pdf' })).status, 204);
    deepEqual(
      (await shared())?.documents.slice(before).map(({ name }) => name),
      ['open.pdf', 'told.pdf'],
    );
    equal((await patch(open, { isPrivate: true })).status, 204);
    deepEqual(
      (await shared())?.documents.slice(before).map(({ name }) => name),
      ['told.pdf'],
    );
    const one = (await shared())?.documents[before];
    const bytes = await house.lab.dotloop(`${LOOP}/folder/${folder.id}/document/${one?.id}`, {
      headers: { accept: 'application/pdf' },
    });
    equal(bytes.text, '%PDF-1.4\n%%EOF\n');
    equal((await call(`/documents/${secret}`, { method: 'DELETE' })).status, 204);
    equal((await house.lab.dotloop(`${LOOP}/folder/${folder.id}/document/${one?.id}`)).status, 404);
  });

  test('put into that folder there are the property’s here', async () => {
    await post({ ...about, name: 'there already.pdf' });
    const folder = await shared();
    const form = new FormData();
    form.set('file', new Blob([PDF], { type: 'application/pdf' }), 'from-dotloop.pdf');
    const made = await house.lab.dotloop(`${LOOP}/folder/${folder?.id}/document/`, { method: 'POST', body: form });
    equal(made.status, 201, made.text);
    const found = bodyOf<{ _embedded: Record<string, unknown>[] }>(
      await call('/documents?associatedType=property&associatedId=OXF190347&sortBy=-created&pageSize=1'),
    )._embedded[0];
    deepEqual([found?.name, found?.isPrivate, found?.typeId], ['from-dotloop.pdf', false, null]);
  });

  test('of a loop’s own folder are about its property; renaming and deleting them here is seen there', async () => {
    const own = (await folders()).find(({ id }) => id === 423424);
    const first = own?.documents[0];
    ok(own && first);
    const [row] = await house.lab.rows<{ code: string }>('select code from document where id = $1', [first.id]);
    const code = row?.code ?? '';
    const model = bodyOf<Record<string, unknown>>(await call(`/documents/${code}`));
    deepEqual([model.associatedType, model.associatedId, model.name], ['property', 'OXF190347', first.name]);
    equal((await patch(code, { name: 'renamed here.pdf' })).status, 204);
    const after = (await folders()).find(({ id }) => id === 423424);
    equal(after?.documents.find(({ id }) => id === first.id)?.name, 'renamed here.pdf');
    ok((after?.updated ?? '') > own.updated);
    equal((await call(`/documents/${code}`, { method: 'DELETE' })).status, 204);
    equal((await house.lab.dotloop(`${LOOP}/folder/423424/document/${first.id}`)).status, 404);
  });

  test('a loop made of the listing has the folder, once a document was posted; a merge leaves one', async () => {
    const { lab } = house;
    await post({ ...about, name: 'before the loop.pdf' });
    const [listing] = await lab.rows<{ listing_number: string }>(
      'select listing_number from property where id = 7001 and org_id = 1',
    );
    const made = await lab.dotloop('/loop-it?profile_id=42', {
      json: {
        name: 'Second',
        transactionType: 'PURCHASE_OFFER',
        status: 'PRE_OFFER',
        mlsPropertyId: listing?.listing_number,
        mlsId: '789',
      },
    });
    equal(made.status, 201, made.text);
    const { id } = bodyOf<{ data: { id: number } }>(made).data;
    const names = async (loop: number) =>
      bodyOf<{ data: Folder[] }>(await lab.dotloop(`/profile/42/loop/${loop}/folder?include_documents=true`))
        .data.filter(({ name }) => name === 'Property documents')
        .flatMap(({ documents }) => documents.map(({ name }) => name));
    const both = await names(34308);
    ok(both.includes('before the loop.pdf'));
    deepEqual(await names(id), both);
    const { domain } = lab.house.stores;
    await domain.deals.merge(systemActor(1), id, 34308);
    deepEqual(await names(34308), both);
    const left = await lab.rows('select id from folder where deal_id = $1 and property_id is not null and deleted_at is null', [
      id,
    ]);
    deepEqual(left, []);
    equal((await folders()).filter(({ name }) => name === 'Property documents').length, 1);
  });
});
