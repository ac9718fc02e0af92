import type { ListedPhoto } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, type Field } from '../fields.ts';
import { pictureUrl, type TakeFile } from '../files.ts';
import { readValue } from '../read-value.ts';

type Standing = {
  readonly key: string | null;
  readonly link: string | null;
  readonly caption: string | null;
  readonly position: number;
};
const standingOf = (row: Row | null) => (row?.pictures ?? []) as readonly Standing[];
const urlOf = (desk: Desk, { key, link }: Standing) => (key ? pictureUrl(desk, key) : link);

const isObject = (value: unknown): value is Model => typeof value === 'object' && value !== null;

/** One picture of a body: an address alone is one too. Undefined when it cannot be read, or had. */
async function photoOf(desk: Desk, given: unknown, take: TakeFile, row: Row | null) {
  const { url, caption = null, position }: Model = isObject(given) ? given : { url: given };
  const file = readValue('url', { type: 'file', access: 'rw' }, url ?? null);
  const words = readValue('caption', { type: 'string', access: 'rw' }, caption);
  const place = readValue('position', { type: 'int', access: 'rw' }, position ?? null);
  if ('error' in file || 'error' in words || 'error' in place || file.value === null) return undefined;
  const known = standingOf(row).find((one) => one.key && urlOf(desk, one) === file.value);
  const shown = { caption: (words.value as string | null) || null };
  if (known?.key) return { photo: { ...shown, key: known.key } satisfies ListedPhoto, place: place.value as number | null };
  const taken = await take(file.value as string, true);
  return taken && { photo: { ...shown, file: taken } satisfies ListedPhoto, place: place.value as number | null };
}

/** The photographs of a listing, written whole; a picture that is named by its address here keeps its row (domain-property §3.4). */
export const picturesField = (desk: Desk): Field => ({
  ...computed<readonly ListedPhoto[] | null>(
    'objects',
    'rw',
    {
      read: (row) => standingOf(row).map((one) => ({ url: urlOf(desk, one), caption: one.caption, position: one.position })),
      write: (photos) => ({ photos: photos ?? [] }),
    },
    { shown: 'show' },
  ),
  async take(value, take, row) {
    const found: { readonly photo: ListedPhoto; readonly place: number | null }[] = [];
    for (const given of value as readonly unknown[]) {
      const one = await photoOf(desk, given, take, row);
      if (!one) return undefined;
      found.push(one);
    }
    const places = found.map(({ place }, nth) => place ?? nth + 1);
    return found
      .map((one, nth) => ({ ...one, at: places[nth] ?? 0 }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ photo }) => photo);
  },
});
