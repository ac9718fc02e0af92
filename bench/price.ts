import { systemActor } from '../src/access/actor.ts';
import type { ListQuery } from '../src/kernel/condition.ts';
import type { Stores } from '../src/stores.ts';
import { median } from './measure.ts';
import type { World } from './world.ts';

/** ms of a page of all contacts, the statement alone: with its total, without it, and page 4,000. */
export type Price = { readonly page: number; readonly withTotal: number; readonly deep: number };

const TIMES = 200;
const PAGE: ListQuery = { order: [{ field: 'created_at', descending: false }], limit: 25, offset: 0, total: false };
const FORMS: Readonly<Record<keyof Price, ListQuery>> = {
  page: PAGE,
  withTotal: { ...PAGE, total: true },
  deep: { ...PAGE, total: true, offset: 3_999 * PAGE.limit },
};

/** In turn, so that what else goes on in the machine meets all of them; medians. */
export async function priceOfTotal({ domain }: Stores, { orgId }: World): Promise<Price> {
  const actor = systemActor(orgId);
  const took: Record<keyof Price, number[]> = { page: [], withTotal: [], deep: [] };
  for (let time = 0; time < TIMES; time++)
    for (const name of Object.keys(FORMS) as (keyof Price)[]) {
      const begun = performance.now();
      await domain.records.contact.list(actor, FORMS[name]);
      took[name].push(performance.now() - begun);
    }
  const of = (name: keyof Price) => Math.round(median(took[name]) * 100) / 100;
  return { page: of('page'), withTotal: of('withTotal'), deep: of('deep') };
}
