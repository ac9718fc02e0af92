import { systemActor } from '../../access/actor.ts';
import { DEFAULT_LISTS, type ListName } from '../../domain/index.ts';
import { insertTables } from '../bulk/insert-rows.ts';
import {
  addListingRows,
  type Blobs,
  type ListingPlan,
  type ListingRows,
  type ListingValues,
  noListingRows,
} from '../bulk/listing-rows.ts';
import { areaOf } from '../data/areas.ts';
import { basementOf, type Class, placeOf, remarksOf, SUB_TYPES, sizeOf } from '../data/listing-places.ts';
import { type ListingState, stateAt } from '../data/listing-states.ts';
import { traitsOf } from '../data/listing-traits.ts';
import { OFFICE_REMARKS, OTHER_AGENTS, OTHER_BROKERAGES, PRIVATE_REMARKS } from '../data/listing-words.ts';
import { TOWNS } from '../data/names.ts';
import { ALLEN, BRIAN, DANIEL, ELENA, JOHN, MARCUS, NORA, PRIYA, type Staff } from '../data/staff.ts';
import { type Dice, makeDice } from '../dice.ts';
import { keepPictures } from '../pictures.ts';
import { later, type Stage } from '../stage.ts';
import { addDocumentedParts } from './documented-listings.ts';
import { addFurtherPictures } from './many-pictures.ts';
import { partsOf } from './spark-listing-parts.ts';

const LISTINGS = 550;
const AGENTS: readonly Staff[] = [BRIAN, NORA, ALLEN, PRIYA, JOHN, ELENA, MARCUS, DANIEL];
const CLASSES: readonly Class[] = [
  'residential',
  'residential',
  'residential',
  'residential',
  'residential',
  'residential',
  'land',
  'income',
  'commercial',
  'farm',
];
/** Dollars a square foot, an acre for land. */
const PRICES: Readonly<Record<Class, readonly [number, number]>> = {
  residential: [96, 212],
  income: [58, 118],
  land: [9_000, 64_000],
  commercial: [70, 190],
  farm: [260, 420],
};
const dayOf = (date: Date) => date.toISOString().slice(0, 10);
const rounded = (value: number, to: number) => Math.max(to, Math.round(value / to) * to);

/** What is asked, and what was asked at first. */
function priceOf(dice: Dice, kind: Class, letting: boolean, size: ListingValues) {
  const [least, most] = PRICES[kind];
  const measure = kind === 'land' ? Number(size.lot_min) : Number(size.living_area_min);
  const full = measure * dice.between(least, most);
  const asked = letting ? rounded(measure * 0.9 + dice.between(100, 500), 5) : rounded(full, 1_000);
  const first = dice.chance(30) ? rounded(asked * (1 + dice.between(2, 9) / 100), letting ? 5 : 1_000) : asked;
  return { asked, first };
}

/** Dates by the state that was reached; both columns of the side hold what the other doors call it. */
function stateColumns(
  dice: Dice,
  state: ListingState,
  letting: boolean,
  asked: number,
  created: Date,
  changed: Date,
): ListingValues {
  const day = dayOf(changed);
  const closed = state.standard === 'Closed';
  return {
    standard_status: state.standard,
    mls_status: closed && letting ? 'Leased' : state.mls,
    ...(letting
      ? { let_status: state.letting, let_list_date: dayOf(created) }
      : { sale_status: state.sale, sale_list_date: dayOf(created) }),
    ...(state.standard === 'Active' || state.standard === 'Incomplete' ? {} : { status_changed_at: changed }),
    // Agreements that still run do so beyond the last day of the story.
    expiration_date: state.standard === 'Expired' ? day : dayOf(later('2018-10-01T00:00:00Z', dice.between(0, 180))),
    pending_date: state.standard === 'Pending' ? day : closed ? dayOf(later(changed, -30)) : null,
    contingent_date: state.standard === 'ActiveUnderContract' ? day : null,
    contract_date: state.standard === 'Pending' || state.standard === 'ActiveUnderContract' ? day : null,
    close_date: closed ? day : null,
    close_price: closed ? rounded(asked * (1 - dice.between(-2, 6) / 100), letting ? 5 : 500) : null,
    withdraw_date: state.standard === 'Withdrawn' ? day : null,
    cancel_date: state.standard === 'Canceled' ? day : null,
  };
}

/** Who lists it: two agents of the house at most, or an agent of another brokerage. */
function partiesOf(dice: Dice, n: number, own: boolean, closed: boolean): ListingValues & { by: Staff } {
  const agent = AGENTS[n % AGENTS.length] as Staff;
  const buyer = closed && dice.chance(40) ? { buyer_member_id: dice.pick(AGENTS).memberId } : {};
  if (!own) {
    const i = n % OTHER_AGENTS.length;
    const [list_agent, list_office] = [OTHER_AGENTS[i], OTHER_BROKERAGES[i]];
    return { by: ALLEN, is_external: true, ...buyer, agents: list_agent && list_office ? { list_agent, list_office } : {} };
  }
  const second = dice.chance(12) ? dice.pick(AGENTS.filter((one) => one !== agent)) : undefined;
  return {
    by: agent,
    is_external: false,
    list_member_id: agent.memberId,
    list_office_id: agent.officeId,
    office_ids: [agent.officeId],
    ...(second ? { co_list_member_id: second.memberId, co_list_office_id: second.officeId } : {}),
    ...buyer,
  };
}

/** What only this vendor's readers see of it, in its own words. */
function remarksFor(dice: Dice, kind: Class, subType: string): { readonly spark?: object } {
  const units = subType === 'Duplex' ? 2 : subType === 'Triplex' ? 3 : subType === 'Quadruplex' ? 4 : 0;
  const spark = {
    ...(dice.chance(40) ? { PrivateRemarks: dice.pick(PRIVATE_REMARKS) } : {}),
    ...(dice.chance(15) ? { PrivateOfficeRemarks: dice.pick(OFFICE_REMARKS) } : {}),
    ...(dice.chance(10) ? { Supplement: 'A list of improvements with the names of the trades is at hand in the office.' } : {}),
    ...(kind === 'income'
      ? {
          Units: Array.from({ length: units }, (_, i) => ({
            Name: `Unit ${i + 1}`,
            BedsTotal: dice.between(1, 3),
            BathsTotal: dice.between(1, 2),
            Rent: dice.between(60, 150) * 10,
          })),
        }
      : {}),
  };
  return Object.keys(spark).length > 0 ? { spark } : {};
}

function planOf(dice: Dice, stage: Stage, n: number): ListingPlan {
  const kind = CLASSES[n % CLASSES.length] as Class;
  const letting = (kind === 'residential' || kind === 'income') && dice.chance(16);
  const own = !dice.chance(18);
  const state = stateAt(dice.between(0, 99));
  const subType = dice.pick(letting && kind === 'residential' ? [...SUB_TYPES.residential, 'Apartment'] : SUB_TYPES[kind]);
  const closed = state.standard === 'Closed';
  const { by, ...parties } = partiesOf(dice, n, own, closed);
  const town = dice.pick(own ? TOWNS.filter(({ officeId }) => officeId === by.officeId) : TOWNS);
  const created = later('2017-05-01T13:00:00Z', Math.floor(n * 0.82) + dice.between(0, 1), dice.between(0, 520));
  // Nothing happens after the last day of the story.
  const end = new Date('2018-08-31T20:00:00Z').getTime();
  const after = (days: number) => new Date(Math.min(later(created, days, dice.between(1, 400)).getTime(), end));
  const size = sizeOf(dice, kind, subType);
  const { asked, first } = priceOf(dice, kind, letting, size);
  const changed = after(dice.between(35, 130));
  const cut = first === asked ? {} : { previous_list_price: first, price_changed_at: after(dice.between(14, 34)) };
  const finished = state.standard !== 'Incomplete';
  const place = placeOf(dice, town, subType);
  // Chance of its own, so that what is told here moves nothing of the rest.
  const traits = traitsOf(makeDice(n), { kind, subType, letting, size });
  const values: ListingValues = {
    listing_number: String(1_700_000 + n * 7 + 13),
    ...place,
    area_id: areaOf(place.postal_code),
    ...size,
    ...traits,
    property_class: kind,
    property_sub_type: subType,
    basement: basementOf(n, kind, subType),
    marketing_mode: letting ? 'letting' : 'selling',
    ...stateColumns(dice, state, letting, asked, created, changed),
    ...(letting ? { rent: asked, rent_frequency: 'monthly', available_from: dayOf(later(created, 30)) } : { sale_price: asked }),
    original_list_price: first,
    ...cut,
    ...parties,
    published: finished && !dice.chance(3),
    headline: dice.chance(30) ? `${subType} in ${town.city}` : null,
    public_remarks: remarksOf(dice, kind),
    extras: { ...remarksFor(dice, kind, subType), ...traits.extras },
    archived_at: state.standard === 'Withdrawn' && n % 2 === 0 ? changed : null,
  };
  const last = Math.max(
    ...[values.price_changed_at, values.status_changed_at].map((at) => (at instanceof Date ? at.getTime() : 0)),
  );
  return {
    id: stage.nextId('property'),
    by,
    at: created,
    ...(last > 0 ? { changedAt: new Date(last) } : {}),
    values,
    parts: partsOf(dice, {
      n,
      kind,
      subType,
      own,
      letting,
      shown: finished,
      active: state.standard === 'Active' && values.published === true,
      from: later('2018-09-01T00:00:00Z', 0),
      told: stage.told,
    }),
  };
}

/** The volume: listings of both offices and of other brokerages, of every class, status and side (domain-people §4.1). */
export function manyListingPlans(stage: Stage): ListingPlan[] {
  const dice = makeDice(550);
  return Array.from({ length: LISTINGS }, (_, n) => planOf(dice, stage, n));
}

/** Writes listings in one go, table by table. */
export async function writeListings(stage: Stage, blobs: Blobs, plans: readonly ListingPlan[], rows: ListingRows): Promise<void> {
  for (const plan of plans) await addListingRows(stage, blobs, plan, rows);
  await insertTables(stage.tx, Object.entries(rows));
}

export function sparkListings(stage: Stage): void {
  const plans = manyListingPlans(stage);
  stage.at('2005-01-02T09:00:00Z', async () => {
    for (const list of Object.keys(DEFAULT_LISTS) as ListName[])
      await stage.domain.lookups.addOptions(
        systemActor(stage.orgId),
        list,
        DEFAULT_LISTS[list].map((option) => ({ ...option, id: stage.nextId('lookup') })),
      );
  });
  stage.at('2018-09-01T06:20:00Z', async () => {
    const blobs = await keepPictures(stage);
    const rows = noListingRows();
    await addDocumentedParts(stage, blobs, rows);
    await writeListings(stage, blobs, plans, rows);
    await addFurtherPictures(stage, blobs);
  });
}
