import { statement } from '../../db/index.ts';
import { type NounRows, nounRows } from '../bulk/noun-rows.ts';
import { STAFF, type Staff } from '../data/staff.ts';
import { type Dice, makeDice } from '../dice.ts';
import { later, type Stage } from '../stage.ts';

/** The day on which the volume is written; nothing of it happens later. */
const WRITTEN = '2018-09-01T06:30:00Z';

type Listing = {
  readonly id: number;
  readonly code: string;
  readonly member: number;
  readonly office: number;
  readonly status: string;
  readonly price: number;
  readonly at: Date;
};
const listings = statement<Listing>(
  'sandbox.own_sales',
  `select id, code, list_member_id as member, list_office_id as office, standard_status as status, sale_price as price, created_at as at
   from property where org_id = $1 and marketing_mode <> 'letting' and is_external is not true and id > 10000000
     and list_member_id is not null and sale_price is not null order by id`,
);
type Contact = { readonly id: number; readonly office: number };
const contacts = statement<Contact>(
  'sandbox.volume_of_contacts',
  `select id, office_ids[1] as office from contact where org_id = $1 and id > 10000000 and deleted_at is null order by id`,
);
// Where those lie that services entered, as the areas' postcodes say.
const place = statement<never>(
  'sandbox.areas_of_listings',
  `update property p set area_id = a.id
   from (select distinct on (code) code, id from (select unnest(area) as code, id from area where org_id = $1 and type = 'postcodes') c
         order by code, id) a
   where p.org_id = $1 and p.area_id is null and p.postal_code = a.code`,
);

const TYPES = ['house', 'flatApartment', 'townhouse', 'bungalow', 'land'] as const;
const SITUATIONS = ['garden', 'patio', 'balcony', 'land'] as const;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const memberOf = (id: number): Staff => STAFF.find((one) => one.memberId === id) ?? (STAFF[0] as Staff);

/** Parties come last: they refer to all the others. */
type Sheets = { readonly rows: NounRows; readonly parties: NounRows };

type Role = 'applicant_id' | 'vendor_id' | 'offer_id';

/** A contact in a role; the other roles are empty. */
const addParty = ({ parties }: Sheets, role: Role, id: number, contact: Contact, by: Staff, at: Date, code: string) =>
  parties.add('party', {
    width: 11,
    officeId: by.officeId,
    by,
    at,
    label: code,
    values: {
      applicant_id: role === 'applicant_id' ? id : null,
      vendor_id: role === 'vendor_id' ? id : null,
      offer_id: role === 'offer_id' ? id : null,
      associated_kind: 'contact',
      associated_id: contact.id,
      is_main: true,
      position: 0,
    },
  });

type Applicant = { readonly id: number; readonly code: string; readonly contact: Contact; readonly by: Staff };

/** What is told of somebody who looks for a home, besides the home. */
function wishesOf(dice: Dice, renting: boolean, at: Date): Readonly<Record<string, unknown>> {
  const asked = { potentialClient: dice.chance(20), receptionsMin: dice.between(1, 2), bathroomsMin: dice.between(1, 2) };
  if (renting) {
    const moves = dayOf(later(at, dice.between(30, 120)));
    return { ...asked, sellingPosition: 'nothingToSell', renting: { moveDate: moves, term: 'long', positionId: 'EMP' } };
  }
  const buying = { reasonId: 'MOV', positionId: 'FTB', tenure: ['freehold'], decoration: ['good', 'veryGood'] };
  return { ...asked, sellingPosition: dice.pick(['renting', 'nothingToSell', 'sellingWithUs', 'notYetOnMarket']), buying };
}

async function addApplicant(sheets: Sheets, dice: Dice, contact: Contact, n: number): Promise<Applicant> {
  const staff = STAFF.filter(({ officeId }) => officeId === contact.office);
  const by = dice.pick(staff.length > 0 ? staff : STAFF);
  const at = later('2017-03-01T14:00:00Z', n * 2, dice.between(0, 400));
  const renting = dice.chance(25);
  const price = dice.between(8, 60) * 10_000;
  const rent = dice.between(6, 20) * 100;
  const made = await sheets.rows.add('applicant', {
    width: 9,
    officeId: by.officeId,
    by,
    at,
    label: '',
    values: {
      marketing_mode: renting ? 'renting' : 'buying',
      currency: 'USD',
      active: !dice.chance(15),
      department_id: 1,
      office_ids: [by.officeId],
      member_ids: [by.memberId],
      status_code: dice.pick(['ACT', 'HOT', 'WRM', 'COL']),
      types: [dice.pick(TYPES)],
      situations: dice.chance(40) ? [dice.pick(SITUATIONS)] : [],
      furnishing: renting ? [dice.pick(['furnished', 'unfurnished'])] : [],
      bedrooms_min: dice.between(1, 4),
      bedrooms_max: null,
      price_from: renting ? null : price,
      price_to: renting ? null : Math.round(price * 1.3),
      rent_from: renting ? rent : null,
      rent_to: renting ? rent + 300 : null,
      rent_frequency: renting ? 'monthly' : null,
      criteria: {
        side: renting ? 'rentals' : 'sales',
        price: renting ? { min: rent, max: rent + 300 } : { min: price, max: Math.round(price * 1.3) },
      },
      last_call: dice.chance(60) ? dayOf(later(at, dice.between(1, 60))) : null,
      next_call: dice.chance(40) ? dayOf(later(WRITTEN, dice.between(1, 40))) : null,
      archived_at: dice.chance(6) ? later(at, 200) : null,
    },
    extras: wishesOf(makeDice(n), renting, at),
  });
  await addParty(sheets, 'applicant_id', made.id, contact, by, at, made.code);
  return { ...made, contact, by };
}

/** What an offer on a listing comes to, by what became of the listing. */
const OUTCOME: Readonly<Record<string, string>> = { ActiveUnderContract: 'accepted', Pending: 'accepted', Closed: 'accepted' };

/** The steps of a sale, in the days that they take after the offer; a sale that is not closed has come to contracts. */
const STEPS: readonly (readonly [name: string, days: number])[] = [
  ['deedsRequested', 3],
  ['searchesApplied', 5],
  ['searchesPaid', 6],
  ['enquiriesSent', 9],
  ['mortgageSubmitted', 10],
  ['mortgageSurveyDate', 14],
  ['deedsReceived', 15],
  ['fixturesAndFittingsCompleted', 17],
  ['searchesReceived', 21],
  ['enquiriesAnswered', 23],
  ['contractSent', 25],
  ['contractReceived', 28],
];
const LAST_STEPS: typeof STEPS = [
  ['mortgageOfferReceived', 30],
  ['contractApproved', 31],
  ['contractVendorSigned', 33],
  ['contractBuyerSigned', 34],
  ['exchangedVendor', 35],
  ['exchangedBuyer', 35],
  ['completion', 45],
];

/** How far the sale has come; nothing is told of days after the story's last. */
function progressOf(listing: Listing, at: Date): Readonly<Record<string, unknown>> {
  const steps = listing.status === 'Closed' ? [...STEPS, ...LAST_STEPS] : STEPS;
  const dated = steps.map(([name, days]) => [name, dayOf(later(at, days))] as const).filter(([, day]) => day < WRITTEN);
  return {
    ...Object.fromEntries(dated),
    mortgageRequired: 'yes',
    mortgageLoanPercentage: 60 + 5 * (listing.id % 5),
    additionalSurveyRequired: 'no',
    checkListItems: [],
  };
}

async function addOffer(sheets: Sheets, dice: Dice, listing: Listing, buyer: Applicant): Promise<void> {
  const by = memberOf(listing.member);
  const at = later(listing.at, dice.between(10, 40), dice.between(0, 400));
  const status = OUTCOME[listing.status] ?? dice.pick(['pending', 'rejected', 'withdrawn', 'noteOfInterest']);
  const made = await sheets.rows.add('offer', {
    width: 10,
    officeId: listing.office,
    by,
    at,
    label: '',
    values: {
      applicant_id: buyer.id,
      property_id: listing.id,
      applicant_code: buyer.code,
      property_code: listing.code,
      member_id: listing.member,
      offered_on: dayOf(at),
      amount: Math.round((listing.price * dice.between(90, 101)) / 100_000) * 1_000,
      status,
    },
  });
  await addParty(sheets, 'offer_id', made.id, buyer.contact, by, at, made.code);
  if (status !== 'accepted') return;
  await sheets.rows.add('conveyancing', {
    width: 10,
    code: made.code,
    by,
    at,
    label: made.code,
    values: { offer_id: made.id, property_id: listing.id, buyer_id: buyer.id, vendor_id: listing.id },
    extras: progressOf(listing, at),
  });
}

/** The volume: vendors of the firm's listings, people who look for a home, their offers (domain-people §4.1). */
export function manySales(stage: Stage): void {
  stage.at(WRITTEN, async () => {
    const { tx, orgId } = stage;
    const dice = makeDice(190347);
    const people = await tx.rows(contacts, [orgId]);
    const sales = await tx.rows(listings, [orgId]);
    const sheets: Sheets = { rows: nounRows(stage), parties: nounRows(stage) };
    const buyers: Applicant[] = [];
    for (let n = 0; n < 180; n++) buyers.push(await addApplicant(sheets, dice, dice.pick(people), n));
    const buying = buyers.filter((_, n) => n % 4 > 0);
    for (const listing of sales) {
      const by = memberOf(listing.member);
      const seller = dice.pick(people);
      await addParty(sheets, 'vendor_id', listing.id, seller, by, listing.at, listing.code);
      const wanted = listing.status in OUTCOME ? 100 : listing.status === 'Active' ? 30 : 0;
      if (dice.chance(wanted)) await addOffer(sheets, dice, listing, dice.pick(buying));
    }
    await sheets.rows.insert();
    await sheets.parties.insert();
    await tx.rows(place, [orgId]);
  });
}
