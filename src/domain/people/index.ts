import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import { bookService } from './book.service.ts';
import { contactsService } from './contact.service.ts';
import { leadsService } from './lead.service.ts';
import { leadRemovalService } from './lead-removal.service.ts';
import type { Parting } from './types.ts';

export { countryOf, regionOf, streetLine, writeAddressLine } from './address.ts';
export type { EntryChange } from './book.service.ts';
export { companyNoun, companyStaffNoun } from './company.noun.ts';
export { contactNoun } from './contact.noun.ts';
export type { Contacts } from './contact.service.ts';
export type { ContactActivity } from './contact-activity.store.ts';
export { type Pin, type Places, POINT_LABELS, pointsAt, readPoints, writePoints } from './contact-points.ts';
export { enquiryNoun } from './enquiry.noun.ts';
export { type IdentityDocument, identityCheckNoun } from './identity-check.noun.ts';
export type { Assignment, Leads, Wanted } from './lead.service.ts';
export { LEADS } from './lead.ts';
export type { LeadCall } from './lead-follow.ts';
export { primaryBroker } from './lead-task.ts';
export { changeNames, type NameChange, shownName, splitName } from './names.ts';
export { notificationNoun } from './notification.noun.ts';
export { partiesOf, type RelatedParty } from './parties.ts';
export { makeParties, type NewParty, partyNoun, ROLE_COLUMNS, type RoleColumn } from './party.noun.ts';
export { PRIMARY_PHONE, primaryPhone, writePrimaryPhone } from './primary-phone.ts';
export { referralNoun } from './referral.noun.ts';
export { contactSubscriptionNoun } from './subscription.noun.ts';
export type { Address, BookEntry, Contact, ContactChange, ContactPoint, ContactQuery, Parting } from './types.ts';
export { leadOfVisitor, type Visitor } from './visitor.ts';

/** Contacts: by id in the books of members, and as a list that is filtered and goes by keys. */
export const buildPeople = (ports: Ports, codes: Codes, partings: readonly Parting[]) => ({
  ...contactsService(ports, codes, partings),
  ...bookService(ports, codes),
  leads: { ...leadsService(ports), ...leadRemovalService(ports, partings) },
});
