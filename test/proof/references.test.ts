import { deepEqual, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { heldBy } from '../../src/testing/held-rows.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { WORDS } from '../../src/testing/routes.ts';
import { nobodys, plain } from './answers.ts';
import { ownedIds } from './owned-ids.ts';
import { addForeignRows } from './references/foreign-rows.ts';
import { NOWHERE, type Question, type Questions, questionsTo } from './references/questions.ts';
import { castAll, DOORS, type DoorName, type Said } from './strangers.ts';

let lab: Lab;
const questions = new Map<DoorName, Questions>();
let held: Readonly<Record<number, unknown>>;
before(async () => {
  lab = await openLab();
  const casts = await castAll(lab);
  const foreign = await addForeignRows(lab);
  for (const [door, cast] of casts) questions.set(door, await questionsTo(cast, await ownedIds(cast), foreign));
  held = { 1: await heldBy(lab, 1), 2: await heldBy(lab, 2) };
});
after(() => lab[Symbol.asyncDispose]());

/** The numbers of new rows, and keys of their files, differ from answer to answer. */
const MADE = /\b\d{9,}\b|\b[0-9a-f]{32}\b/g;
const madePlain: typeof plain = (said, ids) => plain(said, ids).replace(MADE, '@made');

/** Asks everything twice, and says what was not answered alike, or not as `fits` wants it. */
async function compare(
  asked: readonly Question[],
  fits: (said: Said) => boolean,
  words: typeof plain = plain,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, id, ask } of asked) {
    const never = nobodys(id);
    const [unknown, answer] = [await ask(never), await ask(id)];
    if (!fits(unknown)) wrong.push(`${name}: ${unknown.status} ${unknown.text.slice(0, 300)}`);
    const [one, other] = [words(answer, { id }), words(unknown, { never })];
    if (one !== other) wrong.push(`${name}: ${one.slice(0, 300)}, but of nobody's ${other.slice(0, 300)}`);
    if (WORDS.second.test(answer.text)) wrong.push(`${name} tells of the other brokerage: ${answer.text.slice(0, 300)}`);
  }
  return wrong;
}

describe('a reference to what another brokerage has', () => {
  for (const door of DOORS) {
    const asked = () => questions.get(door) ?? { refused: [], queries: [], kept: [] };
    test(`${door}: is refused in the words for what never was`, async () => {
      const isRefused = ({ status, text }: Said) => status >= 400 && status < 500 && NOWHERE[door].test(text);
      deepEqual(await compare(asked().refused, isRefused), []);
    });

    test(`${door}: finds in lists what nobody's id finds`, async () => {
      deepEqual(await compare(asked().queries, ({ status }) => status < 500), []);
    });
  }

  test('writes nothing, here or there', async () => {
    deepEqual({ 1: await heldBy(lab, 1), 2: await heldBy(lab, 2) }, held);
  });

  test('is a word like any other where any word is taken', async () => {
    for (const door of DOORS) {
      const isTaken = ({ status }: Said) => status >= 200 && status < 300;
      deepEqual(await compare(questions.get(door)?.kept ?? [], isTaken, madePlain), []);
    }
    deepEqual(await heldBy(lab, 2), held[2]);
  });

  test('is asked of every member that holds ids', () => {
    const least = { dotloop: 4, reapit: 250, propertybase: 100, spark: 8 };
    for (const door of DOORS) {
      const { length } = questions.get(door)?.refused ?? [];
      ok(length >= least[door], `${door}: ${length}`);
    }
  });
});
