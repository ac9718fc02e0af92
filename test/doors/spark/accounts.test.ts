import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Answer, type Lab, openLab } from '../../../src/testing/lab.ts';
import type { SparkCall, SparkKeyPair } from '../../../src/testing/spark-client.ts';
import { keyOf } from './key-house.ts';
import { codeOf, JOHN_SMITH } from './note-house.ts';

const BRIAN = '20080602130000000000000000';
const OXFORD = '20050103090000000000000000';
const SOLON = '20060206090000000000000000';
const COMPANY = '20050101000001000000000000';
const MLS = '20050101000000000000000000';
const ROLES = ['idx', 'public', 'vow', 'portal', 'private'] as const;

const BRIANS_ACCOUNT = {
  Id: BRIAN,
  ResourceUri: `/v1/accounts/${BRIAN}`,
  Name: 'Brian Erwin',
  FirstName: 'Brian',
  MiddleName: null,
  LastName: 'Erwin',
  UserType: 'Member',
  UserLevel: 'Agent',
  Office: 'Oxford',
  OfficeId: OXFORD,
  Company: 'Allen Realty',
  CompanyId: COMPANY,
  Mls: 'Three Valleys Listing Exchange',
  MlsId: MLS,
  Emails: [{ Id: '1', Type: 'Work', Name: 'Work', Address: 'brianerwin@newkyhome.com', Primary: true }],
  Phones: [
    {
      Id: '1',
      Type: 'Work',
      Name: 'Work',
      Number: '(555) 555-5555',
      AreaCode: '555',
      Prefix: '555',
      LineNumber: '5555',
      Extension: null,
      InternationalCode: null,
      Primary: false,
    },
    {
      Id: '2',
      Type: 'Mobile',
      Name: 'Mobile',
      Number: '(513) 555-0142',
      AreaCode: '513',
      Prefix: '555',
      LineNumber: '0142',
      Extension: null,
      InternationalCode: null,
      Primary: true,
    },
  ],
  Websites: [{ Id: '1', Type: 'Work', Name: 'Work', Uri: 'https://brian-erwin.example', Primary: true }],
  Addresses: [
    {
      Id: '1',
      Type: 'Work',
      Name: 'Work',
      Address: '24 Bishop Row, Oxford, OH 45056',
      Street1: '24 Bishop Row',
      Street2: null,
      City: 'Oxford',
      Region: 'OH',
      PostalCode: '45056',
      Primary: true,
    },
  ],
  Images: [],
  Tags: ['First-time buyers', 'Oxford'],
  Associations: [],
  Locale: { Language: 'en' },
  Permissions: {},
};
const CONSUMERS_ACCOUNT = {
  Id: JOHN_SMITH,
  ResourceUri: `/v1/accounts/${JOHN_SMITH}`,
  Name: 'John Smith',
  FirstName: 'John',
  MiddleName: null,
  LastName: 'Smith',
  UserType: null,
  UserLevel: null,
  Office: null,
  OfficeId: null,
  Company: null,
  CompanyId: null,
  Mls: null,
  MlsId: null,
  Emails: [],
  Phones: [],
  Websites: [],
  Addresses: [],
  Images: [],
  Tags: [],
  Associations: [],
  Locale: { Language: 'en' },
  Permissions: {},
  GetEmailUpdates: true,
};
const DONE = { D: { Success: true } };
const alone = (record: unknown) => ({ D: { Success: true, Results: [record] } });

type Row = { Id: string; Name: string };
type Body = { D: { Results: Row[]; Pagination?: unknown; SkipToken?: string; Code?: number; Message?: string } };
const rowsOf = ({ body }: Answer) => (body as Body).D.Results;
const namesOf = (answer: Answer) => rowsOf(answer).map(({ Name }) => Name);
const filter = (text: string) => `_filter=${encodeURIComponent(text)}`;

let lab: Lab;
const keys = new Map<string, SparkKeyPair>();
before(async () => {
  lab = await openLab();
  for (const role of ROLES) keys.set(role, await keyOf(lab, role));
});
after(() => lab[Symbol.asyncDispose]());
const get = (path: string, as?: SparkCall['as']) => lab.spark(path, as === undefined ? {} : { as });

describe('one account (E43, E45)', () => {
  test('every role reads it whole, and nobody else may keep it', async () => {
    for (const role of ROLES) {
      const answer = await get(`/accounts/${BRIAN}`, keys.get(role) ?? null);
      deepEqual(answer.body, alone(BRIANS_ACCOUNT), role);
      equal(answer.headers.get('cache-control'), 'private, no-store');
    }
  });

  test("the caller's own: the key owner's account, or the consumer's record", async () => {
    for (const role of ['idx', 'public', 'private'] as const)
      deepEqual((await get('/my/account', keys.get(role) ?? null)).body, alone(BRIANS_ACCOUNT), role);
    for (const role of ['vow', 'portal'] as const)
      deepEqual((await get('/my/account', keys.get(role) ?? null)).body, alone(CONSUMERS_ACCOUNT), role);
    deepEqual((await get('/my/account?RoleOverride=Public', 'portal')).body, alone(BRIANS_ACCOUNT), 'lowered: the site asks');
    deepEqual((await get(`/my/account?ApiUser=${JOHN_SMITH}`)).body, alone(CONSUMERS_ACCOUNT));
  });

  test('offices, the company and the MLS are accounts too', async () => {
    const of = async (id: string) => {
      const [row] = rowsOf(await get(`/accounts/${id}`)) as unknown as Record<string, unknown>[];
      return [row?.Name, row?.UserType, row?.OfficeId, row?.CompanyId, row?.MlsId];
    };
    deepEqual(await of(SOLON), ['Solon', 'Office', SOLON, COMPANY, MLS]);
    deepEqual(await of(COMPANY), ['Allen Realty', 'Company', null, COMPANY, MLS]);
    deepEqual(await of(MLS), ['Three Valleys Listing Exchange', 'Mls', null, null, MLS]);
  });

  test('a consumer has the own record under its id and finds no other contact; staff find no contact there', async () => {
    deepEqual((await get(`/accounts/${JOHN_SMITH}`, 'portal')).body, alone(CONSUMERS_ACCOUNT));
    equal(codeOf(await get('/accounts/20110301125434789184000000', 'portal')), '404/404');
    equal(codeOf(await get(`/accounts/${JOHN_SMITH}`)), '404/404');
  });

  test('members of it that are wanted; Id and ResourceUri always, settings when they are expanded', async () => {
    const uri = `/v1/accounts/${BRIAN}`;
    deepEqual(
      (await get(`/accounts/${BRIAN}?_select=Name,Nothing`)).body,
      alone({ Id: BRIAN, ResourceUri: uri, Name: 'Brian Erwin' }),
    );
    const expanded = await get(`/accounts/${BRIAN}?_select=Settings&_expand=Settings, Nothing`);
    deepEqual(expanded.body, alone({ Id: BRIAN, ResourceUri: uri, Settings: { SearchRestrictions: null } }));
  });

  test('unknown and malformed ids', async () => {
    for (const id of ['29990101000000000000000000', '1', `${BRIAN}0`, BRIAN.slice(1), 'abc', '%00', `${BRIAN}%27`])
      equal(codeOf(await get(`/accounts/${id}`)), '404/404', id);
  });
});

describe('lists (E42, E44)', () => {
  test('members by name; other kinds where the filter asks about kinds', async () => {
    const all = await get('/accounts?_pagination=1&_limit=3');
    deepEqual(namesOf(all), ['Administrator', 'Allen Agent', 'Brian Erwin']);
    deepEqual((all.body as Body).D.Pagination, { TotalRows: 9, PageSize: 3, TotalPages: 3, CurrentPage: 1 });
    equal(all.headers.get('cache-control'), 'private, no-store');
    deepEqual(namesOf(await get(`/accounts?${filter("UserType eq 'Office'")}`)), ['Oxford', 'Solon']);
    deepEqual(namesOf(await get(`/accounts?${filter("UserType Eq 'Company','Mls'")}`)), [
      'Allen Realty',
      'Three Valleys Listing Exchange',
    ]);
    equal(rowsOf(await get(`/accounts?${filter("UserType Ne 'Office'")}&_limit=25`)).length, 11);
    deepEqual(namesOf(await get(`/accounts?${filter("UserType Eq 'Member' And Name Eq 'Oxford'")}`)), []);
  });

  test('every field that the contract names', async () => {
    const found: [string, number][] = [
      [`Id Eq '${BRIAN}'`, 1],
      ["Name Eq 'brian erwin'", 1],
      ["FirstName Eq 'Brian'", 1],
      ['MiddleName Eq NULL', 9],
      ["LastName Eq startswith('e')", 1],
      ["UserLevel Eq 'BROKER'", 2],
      ["Office Eq 'Solon'", 4],
      [`OfficeId Eq '${OXFORD}'`, 5],
      [`OfficeId Ne '${OXFORD}'`, 4],
      [`OfficeId Eq '${OXFORD}','${SOLON}'`, 9],
      ["Company Eq 'Allen Realty'", 9],
      [`CompanyId Eq '${COMPANY}'`, 9],
      ["Mls Eq contains('valleys')", 9],
      [`MlsId Eq '${MLS}'`, 9],
      ["Email Eq 'BRIANERWIN@newkyhome.com'", 1],
      ["Email Eq endswith('@allenrealty.example')", 6],
      ["PostalCode Eq '45056'", 5],
      ["Not PostalCode Eq '45056'", 4],
      ["(Name Eq regex('^(b|m)', 'i')) Or Office Eq 'Solon'", 6],
      ["length(Name) Gt 100 Or tolower(LastName) Eq 'erwin'", 1],
    ];
    for (const [text, total] of found) {
      const answer = await get(`/accounts?_pagination=count&${filter(text)}`);
      deepEqual(
        (answer.body as Body).D.Pagination,
        { TotalRows: total, PageSize: 10, TotalPages: Math.ceil(total / 10), CurrentPage: 1 },
        text,
      );
      deepEqual(rowsOf(answer), []);
    }
  });

  test('hostile filters are refused or find nobody', async () => {
    const refused = [
      'Nope Eq 1',
      "password_hash Eq 'x'",
      "extras Eq 'x'",
      "a.org_id Eq '2'",
      'Name',
      'Name Eq',
      "Name Eq 'x' Or",
      "Name Eq 'x'; drop table member",
      "Name Eq 'x' --",
      'Name Eq 5',
      'PostalCode Eq 45056',
      "Name Gt 'a'",
      "Emails Eq 'x'",
      "Phones Eq 'x'",
      "Name Eq regex('(')",
      "Name Eq 'x\u0000'",
      "constructor Eq 'x'",
      "__proto__ Eq 'x'",
      "toString Eq 'x'",
      `Name Eq ${'('.repeat(3000)}`,
      "Name Eq 'unclosed",
      '1 Eq 1',
    ];
    for (const text of refused) {
      const answer = await get(`/accounts?${filter(text)}`);
      equal(answer.status, 400, text);
      const { Code = 0 } = (answer.body as Body).D;
      ok([1040, 1041, 1053].includes(Code), `${text}: ${Code}`);
    }
    for (const text of [
      `Name Eq '%'`,
      `Name Eq '_%'`,
      `Name Eq '\\' or 1=1 --'`,
      `Name Eq contains('%')`,
      `Name Eq '${'ü'.repeat(2000)}'`,
    ])
      deepEqual(rowsOf(await get(`/accounts?${filter(text)}`)), [], text);
  });

  test('orders, pages, tokens', async () => {
    const names = namesOf(await get('/accounts?_limit=25'));
    deepEqual(namesOf(await get('/accounts?_limit=25&_orderby=-Name')), names.toReversed());
    deepEqual(namesOf(await get('/accounts?_limit=4&_page=2')), names.slice(4, 8));
    deepEqual(namesOf(await get('/accounts?_limit=4&_skip=5')), names.slice(5, 9));
    deepEqual(namesOf(await get('/accounts?_limit=2&_orderby=-Office,%2BLastName')), ['Elena Castellanos', 'Daniel Okafor']);
    equal(new Set(namesOf(await get('/accounts?_limit=25&_orderby=Random'))).size, 9);
    deepEqual(namesOf(await get('/accounts?_page=90')), []);
    const seen: string[] = [];
    for (let token = ''; ; ) {
      const { body } = await get(`/accounts?_limit=4&_skiptoken=${token}`);
      const { Results, SkipToken = '' } = (body as Body).D;
      if (Results.length === 0) break;
      seen.push(...Results.map(({ Id }) => Id));
      token = SkipToken;
    }
    deepEqual(seen, seen.toSorted());
    equal(seen.length, 9);
    for (const query of [
      '_orderby=Emails',
      '_orderby=nope',
      '_limit=-1',
      '_limit=x',
      '_page=0',
      '_pagination=2',
      '_page=1&_skip=1',
    ])
      equal(codeOf(await get(`/accounts?${query}`)), '400/1053', query);
  });

  test('at most 25 at once; a key for replication gets more', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => 900_000 + i);
    await lab.rows(
      `insert into member (org_id, id, code, reso_key, first_name, last_name, created_door)
       select 1, id, 'Z' || id, lpad(id::text, 26, '2'), 'Zoe', 'Number ' || id, 'portico' from unnest($1::bigint[]) as id`,
      [ids],
    );
    const replication = await keyOf(lab, 'private', ['replication']);
    const many = await get('/accounts?_limit=1000&_pagination=1');
    deepEqual((many.body as Body).D.Pagination, { TotalRows: 39, PageSize: 25, TotalPages: 2, CurrentPage: 1 });
    equal(rowsOf(many).length, 25);
    equal(rowsOf(await get('/accounts?_limit=5000', replication)).length, 39);
    await lab.rows('delete from member where org_id = 1 and id = any ($1::bigint[])', [ids]);
  });

  test('of an office', async () => {
    const oxford = await get(`/accounts/by/office/${OXFORD}?_limit=25&_select=Name,OfficeId`);
    deepEqual(namesOf(oxford), ['Administrator', 'Allen Agent', 'Brian Erwin', 'John Smith', 'Marcus Bell']);
    deepEqual(namesOf(await get(`/accounts/by/office/${OXFORD}?${filter("UserType Eq 'Office'")}`)), ['Oxford']);
    deepEqual(namesOf(await get(`/accounts/by/office/${SOLON}?_orderby=-Name&_limit=1`)), ['Priya Raman']);
    for (const id of [BRIAN, COMPANY, MLS, '29990101000000000000000000', '12']) {
      equal(codeOf(await get(`/accounts/by/office/${id}`)), '404/404', id);
      equal(
        codeOf(await get(`/accounts/by/office/${id}?_limit=x`)),
        '404/404',
        `${id}: the path is judged before the parameters`,
      );
    }
  });

  test('a key with own data has its office and no more', async () => {
    const as = await keyOf(lab, 'idx', ['own-data']);
    deepEqual(namesOf(await get('/accounts?_limit=25', as)), namesOf(await get(`/accounts/by/office/${OXFORD}?_limit=25`)));
    equal(codeOf(await get(`/accounts/${SOLON}`, as)), '404/404');
    equal(codeOf(await get(`/accounts/by/office/${SOLON}`, as)), '404/404');
    equal(codeOf(await get('/my/account', as)), '200/undefined');
  });

  test('the second brokerage has accounts of the same ids, and its own people', async () => {
    deepEqual(namesOf(await get('/accounts?_limit=25', 'demo')), ['Dora Demers', 'Hugh Alder']);
    deepEqual(namesOf(await get(`/accounts/${BRIAN}`, 'demo')), ['Dora Demers']);
    deepEqual(namesOf(await get(`/accounts/by/office/${OXFORD}`, 'demo')), ['Dora Demers', 'Hugh Alder']);
    for (const id of [COMPANY, SOLON, '20090914083000000000000000'])
      equal(codeOf(await get(`/accounts/${id}`, 'demo')), '404/404', id);
  });
});

describe('changes (E43, E45)', () => {
  const put = (path: string, D: unknown, as: SparkCall['as'] = 'portal') => lab.spark(path, { method: 'PUT', as, json: { D } });

  test('are for consumers alone', async () => {
    for (const path of ['/my/account', `/accounts/${BRIAN}`])
      for (const role of ['idx', 'public', 'private'] as const)
        equal(codeOf(await put(path, { GetEmailUpdates: true }, keys.get(role) ?? null)), '405/1018', `${path} ${role}`);
    equal(codeOf(await put('/my/account?RoleOverride=Idx', { GetEmailUpdates: true })), '405/1018');
    equal(codeOf(await put('/my/account', { GetEmailUpdates: true }, await keyOf(lab, 'portal', ['read_only']))), '405/1017');
  });

  test('of the own record alone', async () => {
    equal(codeOf(await put(`/accounts/${BRIAN}`, { GetEmailUpdates: true })), '405/1018');
    for (const id of ['29990101000000000000000000', '20110301125434789184000000', 'x'])
      equal(codeOf(await put(`/accounts/${id}`, {})), '404/404', id);
    equal(codeOf(await put(`/accounts/${JOHN_SMITH}`, {})), '400/1050');
  });

  test('whether mail comes: kept, and written only when it differs', async () => {
    const version = async () =>
      (await lab.rows<{ version: number }>('select version from contact where org_id = 1 and reso_key = $1', [JOHN_SMITH]))[0]
        ?.version;
    const before = (await version()) ?? 0;
    deepEqual((await put('/my/account', { GetEmailUpdates: true })).body, DONE);
    equal(await version(), before, 'it does until somebody says no');
    deepEqual((await put('/my/account', { GetEmailUpdates: false })).body, DONE);
    deepEqual((await get('/my/account', 'portal')).body, alone({ ...CONSUMERS_ACCOUNT, GetEmailUpdates: false }));
    equal(await version(), before + 1);
    deepEqual((await put(`/accounts/${JOHN_SMITH}`, { GetEmailUpdates: true })).body, DONE);
    deepEqual((await get('/my/account', 'portal')).body, alone(CONSUMERS_ACCOUNT));
    const [event] = await lab.rows<{ changed: unknown; actor_kind: string }>(
      "select changed, actor_kind from event where noun = 'contact' and contact_id = 3603863 order by id desc limit 1",
    );
    deepEqual(event, { changed: { pref_email: [false, true] }, actor_kind: 'contact' });
  });

  test('a password: the current one beside it, none that was used before', async () => {
    await using own = await openLab();
    const { identity } = own.house.stores.domain;
    const change = async (D: unknown, path = '/my/account') =>
      codeOf(await own.spark(path, { method: 'PUT', as: 'portal', json: { D } }));
    const signsIn = async (password: string) => {
      const from = { address: '127.0.0.1' };
      return (await identity.signInConsumer({ orgId: 1, agentId: 1 }, 'john.smith@example.com', password, from)).kind;
    };
    equal(await change({ Password: 'a better one' }), '400/1050');
    equal(await change({ PasswordValidation: 'portico-sandbox' }), '400/1050');
    equal(await change({ Password: 'a better one', PasswordValidation: 'portico' }), '400/1060');
    equal(await change({ Password: 'short', PasswordValidation: 'portico-sandbox' }), '400/1053');
    equal(await change({ Password: 'portico-sandbox', PasswordValidation: 'portico-sandbox' }), '400/1061');
    equal(await signsIn('portico-sandbox'), 'ok');
    equal(
      await change({ Password: 'a better one', PasswordValidation: 'portico-sandbox', GetEmailUpdates: false }),
      '200/undefined',
    );
    deepEqual([await signsIn('portico-sandbox'), await signsIn('a better one')], ['refused', 'ok']);
    const record = await own.spark('/my/account?_select=GetEmailUpdates', { as: 'portal' });
    equal((record.body as { D: { Results: { GetEmailUpdates: boolean }[] } }).D.Results[0]?.GetEmailUpdates, false);
    equal(await change({ Password: 'one more', PasswordValidation: 'a better one' }, `/accounts/${JOHN_SMITH}`), '200/undefined');
    equal(await change({ Password: 'portico-sandbox', PasswordValidation: 'one more' }), '400/1061');
    await own.rows('delete from contact_login where org_id = 1 and contact_id = 3603863');
    equal(await change({ Password: 'a better one', PasswordValidation: 'one more' }), '403/1100');
  });

  test('bodies that are none', async () => {
    const raw = (body: string, type = 'application/json') =>
      lab.spark('/my/account', { method: 'PUT', as: 'portal', body, headers: { 'content-type': type } });
    equal(codeOf(await raw('{')), '400/1035');
    equal(codeOf(await raw('{"D":{"GetEmailUpdates":true}}', 'text/plain')), '400/1035');
    equal(codeOf(await raw('{"GetEmailUpdates":true}')), '400/1050');
    equal(codeOf(await raw('{"D":[]}')), '400/1050');
    for (const value of ['"yes"', 'null', '{}', '[true]'])
      equal(codeOf(await raw(`{"D":{"GetEmailUpdates":${value}}}`)), '400/1053', value);
    for (const value of ['"a\\u0000bcdefgh"', '{}', 'null', '""', '"\\ud800aaaaaaaa"'])
      equal(codeOf(await raw(`{"D":{"Password":${value},"PasswordValidation":"portico-sandbox"}}`)), '400/1053', value);
  });
});
