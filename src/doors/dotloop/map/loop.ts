import type { Static } from 'typebox';
import type { Deal, DealChange, DealWithDetails, LoopItRequest, NewDeal } from '../../../domain/index.ts';
import type * as wire from '../contract/loop.ts';
import type { LoopIt } from '../contract/loop-it.ts';
import { toListDetails } from './details.ts';
import { renamed, times, toRole } from './shown.ts';

/** `profileId` is the profile the loop is read under. */
export const toLoop = (deal: Deal, profileId: number, publicUrl: string) => ({
  id: deal.id,
  profileId,
  ownerProfileId: deal.profile_id,
  name: deal.name,
  transactionType: deal.transaction_type,
  status: deal.status,
  totalTaskCount: deal.task_count,
  completedTaskCount: deal.done_task_count,
  ...times(deal),
  loopUrl: `${publicUrl}/m/loop?viewId=${deal.id}`,
});

/** A row of the list with `include_details=true`. */
export const toLoopWithDetails = (deal: DealWithDetails, profileId: number, publicUrl: string) => ({
  ...toLoop(deal, profileId, publicUrl),
  details: toListDetails(deal.details),
});

const NAMES = { name: 'name', transaction_type: 'transactionType', status: 'status' } as const;

export const readNewLoop = (body: Static<typeof wire.NewLoop>): NewDeal => ({
  ...renamed(body, { status: 'status', template_id: 'templateId' } as const),
  name: body.name,
  transaction_type: body.transactionType,
});

export const readLoopChange = (body: Static<typeof wire.LoopChange>): DealChange => renamed(body, NAMES) as DealChange;

const ADDRESS = {
  street_number: 'streetNumber',
  street_name: 'streetName',
  unit_number: 'unit',
  city: 'city',
  state_prov: 'state',
  zip_postal_code: 'zipCode',
  county: 'county',
  country: 'country',
} as const;

type Person = NonNullable<Static<typeof LoopIt>['participants']>[number];

const readPerson = ({ role, ...person }: Person) => ({
  ...renamed(person, { full_name: 'fullName', email: 'email' } as const),
  ...(role === undefined ? {} : { role: toRole(role) }),
});

export function readLoopIt(body: Static<typeof LoopIt>): LoopItRequest {
  // the misspelt alias is in use by clients (§5.5)
  const listingNumber = body.mlsPropertyId ?? body.mlsPropertId;
  return {
    deal: readNewLoop(body),
    address: renamed(body, ADDRESS),
    participants: (body.participants ?? []).map(readPerson),
    ...(listingNumber === undefined ? {} : { listingNumber }),
    ...renamed(body, { mls: 'mlsId', mlsAgentNumber: 'mlsAgentId', nrdsId: 'nrdsId' } as const),
  };
}

export const loopWords = { transaction_type: 'transactionType', template_id: 'templateId', full_name: 'fullName' };
