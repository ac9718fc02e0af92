import type { Condition, Point, Shape } from '../../../kernel/condition.ts';
import { FilterRefusal } from './faults.ts';
import type { FilterFunction, Parameter } from './functions.ts';
import { readPoints } from './places.ts';
import { constantOf, type Result, type Value } from './values.ts';
import { readWkt } from './wkt.ts';

const WORD: Parameter = { types: ['character'], constant: true };
/** Half the way around the earth: every place is in such a circle. */
const MOST_MILES = 12_500;
/** A key of a listing, where a place may stand in its stead. */
export const LISTING_KEY = /^\d{26}$/;

const textOf = (value: Value | undefined): string => String(value && constantOf(value)?.value);
const inside = (shape: Shape): Result => ({ kind: 'shape', test: { kind: 'inside', shape } });
/** A listing without a place on the map has nothing around it. */
const NOWHERE: Condition = { kind: 'never' };

export const shapeFunctions = {
  polygon: {
    parameters: [WORD],
    make: ([text], _, at) => inside({ kind: 'polygon', points: readPoints(textOf(text), at, 3) }),
  },
  rectangle: {
    parameters: [WORD],
    make: ([text], _, at) => {
      const [from, to] = readPoints(textOf(text), at, 2, 2);
      return inside({ kind: 'rectangle', from: from as Point, to: to as Point });
    },
  },
  linestring: {
    parameters: [WORD],
    make: ([text], _, at) => inside({ kind: 'line', points: readPoints(textOf(text), at, 2) }),
  },
  wkt: { parameters: [WORD], make: ([text], _, at) => ({ kind: 'shape', test: readWkt(textOf(text), at) }) },
  radius: {
    parameters: [WORD, { types: ['decimal'], constant: true }],
    make: ([place, distance], { places }, at) => {
      const miles = Number(textOf(distance));
      if (miles < 0) throw new FilterRefusal('A radius is not negative', at);
      const text = textOf(place).trim();
      const centre = LISTING_KEY.test(text) ? places.get(text) : readPoints(text, at, 1, 1)[0];
      return centre ? inside({ kind: 'circle', centre, miles: Math.min(miles, MOST_MILES) }) : { kind: 'shape', test: NOWHERE };
    },
  },
} satisfies Record<string, FilterFunction>;
