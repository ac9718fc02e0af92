import type { Deal } from '../../../domain/index.ts';
import { created, list, single } from '../answers.ts';
import { createLoop, listLoops, readLoop, updateLoop } from '../contract/loop.ts';
import { loopIt } from '../contract/loop-it.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { readFilter, withLegacyMin } from '../filter.ts';
import { loopWords, readLoopChange, readLoopIt, readNewLoop, toLoop, toLoopWithDetails } from '../map/loop.ts';
import { pageOf } from '../paging.ts';
import { readSort } from '../sort.ts';

const FILTER_KEYS = ['updated_min', 'created_min', 'transaction_type', 'transaction_status'] as const;

const readList = (query: { sort?: string; filter?: string; updated_min?: string }) => ({
  ...withLegacyMin(readFilter(query.filter, FILTER_KEYS), query.updated_min),
  ...readSort(query.sort),
});

export function loopRoutes(desk: Desk): DotloopRoute[] {
  const { domain, publicUrl } = desk;
  const target = makeTargets(desk);
  const shown = (profileId: number) => (deal: Deal) => toLoop(deal, profileId, publicUrl);

  return [
    dotloopRoute(listLoops, {
      target: target.profile,
      check: ({ query }) => readList(query),
      handle: async ({ caller, params: { profileId }, query }) => {
        const withDetails = query.include_details ?? false;
        const found = await domain.deals.list(caller, profileId, {
          ...readList(query),
          page: pageOf(query),
          withDetails,
        });
        const rows = withDetails
          ? found.rows.map((deal) => toLoopWithDetails(deal, profileId, publicUrl))
          : found.rows.map(shown(profileId));
        return list(rows, found.total);
      },
    }),
    dotloopRoute(readLoop, {
      handle: async ({ caller, params: { profileId, loopId } }) =>
        single(shown(profileId)(await domain.deals.read(caller, profileId, loopId))),
    }),
    dotloopRoute(createLoop, {
      target: target.profile,
      words: loopWords,
      handle: async ({ caller, params: { profileId }, body }) =>
        created(shown(profileId)(await domain.deals.create(caller, profileId, readNewLoop(body)))),
    }),
    dotloopRoute(updateLoop, {
      target: target.changeLoop,
      words: loopWords,
      handle: async ({ caller, params: { profileId, loopId }, body }) =>
        single(shown(profileId)(await domain.deals.update(caller, profileId, loopId, readLoopChange(body)))),
    }),
    dotloopRoute(loopIt, {
      target: async ({ caller, query }) => {
        if (query.profile_id !== undefined) await domain.deals.check(caller, query.profile_id);
      },
      words: loopWords,
      handle: async ({ caller, query, body }) => {
        const deal = await domain.deals.loopIt(caller, query.profile_id, readLoopIt(body));
        return created(shown(deal.profile_id)(deal));
      },
    }),
  ];
}
