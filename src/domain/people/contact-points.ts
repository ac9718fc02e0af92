import type { ContactPoint, ContactPointKind } from './types.ts';

/** The mark by which a place knows its entry whatever other doors do; entries without a mark are found by their kind. */
export type Pin = { readonly slot: 1 | 2 | 3 } | { readonly primary: true };

/**
 * Where a door shows phones: each place shows the entry that is pinned to it, else the first entry of its kinds that has no mark and
 * that no place before it shows. An empty place that is written makes an entry of `makes` (domain-people §1.6).
 */
export type Places<Name extends string> = readonly {
  readonly name: Name;
  readonly kinds: readonly ContactPointKind[];
  readonly makes: ContactPointKind;
  readonly pin?: Pin;
}[];

const isPinned = (point: ContactPoint, pin: Pin) => ('slot' in pin ? point.slot === pin.slot : point.primary === pin.primary);
const isMarked = (point: ContactPoint, pin: Pin | undefined) =>
  pin !== undefined && point['slot' in pin ? 'slot' : 'primary'] !== undefined;
/** The mark of what a door shows nowhere. */
const unpinned = (pin: Pin): Partial<ContactPoint> => ('slot' in pin ? { slot: 0 } : { primary: false });

/** Index in the list of the entry that each place shows. */
function shown<Name extends string>(points: readonly ContactPoint[], places: Places<Name>): Map<Name, number> {
  const taken = new Set<number>();
  const found = new Map<Name, number>();
  const find = (fits: (point: ContactPoint) => boolean) =>
    points.findIndex((point, i) => !taken.has(i) && point.via === 'phone' && fits(point));
  for (const { name, kinds, pin } of places) {
    let at = pin ? find((point) => isPinned(point, pin)) : -1;
    for (const kind of kinds) {
      if (at >= 0) break;
      at = find((point) => point.kind === kind && !isMarked(point, pin));
    }
    if (at < 0) continue;
    taken.add(at);
    found.set(name, at);
  }
  return found;
}

/** What the places of a door show. */
export function readPoints<Name extends string>(
  points: readonly ContactPoint[],
  places: Places<Name>,
): Partial<Record<Name, string>> {
  const answer: Partial<Record<Name, string>> = {};
  for (const [name, at] of shown(points, places)) answer[name] = points[at]?.value as string;
  return answer;
}

/** The entries themselves that the places show. */
export const pointsAt = <Name extends string>(
  points: readonly ContactPoint[],
  places: Places<Name>,
): Partial<Record<Name, ContactPoint>> =>
  Object.fromEntries([...shown(points, places)].map(([name, at]) => [name, points[at]])) as Partial<Record<Name, ContactPoint>>;

/** What a kind is called where nobody gave it another name. */
export const POINT_LABELS: Readonly<Record<ContactPointKind, string>> = {
  main: 'Main',
  home: 'Home',
  work: 'Work',
  mobile: 'Mobile',
  direct: 'Direct',
  fax: 'Fax',
  tollfree: 'Toll free',
  pager: 'Pager',
  voicemail: 'Voicemail',
  other: 'Other',
};

/** Marks what the places show and, at a door that pins, everything else as shown nowhere. */
function pinned<Name extends string>(points: readonly ContactPoint[], places: Places<Name>): ContactPoint[] {
  const pin = places[0]?.pin;
  if (!pin) return [...points];
  const at = shown(points, places);
  const marks = new Map(places.map((place) => [at.get(place.name), place.pin]));
  return points.map((point, i) => (point.via === 'phone' ? { ...point, ...(marks.get(i) ?? unpinned(pin)) } : point));
}

/** Takes an entry out. One that would move up into the empty place becomes kind other with its kind's name as label. */
function removed<Name extends string>(points: readonly ContactPoint[], places: Places<Name>, name: Name, at: number) {
  let list = points.filter((_, i) => i !== at);
  for (let next = shown(list, places).get(name); next !== undefined; next = shown(list, places).get(name)) {
    const moved = next;
    list = list.map((point, i) =>
      i === moved ? { ...point, kind: 'other' as const, label: point.label ?? POINT_LABELS[point.kind] } : point,
    );
  }
  return list;
}

/**
 * Writes places of a door: a value changes the entry that the place shows (or makes one), null removes it. What the door answers
 * already is not written. So each door reads back what it wrote and none of its other places moves, whatever other doors wrote before.
 */
export function writePoints<Name extends string>(
  points: readonly ContactPoint[],
  places: Places<Name>,
  change: Partial<Record<Name, string | null>>,
): ContactPoint[] {
  const before = readPoints(points, places);
  const written = places.filter(({ name }) => change[name] !== undefined && change[name] !== (before[name] ?? null));
  if (written.length === 0) return [...points];
  let list = pinned(points, places);
  for (const { name, makes, pin } of written) {
    const value = change[name] as string | null;
    const at = shown(list, places).get(name);
    if (value === null) {
      if (at !== undefined) list = removed(list, places, name, at);
    } else if (at === undefined) list.push({ via: 'phone', kind: makes, value, ...pin });
    else list = list.map((point, i) => (i === at ? { ...point, value } : point));
  }
  return list;
}
