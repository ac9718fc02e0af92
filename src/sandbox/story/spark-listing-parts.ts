import type { LinkPlan, ListingParts, OpenHousePlan, PaperPlan, PeriodPlan, PicturePlan } from '../bulk/listing-rows.ts';
import { type Class, photosOf } from '../data/listing-places.ts';
import { OPEN_HOUSE_COMMENTS } from '../data/listing-words.ts';
import type { Dice } from '../dice.ts';
import { later } from '../stage.ts';

const DAY = 86_400_000;

/**
 * A Saturday or Sunday, counted from the week in which the story is told, from one to three in the afternoon (noon to two in winter):
 * a sandbox without open houses to come would show nothing of them.
 */
export function openHouseOf(told: Date, week: number, sunday: boolean, comments: string | null): OpenHousePlan {
  const midnight = Math.floor(told.getTime() / DAY) * DAY;
  const monday = midnight - ((told.getUTCDay() + 6) % 7) * DAY;
  const startsAt = later(new Date(monday), week * 7 + (sunday ? 6 : 5), 17 * 60);
  return { startsAt, endsAt: later(startsAt, 0, 120), comments };
}

const PLANS = ['plan-one', 'plan-two', 'plan-three'] as const;

/** Every picture is a row and a line of the log: most listings show a house and a room or two, fifty get more (many-pictures.ts). */
const FEW = 3;

function picturesOf(dice: Dice, n: number, kind: Class, subType: string): PicturePlan[] {
  const count = n % 8 === 0 ? FEW : dice.between(1, FEW);
  const plan: PicturePlan[] =
    kind === 'residential' && dice.chance(20) ? [{ kind: 'floorPlan', picture: dice.pick(PLANS), caption: 'First floor' }] : [];
  return [...photosOf(dice, subType, count), ...plan];
}

function linksOf(dice: Dice, n: number): LinkPlan[] {
  const links: LinkPlan[] = [];
  if (dice.chance(10))
    links.push({
      kind: 'video',
      link: `https://video.example.com/watch/${n}`,
      caption: 'A walk through',
      branded: dice.chance(50),
    });
  if (dice.chance(22)) {
    links.push({ kind: 'tour', link: `https://tours.example.com/${n}`, caption: 'Virtual tour', branded: false });
    if (dice.chance(50))
      links.push({
        kind: 'tour',
        link: `https://tours.example.com/allen-realty/${n}`,
        caption: 'Virtual tour, Allen Realty',
        branded: true,
      });
  }
  return links;
}

function papersOf(dice: Dice): PaperPlan[] {
  if (!dice.chance(18)) return [];
  return [
    { paper: 'propertyDisclosure', name: 'Property disclosure.pdf', audience: 'public' },
    ...(dice.chance(50) ? [{ paper: 'leadPaint', name: 'Lead paint.pdf', audience: 'public' } as const] : []),
    { paper: 'listingAgreement', name: 'Listing agreement.pdf', audience: 'office' },
    ...(dice.chance(20) ? [{ paper: 'inspectionReport', name: 'Inspection report.pdf', audience: 'private' } as const] : []),
  ];
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** Periods one after the other through the year that follows. */
function periodsOf(dice: Dice, from: Date): PeriodPlan[] {
  let at = later(from, dice.between(10, 30));
  return Array.from({ length: dice.between(2, 5) }, () => {
    const startsOn = dayOf(at);
    at = later(at, dice.between(5, 28));
    const endsOn = dayOf(at);
    at = later(at, dice.between(1, 40));
    return { status: dice.pick(['Rented', 'Rented', 'Reserved', 'Available']), startsOn, endsOn };
  });
}

export type PartsOf = {
  readonly n: number;
  readonly kind: Class;
  readonly subType: string;
  readonly own: boolean;
  readonly letting: boolean;
  readonly shown: boolean;
  readonly active: boolean;
  readonly from: Date;
  readonly told: Date;
};

/** What a listing of the story has beside itself: less of another brokerage's, nothing of one that was never finished. */
export function partsOf(dice: Dice, { n, kind, subType, own, letting, shown, active, from, told }: PartsOf): ListingParts {
  if (!shown) return {};
  const open = own && active && !letting && n % 4 === 0;
  const comments = dice.pick(OPEN_HOUSE_COMMENTS);
  const links = linksOf(dice, n);
  return {
    pictures: picturesOf(dice, n, kind, subType),
    ...(links.length > 0 ? { links } : {}),
    ...(own ? { papers: papersOf(dice) } : {}),
    ...(open
      ? {
          openHouses: [
            openHouseOf(told, n % 3, n % 8 === 0, comments),
            ...(n % 12 === 0 ? [openHouseOf(told, 3, true, null), openHouseOf(told, 4, false, null)] : []),
            ...(n % 16 === 0
              ? [{ ...openHouseOf(told, 1, false, 'Brokers’ tour, lunch is served'), audience: 'broker' } as const]
              : []),
          ],
        }
      : {}),
    ...(letting ? { periods: periodsOf(dice, from) } : {}),
  };
}
