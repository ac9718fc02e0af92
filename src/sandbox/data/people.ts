import type { Address, ContactPoint } from '../../domain/index.ts';
import type { Dice } from '../dice.ts';
import { FIRST_NAMES, LAST_NAMES, MAIL_HOSTS, STREETS, TOWNS, type Town } from './names.ts';

export type Somebody = { readonly first: string; readonly last: string; readonly email: string; readonly town: Town };

/** The mailbox ends in the last three digits of `number`, so that no two of the story share one. */
export function somebody(dice: Dice, number: number, officeId?: number): Somebody {
  const first = dice.pick(FIRST_NAMES);
  const last = dice.pick(LAST_NAMES);
  const mailbox = `${first}.${last}${number % 1000}`.toLowerCase().replaceAll("'", '');
  const town = dice.pick(officeId === undefined ? TOWNS : TOWNS.filter((one) => one.officeId === officeId));
  return { first, last, email: `${mailbox}@${dice.pick(MAIL_HOSTS)}`, town };
}

/** 555-0100 to 555-0199 ring nowhere. */
const numberIn = (dice: Dice, town: Town) => `(${town.areaCode}) 555-01${String(dice.between(0, 99)).padStart(2, '0')}`;

/** A mobile, and for every third a number at home or at work too. */
export function phonesOf(dice: Dice, town: Town): ContactPoint[] {
  const points: ContactPoint[] = [{ via: 'phone', kind: 'mobile', value: numberIn(dice, town) }];
  if (dice.chance(33)) points.push({ via: 'phone', kind: dice.pick(['home', 'work']), value: numberIn(dice, town) });
  return points;
}

export const homeIn = (dice: Dice, town: Town): Address => ({
  street_number: String(dice.between(2, 1890)),
  street_name: dice.pick(STREETS),
  city: town.city,
  county: town.county,
  state_or_province: 'OH',
  postal_code: town.zip,
  country: 'US',
});
