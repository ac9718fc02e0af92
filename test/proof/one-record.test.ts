import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { SHARED, type SharedNoun } from './one-record/nouns.ts';
import { type Acting, actAt, type Facts, NAMES } from './one-record/side.ts';
import { type Cast, castAll, DOORS, type DoorName } from './strangers.ts';

let lab: Lab;
let ahead = 0;
let casts: ReadonlyMap<DoorName, Cast>;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date(Date.now() + ahead) } });
  casts = await castAll(lab);
});
after(() => lab[Symbol.asyncDispose]());

let turn = 0;
/** Doors show whole seconds: two, so that a stamp that moves is seen to. */
const later = () => {
  ahead += 2000;
};

const only = (facts: Facts, names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));

/** The row by the name that each door has for it. */
async function keysOf({ table, sides }: SharedNoun, at: DoorName, key: string): Promise<Readonly<Record<string, string>>> {
  const names = [...new Set(Object.values(sides).map((side) => side.key))].map((name) => `${NAMES[name]} as ${name}`);
  const [row] = await lab.rows<Record<string, string>>(
    `select ${names.join(', ')}, t.version from ${table} t where t.org_id = 1 and ${NAMES[sides[at]?.key ?? 'id']} = $1`,
    [key],
  );
  ok(row, `${table} ${key}`);
  return row;
}

for (const shared of SHARED) {
  const doors = DOORS.filter((door) => shared.sides[door] !== undefined);
  const at = (door: DoorName): Acting => {
    const [cast, side] = [casts.get(door), shared.sides[door]];
    if (!cast || !side) throw new Error(`${shared.noun} at ${door}`);
    return actAt(door, cast.owner, side);
  };
  const partakers = (maker: DoorName) => doors.filter((door) => !shared.apart?.(maker).includes(door));
  /** Every door that has a part in it shows what is known, in its own words; answers what each has to say. */
  const agree = async (maker: DoorName, keys: Readonly<Record<string, string>>, known: Facts, why: string) => {
    const stamps = new Map<DoorName, string | undefined>();
    for (const door of partakers(maker)) {
      const acting = at(door);
      const shown = await acting.read(String(keys[acting.side.key]));
      ok(shown, `${why}: ${door} does not find it`);
      deepEqual(only(shown.facts, Object.keys(known)), only(known, Object.keys(acting.side.facts)), `${why}, read at ${door}`);
      stamps.set(door, shown.stamp);
    }
    return stamps;
  };
  const makers = doors.filter((door) => shared.sides[door]?.create);

  describe(shared.noun, () => {
    for (const maker of makers) {
      test(`made at ${maker}: the others show it, change it, and are shown what was changed`, async () => {
        const facts = shared.first(++turn);
        let next: 'first' | 'second' = 'second';
        const key = await at(maker).make(facts);
        const keys = await keysOf(shared, maker, key);
        let known = only(facts, Object.keys(at(maker).side.facts));
        let stamps = await agree(maker, keys, known, `made at ${maker}`);
        let version = keys.version;
        for (const changer of doors.filter((door) => at(door).changes.length > 0)) {
          later();
          const change = only(shared[next](++turn), at(changer).changes);
          next = next === 'first' ? 'second' : 'first';
          await at(changer).change(String(keys[at(changer).side.key]), change);
          known = { ...known, ...change };
          const now = await agree(maker, keys, known, `made at ${maker}, changed at ${changer}`);
          for (const door of doors)
            if (now.get(door) !== undefined)
              notEqual(now.get(door), stamps.get(door), `${door} is told of a change at ${changer}`);
          const row = await keysOf(shared, changer, String(keys[at(changer).side.key]));
          ok(Number(row.version) > Number(version), `version after a change at ${changer}`);
          [stamps, version] = [now, row.version];
        }
      });

      for (const remover of doors.filter((door) => shared.sides[door]?.remove))
        test(`made at ${maker}, removed at ${remover}: it is gone`, async () => {
          const key = await at(maker).make(shared.first(++turn));
          const keys = await keysOf(shared, maker, key);
          await at(remover).remove(String(keys[at(remover).side.key]));
          const stays = shared.stays?.(maker, remover) ?? [];
          for (const door of partakers(maker)) {
            const shown = await at(door).read(String(keys[at(door).side.key]));
            equal(shown !== undefined, stays.includes(door), door);
          }
        });
    }
  });
}

test('docs/proof.md says what is proven', async () => {
  const text = await readFile(join(import.meta.dirname, '../../docs/proof.md'), 'utf8');
  const rows = SHARED.map(({ noun, sides }) => {
    const cells = DOORS.map((door) => sides[door]).map(
      (side) => side && `${side.create ? 'C' : ''}R${side.update ? 'U' : ''}${side.remove ? 'D' : ''}`,
    );
    return `| ${[noun, ...cells.map((cell) => cell ?? '–')].join(' | ')} |`;
  });
  ok(text.includes(`\n${rows.join('\n')}\n`), rows.join('\n'));
});
