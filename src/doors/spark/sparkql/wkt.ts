import type { Condition, Point } from '../../../kernel/condition.ts';
import { FilterRefusal } from './faults.ts';
import { MOST_POINTS, readPair } from './places.ts';
import type { Span } from './tree.ts';

/** Well-known text: longitude before latitude, as its standard has it; `SRID=…;` may stand before it. */
const WHOLE = /^(?:SRID\s*=\s*\d{1,9}\s*;\s*)?(POLYGON|MULTIPOLYGON|LINESTRING|MULTILINESTRING)\s*(\(.*\))$/is;
/** How deep the parentheses around places are. */
const DEPTH: Readonly<Record<string, number>> = { LINESTRING: 1, POLYGON: 2, MULTILINESTRING: 2, MULTIPOLYGON: 3 };

type Ring = readonly Point[];

/** Rings with the number of the polygon they belong to. The text is read once, character by character, whatever its depth. */
function readRings(text: string, depth: number, at: Span): { readonly group: number; readonly ring: Ring }[] {
  const rings: { group: number; ring: Ring }[] = [];
  let level = 0;
  let group = -1;
  let start = 0;
  let points = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '(') {
      level++;
      if (level > depth) throw new FilterRefusal('Too many parentheses around the places', at);
      if (level === Math.max(1, depth - 1)) group++;
      start = i + 1;
    } else if (char === ')') {
      if (level === depth) {
        const pairs = text.slice(start, i).split(',');
        points += pairs.length;
        if (points > MOST_POINTS) throw new FilterRefusal(`A shape has at most ${MOST_POINTS} places`, at, 1041);
        rings.push({ group, ring: pairs.map((pair) => readPair(pair, 'longitude first', at)) });
      }
      level--;
      if (level < 0 || (level === 0 && text.slice(i + 1).trim() !== ''))
        throw new FilterRefusal('The parentheses do not match', at);
    } else if (level < depth && char !== ',' && !/\s/.test(char ?? ''))
      throw new FilterRefusal('A place stands outside its parentheses', at);
  }
  if (level !== 0 || rings.length === 0) throw new FilterRefusal('The parentheses do not match', at);
  return rings;
}

const within = (points: Ring): Condition => ({ kind: 'inside', shape: { kind: 'polygon', points } });
const along = (points: Ring): Condition => ({ kind: 'inside', shape: { kind: 'line', points } });

/** The first ring is the edge, the others are holes. */
function polygonOf([edge, ...holes]: readonly Ring[]): Condition {
  const outside = holes.map((hole): Condition => ({ kind: 'not', of: within(hole) }));
  return { kind: 'and', of: [within(edge ?? []), ...outside] };
}

/** @throws FilterRefusal */
export function readWkt(text: string, at: Span): Condition {
  const [, type = '', body = ''] = WHOLE.exec(text.trim()) ?? [];
  const kind = type.toUpperCase();
  const depth = DEPTH[kind];
  if (depth === undefined) throw new FilterRefusal('wkt reads POLYGON, MULTIPOLYGON, LINESTRING and MULTILINESTRING', at);
  const rings = readRings(body, depth, at);
  const isLine = kind.endsWith('LINESTRING');
  const least = isLine ? 2 : 3;
  if (rings.some(({ ring }) => ring.length < least)) throw new FilterRefusal(`A shape here needs at least ${least} places`, at);
  if (isLine) return { kind: 'or', of: rings.map(({ ring }) => along(ring)) };
  const groups = Map.groupBy(rings, ({ group }) => group);
  return { kind: 'or', of: [...groups.values()].map((of) => polygonOf(of.map(({ ring }) => ring))) };
}
