import type { ContactPoint, ContactPointKind } from './types.ts';

/**
 * Where a door shows phones: each place shows the first entry of its kinds that no place before it shows, and an empty place that is
 * written makes an entry of `makes` (domain-people §1.6).
 */
export type Places<Name extends string> = readonly {
  readonly name: Name;
  readonly kinds: readonly ContactPointKind[];
  readonly makes: ContactPointKind;
}[];

/** Index in the list of the entry that each place shows. */
function shown<Name extends string>(points: readonly ContactPoint[], places: Places<Name>): Map<Name, number> {
  const taken = new Set<number>();
  const found = new Map<Name, number>();
  for (const place of places) {
    for (const kind of place.kinds) {
      const at = points.findIndex((point, i) => !taken.has(i) && point.via === 'phone' && point.kind === kind);
      if (at < 0) continue;
      taken.add(at);
      found.set(place.name, at);
      break;
    }
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

const LABELS: Record<ContactPointKind, string> = {
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

/**
 * Writes places of a door: a value changes the entry that the place shows (or makes one), null removes it. An entry that would move up
 * into a place that was emptied becomes kind other with its kind's name as label, so the place stays empty.
 */
export function writePoints<Name extends string>(
  points: readonly ContactPoint[],
  places: Places<Name>,
  change: Partial<Record<Name, string | null>>,
): ContactPoint[] {
  let list = [...points];
  for (const place of places) {
    const value = change[place.name];
    if (value === undefined) continue;
    const at = shown(list, places).get(place.name);
    if (value === null) {
      if (at === undefined) continue;
      list = list.filter((_, i) => i !== at);
      for (let next = shown(list, places).get(place.name); next !== undefined; next = shown(list, places).get(place.name)) {
        const moved = next;
        list = list.map((point, i) =>
          i === moved ? { ...point, kind: 'other', label: point.label ?? LABELS[point.kind] } : point,
        );
      }
    } else if (at === undefined) list.push({ via: 'phone', kind: place.makes, value });
    else list = list.map((point, i) => (i === at ? { ...point, value } : point));
  }
  return list;
}
