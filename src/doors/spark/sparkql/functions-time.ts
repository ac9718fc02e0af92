import { FilterRefusal } from './faults.ts';
import type { FilterFunction, Parameter } from './functions.ts';
import { DAY, dateOf, fromNow, localOf, MAX_DATETIME, MIN_DATETIME, type RelativeUnit } from './moments.ts';
import { called, constant, constantOf, type ScalarType, type Setting, type Value } from './values.ts';

const COUNT: Parameter = { types: ['integer'], constant: true };
const WHEN: Parameter = { types: ['datetime', 'date'] };
const TIME: Parameter = { types: ['datetime', 'date', 'time'] };

const relative = (unit: RelativeUnit): FilterFunction => ({
  parameters: [COUNT],
  make: ([count], { now, zone }, at) => {
    const moment = fromNow(now, Number(count && constantOf(count)?.value), unit, zone);
    if (moment === undefined) throw new FilterRefusal(`${unit} leaves the years 1 to 9999`, at);
    return constant('datetime', moment);
  },
});

/** What the clocks show, as if it were UTC: of a moment in the zone, of a date its midnight. */
function clockOf(value: Value, zone: string): Date | undefined {
  const literal = constantOf(value);
  if (!literal) return undefined;
  const text = String(literal.value);
  if (value.type === 'datetime') return localOf(text, zone);
  return new Date(value.type === 'date' ? `${text}T00:00:00Z` : `1970-01-01T${text}Z`);
}

const dayOfYear = (at: Date) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / DAY) + 1;

type PartName = Parameters<typeof called>[1];
const part = (name: PartName, fold: (at: Date) => number, parameter = WHEN, type: ScalarType = 'integer'): FilterFunction => ({
  parameters: [parameter],
  make: ([value], { zone }: Setting) => {
    const at = value && clockOf(value, zone);
    return at ? constant(type, fold(at)) : called(type, name, value as Value);
  },
});

export const timeFunctions = {
  now: { parameters: [], make: (_, { now }) => constant('datetime', now.toISOString()) },
  mindatetime: { parameters: [], make: () => constant('datetime', MIN_DATETIME) },
  maxdatetime: { parameters: [], make: () => constant('datetime', MAX_DATETIME) },
  seconds: relative('seconds'),
  minutes: relative('minutes'),
  hours: relative('hours'),
  days: relative('days'),
  weekdays: relative('weekdays'),
  months: relative('months'),
  years: relative('years'),
  date: {
    parameters: [WHEN],
    make: ([value], { zone }) => {
      if (!value || value.type === 'date') return value as Value;
      const literal = constantOf(value);
      return literal ? constant('date', dateOf(String(literal.value), zone)) : called('date', 'date', value);
    },
  },
  time: {
    parameters: [WHEN],
    make: ([value], { zone }) => {
      const at = value && clockOf(value, zone);
      return at ? constant('time', at.toISOString().slice(11, 23)) : called('time', 'time', value as Value);
    },
  },
  year: part('year', (at) => at.getUTCFullYear()),
  month: part('month', (at) => at.getUTCMonth() + 1),
  day: part('day', (at) => at.getUTCDate()),
  hour: part('hour', (at) => at.getUTCHours(), TIME),
  minute: part('minute', (at) => at.getUTCMinutes(), TIME),
  second: part('second', (at) => at.getUTCSeconds(), TIME),
  fractionalseconds: part('fractionalseconds', (at) => at.getUTCMilliseconds() / 1000, TIME, 'decimal'),
  dayofweek: part('dayofweek', (at) => at.getUTCDay()),
  dayofyear: part('dayofyear', dayOfYear),
} satisfies Record<string, FilterFunction>;
