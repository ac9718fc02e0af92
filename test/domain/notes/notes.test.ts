import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Notes } from '../../../src/domain/notes/index.ts';
import { type Lab, openLab } from '../../../src/testing/lab.ts';
import { ATTURO, brian, consumer, consumerAt, JOHN_SMITH, john, LISTING, seen } from './people.ts';

const HERE = seen(LISTING);
let lab: Lab;
let notes: Notes;
before(async () => {
  lab = await openLab();
  notes = lab.house.stores.domain.notes;
});
after(() => lab[Symbol.asyncDispose]());
beforeEach(async () => {
  await lab.rows('delete from note_entry where note_id in (select id from note where id > 10000)');
  await lab.rows("delete from event where noun in ('note', 'comment') and row_id > 10000");
  await lab.rows('delete from note where id > 10000');
});

type Thread = { kind: string; version: number; open: boolean; texts: string[] };
const threads = () =>
  lab.rows<Thread>(
    `select kind, version, closed_at is null as open,
            array(select text from note_entry e where e.org_id = n.org_id and e.note_id = n.id order by e.id) as texts
     from note n where id > 10000 order by id`,
  );
const events = () =>
  lab.rows<{ verb: string; row_name: string | null; changed: object; property_id: number | null; contact_id: number | null }>(
    "select verb, row_name, changed, property_id, contact_id from event where noun = 'note' and row_id > 10000 order by id",
  );

describe('a private note', () => {
  test('is added, replaced, removed; what was written is kept', async () => {
    equal(await notes.privateNote(brian, HERE), undefined);
    equal(await notes.putPrivateNote(brian, HERE, 'one'), true);
    equal(await notes.putPrivateNote(brian, HERE, 'two'), false);
    equal(await notes.privateNote(brian, HERE), 'two');
    await notes.removePrivateNote(brian, HERE);
    await notes.removePrivateNote(brian, HERE);
    equal(await notes.privateNote(brian, HERE), undefined);
    equal(await notes.putPrivateNote(brian, HERE, 'three'), true);
    deepEqual(await threads(), [
      { kind: 'private', version: 3, open: false, texts: ['one', 'two'] },
      { kind: 'private', version: 1, open: true, texts: ['three'] },
    ]);
  });

  test('the same text again writes nothing', async () => {
    await notes.putPrivateNote(brian, HERE, 'one');
    equal(await notes.putPrivateNote(brian, HERE, 'one'), false);
    deepEqual(await threads(), [{ kind: 'private', version: 1, open: true, texts: ['one'] }]);
    equal((await events()).length, 1);
  });

  test("is each one's own", async () => {
    await notes.putPrivateNote(brian, HERE, 'of Brian');
    await notes.putPrivateNote(john, HERE, 'of John');
    await notes.putPrivateNote(consumer, HERE, 'of the contact');
    equal(await notes.privateNote(brian, HERE), 'of Brian');
    equal(await notes.privateNote(john, HERE), 'of John');
    equal(await notes.privateNote(consumerAt(3), HERE), 'of the contact');
  });

  test('leaves events that say nothing of it', async () => {
    await notes.putPrivateNote(consumer, HERE, 'secret');
    await notes.putPrivateNote(consumer, HERE, 'more');
    await notes.removePrivateNote(consumer, HERE);
    const blank = { row_name: null, changed: {}, property_id: null, contact_id: null };
    deepEqual(
      await events(),
      ['created', 'updated', 'deleted'].map((verb) => ({ verb, ...blank })),
    );
  });

  test('put by many at once: one thread, every text kept', async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
    const created = await Promise.all(texts.map((text) => notes.putPrivateNote(brian, HERE, text)));
    equal(created.filter(Boolean).length, 1);
    const [thread, ...others] = await threads();
    deepEqual([thread?.version, [...(thread?.texts ?? [])].sort(), others], [12, texts.toSorted(), []]);
    equal(await notes.privateNote(brian, HERE), thread?.texts.at(-1));
  });

  test('put and removed at once: no entry is lost, one thread at most is open', async () => {
    const texts = Array.from({ length: 10 }, (_, at) => `text ${at}`);
    await Promise.all(texts.flatMap((text) => [notes.putPrivateNote(brian, HERE, text), notes.removePrivateNote(brian, HERE)]));
    const all = await threads();
    deepEqual(all.flatMap((thread) => thread.texts).sort(), texts.toSorted());
    equal(all.filter((thread) => thread.open).length <= 1, true);
  });
});

describe('a shared note', () => {
  test('is one for agent and contact, whoever writes', async () => {
    equal(await notes.putSharedNote(brian, HERE, JOHN_SMITH, 'from the agent'), true);
    equal(await notes.sharedNote(consumer, HERE, null), 'from the agent');
    equal(await notes.putSharedNote(consumer, HERE, null, 'from the contact'), false);
    equal(await notes.sharedNote(brian, HERE, JOHN_SMITH), 'from the contact');
    await notes.removeSharedNote(consumer, HERE, null);
    equal(await notes.sharedNote(brian, HERE, JOHN_SMITH), undefined);
    const authors = await lab.rows('select author_kind, author_id from note_entry where note_id > 10000 order by id');
    deepEqual(authors, [
      { author_kind: 'member', author_id: 1 },
      { author_kind: 'contact', author_id: 3603863 },
    ]);
  });

  test('tells in its events which listing, which contact, which texts', async () => {
    await notes.putSharedNote(brian, HERE, ATTURO, 'one');
    await notes.putSharedNote(brian, HERE, ATTURO, 'two');
    await notes.removeSharedNote(brian, HERE, ATTURO);
    const happened = await events();
    deepEqual(
      happened.map(({ verb, row_name, property_id, contact_id }) => [verb, row_name, property_id, contact_id]),
      ['created', 'updated', 'deleted'].map((verb) => [verb, '2100 Waterview Dr 12', 7002, 3603864]),
    );
    equal(JSON.parse(JSON.stringify(happened[0]?.changed)).text, 'one');
    deepEqual(happened[1]?.changed, { text: ['one', 'two'] });
  });

  test('is one for each agent and for each contact', async () => {
    await notes.putSharedNote(brian, HERE, JOHN_SMITH, 'Brian and John Smith');
    await notes.putSharedNote(brian, HERE, ATTURO, 'Brian and Atturo');
    await notes.putSharedNote(consumerAt(3), HERE, null, 'John and John Smith');
    equal(await notes.sharedNote(consumer, HERE, null), 'Brian and John Smith');
    equal(await notes.sharedNote(john, HERE, JOHN_SMITH), 'John and John Smith');
    deepEqual(await notes.sharedNotes(brian, HERE), [
      { contactKey: ATTURO, text: 'Brian and Atturo' },
      { contactKey: JOHN_SMITH, text: 'Brian and John Smith' },
    ]);
    await notes.putSharedNote(brian, HERE, JOHN_SMITH, 'changed');
    deepEqual(
      (await notes.sharedNotes(brian, HERE)).map(({ contactKey }) => contactKey),
      [JOHN_SMITH, ATTURO],
    );
  });

  test('put by both sides at once: one thread, every text kept', async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
    const created = await Promise.all(
      texts.map((text, at) =>
        at % 2 ? notes.putSharedNote(consumer, HERE, null, text) : notes.putSharedNote(brian, HERE, JOHN_SMITH, text),
      ),
    );
    equal(created.filter(Boolean).length, 1);
    const [thread, ...others] = await threads();
    deepEqual([[...(thread?.texts ?? [])].sort(), others], [texts.toSorted(), []]);
  });

  test('contacts of other books are not found', async () => {
    const notFound = { kind: 'not_found', reason: 'contact' };
    await rejects(notes.putSharedNote(john, HERE, ATTURO, 'x'), notFound);
    await rejects(notes.sharedNote(john, HERE, ATTURO), notFound);
    await rejects(notes.removeSharedNote(john, HERE, ATTURO), notFound);
    await rejects(notes.checkSharing(john, HERE, ATTURO), notFound);
  });

  test('a consumer has no other contact to name, a member no portal to come through', async () => {
    await rejects(notes.sharedNote(consumer, HERE, ATTURO), { kind: 'forbidden' });
    await rejects(notes.putSharedNote(consumer, HERE, ATTURO, 'x'), { kind: 'forbidden' });
    await rejects(notes.sharedNotes(consumer, HERE), { kind: 'forbidden' });
    await rejects(notes.putSharedNote(brian, HERE, null, 'x'), { kind: 'forbidden' });
  });
});
