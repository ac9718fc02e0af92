import { created, gone, list, single } from '../answers.ts';
import {
  createParticipant,
  deleteParticipant,
  listParticipants,
  readParticipant,
  updateParticipant,
} from '../contract/participant.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { participantWords, readNewParticipant, readParticipantChange, toParticipant } from '../map/participant.ts';

export function participantRoutes(desk: Desk): DotloopRoute[] {
  const { deals } = desk.domain;
  const target = makeTargets(desk);
  return [
    dotloopRoute(listParticipants, {
      handle: async ({ caller, params: { profileId, loopId } }) =>
        list((await deals.participants(caller, profileId, loopId)).map(toParticipant)),
    }),
    dotloopRoute(readParticipant, {
      handle: async ({ caller, params: { profileId, loopId, participantId } }) =>
        single(toParticipant(await deals.participant(caller, profileId, loopId, participantId))),
    }),
    dotloopRoute(createParticipant, {
      target: target.changeLoop,
      words: participantWords,
      handle: async ({ caller, params: { profileId, loopId }, body }) =>
        created(toParticipant(await deals.addParticipant(caller, profileId, loopId, readNewParticipant(body)))),
    }),
    dotloopRoute(updateParticipant, {
      // a change of nothing finds the participant, in the survivor of a merge too
      target: ({ caller, params: { profileId, loopId, participantId } }) =>
        deals.updateParticipant(caller, profileId, loopId, participantId, {}),
      words: participantWords,
      handle: async ({ caller, params: { profileId, loopId, participantId }, body }) => {
        const change = readParticipantChange(body);
        return single(toParticipant(await deals.updateParticipant(caller, profileId, loopId, participantId, change)));
      },
    }),
    dotloopRoute(deleteParticipant, {
      handle: async ({ caller, params: { profileId, loopId, participantId } }) => {
        await deals.removeParticipant(caller, profileId, loopId, participantId);
        return gone;
      },
    }),
  ];
}
