import type { ListingValues } from '../bulk/listing-rows.ts';
import type { Dice } from '../dice.ts';
import type { Class } from './listing-places.ts';

type Home = { readonly kind: Class; readonly subType: string; readonly letting: boolean; readonly size: ListingValues };

const SHARED: ReadonlySet<string> = new Set(['Condominium', 'Apartment']);
const VIEWINGS = ['By appointment with the office', 'Ring the occupier a day ahead', 'Keys at the office'] as const;
const KEYWORDS = ['investment', 'chain free'] as const;

/** What may lie around a home. */
const situationsOf = (dice: Dice, subType: string) =>
  SHARED.has(subType) ? [dice.pick(['balcony', 'communalGarden'])] : ['garden', ...(dice.chance(40) ? ['patio'] : [])];

/** When it was built, as people say it. */
const ageOf = (year: number) => (year < 1940 ? 'period' : year > 2004 ? 'new' : 'modern');

const localityOf = (dice: Dice, kind: Class) =>
  kind === 'farm' || kind === 'land' ? 'rural' : dice.pick(['townCity', 'townCity', 'village']);

function sale(dice: Dice, { kind, subType }: Home) {
  const built = kind === 'land' ? {} : { decoration: [dice.pick(['fair', 'good', 'veryGood'])] };
  const tenure = SHARED.has(subType) ? 'commonhold' : 'freehold';
  const fee = { type: 'percentage', amount: dice.between(4, 6) / 2 };
  return {
    ...built,
    qualifier: dice.pick(['askingPrice', 'guidePrice']),
    disposal: 'privateTreaty',
    tenure: { type: tenure },
    fee,
  };
}

const letting = (dice: Dice) => ({
  qualifier: 'askingRent',
  furnishing: [dice.pick(['furnished', 'partFurnished', 'unfurnished'])],
  term: 'long',
  minimumTerm: 12,
  rentIncludes: 'Water and refuse',
  deposit: { type: 'months', amount: 1 },
  managementFee: { type: 'percentage', amount: 10 },
  lettingFee: { type: 'percentage', amount: 50 },
});

/** Words and terms that the Reapit door tells besides the facts that every door has. */
export function traitsOf(dice: Dice, home: Home): ListingValues & { readonly extras: { readonly reapit: object } } {
  const { kind, subType, size } = home;
  const { year_built: year, bedrooms } = size;
  const lived = kind === 'residential' || kind === 'income' || kind === 'farm';
  return {
    ages: typeof year === 'number' ? [ageOf(year)] : [],
    localities: [localityOf(dice, kind)],
    situations: lived ? situationsOf(dice, subType) : [],
    ...(lived ? { receptions: dice.between(1, 3), total_floors: SHARED.has(subType) ? 4 : 2 } : {}),
    extras: {
      reapit: {
        viewingArrangements: dice.pick(VIEWINGS),
        summary:
          lived && typeof bedrooms === 'number'
            ? `${subType} with ${bedrooms === 1 ? 'one bedroom' : `${bedrooms} bedrooms`}`
            : subType,
        ...(dice.chance(20) ? { keywords: [dice.pick(KEYWORDS)] } : {}),
        ...(home.letting ? { letting: letting(dice) } : { selling: sale(dice, home) }),
      },
    },
  };
}
