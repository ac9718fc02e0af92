import { single } from '../answers.ts';
import { readLoopDetails, updateLoopDetails } from '../contract/details.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { isCatalogue, readDetailsChange, toDetails } from '../map/details.ts';

export function detailRoutes(desk: Desk): DotloopRoute[] {
  const { deals } = desk.domain;
  const target = makeTargets(desk);
  return [
    dotloopRoute(readLoopDetails, {
      handle: async ({ caller, params: { profileId, loopId } }) =>
        single(toDetails(await deals.details(caller, profileId, loopId))),
    }),
    dotloopRoute(updateLoopDetails, {
      target: target.changeLoop,
      handle: async ({ caller, params, body }) => {
        const { profileId, loopId } = params;
        const plain = isCatalogue(body);
        // a name that is not in the catalogue may be refused, and what is unknown or not permitted is said before that
        if (!plain) await target.changeLoop({ caller, params });
        const change = readDetailsChange(body, plain ? [] : await deals.ownFields(caller));
        return single(toDetails(await deals.updateDetails(caller, profileId, loopId, change)));
      },
    }),
  ];
}
