import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, addContact, BRIAN, done, filter, JOHN_SMITH, post, put, readContact, rowsOf, saysOf } from './contact-house.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const john = {
  Id: JOHN_SMITH,
  ResourceUri: `/v1/contacts/${JOHN_SMITH}`,
  OwnerId: BRIAN,
  DisplayName: 'John Smith',
  GivenName: 'John',
  FamilyName: 'Smith',
  PrimaryEmail: 'john.smith@example.com',
  PrimaryPhoneNumber: '(513) 555-0137',
  HomeStreetAddress: '55 Chestnut Hollow',
  HomeLocality: 'Oxford',
  HomeRegion: 'OH',
  HomePostalCode: '45056',
  WorkStreetAddress: null,
  WorkLocality: null,
  WorkRegion: null,
  WorkPostalCode: null,
  Tags: ['Current Buyers'],
  VowEnabled: true,
  CreatedTimestamp: '2017-04-25T09:10:00Z',
  ModificationTimestamp: '2017-04-25T09:10:00Z',
};

describe('contacts', () => {
  test('one of them, whole, and nobody keeps the answer', async () => {
    const answer = await lab.spark(`/contacts/${JOHN_SMITH}`);
    deepEqual([answer.status, answer.body], [200, { D: { Success: true, Results: [john] } }]);
    equal(answer.headers.get('cache-control'), 'private, no-store');
    deepEqual((await lab.spark(`/contacts/${JOHN_SMITH}/`)).body, answer.body);
  });

  test('only the members asked for', async () => {
    const { body } = await lab.spark(`/contacts/${JOHN_SMITH}?_select=DisplayName,Nonsense`);
    const { Id, ResourceUri, DisplayName } = john;
    deepEqual(body, { D: { Success: true, Results: [{ Id, ResourceUri, DisplayName }] } });
  });

  test('by name unless told otherwise, in pages', async () => {
    const { body } = await lab.spark('/contacts?_limit=4&_page=3&_pagination=1&_select=DisplayName');
    const results = rowsOf({ body }).map(({ DisplayName }) => DisplayName);
    deepEqual(results, ['Sean Seller', 'Wendell Okoro']);
    deepEqual((body as { D: { Pagination: unknown } }).D.Pagination, {
      TotalRows: 10,
      PageSize: 4,
      TotalPages: 3,
      CurrentPage: 3,
    });
    const latest = await lab.spark('/contacts?_limit=1&_orderby=-ModificationTimestamp&_select=DisplayName');
    equal(rowsOf(latest)[0]?.DisplayName, 'Wendell Okoro');
    deepEqual(rowsOf(await lab.spark('/contacts?_pagination=count')), []);
  });

  test('by filter on every scalar field', async () => {
    const of = async (text: string) => rowsOf(await lab.spark(filter(text))).map(({ DisplayName }) => DisplayName);
    for (const [field, value] of Object.entries(john)) {
      if (Array.isArray(value) || field === 'ResourceUri') continue;
      const literal =
        value === null ? 'NULL' : typeof value === 'boolean' || field.endsWith('Timestamp') ? `${value}` : `'${value}'`;
      const found = await of(`${field} Eq ${literal} And Id Eq '${JOHN_SMITH}'`);
      deepEqual(found, ['John Smith'], field);
      deepEqual(await of(`${field} Ne ${literal} And Id Eq '${JOHN_SMITH}'`), [], field);
    }
    deepEqual(await of("DisplayName Eq 'JOHN SMITH'"), ['John Smith']);
    deepEqual(await of("DisplayName Eq startswith('miami')"), ['Miami Bluff Title Agency']);
    deepEqual(await of('ModificationTimestamp Gt 2018-03-01T00:00:00Z'), ['Miami Bluff Title Agency', 'Wendell Okoro']);
  });

  test('a field that is none, or that no list can be in the order of, is refused', async () => {
    equal(saysOf(await lab.spark(filter("Foo Eq 'x'"))), '400/1040');
    equal(saysOf(await lab.spark(filter("Tags Eq 'x'"))), '400/1040');
    equal(saysOf(await lab.spark('/contacts?_orderby=Tags')), '400/1053');
    equal(saysOf(await lab.spark('/contacts?_orderby=__proto__')), '400/1053');
  });

  test('tags in use, and who has one', async () => {
    const tags = ['Current Buyers', 'Current Sellers', 'First Home', 'Past Buyers', 'Sphere'];
    const row = (Tag: string) => ({ ResourceUri: `/v1/contacts/tags/${encodeURIComponent(Tag)}`, Tag });
    const all = await lab.spark('/contacts/tags');
    deepEqual(all.body, { D: { Success: true, Results: tags.map(row) } });
    const some = await lab.spark(`/contacts/tags?_limit=2&_orderby=-Tag&_filter=${encodeURIComponent("Tag Eq contains('e')")}`);
    deepEqual(rowsOf(some), [row('Sphere'), row('Past Buyers')]);
    const buyers = await lab.spark('/contacts/tags/Current%20Buyers?_select=DisplayName&_orderby=-DisplayName');
    deepEqual(
      rowsOf(buyers).map(({ DisplayName }) => DisplayName),
      ['John Smith', 'Hannah Voss'],
    );
    for (const tag of ['Nobody', 'current%20buyers', '%00', 'a%2Fb'])
      deepEqual((await lab.spark(`/contacts/tags/${tag}`)).body, { D: { Success: true, Results: [] } }, tag);
  });

  test('to be taken elsewhere: a page, and all at once', async () => {
    const page = await lab.spark('/contacts/export?_limit=2&_pagination=1');
    deepEqual(page.body, (await lab.spark('/contacts?_limit=2&_pagination=1')).body);
    const all = await lab.spark('/contacts/export/all?_pagination=1&_select=Id');
    equal(rowsOf(all).length, 10);
    deepEqual((all.body as { D: { Pagination: unknown } }).D.Pagination, {
      TotalRows: 10,
      PageSize: 10,
      TotalPages: 1,
      CurrentPage: 1,
    });
    deepEqual(rowsOf(await lab.spark('/contacts/export/all?_pagination=count')), []);
  });
});

describe('a new contact', () => {
  test('as clients send it, and as the documents do', async () => {
    const answer = await lab.spark('/contacts', {
      body: '{"D":{"Contacts":[{"DisplayName":"Contact Four","PrimaryEmail":"contact4@fbsdata.com"}],"Notify":true}}',
    });
    equal(answer.status, 201);
    const [made] = rowsOf(answer);
    match(String(made?.ResourceUri), /^\/v1\/contacts\/\d{26}$/);
    deepEqual(Object.keys(made ?? {}), ['ResourceUri']);
    const [read] = rowsOf(await lab.spark(filter("PrimaryEmail Eq 'contact4@fbsdata.com'")));
    deepEqual(
      [read?.DisplayName, read?.GivenName, read?.FamilyName, read?.OwnerId, read?.Tags, read?.VowEnabled],
      ['Contact Four', 'Contact', 'Four', BRIAN, [], false],
    );
    equal(
      saysOf(await lab.spark('/contacts', { json: { D: { DisplayName: 'X', PrimaryEmail: 'Contact4@fbsdata.com' } } })),
      '409/1055',
    );
  });

  test('comes back member by member as it was written', async () => {
    const written = {
      DisplayName: 'Bobby Roe & Family',
      GivenName: 'Robert',
      FamilyName: 'Roe',
      PrimaryEmail: 'Bobby.Roe@Example.com',
      PrimaryPhoneNumber: '+1 701 555 0100 ext. 3',
      HomeStreetAddress: '501 42nd St S, Apt 4',
      HomeLocality: 'Fargo',
      HomeRegion: 'ND',
      HomePostalCode: '58103',
      WorkStreetAddress: '1 Main Ave',
      WorkLocality: 'Moorhead',
      WorkRegion: 'MN',
      WorkPostalCode: '56560',
      Tags: ['IDX Lead', 'Piña'],
    };
    const key = await addContact(lab, { ...written, Tag: 'From the site', Id: '1', Unknown: { deep: true } });
    const { Id, ResourceUri, OwnerId, VowEnabled, CreatedTimestamp, ModificationTimestamp, ...read } = await readContact(
      lab,
      key,
    );
    deepEqual(read, { ...written, Tags: ['IDX Lead', 'Piña', 'From the site'] });
    const echo = await put(lab, `/contacts/${key}`, { ...read, Id, OwnerId, CreatedTimestamp, ResourceUri: 'x' });
    deepEqual([echo.status, echo.body], [200, done]);
    deepEqual((await readContact(lab, key)).ModificationTimestamp, ModificationTimestamp, 'what is sent back changes nothing');
  });

  test('needs a name, and an address that is one', async () => {
    for (const [D, code] of [
      [{}, 1050],
      [{ DisplayName: '' }, 1050],
      [{ DisplayName: null }, 1050],
      [{ DisplayName: '  ' }, 1050],
      [{ PrimaryEmail: 'a@b.example' }, 1050],
      [{ DisplayName: {} }, 1053],
      [{ DisplayName: ['x'] }, 1053],
      [{ DisplayName: true }, 1053],
      [{ DisplayName: 'x'.repeat(10_001) }, 1053],
      [{ DisplayName: 'a\u0000b' }, 1053],
      [{ DisplayName: 'X', PrimaryEmail: 'contact2fbsdata.com' }, 1053],
      [{ DisplayName: 'X', PrimaryEmail: 'a@b' }, 1053],
      [{ DisplayName: 'X', PrimaryEmail: `${'a'.repeat(250)}@example.com` }, 1053],
      [{ DisplayName: 'X', Tags: 'Buyers' }, 1053],
      [{ DisplayName: 'X', Tags: [''] }, 1053],
      [{ DisplayName: 'X', Tags: [1, {}] }, 1053],
      [{ DisplayName: 'X', Tags: Array.from({ length: 101 }, (_, n) => `t${n}`) }, 1053],
      [{ DisplayName: 'X', Notify: 'perhaps' }, 1053],
      [{ Contacts: [] }, 1050],
      [{ Contacts: [{ DisplayName: 'A' }, { DisplayName: 'B' }] }, 1053],
      [{ Contacts: [null] }, 1050],
    ] as const)
      equal(saysOf(await lab.spark('/contacts', { json: { D } })), `400/${code}`, JSON.stringify(D).slice(0, 80));
    for (const [body, code] of [
      ['', 1035],
      ['{"D":', 1035],
      ['[]', 1050],
      ['{"D":[]}', 1050],
      ['{"Contacts":[{"DisplayName":"X"}]}', 1050],
      ['{"D":{"DisplayName":"half \\ud800"}}', 1053],
    ] as const)
      equal(
        saysOf(await lab.spark('/contacts', { method: 'POST', body, headers: { 'content-type': 'application/json' } })),
        `400/${code}`,
        body,
      );
  });

  test('may have a very long name, and is found by it', async () => {
    const name = 'Ngân '.repeat(800).trim();
    const key = await addContact(lab, { DisplayName: name });
    equal((await readContact(lab, key)).DisplayName, name);
    const found = await lab.spark(filter(`DisplayName Eq endswith('${name.slice(-300)}')`));
    equal(
      rowsOf(found).some(({ Id }) => Id === key),
      true,
    );
    await lab.spark(`/contacts/${key}`, { method: 'DELETE' });
  });
});

describe('a change', () => {
  test('of the whole name, its parts, and what is cleared', async () => {
    const key = await addContact(lab, { DisplayName: 'Ann Lee', PrimaryPhoneNumber: '1', HomeLocality: 'Fargo' });
    const after = async (D: object) => {
      deepEqual((await put(lab, `/contacts/${key}`, D)).body, done);
      const { DisplayName, GivenName, FamilyName, PrimaryPhoneNumber, HomeLocality } = await readContact(lab, key);
      return [DisplayName, GivenName, FamilyName, PrimaryPhoneNumber, HomeLocality];
    };
    deepEqual(await after({ DisplayName: 'Mary Ann Lee' }), ['Mary Ann Lee', 'Mary Ann', 'Lee', '1', 'Fargo']);
    deepEqual(await after({ DisplayName: 'The Lees', GivenName: 'Mary' }), ['The Lees', 'Mary', 'Lee', '1', 'Fargo']);
    deepEqual(await after({ DisplayName: 'Lee & Lee' }), ['Lee & Lee', 'Mary', 'Lee', '1', 'Fargo']);
    deepEqual(await after({ FamilyName: 'Li' }), ['Mary Li', 'Mary', 'Li', '1', 'Fargo']);
    deepEqual(await after({ PrimaryPhoneNumber: '', HomeLocality: null }), ['Mary Li', 'Mary', 'Li', null, null]);
    equal(saysOf(await put(lab, `/contacts/${key}`, { DisplayName: '' })), '400/1050');
    equal(saysOf(await put(lab, `/contacts/${key}`, { VowEnabled: true })), '403/1100');
    deepEqual((await put(lab, `/contacts/${key}`, {})).body, done);
  });

  test('keeps an address that is malformed since another door took it, and takes no other one', async () => {
    const made = await lab.dotloop('/contact', { json: { lastName: 'Odd', email: 'not an address' } });
    const { id } = (made.body as { data: { id: number } }).data;
    const [row] = await lab.rows<{ reso_key: string }>('select reso_key from contact where org_id = 1 and id = $1', [id]);
    const path = `/contacts/${row?.reso_key}`;
    deepEqual((await put(lab, path, { PrimaryEmail: 'not an address', GivenName: 'Very' })).body, done);
    equal(saysOf(await put(lab, path, { PrimaryEmail: 'nor this' })), '400/1053');
    deepEqual((await put(lab, path, { PrimaryEmail: null })).body, done);
  });

  test('to the address of another contact is a conflict', async () => {
    equal(saysOf(await put(lab, `/contacts/${ATTURO}`, { PrimaryEmail: 'John.Smith@example.com' })), '409/1055');
  });
});

test('the agent is told by mail of a contact whose call says so', async () => {
  const news = () =>
    lab.rows(
      `select subject, body from mail where org_id = 1 and recipient = 'brianerwin@newkyhome.com' and kind = 'contact.added'
         and subject = any ('{New contact: Quiet,New contact: Nina News}') order by id`,
    );
  const contact = { DisplayName: 'Nina News', PrimaryEmail: 'nina@example.com' };
  await addContact(lab, { Contacts: [{ DisplayName: 'Quiet' }], Notify: false });
  deepEqual(await news(), []);
  await addContact(lab, { Contacts: [contact], Notify: true });
  const told = [{ subject: 'New contact: Nina News', body: 'Nina News (nina@example.com) is in your book now.' }];
  deepEqual(await news(), told);
  equal(saysOf(await post(lab, '/contacts', { Contacts: [contact], Notify: true })), '409/1055');
  deepEqual(await news(), told);
});
