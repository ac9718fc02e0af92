import { departmentNoun, memberNoun, officeNoun, sourceNoun } from './orgs/index.ts';
import { contactNoun, contactSubscriptionNoun } from './people/index.ts';

/** Every declared noun, under the name that doors find its service by: `domain.records.contact`. */
export const NOUNS = {
  contact: contactNoun,
  contactSubscription: contactSubscriptionNoun,
  department: departmentNoun,
  member: memberNoun,
  office: officeNoun,
  source: sourceNoun,
};
