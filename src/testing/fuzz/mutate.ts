import fc from 'fast-check';
import { hostileJson } from './hostile.ts';

type Holder = Record<string, unknown>;
const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && !(JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON(value);

const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  return isHolder(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member)])) : value;
};

/** Every place in a value: who holds it, and under which name. */
function* placesIn(holder: Holder): Iterable<readonly [Holder, string]> {
  for (const [name, member] of Object.entries(holder)) {
    yield [holder, name];
    if (isHolder(member)) yield* placesIn(member);
  }
}

const DEEDS = ['replace', 'drop', 'add', 'wrap', 'repeat'] as const;
type Deed = (typeof DEEDS)[number];

function spoil(value: unknown, at: number, deed: Deed, other: unknown): unknown {
  const root: Holder = { value: copyOf(value) };
  const places = [...placesIn(root)];
  const [holder, name] = places[at % places.length] ?? [root, 'value'];
  const old = holder[name];
  if (deed === 'drop' && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (deed === 'drop') delete holder[name];
  else if (deed === 'add' && isHolder(old) && !Array.isArray(old)) old[`x-${at}`] = other;
  else if (deed === 'wrap') holder[name] = at % 2 ? [old] : { [name]: old };
  else if (deed === 'repeat' && Array.isArray(old)) holder[name] = Array.from({ length: 1 + (at % 300) }, () => old[0] ?? other);
  else holder[name] = other;
  return root.value;
}

/** The same values, each with one thing wrong: a member of another kind, one too many, one missing, one in a list of its own. */
export const spoiled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.nat(100_000), fc.constantFrom(...DEEDS), hostileJson).map((parts) => spoil(...parts));

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** What happens to a text on its way: cut, with bytes that are no UTF-8, twice, behind a byte order mark, with a member named twice. */
const DAMAGES: readonly ((text: string, at: number) => Uint8Array)[] = [
  (text, at) => bytes(text.slice(0, at % (text.length + 1))),
  (text, at) => Buffer.concat([bytes(text.slice(0, at % (text.length + 1))), Buffer.from([0xff, 0xc0, 0xaf]), bytes(text)]),
  (text) => bytes(text + text),
  (text) => bytes(`\ufeff${text}`),
  (text) => bytes(text.replace(/^\{/, '{"a":1,"a":2,')),
  (text) => bytes(text.replaceAll('"', "'")),
  (text) => bytes(`// comment\n${text}`),
  (text) => bytes(text.replace(/[}\]]$/, ',$&')),
  (text) => Buffer.from(text, 'utf16le'),
  (_text, at) => bytes('['.repeat(at % 100_000)),
  (_text, at) => bytes(`${'{"a":'.repeat(at % 20_000)}1${'}'.repeat(at % 20_000)}`),
  (text, at) => bytes(text + ' '.repeat((at * 37) % 1_200_000)),
];

/** Texts as bytes that did not arrive as they were sent. */
export const damaged = (text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> =>
  fc.tuple(text, fc.nat(1_000_000), fc.constantFrom(...DAMAGES)).map(([sent, at, damage]) => damage(sent, at));
