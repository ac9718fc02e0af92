import type { Point, Shape } from '../../../kernel/condition.ts';
import type { Model } from '../desk.ts';
import { TEXTS } from '../words.ts';

const MOST_CORNERS = 1_000;
const MOST_MILES = 12_500;

const isObject = (value: unknown): value is Model => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers come as text too (contracts/propertybase.md §1.10). */
const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;

function pointOf(given: readonly unknown[]): Point | undefined {
  const [latitude = Number.NaN, longitude = Number.NaN] = given.map(numberOf);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

function polygonOf(given: unknown): Shape | undefined {
  const corners = Array.isArray(given) ? given : [];
  const points = corners.map((corner) => (Array.isArray(corner) ? pointOf(corner) : undefined));
  return points.length >= 3 && points.length <= MOST_CORNERS && points.every((point) => point !== undefined)
    ? { kind: 'polygon', points }
    : undefined;
}

function boundsOf(given: unknown): Shape | undefined {
  const { north, south, east, west } = isObject(given) ? given : ({} as Model);
  const [from, to] = [pointOf([south, west]), pointOf([north, east])];
  return from && to && { kind: 'rectangle', from, to };
}

function radiusOf(given: unknown): Shape | undefined {
  const { latitude, longitude, miles } = isObject(given) ? given : ({} as Model);
  const [centre, size] = [pointOf([latitude, longitude]), numberOf(miles)];
  return centre && size > 0 && size <= MOST_MILES ? { kind: 'circle', centre, miles: size } : undefined;
}

const READERS = { polygon: polygonOf, bounds: boundsOf, radius: radiusOf } as const;

/** The members of a search that say where it looks on the map (contracts/propertybase.md §3.5). */
export const PLACES = Object.keys(READERS) as readonly (keyof typeof READERS)[];

/** A shape as the member that has a place for it. */
export function shownPlace(shape: Shape): Model {
  switch (shape.kind) {
    case 'polygon':
      return { polygon: shape.points.map(({ latitude, longitude }) => [latitude, longitude]) };
    case 'rectangle': {
      const { from, to } = shape;
      const [south, north] = [from.latitude, to.latitude].toSorted((a, b) => a - b);
      return { bounds: { north, south, east: to.longitude, west: from.longitude } };
    }
    case 'circle':
      return { radius: { ...shape.centre, miles: shape.miles } };
    case 'line':
      return {};
  }
}

const isNothing = (given: unknown) => given === null || (Array.isArray(given) && given.length === 0);

/** Where a body wants to look: its members with numbers in them, and what is wrong with them. */
export function readPlaces(body: Model): { readonly values: Model; readonly texts: readonly string[] } {
  const values: Record<string, unknown> = {};
  const texts: string[] = [];
  for (const name of PLACES) {
    const given = body[name];
    if (given === undefined) continue;
    const shape = isNothing(given) ? undefined : READERS[name](given);
    if (shape || isNothing(given)) values[name] = shape ? shownPlace(shape)[name] : null;
    else texts.push(TEXTS.invalid(name));
  }
  return { values, texts };
}

/** Every place that a search looks at: a listing lies in all of them. */
export const shapesOf = (search: Model): Shape[] => PLACES.flatMap((name) => READERS[name](search[name]) ?? []);
