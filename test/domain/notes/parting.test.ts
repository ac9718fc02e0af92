import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Domain } from '../../../src/domain/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { brian, JOHN_SMITH, john, LISTING, seen } from './people.ts';

const HERE = seen(LISTING);
let lab: Lab;
let domain: Domain;
before(async () => {
  lab = await openLab();
  domain = lab.house.stores.domain;
});
after(() => lab[Symbol.asyncDispose]());

const newContact = async () => {
  const contact = await domain.people.createContact(brian, { last_name: 'Parting' });
  const own = { ...brian, kind: 'contact', id: contact.id, memberId: null, agentId: 1 } as const;
  return { contact, own };
};

describe('a contact that is deleted', () => {
  test('takes along notes and comments; the texts stay in the history', async () => {
    const { contact, own } = await newContact();
    await domain.notes.putSharedNote(brian, HERE, contact.reso_key, 'shared');
    await domain.notes.putPrivateNote(own, HERE, 'own');
    await domain.notes.addComment(brian, contact.reso_key, 'said');
    await domain.people.removeContact(brian, contact.id);
    deepEqual(
      await lab.rows(
        `select kind, closed_at is not null as closed, deleted_at is not null as deleted,
                (select count(*)::int from note_entry e where e.note_id = n.id) as entries
         from note n where contact_id = $1 order by kind`,
        [contact.id],
      ),
      ['comment', 'private', 'shared'].map((kind) => ({ kind, closed: true, deleted: true, entries: 1 })),
    );
    const told = await lab.rows<{ told: boolean }>(
      `select e.contact_id is not null as told from event e join note n on n.org_id = e.org_id and n.id = e.row_id
       where e.noun in ('note', 'comment') and e.verb = 'deleted' and n.contact_id = $1 order by n.kind`,
      [contact.id],
    );
    deepEqual(
      told.map((row) => row.told),
      [true, false, true],
    );
    await rejects(domain.notes.sharedNote(brian, HERE, contact.reso_key), { kind: 'not_found' });
    deepEqual(await domain.notes.sharedNotes(brian, HERE), []);
  });

  test('gets no new note while it goes', async () => {
    for (let tried = 0; tried < 5; tried++) {
      const { contact } = await newContact();
      const [put] = await Promise.allSettled([
        domain.notes.putSharedNote(brian, HERE, contact.reso_key, 'late'),
        domain.people.removeContact(brian, contact.id),
      ]);
      const [left] = await lab.rows<{ open: number }>(
        'select count(*)::int as open from note where contact_id = $1 and closed_at is null',
        [contact.id],
      );
      equal(left?.open, 0, `put was ${put.status}`);
    }
  });

  test('one that only leaves a book keeps its notes with the others', async () => {
    await domain.notes.putSharedNote(brian, HERE, JOHN_SMITH, 'with Brian');
    await domain.notes.putSharedNote(john, HERE, JOHN_SMITH, 'with John');
    await domain.people.removeContact(brian, 3603863);
    await rejects(domain.notes.sharedNote(brian, HERE, JOHN_SMITH), { kind: 'not_found' });
    deepEqual(await domain.notes.sharedNotes(brian, HERE), []);
    equal(await domain.notes.sharedNote(john, HERE, JOHN_SMITH), 'with John');
  });
});
