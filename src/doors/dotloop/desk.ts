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

/** Unknown or not permitted is said before what is wrong with body or query (contracts/dotloop.md §1.3). */
export const makeTargets = ({ domain }: Desk) => ({
  profile: ({ caller, params }: Called<Static<typeof profilePath>>) => domain.deals.check(caller, params.profileId),
  loop: ({ caller, params }: Called<Static<typeof loopPath>>) => domain.deals.check(caller, params.profileId, params.loopId),
  /** Writes act on the survivor of a merged loop, which has taken over its folders. */
  folder: ({ caller, params: { profileId, loopId, folderId } }: Called<Static<typeof folderPath>>) => {
    const read = (dealId: number) =>
      domain.documents.folder(caller, profileId, dealId, folderId, { archived: true, documents: false });
    return read(loopId).catch((error: unknown) => {
      if (error instanceof Merged) return read(error.survivorId);
      throw error;
    });
  },
});
