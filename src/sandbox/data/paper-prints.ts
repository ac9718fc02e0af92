import type { PAPER_TEXTS } from './paper-texts.ts';

/** Hash and size of every paper as it is drawn now. test/sandbox/papers.test.ts says what to put here when a text changes. */
export const PAPER_PRINTS: Readonly<Record<keyof typeof PAPER_TEXTS, { readonly sha256: string; readonly size: number }>> = {
  disclosures: { sha256: '4f54c4cc45d304a48560caa9df69f8e3f210c70cbac2067c36a145fb683b9914', size: 1880 },
  signedDisclosures: { sha256: '665768ee5f1135aad0c58bcd04cbab49bc3ea816934403737966727c188ae8f9', size: 1601 },
  agencyDisclosure: { sha256: 'e50ab9c841136e29ca6bbe5d4bda54bc8952417cfab8e1cddb6e3bd4f4b34c05', size: 2012 },
  propertyDisclosure: { sha256: '9e04e1fba83db9c3b8ea1e9a63b5720d9c7a4cd13d63d4d8d94c400b5e17a967', size: 2077 },
  leadPaint: { sha256: 'f3eb7dcea0aa4f2a4d0a7c0aed55e175ffbcd5d8e1198408eae8804b835f4fd9', size: 1783 },
  purchaseAgreement: { sha256: '9f4658be3d7e9928efaa49109e39276834592407fe3702d63b789988095ccbd9', size: 2111 },
  counteroffer: { sha256: '29adc445940448270d4b85d1d7e20999c39b021b21d24f88d16e07abb9369b8f', size: 1631 },
  listingAgreement: { sha256: 'd1ba7311077d3980f4730ffca92c2c78c6dd5ad201176c0800c761c65e57065b', size: 1959 },
  preApproval: { sha256: 'a73993e7e34942a6fbe651065f26b17ac41ad7915c7ee8d44d6b530588c68e83', size: 1663 },
  inspectionReport: { sha256: '9a827ffe6274ee9669aa3e499f2fc4340165d901c94dc0ca7883715ad5fe23e0', size: 1925 },
  appraisal: { sha256: '9949cf0663f2ac53ee9fa9661aa408427696125f40207ac712efe6c71c8f9e54', size: 1643 },
  titleCommitment: { sha256: '44f628a2fe78a144a3bc6f0cd0c0abe3a0188451389ae33bd9ac79d69180b985', size: 1824 },
  closingStatement: { sha256: 'b2300669a1a395ff64e19437d90141d0bb3d3812631012fabbc2771aea209499', size: 1836 },
  leaseAgreement: { sha256: 'ea1e1576f6f2cdaff0a9399fef1efb4e5768b666f6e851a0c4c0ddd5dea7db70', size: 1943 },
  moveInChecklist: { sha256: '4a496979823a26fff9f8d427075dcbaf71fcf3894e874a9d05cdc22f4b6b07c3', size: 1800 },
  rentalApplication: { sha256: 'cf19467c986f430731f2166165084c9f15518146c930a5111046076f16103b9e', size: 1823 },
  referralAgreement: { sha256: 'ef2db1fb305f729ba15d646697ba4387b0a24f4922f1d59289890fa14f098f5f', size: 1630 },
};
