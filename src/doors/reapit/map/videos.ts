import type { MediaLink } from '../../../domain/index.ts';
import { isWebAddress, NO_WEB_ADDRESS } from '../../../domain/index.ts';
import type { Breach } from '../../../kernel/fault.ts';
import type { Row } from '../../../kernel/record.ts';
import { computed, type Mapping, type Mappings } from '../../../wire/resource/mapping.ts';

const NONE: MediaLink = { link: null, caption: null };
/** The first two videos of a property; what the row does not have is empty. */
function firstTwo({ videos }: Row): readonly [MediaLink, MediaLink] {
  const [first = NONE, second = NONE] = (videos ?? []) as readonly MediaLink[];
  return [first, second];
}

const place = (at: 0 | 1, part: keyof MediaLink): Mapping =>
  computed<string | null>({
    columns: [`videos/${at}/${part}`],
    read: (row) => firstTwo(row)[at][part] ?? null,
    write: (value, row) => ({
      videos: firstTwo(row).map((video, i) => (i === at ? { ...video, [part]: value } : video)),
    }),
  });

/** `videoUrl` … `video2Caption`: the first two videos that every door shows (domain-property §3.4). */
export const videoFields: Mappings = {
  videoUrl: place(0, 'link'),
  videoCaption: place(0, 'caption'),
  video2Url: place(1, 'link'),
  video2Caption: place(1, 'caption'),
};

const breach = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'value', message });

/** Pages of other doors show what is written here, so it has to be an address; a caption goes with one. */
export const checkVideos = (model: Readonly<Record<string, unknown>>): Breach[] =>
  ['video', 'video2'].flatMap((name) => {
    const link = model[`${name}Url`];
    if (typeof link === 'string' && !isWebAddress(link)) return [breach(`${name}Url`, NO_WEB_ADDRESS)];
    return model[`${name}Caption`] && !link ? [breach(`${name}Caption`, 'A caption needs the address of its video')] : [];
  });
