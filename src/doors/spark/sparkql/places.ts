import type { Point } from '../../../kernel/condition.ts';
import { FilterRefusal } from './faults.ts';
import type { Span } from './tree.ts';

/** More corners than a hand draws; each costs time with every listing. */
export const MOST_POINTS = 1_000;

const NUMBER = String.raw`[-+]?\d{1,3}(?:\.\d{1,20})?`;
const PAIR = new RegExp(String.raw`^(${NUMBER})\s+(${NUMBER})$`);

/** Two numbers with blanks between; which is which the caller says. */
export function readPair(text: string, order: 'latitude first' | 'longitude first', at: Span): Point {
  const found = PAIR.exec(text.trim());
  if (!found)
    throw new FilterRefusal(`'${text.trim().slice(0, 60)}' is no place: two numbers with a blank between, ${order}`, at);
  const [first, second] = [Number(found[1]), Number(found[2])];
  const point = order === 'latitude first' ? { latitude: first, longitude: second } : { latitude: second, longitude: first };
  if (Math.abs(point.latitude) > 90) throw new FilterRefusal(`${point.latitude} is no latitude`, at);
  if (Math.abs(point.longitude) > 180) throw new FilterRefusal(`${point.longitude} is no longitude`, at);
  return point;
}

/** `'lat lon, lat lon'` */
export function readPoints(text: string, at: Span, least: number, most = MOST_POINTS): Point[] {
  const pairs = text.split(',');
  if (pairs.length > most)
    throw new FilterRefusal(`A shape here has at most ${most} places`, at, most === MOST_POINTS ? 1041 : 1040);
  if (pairs.length < least) throw new FilterRefusal(`A shape here needs at least ${least} places`, at);
  return pairs.map((pair) => readPair(pair, 'latitude first', at));
}
