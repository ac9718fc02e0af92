import type { Actor } from '../../access/actor.ts';
import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { conflict, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import * as store from './deal.store.ts';
import { sortValues } from './details.ts';
import { moveParticipants } from './participant.store.ts';
import { moveTaskLists } from './task.store.ts';
import type { Deal, Details } from './types.ts';

const markMerged = statement<never>(
  'deal.mark_merged',
  `update deal set merged_into_id = $3, updated_at = $4, version = version + 1
   where org_id = $1 and (id = $2 or merged_into_id = $2)`,
);

/** What the documents slice does for a deal. */
export type Paper = {
  /** moves the folders with their documents */
  moveFolders(tx: Tx, what: Happening, from: number, to: number): Promise<void>;
  /** the deal is linked to this property now, or to none */
  dealLinked(tx: Tx, what: Happening, dealId: number, propertyId: number | null): Promise<void>;
};

/** The survivor's own text wins; what it lacks comes from the other. */
function united(survivor: Details, loser: Details): Details {
  const next: Details = structuredClone(survivor);
  for (const [section, fields] of Object.entries(loser)) next[section] = { ...fields, ...next[section] };
  return next;
}

export function mergeService({ db, clock }: Ports, paper: Paper) {
  return {
    /**
     * Merges `loserId` into `survivorId`: children move with their ids, whoever saw the one sees the other, the survivor keeps its
     * details and takes those it lacks. The loser's id answers with the survivor's from then on, for ever (domain-property §4.2).
     * @throws Fault not_found `loop`; conflict `deal.merge` when both are one
     */
    async merge(actor: Actor, loserId: number, survivorId: number): Promise<Deal> {
      if (loserId === survivorId) throw conflict('deal.merge', 'A loop cannot be merged into itself');
      return db.tx(async (tx) => {
        const { orgId } = actor;
        // Always in the same order, so that two merges of the same pair wait instead of locking each other out.
        const [a, b] = loserId < survivorId ? [loserId, survivorId] : [survivorId, loserId];
        const first = await store.lockDeal(tx, orgId, a);
        const second = await store.lockDeal(tx, orgId, b);
        const loser = loserId === a ? first : second;
        const survivor = loserId === a ? second : first;
        if (!loser || !survivor || loser.merged_into_id !== null) throw notFound('loop');
        if (survivor.merged_into_id !== null)
          throw conflict('deal.merge', `Loop ${survivorId} was itself merged into ${survivor.merged_into_id}`);
        const what = happening(actor, clock.now());
        const details = united(survivor.details, loser.details);
        const sort = sortValues(details);
        await moveParticipants(tx, orgId, loserId, survivorId);
        await moveTaskLists(tx, orgId, loserId, survivorId);
        await paper.moveFolders(tx, what, loserId, survivorId);
        await tx.rows(markMerged, [orgId, loserId, survivorId, what.at]);
        for (const profileId of await store.unlist(tx, orgId, loserId))
          await store.listUnder(tx, orgId, profileId, survivorId, sort);
        await store.touchDeal(tx, orgId, survivorId, what.at, loser.task_count, loser.done_task_count);
        const property_id = survivor.property_id ?? loser.property_id;
        const after = await store.saveDeal(tx, { ...survivor, details, property_id }, sort, what.at);
        await paper.dealLinked(tx, what, survivorId, property_id);
        await emit(tx, what, {
          noun: 'deal',
          row_id: survivorId,
          row_name: survivor.name,
          verb: 'merged',
          changed: { from_id: loserId, to_id: survivorId, name: loser.name },
          deal_id: survivorId,
        });
        return after;
      });
    },
  };
}
