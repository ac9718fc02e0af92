import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import type { Lab } from '../../../src/testing/lab.ts';
import type { Cast, DoorName } from '../strangers.ts';
import { SHARED } from './nouns.ts';
import { type Acting, actAt, type Facts, NAMES, type Side } from './side.ts';

export const seed = Number(process.env.PROOF_SEED ?? Date.now() % 2 ** 31);
/** so many times as many runs as in CI */
const times = Number(process.env.PROOF_TIMES ?? 1);
/** Words that several languages and keyboards write; nothing that a door refuses. */
const WORDS = ['Ada', 'Inés', "O'Neil", 'de Vries', 'Li', '李', 'Zoë-Mae', 'van der Berg', 'Ångström', 'X'];
export const word = fc.constantFrom(...WORDS);
export const phone = fc.constantFrom('(701) 555-0101', '+44 20 7946 0018', '701-555-0199', '0440 1', '1', '٠١');
export const place = fc.constantFrom('Fargo', 'Moorhead', 'Zürich', '東京', "L'Aquila");
export const street = fc.constantFrom('12 Elm St', 'Rue de l’Église 3', '1', 'Flat 2, 9 Oak');
export const code = fc.constantFrom('58102', 'OX1 1AA', '8001');
export const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

export const sideOf = (noun: string, door: DoorName): Side => {
  const side = SHARED.find((one) => one.noun === noun)?.sides[door];
  if (!side) throw new Error(`${noun} at ${door}`);
  return side;
};

export type Write = { readonly door: string; readonly facts: Facts };
/** Writes in some order, each at one of the doors and of some of what it has. */
export const writes = (doors: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>>): fc.Arbitrary<Write[]> =>
  fc.array(
    fc.oneof(
      ...Object.entries(doors).map(([door, facts]) =>
        fc.record({ door: fc.constant(door), facts: fc.record(facts, { requiredKeys: [] }) }),
      ),
    ),
    { minLength: 1, maxLength: 6, size: 'max' },
  );

/** One row at several doors, by the name that each has for it; or several rows. */
export type Acts = Readonly<Record<string, { readonly acting: Acting; readonly key: string }>>;
export type Shown = Readonly<Record<string, Facts>>;
/**
 * Writes in their order. The door that wrote reads back what it wrote, and whatever else it shows is as before; then `agree` compares what
 * all doors show.
 */
export async function play(acts: Acts, steps: readonly Write[], agree: (shown: Shown, before: Shown, written: string) => void) {
  const show = async (): Promise<Shown> => {
    const all = await Promise.all(
      Object.entries(acts).map(async ([door, { acting, key }]) => [door, (await acting.read(key))?.facts] as const),
    );
    return Object.fromEntries(all.map(([door, facts]) => [door, facts ?? {}]));
  };
  let before = await show();
  for (const { door, facts } of steps) {
    const act = acts[door];
    if (!act || Object.keys(facts).length === 0) continue;
    await act.acting.change(act.key, facts);
    const now = await show();
    deepEqual(now[door], { ...before[door], ...facts }, `${door} reads back what it wrote, and nothing else of it moves`);
    agree(now, before, door);
    before = now;
  }
}

export const explore = async <T>(property: fc.IAsyncProperty<T>, runs: number, tell: (text: string) => void) => {
  tell(`PROOF_SEED=${seed}`);
  await fc.assert(property, { seed, numRuns: runs * times, endOnFailure: true });
};

export const extended = (side: Side, facts: Side['facts']): Side => ({ ...side, facts: { ...side.facts, ...facts } });

/** What can be done to a noun at a door, by its owner. */
export function actingAt(casts: ReadonlyMap<DoorName, Cast>, door: DoorName, side: Side): Acting {
  const cast = casts.get(door);
  if (!cast) throw new Error(door);
  return actAt(door, cast.owner, side);
}

export type Sides = Partial<Readonly<Record<DoorName, Side>>>;

/** One row of a table at each of its doors. */
export async function actsOf(
  lab: Pick<Lab, 'rows'>,
  casts: ReadonlyMap<DoorName, Cast>,
  sides: Sides,
  table: string,
  id: string,
): Promise<Acts> {
  const names = [...new Set(Object.values(sides).map(({ key }) => key))].map((name) => `${NAMES[name]} as ${name}`);
  const [row] = await lab.rows<Record<string, string>>(`select ${names} from ${table} t where t.org_id = 1 and t.id = $1`, [id]);
  const entries = Object.entries(sides) as [DoorName, Side][];
  return Object.fromEntries(
    entries.map(([door, side]) => [door, { acting: actingAt(casts, door, side), key: String(row?.[side.key]) }]),
  );
}
