import { type PictureSize, pictureAddress } from '../../../domain/index.ts';

/** Pictures are the house's own and not the platform's: their addresses have no `/reapit`, and whoever knows one may see it. */
export const pictureUrl = (base: string, key: string, size: PictureSize = 'large') =>
  pictureAddress(base.replace(/\/reapit$/, ''), key, size);
