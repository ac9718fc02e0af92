import type { Declared, Written } from '../desk.ts';
import { appointmentGroups } from './appointments.ts';
import { changeAccreditation, companyGroups } from './companies.ts';
import { configurationLists, configurationOperations } from './configuration.ts';
import { contacts, landlordDetails } from './contacts.ts';
import { chainOperations, conveyancing, conveyancingChain } from './conveyancing.ts';
import { documents, downloadDocument } from './documents.ts';
import { enquiries } from './enquiries.ts';
import { identityChecks } from './identity-checks.ts';
import { propertyImages, reindexImages } from './images.ts';
import { invoiceGroups } from './invoices.ts';
import { addJournalEntries, journalGroups } from './journal.ts';
import { landlordGroups } from './landlords.ts';
import { metadataOperations } from './metadata.ts';
import { notifications } from './notifications.ts';
import { properties } from './properties.ts';
import { propertyParts } from './property-parts.ts';
import { referralGroups } from './referrals.ts';
import { relationships } from './relationships.ts';
import { resthookFilters, resthookOperations, resthooks } from './resthooks.ts';
import { applicants, areas, offers, vendors } from './sales.ts';
import { signedUrls } from './signed-urls.ts';
import { departments, negotiators, offices, sources } from './staff.ts';
import { changeSubscriptions, subscriptions } from './subscriptions.ts';
import { tasks } from './tasks.ts';
import { tenancyGroups } from './tenancies.ts';
import { tenancyPartGroups } from './tenancy-parts.ts';
import { addSupplierInvoice, transactionGroups } from './transactions.ts';
import { userInfo } from './user-info.ts';
import { worksOrderGroups } from './works-orders.ts';

/** The groups that rows of a noun answer. */
export const declared: readonly Declared[] = [
  properties,
  ...propertyParts,
  areas,
  applicants,
  vendors,
  offers,
  conveyancing,
  conveyancingChain,
  ...relationships,
  contacts,
  landlordDetails,
  subscriptions,
  departments,
  negotiators,
  offices,
  sources,
  documents,
  propertyImages,
  resthooks,
  resthookFilters,
  ...landlordGroups,
  ...tenancyGroups,
  ...tenancyPartGroups,
  ...worksOrderGroups,
  ...invoiceGroups,
  ...transactionGroups,
  ...companyGroups,
  identityChecks,
  tasks,
  ...appointmentGroups,
  ...journalGroups,
  enquiries,
  ...referralGroups,
  notifications,
  ...configurationLists,
];

/** The endpoints that are written out. */
export const written: readonly Written[] = [
  ...configurationOperations,
  ...chainOperations,
  changeSubscriptions,
  changeAccreditation,
  addJournalEntries,
  addSupplierInvoice,
  userInfo,
  downloadDocument,
  reindexImages,
  ...signedUrls,
  ...metadataOperations,
  ...resthookOperations,
];
