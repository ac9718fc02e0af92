import type { Sharp } from 'sharp';
import type { OpenFile } from '../kernel/files.ts';

/** A phone's camera makes 50 megapixels; more is a bomb or a map. */
const MOST_PIXELS = 100_000_000;
const QUALITY = 82;
const SECONDS = 20;
/** Drawings at once: each takes one core for some 30 ms and some 50 MB. */
const AT_ONCE = 2;

/** 60 ms and native code to load, and most processes never draw a picture (design §7). */
async function load() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
let loading: ReturnType<typeof load> | undefined;
const loaded = () => (loading ??= load());

export type Measured = { readonly width: number; readonly height: number };

/** Undefined when the bytes are no picture that can be drawn. @throws Fault unavailable when the store stops giving them */
async function work<T>(file: OpenFile, on: (picture: Sharp) => Promise<T>): Promise<T | undefined> {
  const sharp = await loaded();
  const bytes: Uint8Array[] = [];
  for await (const chunk of file.stream) bytes.push(chunk);
  try {
    return await on(sharp(Buffer.concat(bytes), { limitInputPixels: MOST_PIXELS, failOn: 'error' }));
  } catch {
    return undefined;
  }
}

/** Width and height as a picture is shown; undefined when it cannot be. */
export const measurePicture = (file: OpenFile): Promise<Measured | undefined> =>
  work(file, async (picture) => {
    const { autoOrient } = await picture.metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  });

let running = 0;
const waiting: (() => void)[] = [];

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/**
 * A JPEG so many pixels wide (or as wide as the picture is), upright, on white, without what cameras write along: where it was taken
 * is nobody's business. Undefined when the bytes are damaged.
 */
export const drawPicture = (file: OpenFile, width: number): Promise<Buffer | undefined> =>
  oneOfFew(() =>
    work(file, (picture) =>
      picture
        .timeout({ seconds: SECONDS })
        .autoOrient()
        .resize({ width, withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: QUALITY, progressive: true })
        .toBuffer(),
    ),
  );
