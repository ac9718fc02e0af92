import type { Property } from './types.ts';

/** What an agent changes of a listing that is on the market: its price, and how long the brokerage may sell it. */
export type ListingTerms = { readonly listPrice?: number; readonly expirationDate?: string | null };

/** A rule of the brokerage that new terms break: its name and figure, and the value that broke it. */
export type BrokenRule = {
  readonly term: keyof ListingTerms;
  readonly rule: 'MaxIncreasePercent' | 'MinValue' | 'MaxValue' | 'Status';
  readonly figure: number | string;
  readonly value: number | string;
};

/** Above this a price is a slip of the hand; the column keeps any number. */
const MOST_PRICE = 9_999_999_999;
export const DEFAULT_MAX_INCREASE_PERCENT = 25;

/** @param maxIncreasePercent null: prices may rise by any amount */
export function findBrokenRule(row: Property, terms: ListingTerms, maxIncreasePercent: number | null): BrokenRule | undefined {
  const { listPrice } = terms;
  if (listPrice === undefined || listPrice === row.list_price) return undefined;
  const broken = (rule: BrokenRule['rule'], figure: number | string, value: number | string = listPrice): BrokenRule => ({
    term: 'listPrice',
    rule,
    figure,
    value,
  });
  if (row.standard_status === 'Closed') return broken('Status', 'Closed');
  if (listPrice <= 0) return broken('MinValue', 1);
  if (listPrice > MOST_PRICE) return broken('MaxValue', MOST_PRICE);
  if (maxIncreasePercent !== null && row.list_price !== null && listPrice > row.list_price * (1 + maxIncreasePercent / 100))
    return broken('MaxIncreasePercent', maxIncreasePercent);
  return undefined;
}

/** The columns that new terms write; what equals what doors answer now stays as it is (domain-property §2.2). */
export const columnsOf = (row: Property, { listPrice, expirationDate }: ListingTerms): Partial<Property> => ({
  ...(expirationDate === undefined ? {} : { expiration_date: expirationDate }),
  ...(listPrice === undefined || listPrice === row.list_price
    ? {}
    : row.list_side === 'lease'
      ? { rent: listPrice, rent_frequency: 'monthly' }
      : { sale_price: listPrice }),
});
