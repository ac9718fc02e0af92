import type { Ports } from '../given.ts';
import type { Listings } from '../property/index.ts';
import { alertsService } from './alerts.service.ts';
import { callAnswersService } from './call-answers.service.ts';
import { leadCountsService } from './lead-counts.service.ts';
import { listingCountsService } from './listing-counts.service.ts';
import { siteListsService } from './lists.service.ts';
import { marketFiguresService } from './market-figures.service.ts';
import { personsService } from './persons.service.ts';
import { shownListingsService } from './shown-listings.service.ts';

export type { KeptAnswer } from './call-answers.service.ts';
export type { Answer as FormAnswer, FormField, FormSection } from './form.noun.ts';
export type { PersonKind, Recipient } from './message.noun.ts';
export { SITE_NOUNS } from './nouns.ts';
export type { Person, PersonRef } from './persons.service.ts';

/** What the site's door keeps besides rows. */
export const buildSite = (ports: Ports, listings: Listings) => ({
  ...alertsService(ports, listings),
  callAnswers: callAnswersService(ports),
  ...siteListsService(ports),
  ...personsService(ports),
  ...marketFiguresService(ports),
  ...shownListingsService(ports),
  ...listingCountsService(ports),
  ...leadCountsService(ports),
});
