import type { ListingValues } from '../bulk/listing-rows.ts';
import type { Dice } from '../dice.ts';
import type { PictureName } from '../pictures.ts';
import { ENDINGS, FEATURES, MIDDLES, OPENINGS, OTHER_STYLES, SCHOOLS, STYLES, SUBDIVISIONS } from './listing-words.ts';
import { STREETS, type Town } from './names.ts';

export type Class = 'residential' | 'income' | 'land' | 'commercial' | 'farm';

/** What it looks like from outside, by sub type: the first photograph. */
const FRONTS: Readonly<Record<string, readonly PictureName[]>> = {
  'Single Family Residence': [
    'gable-cream',
    'gable-slate',
    'gable-sage',
    'colonial-brick',
    'colonial-cream',
    'colonial-slate',
    'ranch-sage',
    'ranch-brick',
    'ranch-cream',
    'cottage-slate',
    'cottage-sage',
  ],
  Condominium: ['apartments-cream', 'apartments-slate'],
  Townhouse: ['rows-brick', 'rows-cream'],
  Apartment: ['apartments-slate', 'apartments-cream'],
  Duplex: ['duplex-sage', 'duplex-brick'],
  Triplex: ['rows-cream', 'duplex-brick'],
  Quadruplex: ['apartments-cream', 'rows-brick'],
  'Unimproved Land': ['meadow-day', 'meadow-dusk', 'woods-day', 'shore-dusk'],
  Office: ['office-steel'],
  Retail: ['shop-brick'],
  Warehouse: ['warehouse-steel'],
  Industrial: ['warehouse-steel'],
  'Mixed Use': ['shop-brick', 'apartments-slate'],
  Farm: ['farm-barn'],
};
const ROOMS: readonly (readonly [PictureName, string])[] = [
  ['living-warm', 'Living room'],
  ['kitchen-green', 'Kitchen'],
  ['bedroom-warm', 'Main bedroom'],
  ['bathroom-cool', 'Bathroom'],
  ['dining-green', 'Dining room'],
  ['study-warm', 'Study'],
  ['terrace-cool', 'Terrace'],
  ['hall-warm', 'Entrance hall'],
  ['living-cool', 'Family room'],
  ['kitchen-cool', 'Kitchen, from the garden side'],
  ['bedroom-green', 'Second bedroom'],
  ['bathroom-warm', 'Bathroom, upper floor'],
  ['meadow-day', 'Behind the house'],
  ['shore-dusk', 'The lake in the evening'],
];
const GROUNDS: readonly (readonly [PictureName, string])[] = [
  ['meadow-day', 'From the road'],
  ['woods-day', 'North line'],
  ['meadow-dusk', 'In the evening'],
  ['shore-dusk', 'Water'],
];

/** What there is to show behind the front. */
export const sightsOf = (subType: string) => (subType === 'Unimproved Land' || subType === 'Farm' ? GROUNDS : ROOMS);

/** Photographs in their order, the front first. */
export function photosOf(dice: Dice, subType: string, count: number) {
  const front = dice.pick(FRONTS[subType] ?? FRONTS['Single Family Residence'] ?? []);
  const first = { kind: 'photograph', picture: front, caption: 'Front' } as const;
  const rest = sightsOf(subType)
    .slice(0, Math.max(0, count - 1))
    .map(([picture, caption]) => ({ kind: 'photograph', picture, caption }) as const);
  return [first, ...rest];
}

export const SUB_TYPES: Readonly<Record<Class, readonly string[]>> = {
  residential: ['Single Family Residence', 'Single Family Residence', 'Single Family Residence', 'Condominium', 'Townhouse'],
  income: ['Duplex', 'Triplex', 'Quadruplex'],
  land: ['Unimproved Land'],
  commercial: ['Office', 'Retail', 'Warehouse', 'Mixed Use', 'Industrial'],
  farm: ['Farm'],
};

/** `Alder Creek Rd` apart: the MLS keeps the suffix in a field of its own. */
function streetOf(dice: Dice): Pick<ListingValues, 'street_name' | 'street_suffix' | 'street_dir_prefix'> {
  const words = dice.pick(STREETS).split(' ');
  const suffix = words.pop() ?? '';
  return {
    street_name: words.join(' '),
    street_suffix: suffix,
    street_dir_prefix: dice.chance(12) ? dice.pick(['N', 'S', 'E', 'W']) : null,
  };
}

/** Some four miles around the middle of the town. */
const about = (dice: Dice, middle: number) => Math.round((middle + dice.between(-600, 600) / 10_000) * 1e6) / 1e6;

export function placeOf(dice: Dice, town: Town, subType: string): ListingValues {
  const shared = ['Condominium', 'Apartment', 'Townhouse', 'Office'].includes(subType);
  return {
    street_number: String(dice.between(2, 4890)),
    ...streetOf(dice),
    unit_number: shared ? `${dice.between(1, 4)}${dice.pick(['A', 'B', 'C', 'D'])}` : null,
    city: town.city,
    county: town.county,
    state_or_province: 'OH',
    postal_code: town.zip,
    country: 'US',
    latitude: about(dice, town.latitude),
    longitude: about(dice, town.longitude),
    subdivision: dice.chance(60) ? dice.pick(SUBDIVISIONS) : null,
    mls_area_minor: `${town.county} ${dice.pick(['North', 'South', 'East', 'West'])}`,
    school_district: SCHOOLS[town.city] ?? null,
  };
}

const AREAS: Readonly<Record<Class, readonly [number, number]>> = {
  residential: [900, 4200],
  income: [2200, 6800],
  land: [0, 0],
  commercial: [1800, 26_000],
  farm: [1400, 3600],
};

/** Rooms, sizes and years; land has an area and nothing else. */
export function sizeOf(dice: Dice, kind: Class, subType: string): ListingValues {
  const [least, most] = AREAS[kind];
  const acres =
    kind === 'farm' ? dice.between(200, 2400) / 10 : kind === 'land' ? dice.between(60, 900) / 100 : dice.between(8, 140) / 100;
  const lot =
    subType === 'Condominium' || subType === 'Apartment' ? {} : { lot_min: acres, lot_max: acres, lot_unit: 'acres' as const };
  if (kind === 'land') return lot;
  const area = dice.between(least / 10, most / 10) * 10;
  const built = {
    living_area_min: area,
    living_area_max: area,
    living_area_unit: 'squareFeet' as const,
    year_built: dice.between(1884, 2017),
  };
  if (kind === 'commercial') return { ...lot, ...built, parking_spaces: dice.between(4, 60) };
  const bedrooms =
    kind === 'income' ? dice.between(4, 9) : Math.max(1, Math.min(6, Math.round(area / 750) + dice.between(-1, 1)));
  const full = Math.max(1, Math.round(bedrooms * 0.6));
  const half = dice.chance(55) ? 1 : 0;
  const threeQuarter = dice.chance(15) ? 1 : 0;
  return {
    ...lot,
    ...built,
    bedrooms,
    bathrooms_full: full,
    bathrooms_half: half,
    bathrooms_three_quarter: threeQuarter,
    bathrooms_total: full + half * 0.5 + threeQuarter * 0.75,
    parking_spaces: dice.between(0, 3),
    styles: [dice.pick(STYLES[subType] ?? OTHER_STYLES)],
    special_features: [...new Set([dice.pick(FEATURES), dice.pick(FEATURES)])],
    rooms: roomsOf(dice, bedrooms),
    hoa_fee: dice.chance(25) ? dice.between(4, 40) * 10 : null,
  };
}

const BASEMENTS = ['Full', null, 'Partial', 'Crawl space', null, 'Full, finished', 'None'];
/** What is below the ground floor of a house. */
export const basementOf = (n: number, kind: Class, subType: string): string | null =>
  (kind === 'residential' || kind === 'income') && subType !== 'Condominium' && subType !== 'Apartment'
    ? (BASEMENTS[n % BASEMENTS.length] ?? null)
    : null;

function roomsOf(dice: Dice, bedrooms: number) {
  const dimensions = () => `${dice.between(9, 22)} x ${dice.between(9, 18)}`;
  const names = [
    'Living Room',
    'Kitchen',
    'Dining Room',
    ...Array.from({ length: Math.min(bedrooms, 3) }, (_, i) => `Bedroom ${i + 1}`),
  ];
  return names.map((name, i) => ({ name, dimensions: dimensions(), description: i < 3 ? 'First floor' : 'Second floor' }));
}

export const remarksOf = (dice: Dice, kind: Class): string =>
  [dice.pick(OPENINGS[kind] ?? []), dice.pick(MIDDLES[kind] ?? []), dice.pick(ENDINGS)].join(' ');
