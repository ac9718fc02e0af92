import { Type } from 'typebox';
import { ALL_STATUSES, PROFILE_TYPES, TRANSACTION_TYPES } from '../../../domain/index.ts';

/** contracts/dotloop.md §6.3 */
export const TransactionType = Type.Enum([...TRANSACTION_TYPES], { description: 'Type of transaction.' });
export const Status = Type.Enum([...ALL_STATUSES], { description: 'Status; which ones fit depends on the transactionType.' });
/** §6.2 */
export const ProfileType = Type.Enum([...PROFILE_TYPES], { description: 'Type of profile.' });

/** Built-in contact and participant roles [seed 14.1.1]; other words are custom roles and are kept as text. */
export const ROLES = [
  'ADMIN',
  'APPRAISER',
  'BUYER',
  'BUYER_ATTORNEY',
  'BUYING_AGENT',
  'BUYING_BROKER',
  'ESCROW_TITLE_REP',
  'HOME_IMPROVEMENT_SPECIALIST',
  'HOME_INSPECTOR',
  'HOME_SECURITY_PROVIDER',
  'HOME_WARRANTY_REP',
  'INSPECTOR',
  'INSURANCE_REP',
  'LANDLORD',
  'LISTING_AGENT',
  'LISTING_BROKER',
  'LOAN_OFFICER',
  'LOAN_PROCESSOR',
  'MANAGING_BROKER',
  'MOVING_STORAGE',
  'OTHER',
  'PROPERTY_MANAGER',
  'SELLER',
  'SELLER_ATTORNEY',
  'TENANT',
  'TENANT_AGENT',
  'TRANSACTION_COORDINATOR',
  'UTILITIES_PROVIDER',
] as const;
