import {
  type Document,
  type Medium,
  mediumName,
  type OpenHouse,
  PICTURE_SIZES,
  type PictureSize,
  type RentalPeriod,
} from '../../../domain/index.ts';

/** A part of a listing under its own path; the last segment of ResourceUri is its Id, which clients rely on. */
const named = (listingKey: string, sub: string, key: string) => ({
  ResourceUri: `/v1/listings/${listingKey}/${sub}/${key}`,
  Id: key,
});

const pictureUri = (publicUrl: string, { public_key }: Medium, size: PictureSize) =>
  `${publicUrl}/media/${public_key}/${size}.jpg`;

const URI_OF = Object.keys(PICTURE_SIZES).map((size) => [
  `Uri${size.charAt(0).toUpperCase()}${size.slice(1)}` as const,
  size as PictureSize,
]) as [`Uri${Capitalize<PictureSize>}`, PictureSize][];

export type Photo = ReturnType<typeof toPhoto>;
/** The first photograph is the primary one. */
export const toPhoto = (publicUrl: string, listingKey: string, medium: Medium, primary: boolean) => ({
  ...named(listingKey, 'photos', medium.reso_key),
  Name: mediumName(medium),
  Caption: medium.caption ?? '',
  ...(Object.fromEntries(URI_OF.map(([name, size]) => [name, pictureUri(publicUrl, medium, size)])) as Record<
    (typeof URI_OF)[number][0],
    string
  >),
  Primary: primary,
});

const typeOf = ({ branded }: Medium) => (branded ? 'branded' : 'unbranded');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** ObjectHtml goes into pages as it is: a frame of the video's address, and nothing that somebody typed stays unescaped. */
export const toVideo = (listingKey: string, medium: Medium) => ({
  ...named(listingKey, 'videos', medium.reso_key),
  Name: mediumName(medium),
  Caption: medium.caption ?? '',
  Type: typeOf(medium),
  ObjectHtml: `<iframe src="${escaped(medium.link ?? '')}" title="${escaped(mediumName(medium))}" width="640" height="360" allowfullscreen></iframe>`,
});

export const toVirtualTour = (listingKey: string, medium: Medium) => ({
  ...named(listingKey, 'virtualtours', medium.reso_key),
  Name: mediumName(medium),
  Uri: medium.link ?? '',
  Type: typeOf(medium),
});

/** `link` is good for a day or two, so that a page that shows the listing can link it. */
export const toListingDocument = (publicUrl: string, listingKey: string, document: Document, link: string) => ({
  ...named(listingKey, 'documents', document.reso_key),
  Name: document.name,
  Uri: `${publicUrl}/media/documents/${link}`,
});

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: true,
  });
  formats.set(timeZone, made);
  return made;
}

/** `10/01/2010` and `09:00 AM`, as a clock on the wall says it (contracts/spark.md §10.2). */
function wallClock(at: Date, timeZone: string): { date: string; time: string } {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { date: `${part.month}/${part.day}/${part.year}`, time: `${part.hour}:${part.minute} ${part.dayPeriod}` };
}

const hoursOf = (house: OpenHouse) => {
  const start = wallClock(house.starts_at, house.time_zone);
  return {
    Date: start.date,
    StartTime: start.time,
    EndTime: wallClock(house.ends_at, house.time_zone).time,
    Comments: house.comments ?? '',
  };
};

export const toOpenHouse = (listingKey: string, house: OpenHouse) => ({
  ...named(listingKey, 'openhouses', house.reso_key),
  ...hoursOf(house),
});

/** A tour has no path of its own here, so it names none. */
export const toTourOfHomes = (house: OpenHouse) => ({ Id: house.reso_key, ...hoursOf(house), AdditionalInfo: [] });

export const toRentalPeriod = (period: RentalPeriod) => ({
  Id: period.reso_key,
  StartDate: period.starts_on,
  EndDate: period.ends_on,
  Type: period.status,
});

/** The two forms in which clients look for a plan: whole, and small. */
export const toFloPlan = (publicUrl: string, medium: Medium) => ({
  Id: medium.reso_key,
  Name: mediumName(medium),
  Images: [
    { Uri: pictureUri(publicUrl, medium, 'large'), Type: 'all_in_one_jpg' },
    { Uri: pictureUri(publicUrl, medium, '300'), Type: 'all_in_one_thumbnail_jpg' },
  ],
});
