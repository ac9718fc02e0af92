import { created, list, single } from '../answers.ts';
import { createProfile, listProfiles, readProfile, updateProfile } from '../contract/profile.ts';
import { type Desk, type DotloopRoute, dotloopRoute } from '../desk.ts';
import { profileWords, readNewProfile, readProfileChange, toProfile } from '../map/profile.ts';

export const profileRoutes = ({ domain: { orgs } }: Desk): DotloopRoute[] => [
  dotloopRoute(listProfiles, {
    handle: async ({ caller }) => list((await orgs.profiles(caller)).map(toProfile)),
  }),
  dotloopRoute(readProfile, {
    handle: async ({ caller, params }) => single(toProfile(await orgs.profile(caller, params.profileId))),
  }),
  dotloopRoute(createProfile, {
    words: profileWords,
    handle: async ({ caller, body }) => created(toProfile(await orgs.createProfile(caller, readNewProfile(body)))),
  }),
  dotloopRoute(updateProfile, {
    words: profileWords,
    // a change of nothing asks the same questions: is it there, is it yours, is it INDIVIDUAL
    target: ({ caller, params }) => orgs.updateProfile(caller, params.profileId, {}),
    handle: async ({ caller, params, body }) =>
      single(toProfile(await orgs.updateProfile(caller, params.profileId, readProfileChange(body)))),
  }),
];
