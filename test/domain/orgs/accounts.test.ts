import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import type { Account, AccountScope } from '../../../src/domain/index.ts';
import type { Condition, ListQuery } from '../../../src/kernel/condition.ts';
import { Fault } from '../../../src/kernel/fault.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const actor = systemActor(1);
const accounts = () => lab.house.stores.domain.orgs.accounts;
const BY_NAME: ListQuery = { order: [{ field: 'name', descending: false }], limit: 25, offset: 0, total: true };
const list = async (query: Partial<ListQuery> = {}, scope: AccountScope = {}) =>
  accounts().list(actor, { ...BY_NAME, ...query }, scope);
const namesOf = (rows: readonly Account[]) => rows.map(({ name }) => name);
const is = (name: string, value: string): Condition => ({
  kind: 'compare',
  op: 'eq',
  left: { kind: 'field', name },
  right: { kind: 'literal', type: 'text', value },
});
const OXFORD = '20050103090000000000000000';

describe('lists', () => {
  test('members by name, unless kinds are asked about', async () => {
    const { rows, total } = await list();
    equal(total, 9);
    deepEqual(namesOf(rows).slice(0, 3), ['Administrator', 'Allen Agent', 'Brian Erwin']);
    deepEqual(namesOf((await list({ where: is('kind', 'OFFICE') })).rows), ['Oxford', 'Solon']);
    deepEqual(namesOf((await list({ where: is('kind', 'company') })).rows), ['Allen Realty']);
    deepEqual(namesOf((await list({ where: is('kind', 'mls') })).rows), ['Three Valleys Listing Exchange']);
    const everybody = await list({ where: { kind: 'not', of: is('kind', 'nobody') } });
    equal(everybody.total, 13);
  });

  test('filters go by text without case, keys and offices', async () => {
    deepEqual(namesOf((await list({ where: is('name', 'bRIAN eRWIN') })).rows), ['Brian Erwin']);
    deepEqual(namesOf((await list({ where: is('email', 'BrianErwin@NewKyHome.com') })).rows), ['Brian Erwin']);
    equal((await list({ where: is('office_key', OXFORD) })).total, 5);
    equal((await list({ where: is('postal_code', '44139') })).total, 4);
    for (const [kind, key, name] of [
      ['member', '20080602130000000000000000', 'Brian Erwin'],
      ['office', OXFORD, 'Oxford'],
      ['company', '20050101000001000000000000', 'Allen Realty'],
      ['mls', '20050101000000000000000000', 'Three Valleys Listing Exchange'],
    ] as const) {
      const alone = await list({ where: { kind: 'and', of: [is('kind', kind), is('key', key)] } });
      deepEqual(namesOf(alone.rows), [name]);
      const among = await list({ where: { kind: 'and', of: [{ kind: 'not', of: is('kind', 'nobody') }, is('key', key)] } });
      deepEqual(among, alone, `${kind}: the same row in both lists`);
    }
  });

  test('pages follow each other, by name and by key', async () => {
    const all = namesOf((await list()).rows);
    const seen: string[] = [];
    for (let offset = 0; offset < 9; offset += 4) seen.push(...namesOf((await list({ limit: 4, offset })).rows));
    deepEqual(seen, all);
    const keys: string[] = [];
    for (let after = ''; ; ) {
      const { rows } = await list({ order: [], limit: 4, after });
      keys.push(...rows.map((row) => row.reso_key));
      const last = rows.at(-1);
      if (!last) break;
      after = last.reso_key;
    }
    deepEqual(keys, keys.toSorted());
    equal(keys.length, 9);
  });

  test('of an office; what is no office, or inactive, is not found', async () => {
    const of = (key: string, where?: Condition) =>
      accounts().listOfOffice(actor, key, { ...BY_NAME, ...(where ? { where } : {}) });
    equal((await of(OXFORD)).total, 5);
    deepEqual(namesOf((await of(OXFORD, is('kind', 'Office'))).rows), ['Oxford']);
    await rejects(of('20080602130000000000000000'), Fault, 'a member is no office');
    await rejects(of('29990101000000000000000000'), Fault);
  });

  test("only one's own office, where the key allows no more", async () => {
    const own = { memberId: 1, officeId: 11 };
    equal((await list({}, { own })).total, 5);
    deepEqual(namesOf((await list({ where: is('kind', 'office') }, { own })).rows), ['Oxford']);
    equal((await list({ where: is('kind', 'company') }, { own })).total, 0);
    await rejects(accounts().read(actor, '20060206090000000000000000', { own }), Fault);
    equal((await accounts().read(actor, OXFORD, { own })).name, 'Oxford');
  });
});

test('one account of every kind by its key, and nobody of another organisation', async () => {
  const read = (key: string) => accounts().read(actor, key);
  const brian = await read('20080602130000000000000000');
  deepEqual(
    [brian.kind, brian.name, brian.office_name, brian.company_name, brian.mls_name],
    ['member', 'Brian Erwin', 'Oxford', 'Allen Realty', 'Three Valleys Listing Exchange'],
  );
  equal(brian.address.city, 'Oxford');
  deepEqual((await read('20050101000001000000000000')).kind, 'company');
  deepEqual((await read('20050101000000000000000000')).kind, 'mls');
  const [theirs] = await lab.rows<{ company_key: string }>('select company_key from organisation where id = 2');
  await rejects(read(theirs?.company_key ?? ''), Fault);
  const dora = await accounts().read(systemActor(2), '20080602130000000000000000');
  deepEqual([dora.name, dora.office_name, dora.company_name], ['Dora Demers', 'Oxbow Falls', 'Northgate Homes']);
});

test('who is inactive or deleted is in no list and not found', async () => {
  await using own = await openLab();
  const { orgs } = own.house.stores.domain;
  const key = '20120820130000000000000000';
  await own.rows("update member set active = false where org_id = 1 and code = 'PRA'");
  await own.rows("update member set deleted_at = now() where org_id = 1 and code = 'ECA'");
  await own.rows("update office set active = false where org_id = 1 and code = 'SOL'");
  equal((await orgs.accounts.list(actor, BY_NAME)).total, 7);
  await rejects(orgs.accounts.read(actor, key), Fault);
  await rejects(orgs.accounts.listOfOffice(actor, '20060206090000000000000000', BY_NAME), Fault);
  const nora = await orgs.accounts.list(actor, { ...BY_NAME, where: is('name', 'Nora Whitlock') });
  equal(nora.rows[0]?.office_name, 'Solon', 'an inactive office still names its members');
});
