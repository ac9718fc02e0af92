import type { Ports } from '../given.ts';
import type { lookupsService } from '../lookup/index.ts';
import type { RecordService } from '../records/index.ts';
import { alertsService } from './alerts.service.ts';
import { callAnswersService } from './call-answers.service.ts';
import { leadCountsService } from './lead-counts.service.ts';
import { listingCountsService } from './listing-counts.service.ts';
import { siteListsService } from './lists.service.ts';
import { marketFiguresService } from './market-figures.service.ts';
import { personsService } from './persons.service.ts';
import { reportMailsService } from './report-mails.service.ts';
import { shownListingsService } from './shown-listings.service.ts';

export type { NamedCall } from './call-answers.service.ts';
export type { Answer as FormAnswer, FormField, FormSection } from './form.noun.ts';
export type { MarketOfRow } from './market.ts';
export type { PersonKind, Recipient } from './message.noun.ts';
export { SITE_NOUNS } from './nouns.ts';
export type { Person, PersonRef } from './persons.service.ts';

type Needs = {
  readonly listings: Pick<RecordService, 'list'>;
  readonly lookups: Pick<ReturnType<typeof lookupsService>, 'options'>;
};

/** What the site's door keeps besides rows. */
export function buildSite(ports: Ports, { listings, lookups }: Needs) {
  const figures = marketFiguresService(ports, lookups);
  return {
    ...alertsService(ports, listings),
    ...reportMailsService(ports, figures.marketFigures),
    callAnswers: callAnswersService(ports),
    ...siteListsService(ports),
    ...personsService(ports),
    ...figures,
    ...shownListingsService(ports),
    ...listingCountsService(ports),
    ...leadCountsService(ports),
  };
}
