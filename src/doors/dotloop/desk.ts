import type { Static } from 'typebox';
import type { Actor } from '../../access/actor.ts';
import { type Domain, Merged } from '../../domain/index.ts';
import type { Files } from '../../kernel/files.ts';
import { type Route, route, type Target } from '../../wire/mount.ts';
import type { folderPath, loopPath, profilePath } from './contract/fields.ts';

/** What the routes of this door work with. */
export type Desk = {
  readonly domain: Domain;
  /** of the house: `loopUrl` is under it */
  readonly publicUrl: string;
  /** absolute address of this door: `downloadUrl` is under it */
  readonly base: string;
  readonly files: Pick<Files, 'receive'>;
  readonly uploadLimit: number;
};

export type DotloopRoute = Route<Actor>;
/** A route whose caller is the Actor of the token. */
export const dotloopRoute = route<Actor>();

type Called<P> = Pick<Target<Actor, P>, 'caller' | 'params'>;

/**
 * Unknown or not permitted is said before what is wrong with body or query (contracts/dotloop.md §1.3). A read of a merged loop is
 * redirected, a write acts on the survivor (§5.4), which has taken over the folders.
 */
export function makeTargets({ domain }: Desk) {
  const folder = (caller: Actor, { profileId, folderId }: Static<typeof folderPath>, loopId: number) =>
    domain.documents.folder(caller, profileId, loopId, folderId, { archived: true, documents: false });
  return {
    profile: ({ caller, params }: Called<Static<typeof profilePath>>) => domain.deals.check(caller, params.profileId),
    readLoop: ({ caller, params }: Called<Static<typeof loopPath>>) => domain.deals.read(caller, params.profileId, params.loopId),
    changeLoop: ({ caller, params }: Called<Static<typeof loopPath>>) =>
      domain.deals.check(caller, params.profileId, params.loopId),
    readFolder: ({ caller, params }: Called<Static<typeof folderPath>>) => folder(caller, params, params.loopId),
    changeFolder: ({ caller, params }: Called<Static<typeof folderPath>>) =>
      folder(caller, params, params.loopId).catch((error: unknown) => {
        if (error instanceof Merged) return folder(caller, params, error.survivorId);
        throw error;
      }),
  };
}
