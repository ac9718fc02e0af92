import type { Actor } from '../../access/actor.ts';
import { allowLoopsOf } from '../../access/profile-access.ts';
import type { Querier, Tx } from '../../db/index.ts';
import { notFound } from '../../kernel/fault.ts';
import * as store from './deal.store.ts';
import type { Deal, DealWithDetails } from './types.ts';

/** A read of a deal that was merged away: whoever asked should ask for the survivor (contracts/dotloop.md §5.4). */
export class Merged extends Error {
  readonly survivorId: number;
  constructor(survivorId: number) {
    super(`This loop was merged into loop ${survivorId}`);
    this.survivorId = survivorId;
  }
}

async function find(q: Querier, actor: Actor, profileId: number, dealId: number, details: boolean) {
  const found = await store.findOpening(q, actor.orgId, profileId, dealId, details);
  if (!found) throw notFound('profile');
  allowLoopsOf(actor, found);
  if (!found.seen) throw notFound('loop');
  return found;
}

/**
 * The deal as that profile sees it, in one statement.
 * @throws Fault not_found `profile`, `loop`; forbidden `profile.*`; Merged
 */
export async function openDeal(q: Querier, actor: Actor, profileId: number, dealId: number): Promise<Deal>;
export async function openDeal(
  q: Querier,
  actor: Actor,
  profileId: number,
  dealId: number,
  details: true,
): Promise<DealWithDetails>;
export async function openDeal(q: Querier, actor: Actor, profileId: number, dealId: number, details = false): Promise<Deal> {
  const found = await find(q, actor, profileId, dealId, details);
  if (found.asked_merged_into !== null) throw new Merged(found.asked_merged_into);
  return found;
}

/**
 * The same under lock, for a change: of a merged deal it is the survivor.
 * @throws Fault as openDeal
 */
export async function lockDeal(tx: Tx, actor: Actor, profileId: number, dealId: number): Promise<DealWithDetails> {
  const { id } = await find(tx, actor, profileId, dealId, false);
  const deal = await store.lockDeal(tx, actor.orgId, id);
  if (!deal) throw notFound('loop');
  // A merge may have won the lock.
  return deal.merged_into_id === null ? deal : lockDeal(tx, actor, profileId, deal.merged_into_id);
}

/** @throws Fault not_found `profile`; forbidden `profile.*` */
export async function openProfile(q: Querier, actor: Actor, profileId: number) {
  const found = await store.findProfileFacts(q, actor.orgId, profileId);
  if (!found) throw notFound('profile');
  allowLoopsOf(actor, found);
  return found;
}
