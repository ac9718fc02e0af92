/** How a listing stands at the end of the story, in the words of each door (domain-property §8.1). */
export type ListingState = {
  readonly standard: string;
  readonly mls: string;
  readonly sale: string;
  readonly letting: string;
  /** of a hundred */
  readonly share: number;
};

export const STATES: readonly ListingState[] = [
  { standard: 'Active', mls: 'Active', sale: 'forSale', letting: 'toLet', share: 46 },
  { standard: 'Closed', mls: 'Sold', sale: 'completed', letting: 'tenancyCurrentUnavailable', share: 17 },
  { standard: 'Pending', mls: 'Pending', sale: 'underOfferUnavailable', letting: 'underOfferUnavailable', share: 9 },
  { standard: 'ActiveUnderContract', mls: 'Active Under Contract', sale: 'underOffer', letting: 'underOffer', share: 7 },
  { standard: 'ComingSoon', mls: 'Coming Soon', sale: 'forSaleUnavailable', letting: 'toLetUnavailable', share: 4 },
  { standard: 'Withdrawn', mls: 'Withdrawn', sale: 'withdrawn', letting: 'withdrawn', share: 4 },
  { standard: 'Canceled', mls: 'Canceled', sale: 'withdrawn', letting: 'withdrawn', share: 3 },
  { standard: 'Expired', mls: 'Expired', sale: 'withdrawn', letting: 'withdrawn', share: 4 },
  { standard: 'Hold', mls: 'Hold', sale: 'forSaleUnavailable', letting: 'toLetUnavailable', share: 2 },
  { standard: 'Incomplete', mls: 'Incomplete', sale: 'valuation', letting: 'valuation', share: 4 },
];

/** The state at so many of a hundred. */
export function stateAt(percent: number): ListingState {
  let left = percent;
  for (const state of STATES) {
    left -= state.share;
    if (left < 0) return state;
  }
  return STATES[0] as ListingState;
}
