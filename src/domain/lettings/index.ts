export { invoiceChargeNoun, invoiceCreditNoun, invoiceNoun, invoicePaymentNoun } from './invoice.noun.ts';
export { landlordNoun } from './landlord.noun.ts';
export { ledgerEntryNoun, nominalAccountNoun } from './ledger.noun.ts';
export { type Deposit, type Fee, tenancyNoun } from './tenancy.noun.ts';
export {
  tenancyAllowanceNoun,
  tenancyBreakClauseNoun,
  tenancyCheckNoun,
  tenancyExtensionNoun,
  tenancyNoticeNoun,
  tenancyRenewalCheckNoun,
  tenancyRenewalNoun,
  tenancyRentReviewCheckNoun,
  tenancyRentReviewNoun,
  tenancyResponsibilityNoun,
} from './tenancy-part.noun.ts';
export { worksOrderItemNoun, worksOrderNoun } from './works-order.noun.ts';
