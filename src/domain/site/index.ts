import type { Ports } from '../given.ts';
import { callAnswersService } from './call-answers.service.ts';
import { leadCountsService } from './lead-counts.service.ts';
import { listingCountsService } from './listing-counts.service.ts';
import { siteListsService } from './lists.service.ts';

export type { KeptAnswer } from './call-answers.service.ts';
export type { Answer as FormAnswer, FormField, FormSection } from './form.noun.ts';
export type { PersonKind, Recipient } from './message.noun.ts';
export { SITE_NOUNS } from './nouns.ts';
export type { Visitor } from './visitor.ts';

/** What the site's door keeps besides rows. */
export const buildSite = (ports: Ports) => ({
  callAnswers: callAnswersService(ports),
  ...siteListsService(ports),
  ...listingCountsService(ports),
  ...leadCountsService(ports),
});
