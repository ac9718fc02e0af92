import { conveyancingNoun, offerNoun } from './deals/index.ts';
import { departmentNoun, memberNoun, officeNoun, sourceNoun } from './orgs/index.ts';
import { contactNoun, contactSubscriptionNoun, partyNoun } from './people/index.ts';
import {
  alarmNoun,
  appraisalNoun,
  areaNoun,
  auctionLotNoun,
  certificateNoun,
  developmentPhaseNoun,
  keyMovementNoun,
  keySetNoun,
  propertyCheckNoun,
  propertyNoun,
  staffRoleNoun,
  translationNoun,
  vendorNoun,
} from './property/index.ts';
import { applicantNoun } from './searches/index.ts';

/** Every declared noun, under the name that doors find its service by: `domain.records.contact`. */
export const NOUNS = {
  alarm: alarmNoun,
  applicant: applicantNoun,
  appraisal: appraisalNoun,
  area: areaNoun,
  auctionLot: auctionLotNoun,
  certificate: certificateNoun,
  contact: contactNoun,
  contactSubscription: contactSubscriptionNoun,
  conveyancing: conveyancingNoun,
  department: departmentNoun,
  developmentPhase: developmentPhaseNoun,
  keyMovement: keyMovementNoun,
  keySet: keySetNoun,
  member: memberNoun,
  offer: offerNoun,
  office: officeNoun,
  party: partyNoun,
  property: propertyNoun,
  propertyCheck: propertyCheckNoun,
  source: sourceNoun,
  staffRole: staffRoleNoun,
  translation: translationNoun,
  vendor: vendorNoun,
};
