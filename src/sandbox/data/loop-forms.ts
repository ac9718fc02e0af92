import type { TransactionType } from '../../domain/index.ts';
import type { PaperName } from '../papers.ts';

/** What a loop of a type usually holds. */
export type Form = {
  /** the client's, and the other side's */
  readonly roles: readonly [own: string, other: string];
  readonly folder: string;
  readonly papers: readonly (readonly [fileName: string, paper: PaperName])[];
  readonly tasks: readonly string[];
};

export const FORMS: Readonly<Record<TransactionType, Form>> = {
  PURCHASE_OFFER: {
    roles: ['BUYER', 'SELLER'],
    folder: 'Offer and Counteroffer',
    papers: [
      ['purchase-agreement.pdf', 'purchaseAgreement'],
      ['counteroffer-1.pdf', 'counteroffer'],
      ['inspection-report.pdf', 'inspectionReport'],
      ['closing-statement.pdf', 'closingStatement'],
    ],
    tasks: ['pre-approval letter', 'earnest money', 'inspection', 'appraisal', 'final walk-through'],
  },
  LISTING_FOR_SALE: {
    roles: ['SELLER', 'BUYER'],
    folder: 'Listing Agreement',
    papers: [
      ['exclusive-right-to-sell.pdf', 'listingAgreement'],
      ['property-disclosure.pdf', 'propertyDisclosure'],
      ['lead-based-paint.pdf', 'leadPaint'],
      ['title-commitment.pdf', 'titleCommitment'],
    ],
    tasks: ['photographs', 'enter with the MLS', 'sign in the yard', 'first open house', 'price review'],
  },
  LISTING_FOR_LEASE: {
    roles: ['LANDLORD', 'TENANT'],
    folder: 'Lease',
    papers: [
      ['lease.pdf', 'leaseAgreement'],
      ['move-in-checklist.pdf', 'moveInChecklist'],
    ],
    tasks: ['advertise', 'screen applicants', 'deposit received', 'keys'],
  },
  LEASE_OFFER: {
    roles: ['TENANT', 'LANDLORD'],
    folder: 'Application',
    papers: [
      ['rental-application.pdf', 'rentalApplication'],
      ['lease.pdf', 'leaseAgreement'],
    ],
    tasks: ['application', 'references', 'lease signed'],
  },
  REAL_ESTATE_OTHER: {
    roles: ['BUYER', 'SELLER'],
    folder: 'Agreement',
    papers: [['referral-agreement.pdf', 'referralAgreement']],
    tasks: ['call the partner', 'agreement signed', 'fee received'],
  },
  OTHER: {
    roles: ['BUYER', 'SELLER'],
    folder: 'Papers',
    papers: [['notes.pdf', 'agencyDisclosure']],
    tasks: ['call back', 'send the papers'],
  },
};
