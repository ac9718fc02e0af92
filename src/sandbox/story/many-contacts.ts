import { addContactRows, type Card, noContactRows } from '../bulk/contact-rows.ts';
import { insertTables } from '../bulk/insert-rows.ts';
import { COMPANIES } from '../data/names.ts';
import { homeIn, phonesOf, somebody } from '../data/people.ts';
import { ALLEN, DANIEL, ELENA, JOHN, MARCUS, NORA, PRIYA, type Staff } from '../data/staff.ts';
import { type Dice, makeDice } from '../dice.ts';
import { later, type Stage } from '../stage.ts';

const BOOKS: readonly Staff[] = [ALLEN, JOHN, NORA, MARCUS, PRIYA, ELENA, DANIEL];
const TRADES = [
  'LOAN_OFFICER',
  'HOME_INSPECTOR',
  'APPRAISER',
  'ESCROW_TITLE_REP',
  'MOVING_STORAGE',
  'HOME_WARRANTY_REP',
  'Stager',
] as const;
const CLIENTS = ['BUYER', 'SELLER', 'TENANT', 'LANDLORD'] as const;
const TAGS = ['Sphere', 'Past Client', 'Investor', 'Relocation', 'First Home'] as const;

/** What a client has said of himself, and whether letters are welcome; chance of its own, so that the rest of the story stays as it is. */
function preferencesOf(number: number): Readonly<Record<string, unknown>> {
  const dice = makeDice(number);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    communicationPreferenceLetter: dice.chance(40),
    ...(dice.chance(25) ? { categoryIds: [dice.pick(['XLY', 'INV', 'NWS'])] } : {}),
    ...(dice.chance(30)
      ? { dateOfBirth: `${dice.between(1948, 1994)}-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}` }
      : {}),
  };
}

function valuesOf(dice: Dice, number: number, officeId: number): Card['values'] {
  const { first, last, email, town } = somebody(dice, number, officeId);
  const trade = dice.chance(15);
  const role = trade ? dice.pick(TRADES) : dice.chance(60) ? dice.pick(CLIENTS) : undefined;
  return {
    first_name: first,
    last_name: last,
    email,
    contact_points: phonesOf(dice, town),
    primary_address: homeIn(dice, town),
    tags: dice.chance(30) ? [dice.pick(TAGS)] : [],
    ...(trade ? { company_name: dice.pick(COMPANIES) } : {}),
    extras: { reapit: preferencesOf(number), ...(role ? { dotloop: { role } } : {}) },
  };
}

/** What is odd about some of the 24: an address or a name is missing, two share one address (domain-people §4.1). */
const ODD: Readonly<Record<number, Partial<Card['values']>>> = {
  3: { email: null },
  4: { last_name: null },
  5: { email: 'the.dahls@example.com' },
  6: { email: 'the.dahls@example.com' },
};

/** 24 contacts of Allen, of John or (the last three) of nobody, with the odd ones that every door must cope with. */
function oddCards(): Card[] {
  const dice = makeDice(24);
  return Array.from({ length: 24 }, (_, n) => {
    const by = n % 2 === 0 ? ALLEN : JOHN;
    const at = later('2017-02-06T14:00:00Z', n * 9, n * 7);
    const values = { ...valuesOf(dice, 3603901 + n, by.officeId), ...ODD[n] };
    return { id: 3603901 + n, by, kept: n < 21, at, values, ...(n === 2 ? { archivedAt: later(at, 120) } : {}) };
  });
}

type Volume = { readonly count: number; readonly from: string; readonly everyDays: number };

/** Contacts in the books of the others. */
function volumeOf(stage: Stage, { count, from, everyDays }: Volume): Card[] {
  const dice = makeDice(count);
  return Array.from({ length: count }, (_, n) => {
    const by = BOOKS[n % BOOKS.length] as Staff;
    const at = later(from, Math.floor(n * everyDays) + dice.between(0, 2), dice.between(0, 480));
    return { id: stage.nextId('contact'), by, kept: true, at, values: valuesOf(dice, n + 1, by.officeId) };
  });
}

async function write(stage: Stage, cards: readonly Card[]): Promise<void> {
  const rows = noContactRows();
  for (const card of cards.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await addContactRows(stage, card, rows);
  await insertTables(stage.tx, Object.entries(rows));
}

/** Writes the odd ones and 300 more, made over three years, in one go; answers the latter, whose people have loops. */
export function manyContacts(stage: Stage): readonly Card[] {
  const many = volumeOf(stage, { count: 300, from: '2015-06-01T13:00:00Z', everyDays: 3.9 });
  stage.at('2018-09-01T06:00:00Z', () => write(stage, [...many, ...oddCards()]));
  return many;
}

/** Visitors of open houses, who have nothing yet but their card; with them there are over 500 contacts. */
export function visitors(stage: Stage): void {
  stage.at('2018-09-11T08:00:00Z', () =>
    write(stage, volumeOf(stage, { count: 172, from: '2017-06-03T17:30:00Z', everyDays: 2.6 })),
  );
}
