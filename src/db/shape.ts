import { type RawBuilder, sql } from 'kysely';
import type { Point, Shape } from '../kernel/condition.ts';

/** SQL of a row's latitude and longitude in degrees. */
export type Place = { readonly latitude: string; readonly longitude: string };

type Sql = RawBuilder<unknown>;

const MILES_PER_DEGREE = 69.055;
const EARTH_MILES = 3958.8;
/** A line has no inside; this is how near a row must lie. */
const LINE_MILES = 0.1;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Rows between two corners: what the index on (latitude, longitude) serves, and the coarse step before every other shape. */
function box({ latitude, longitude }: Place, points: readonly Point[], margin = 0): Sql {
  const south = Math.min(...points.map((point) => point.latitude)) - margin / MILES_PER_DEGREE;
  const north = Math.max(...points.map((point) => point.latitude)) + margin / MILES_PER_DEGREE;
  const inLatitude = sql`${sql.raw(latitude)} between ${south}::float8 and ${north}::float8`;
  // Near a pole a mile is many degrees of longitude, and across 180° they start again: then latitude alone is the coarse step.
  const shrink = Math.cos(radians(Math.min(89, Math.max(Math.abs(south), Math.abs(north)))));
  const wide = margin / (MILES_PER_DEGREE * shrink);
  const west = Math.min(...points.map((point) => point.longitude)) - wide;
  const east = Math.max(...points.map((point) => point.longitude)) + wide;
  if (west < -180 || east > 180 || north > 89 || south < -89) return inLatitude;
  return sql`${inLatitude} and ${sql.raw(longitude)} between ${west}::float8 and ${east}::float8`;
}

const pairs = (points: readonly Point[], scale = 1) =>
  points.map(({ latitude, longitude }) => `(${longitude * scale},${latitude})`).join(',');

/** Great-circle distance in miles from a point of ours, a pair of numbers, to a row; null for a row without a place. */
export const milesFromSql = ({ latitude, longitude }: Place, from: Point): string => {
  const { latitude: lat, longitude: lon } = from;
  if (!Number.isFinite(lat) || !Number.isFinite(lon)) throw new Error('A point is two numbers');
  return `(${2 * EARTH_MILES} * asin(least(1, sqrt(
    sin(radians((${latitude} - (${lat})) / 2)) ^ 2
    + cos(radians(${lat})) * cos(radians(${latitude})) * sin(radians((${longitude} - (${lon})) / 2)) ^ 2))))`;
};

/** Is the row in the shape? Edges belong to it. */
export function compileShape(shape: Shape, place: Place): Sql {
  const at = sql`point(${sql.raw(place.longitude)}, ${sql.raw(place.latitude)})`;
  switch (shape.kind) {
    case 'rectangle':
      return sql`(${box(place, [shape.from, shape.to])})`;
    case 'polygon':
      return sql`(${box(place, shape.points)} and ${`(${pairs(shape.points)})`}::polygon @> ${at})`;
    case 'circle':
      return sql`(${box(place, [shape.centre], shape.miles)} and ${sql.raw(milesFromSql(place, shape.centre))} <= ${shape.miles}::float8)`;
    case 'line': {
      // Degrees of longitude are shortened to the length of those of latitude, so that the plane's distance is the ground's.
      const middle = shape.points.reduce((sum, point) => sum + point.latitude, 0) / shape.points.length;
      const scale = Math.cos(radians(middle));
      const path = `[${pairs(shape.points, scale)}]`;
      const ground = sql`point(${sql.raw(place.longitude)} * ${scale}::float8, ${sql.raw(place.latitude)})`;
      return sql`(${box(place, shape.points, LINE_MILES)} and (${path}::path <-> ${ground}) <= ${LINE_MILES / MILES_PER_DEGREE}::float8)`;
    }
  }
}
