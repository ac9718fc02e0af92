import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Domain } from '../../../src/domain/index.ts';
import { countStatements } from '../../../src/testing/count-statements.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, brian, consumer, JOHN_SMITH, john, member } from '../notes/people.ts';

let lab: Lab;
let people: Domain['people'];
before(async () => {
  lab = await openLab();
  people = lab.house.stores.domain.people;
});
after(() => lab[Symbol.asyncDispose]());

const ALLEN = member(2);
const by = (field: string, descending = false) => ({ order: [{ field, descending }], limit: 25, offset: 0, total: true });
const eventsOf = (id: number) =>
  lab.rows<{ noun: string; verb: string; changed: Record<string, unknown> }>(
    'select noun, verb, changed from event where org_id = 1 and contact_id = $1 order by id',
    [id],
  );

describe('a book as a list', () => {
  test('goes by the names people are shown by, in either direction, and says how many there are', async () => {
    const up = await people.entries(brian, by('display_key'));
    const names = up.rows.map((row) => row.display_name ?? `${row.first_name ?? ''} ${row.last_name ?? row.company_name}`.trim());
    deepEqual(names, names.toSorted());
    equal(up.total, 10);
    const down = await people.entries(brian, by('display_key', true));
    deepEqual(
      down.rows.map(({ id }) => id),
      up.rows.map(({ id }) => id).toReversed(),
    );
  });

  test('keeps the order of names when one is changed at another door', async () => {
    const [first] = (await people.entries(brian, { ...by('display_key'), limit: 1 })).rows;
    await people.updateContact(brian, first?.id ?? 0, () => ({ first_name: 'Zora', last_name: 'Last' }));
    const { rows } = await people.entries(brian, by('display_key', true));
    equal(rows[0]?.id, first?.id);
    await people.updateContact(brian, first?.id ?? 0, () => ({ first_name: 'Allen', last_name: 'Agent' }));
  });

  test('pages by key to its end', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { rows } = await people.entries(brian, { order: [], limit: 3, offset: 0, total: false, after });
      seen.push(...rows.map(({ reso_key }) => reso_key));
      if (rows.length === 0) break;
      after = rows.at(-1)?.reso_key ?? '';
    }
    deepEqual(seen, seen.toSorted());
    equal(new Set(seen).size, 10);
  });

  test('is empty for whoever has none', async () => {
    deepEqual(await people.entries(consumer, by('display_key')), { rows: [], total: 0 });
    deepEqual((await people.tags(consumer, by('tag'))).rows, []);
  });

  test('one page costs one statement, whatever it shows', async () => {
    equal(await countStatements(lab, () => people.entries(brian, by('display_key'))), 1);
  });
});

describe('an address stands once in a book', () => {
  test('for those who write through it, whoever made the other one; other books may have it', async () => {
    const taken = { kind: 'conflict', reason: 'contact.email_taken' };
    await rejects(people.addEntry(brian, { last_name: 'X', email: 'ATTURO.garay@example.com' }), taken);
    await rejects(
      people.changeEntry(brian, ATTURO, () => ({ values: { email: 'john.smith@example.com' } })),
      taken,
    );
    const other = await people.addEntry(ALLEN, { last_name: 'X', email: 'atturo.garay@example.com' });
    equal(other.email, 'atturo.garay@example.com');
  });

  test('of twenty at once one gets it', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => people.addEntry(brian, { last_name: `N${n}`, email: 'race@example.com' })),
    );
    equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    const [row] = await lab.rows<{ n: string }>(`select count(*) as n from contact where email_key = 'race@example.com'`);
    equal(Number(row?.n), 1);
  });

  test('and what it was already is not asked again', async () => {
    const twin = await people.createContact(brian, { last_name: 'Twin', email: 'race@example.com' });
    await people.changeEntry(brian, twin.reso_key, () => ({ values: { email: 'race@example.com', first_name: 'Tom' } }));
    equal((await people.entry(brian, twin.reso_key)).first_name, 'Tom');
  });

  test('a deleted contact leaves its address free', async () => {
    const gone = await people.addEntry(brian, { last_name: 'Gone', email: 'gone@example.com' });
    await people.removeContact(brian, gone.reso_key);
    equal((await people.addEntry(brian, { last_name: 'New', email: 'gone@example.com' })).email, 'gone@example.com');
  });
});

describe('a change', () => {
  test('that changes nothing writes nothing', async () => {
    const before = await people.entry(brian, ATTURO);
    await people.changeEntry(brian, ATTURO, () => ({ values: { first_name: before.first_name, tags: before.tags } }));
    deepEqual(await people.entry(brian, ATTURO), before);
  });

  test('of a notified creation is told in an event of its own', async () => {
    const made = await people.addEntry(brian, { last_name: 'Heard' }, { notify: true });
    deepEqual(
      (await eventsOf(made.id)).map(({ noun, verb }) => [noun, verb]),
      [
        ['contact', 'created'],
        ['notice', 'created'],
      ],
    );
  });

  test('opens and closes the portal for those who have an account', async () => {
    await people.changeEntry(brian, JOHN_SMITH, () => ({ values: {}, portal: false }));
    equal((await people.entry(brian, JOHN_SMITH)).portal_enabled, false);
    await people.changeEntry(brian, JOHN_SMITH, () => ({ values: {}, portal: true }));
    equal((await people.entry(brian, JOHN_SMITH)).portal_enabled, true);
    const none = { kind: 'forbidden', reason: 'contact.no_portal_account' };
    await rejects(
      people.changeEntry(brian, ATTURO, () => ({ values: { first_name: 'Nobody' }, portal: true })),
      none,
    );
    equal((await people.entry(brian, ATTURO)).first_name, 'Atturo', 'and nothing of it is written');
    await people.changeEntry(brian, ATTURO, () => ({ values: {}, portal: false }));
  });
});

describe('strangers learn nothing', () => {
  const unknown = { kind: 'not_found', reason: 'contact' };

  test('of contacts in other books, of other organisations, of nobody', async () => {
    const [other] = await lab.rows<{ reso_key: string }>('select reso_key from contact where org_id = 1 and id = 3603901');
    const key = other?.reso_key ?? '';
    for (const actor of [brian, { ...ALLEN, orgId: 2 }, consumer]) {
      await rejects(people.entry(actor, key), unknown);
      await rejects(
        people.changeEntry(actor, key, () => ({ values: { first_name: 'X' } })),
        unknown,
      );
      await rejects(people.removeContact(actor, key), unknown);
      await rejects(people.contactActivity(actor, key, by('at')), unknown);
    }
  });

  test('a consumer reads and changes nobody but itself', async () => {
    equal((await people.ownEntry(consumer)).reso_key, JOHN_SMITH);
    await people.changeOwnEntry(consumer, ({ first_name }) => ({ first_name: `${first_name}ny` }));
    equal((await people.ownEntry(consumer)).first_name, 'Johnny');
    await people.changeOwnEntry(consumer, () => ({ first_name: 'John' }));
    await rejects(people.ownEntry(brian), unknown);
    await rejects(
      people.changeOwnEntry(brian, () => ({ first_name: 'X' })),
      unknown,
    );
  });

  test('an owner is the agent of the portal as long as that one has the contact, else the first member', async () => {
    const ownerOf = async (agentId: number) => (await people.ownEntry({ ...consumer, agentId })).owner_key;
    equal(await ownerOf(1), '20080602130000000000000000');
    equal(await ownerOf(2), '20090914083000000000000000');
  });
});

describe('what happened around a contact', () => {
  test('is there for all who have it, but notes and searches only for those they belong to', async () => {
    const nouns = async (actor: typeof brian) =>
      new Set((await people.contactActivity(actor, JOHN_SMITH, by('at'))).rows.map(({ noun }) => noun));
    const ofBrian = await nouns(brian);
    for (const noun of ['contact', 'contact_login', 'note', 'saved_search'] as const) equal(ofBrian.has(noun), true, noun);
    const ofJohn = await nouns(john);
    equal(ofJohn.has('note'), false);
    equal(ofJohn.has('contact_login'), true);
    deepEqual(await nouns(consumer), ofBrian);
  });
});

test('with a deleted contact go its login and its place in every book', async () => {
  const made = await people.addEntry(brian, { last_name: 'Leaving', email: 'leaving@example.com' });
  const { identity } = lab.house.stores.domain;
  await identity.createConsumerLogin(brian, made.reso_key, { password: 'a long password' });
  await people.removeContact(brian, made.reso_key);
  deepEqual(await lab.rows('select from contact_login where org_id = 1 and contact_id = $1', [made.id]), []);
  deepEqual(await lab.rows('select from contact_agent where org_id = 1 and contact_id = $1', [made.id]), []);
  deepEqual((await eventsOf(made.id)).map(({ noun, verb }) => `${noun} ${verb}`).toSorted(), [
    'contact created',
    'contact deleted',
    'contact_login created',
    'contact_login deleted',
  ]);
});

test('a contact that others need leaves the book of the one who removes it', async () => {
  await people.removeContact(brian, JOHN_SMITH);
  await rejects(people.entry(brian, JOHN_SMITH), { kind: 'not_found' });
  equal((await people.entry(john, JOHN_SMITH)).first_name, 'John');
  equal((await people.ownEntry(consumer)).owner_key, '20090914083000000000000000');
});
