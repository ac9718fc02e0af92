import type { Selectable } from 'kysely';
import type { Tables } from '../../db/index.ts';

/** Pictures share one order; videos and tours have their own (domain-property §3.4). */
export const PICTURE_KINDS = ['photograph', 'floorPlan', 'epc', 'map'] as const;
export const LINK_KINDS = ['video', 'tour'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];
export type LinkKind = (typeof LINK_KINDS)[number];
export type MediumKind = PictureKind | LinkKind;

export type Medium = Omit<Selectable<Tables['media']>, 'kind'> & { readonly kind: MediumKind };

/** The kinds that are ordered together with this one. */
export const orderedWith = (kind: MediumKind): readonly MediumKind[] =>
  (PICTURE_KINDS as readonly string[]).includes(kind) ? PICTURE_KINDS : [kind];

/** What sharp reads and every browser shows. Whatever else sniffs as a picture (SVG, HEIC, TIFF) is not taken. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
};
export const isPicture = (sniffedType: string): boolean => Object.hasOwn(EXTENSIONS, sniffedType);

/** Parts of a code: `OXF190347_03.jpg`; links have no file. The number is never given out again. */
export const mediumCode = (propertyCode: string, number: number, sniffedType?: string): string => {
  const extension = sniffedType === undefined ? undefined : EXTENSIONS[sniffedType];
  return `${propertyCode}_${String(number).padStart(2, '0')}${extension ? `.${extension}` : ''}`;
};

/** What a medium is called: its caption, else the name of its file. */
export const mediumName = ({ caption, file_name, code }: Pick<Medium, 'caption' | 'file_name' | 'code'>): string =>
  caption ?? file_name ?? code;

/** The sizes in which pictures are given out, by their names in addresses: widths in pixels. Nothing is ever enlarged. */
export const PICTURE_SIZES = {
  thumb: 160,
  '300': 300,
  '640': 640,
  '800': 800,
  '1024': 1024,
  '1280': 1280,
  large: 2048,
} as const;
export type PictureSize = keyof typeof PICTURE_SIZES;
export const isPictureSize = (text: string): text is PictureSize => Object.hasOwn(PICTURE_SIZES, text);

/** Doors put links into pages: nothing but addresses of the web gets in. */
export const isWebAddress = (link: string): boolean => URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
export const NO_WEB_ADDRESS = 'A link must be an address that begins with http:// or https://';
