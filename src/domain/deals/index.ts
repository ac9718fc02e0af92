import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import type { Contacts } from '../people/index.ts';
import type { Properties } from '../property/index.ts';
import { activitiesService } from './activity.service.ts';
import { chainsService } from './chain.service.ts';
import { dealsService } from './deal.service.ts';
import { loopItService } from './loop-it.service.ts';
import { mergeService, type Paper } from './merge.service.ts';
import { participantsService } from './participant.service.ts';
import { tasksService } from './task.service.ts';
import { type CopyFolders, templatesService } from './template.service.ts';

export { type ChainLink, conveyancingNoun } from './conveyancing.noun.ts';
export { touchDeal } from './deal.store.ts';
export { DETAIL_SECTIONS, type DetailField, type DetailSection, sortValues } from './details.ts';
export { offerNoun } from './offer.noun.ts';
export { lockDeal, Merged, openDeal } from './opening.ts';
export { ALL_STATUSES, STATUSES } from './status.ts';
export { taskNoun } from './task.noun.ts';
export type { NewTask } from './task.service.ts';
export * from './types.ts';

/** `paper` is what the documents slice does for a deal: templates bring folders, merges move them. */
export function buildDeals(
  ports: Ports,
  codes: Codes,
  contacts: Contacts,
  properties: Properties,
  paper: Paper & { copyFolders: CopyFolders },
) {
  const tasks = tasksService(ports, codes);
  const templates = templatesService(ports, tasks, paper.copyFolders);
  const core = dealsService(ports, templates, paper);
  const participants = participantsService(ports, contacts);
  const { make, save, ...deals } = core;
  const { insertList, insertTask, ...taskUses } = tasks;
  const { usable, apply, ...templateUses } = templates;
  const { addTo, ...people } = participants;
  return {
    ...deals,
    ...people,
    ...taskUses,
    ...templateUses,
    ...activitiesService(ports),
    ...chainsService(ports),
    ...mergeService(ports, paper),
    ...loopItService(ports, core, participants, contacts, properties),
  };
}
export type Deals = ReturnType<typeof buildDeals>;
