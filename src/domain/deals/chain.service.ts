import type { Actor } from '../../access/actor.ts';
import type { Ports } from '../given.ts';
import { listChain } from './chain.store.ts';

/** Chains of sales that wait for each other; links are written with a sale (conveyancing.noun.ts). */
export const chainsService = ({ db }: Ports) => ({
  /** Codes of the sales in the chain of that one, the bottom one first. */
  saleChain: (actor: Actor, code: string): Promise<string[]> => listChain(db, actor.orgId, code),
});
