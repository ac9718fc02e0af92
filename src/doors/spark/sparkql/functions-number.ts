import { decimalText, readDecimal, toWhole } from './decimal.ts';
import type { FilterFunction } from './functions.ts';
import { called, constant, textOf, type Value } from './values.ts';

const whole = (name: 'round' | 'floor' | 'ceiling'): FilterFunction => ({
  parameters: [{ types: ['decimal'] }],
  make: ([value]) => {
    const text = value && textOf(value);
    if (text === undefined) return called('integer', name, value as Value);
    return constant('integer', decimalText(toWhole(readDecimal(text), name)));
  },
});

export const numberFunctions = {
  round: whole('round'),
  floor: whole('floor'),
  ceiling: whole('ceiling'),
} satisfies Record<string, FilterFunction>;
