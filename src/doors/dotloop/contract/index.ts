import type { Contract } from '../../../wire/contract.ts';
import * as account from './account.ts';
import * as activity from './activity.ts';
import * as contact from './contact.ts';
import * as details from './details.ts';
import * as document from './document.ts';
import * as folder from './folder.ts';
import * as loop from './loop.ts';
import * as loopIt from './loop-it.ts';
import * as participant from './participant.ts';
import * as profile from './profile.ts';
import * as subscription from './subscription.ts';
import * as task from './task.ts';
import * as template from './template.ts';

const isContract = (value: unknown): value is Contract => typeof value === 'object' && value !== null && 'operationId' in value;

/** Every operation of the door, in the order of contracts/dotloop.md §4. A new file of contracts gets its line here. */
export const contracts: readonly Contract[] = [
  loopIt,
  account,
  profile,
  loop,
  details,
  folder,
  document,
  participant,
  task,
  activity,
  contact,
  template,
  subscription,
].flatMap((file) => Object.values<unknown>(file).filter(isContract));
