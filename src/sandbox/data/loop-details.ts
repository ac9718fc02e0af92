import type { Details, TransactionType } from '../../domain/index.ts';
import type { Dice } from '../dice.ts';
import { later } from '../stage.ts';
import { STREETS, type Town } from './names.ts';

export type Kind = { readonly type: TransactionType; readonly status: string };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A day as one person or another types it; every form is one that lists can sort by (contracts/dotloop.md §1.6). */
function typedDay(dice: Dice, at: Date): string {
  const [year = '', month = '', day = ''] = at.toISOString().slice(0, 10).split('-');
  return dice.pick([
    `${month}/${day}/${year}`,
    `${Number(month)}/${Number(day)}/${year.slice(2)}`,
    `${year}-${month}-${day}`,
    `${MONTHS[Number(month) - 1]} ${Number(day)}, ${year}`,
  ]);
}

/** A sum as one person or another types it. */
function typedSum(dice: Dice, amount: number): string {
  const grouped = amount.toLocaleString('en-US');
  return dice.pick([`$${grouped}`, `$${grouped}.00`, grouped, String(amount)]);
}

const addressIn = (dice: Dice, town: Town) => ({
  street_number: String(dice.between(3, 2480)),
  street_name: dice.pick(STREETS),
  ...(dice.chance(15) ? { unit_number: String(dice.between(1, 24)) } : {}),
  city: town.city,
  state_prov: 'OH',
  zip_postal_code: town.zip,
  county: town.county,
  country: 'US',
});

const houseOf = (dice: Dice) => ({
  year_built: String(dice.between(1908, 2015)),
  bedrooms: String(dice.between(2, 5)),
  bathrooms: dice.pick(['1', '1.5', '2', '2.5', '3']),
  square_footage: dice.between(820, 3400).toLocaleString('en-US'),
  type: dice.pick(['Single Family', 'Condominium', 'Townhouse']),
});

const CLOSED: readonly string[] = ['SOLD', 'ARCHIVED'];
const BOUND: readonly string[] = ['UNDER_CONTRACT', ...CLOSED];

/** What a sale has once both sides have signed. */
function contractOf(dice: Dice, price: number, created: Date): Details {
  return {
    financials: {
      purchase_sale_price: typedSum(dice, price),
      earnest_money_amount: typedSum(dice, dice.between(2, 8) * 500),
      earnest_money_held_by: dice.pick(['Listing broker', 'Title company']),
      sale_commission_rate: dice.pick(['6%', '5.5%', '5']),
    },
    contract_dates: {
      contract_agreement_date: typedDay(dice, later(created, dice.between(3, 20))),
      closing_date: typedDay(dice, later(created, dice.between(40, 75))),
    },
  };
}

function saleOf(dice: Dice, { type, status }: Kind, created: Date): Details {
  const price = dice.between(95, 620) * 1000 - 100;
  const contract = BOUND.includes(status) ? contractOf(dice, price, created) : {};
  if (type === 'PURCHASE_OFFER')
    return {
      ...contract,
      offer_dates: {
        offer_date: typedDay(dice, later(created, 1)),
        offer_expiration_date: typedDay(dice, later(created, 3)),
        ...(CLOSED.includes(status) ? { inspection_date: typedDay(dice, later(created, 14)) } : {}),
      },
    };
  return {
    ...contract,
    listing_information: {
      listing_date: typedDay(dice, later(created, dice.between(4, 12))),
      expiration_date: typedDay(dice, later(created, 180)),
      original_price: typedSum(dice, price + dice.between(0, 9) * 1000),
      current_price: typedSum(dice, price),
      ...(dice.chance(25) ? { homeowners_association_dues: typedSum(dice, dice.between(8, 30) * 10) } : {}),
    },
    property: houseOf(dice),
  };
}

function leaseOf(dice: Dice, created: Date): Details {
  const rent = dice.between(30, 98) * 25;
  const start = later(created, dice.between(20, 50));
  return {
    financials: { rent: typedSum(dice, rent), rent_commission_amount: typedSum(dice, Math.round(rent / 2)) },
    contract_info: { start_date: typedDay(dice, start), end_date: typedDay(dice, later(start, 364)) },
  };
}

/** Address, money and dates of a loop about a home, typed as people do. */
export function detailsOf(dice: Dice, kind: Kind, town: Town, created: Date): Details {
  const address = addressIn(dice, town);
  const isLease = kind.type === 'LISTING_FOR_LEASE' || kind.type === 'LEASE_OFFER';
  return { property_address: address, ...(isLease ? leaseOf(dice, created) : saleOf(dice, kind, created)) };
}
