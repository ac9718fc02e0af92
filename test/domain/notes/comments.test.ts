import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Notes } from '../../../src/domain/notes/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, brian, consumer, JOHN_SMITH, john, member } from './people.ts';

let lab: Lab;
let notes: Notes;
before(async () => {
  lab = await openLab();
  notes = lab.house.stores.domain.notes;
});
after(() => lab[Symbol.asyncDispose]());

const all = { order: [], limit: 25, offset: 0, total: true } as const;

test('comments are read by every agent of the contact and by the consumer', async () => {
  const first = await notes.addComment(brian, JOHN_SMITH, 'wants a garden');
  const second = await notes.addComment(consumer, JOHN_SMITH, 'and a hot tub');
  deepEqual(
    [first.author_kind, first.author_key, first.contact_key, second.author_kind, second.author_key],
    ['member', '20080602130000000000000000', JOHN_SMITH, 'contact', JOHN_SMITH],
  );
  for (const actor of [brian, john, consumer]) {
    const { rows, total } = await notes.comments(actor, JOHN_SMITH, all);
    deepEqual([rows, total], [[first, second], 2]);
  }
  const newest = { ...all, order: [{ field: 'created_at', descending: true }], limit: 1 };
  deepEqual((await notes.comments(brian, JOHN_SMITH, newest)).rows, [second]);
  const after = { ...all, after: first.reso_key };
  deepEqual((await notes.comments(brian, JOHN_SMITH, after)).rows, [second]);
});

test('others learn nothing of them', async () => {
  const notFound = { kind: 'not_found', reason: 'contact' };
  await rejects(notes.comments(member(2), JOHN_SMITH, all), notFound);
  await rejects(notes.addComment(member(2), JOHN_SMITH, 'x'), notFound);
  await rejects(notes.comments(consumer, ATTURO, all), notFound);
  await rejects(notes.addComment(consumer, ATTURO, 'x'), notFound);
});

test('agents remove any comment, a consumer its own', async () => {
  const ofBrian = await notes.addComment(brian, JOHN_SMITH, 'one');
  const ofContact = await notes.addComment(consumer, JOHN_SMITH, 'two');
  await rejects(notes.removeComment(consumer, JOHN_SMITH, ofBrian.reso_key), { kind: 'forbidden', reason: 'comment.not_own' });
  await notes.removeComment(consumer, JOHN_SMITH, ofContact.reso_key);
  await notes.removeComment(john, JOHN_SMITH, ofBrian.reso_key);
  await rejects(notes.removeComment(brian, JOHN_SMITH, ofBrian.reso_key), { kind: 'not_found', reason: 'comment' });
  const { rows } = await notes.comments(brian, JOHN_SMITH, all);
  equal(
    rows.some(({ id }) => id === ofBrian.id || id === ofContact.id),
    false,
  );
});

test('a comment has a text that can be kept', async () => {
  await rejects(notes.addComment(brian, JOHN_SMITH, ''), { kind: 'invalid' });
  await rejects(notes.addComment(brian, JOHN_SMITH, 'a\u0000'), { kind: 'invalid' });
  await rejects(notes.addComment(brian, JOHN_SMITH, 'x'.repeat(4001)), { kind: 'invalid' });
});
