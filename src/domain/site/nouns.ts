import {
  contactFormNoun,
  emailFriendNoun,
  favouriteNoun,
  leadPropertyNoun,
  propertyViewNoun,
  searchRunNoun,
} from './activity.noun.ts';
import { DEVELOPMENT_PARTS, developmentCategoryNoun, developmentNoun } from './development.noun.ts';
import { dynamicFormNoun, formSubmissionNoun } from './form.noun.ts';
import { marketReportNoun, marketReportUpdateNoun } from './market-report.noun.ts';
import { messageNoun } from './message.noun.ts';
import { propertyNoteNoun } from './note.noun.ts';

/** What only the site's door shows. */
export const SITE_NOUNS = {
  contactForm: contactFormNoun,
  development: developmentNoun,
  developmentCategory: developmentCategoryNoun,
  ...DEVELOPMENT_PARTS,
  dynamicForm: dynamicFormNoun,
  emailFriend: emailFriendNoun,
  favourite: favouriteNoun,
  formSubmission: formSubmissionNoun,
  leadProperty: leadPropertyNoun,
  leadSearch: searchRunNoun,
  marketReport: marketReportNoun,
  marketReportUpdate: marketReportUpdateNoun,
  message: messageNoun,
  propertyNote: propertyNoteNoun,
  propertyView: propertyViewNoun,
};
