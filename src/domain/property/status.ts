/** The two sides of a marketing, as `property.list_side` calls them. */
export type ListSide = 'sale' | 'lease';

/** One fact in three vocabularies: RESO's, that of selling, that of letting. The first word of each is the one told back. */
type StatusClass = { readonly standard: readonly string[]; readonly sale: readonly string[]; readonly lease: readonly string[] };

const CLASSES: readonly StatusClass[] = [
  { standard: ['Incomplete'], sale: ['valuation', 'preAppraisal', 'paidValuation'], lease: ['valuation', 'provisional'] },
  { standard: ['Hold', 'ComingSoon'], sale: ['forSaleUnavailable'], lease: ['toLetUnavailable'] },
  { standard: ['Active'], sale: ['forSale'], lease: ['toLet'] },
  { standard: ['ActiveUnderContract'], sale: ['underOffer'], lease: ['underOffer', 'arrangingTenancy'] },
  {
    standard: ['Pending'],
    sale: ['underOfferUnavailable', 'reserved', 'exchanged'],
    lease: ['underOfferUnavailable', 'arrangingTenancyUnavailable'],
  },
  {
    standard: ['Closed'],
    sale: ['completed'],
    lease: ['tenancyCurrentUnavailable', 'tenancyCurrent', 'tenancyFinished'],
  },
  { standard: ['Withdrawn'], sale: ['withdrawn'], lease: ['withdrawn'] },
  {
    standard: ['Canceled', 'Expired'],
    sale: ['soldExternally'],
    lease: ['sold', 'letByOtherAgent', 'letPrivately', 'tenancyCancelled'],
  },
];
// Said back of Canceled and Expired: which of those words it was, nobody knows.
const BACK_OF_CANCELED = 'withdrawn';

const INCOMPLETE = 'Incomplete';
const classOfStandard = (word: string | null) => CLASSES.find(({ standard }) => standard.includes(word ?? INCOMPLETE));
const classOfSide = (side: ListSide, word: string) => CLASSES.find((one) => one[side].includes(word));

/** RESO's word after a side's status was written: what stands stays as long as it means the same (domain-property §2.3, §8.1). */
export function standardAfter(side: ListSide, written: string | null, standing: string | null): string | null {
  if (written === null) return null;
  const meant = classOfSide(side, written);
  if (!meant) return standing;
  return classOfStandard(standing) === meant && standing !== null ? standing : (meant.standard[0] ?? standing);
}

/** A side's status after RESO's word was written. */
export function sideAfter(side: ListSide, written: string | null, standing: string | null): string | null {
  const meant = classOfStandard(written);
  if (!meant) return standing;
  if (standing !== null && classOfSide(side, standing) === meant) return standing;
  // Withdrawn is what both say of Canceled and Expired, so it stands for them too.
  if (meant.standard.includes('Canceled')) return BACK_OF_CANCELED;
  return meant[side][0] ?? standing;
}

/** The column that keeps the day on which RESO's status became this one. */
export const DAY_OF_STATUS: Readonly<Record<string, 'contingent_date' | 'pending_date' | 'withdraw_date' | 'cancel_date'>> = {
  ActiveUnderContract: 'contingent_date',
  Pending: 'pending_date',
  Withdrawn: 'withdraw_date',
  Canceled: 'cancel_date',
};

/** Do both of RESO's words mean the same, as the other vocabularies tell it? */
export const namesClass = (one: string | null, other: string | null): boolean =>
  classOfStandard(one) !== undefined && classOfStandard(one) === classOfStandard(other);
