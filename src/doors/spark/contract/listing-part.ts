import { type TSchema, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { key, operation, ResourceUri, results } from './operation.ts';

const Id = Type.String({ pattern: '^[0-9]{26}$' });
const own = { ResourceUri, Id };
const address = (description: string) => Type.String({ format: 'uri', description });
const picture = (width: number) => address(`A JPEG of at most ${width} pixels in width.`);
const kind = Type.Enum(['branded', 'unbranded']);

export const PhotoRecord = Type.Object(
  {
    ...own,
    Name: Type.String(),
    Caption: Type.String(),
    UriThumb: picture(160),
    Uri300: picture(300),
    Uri640: picture(640),
    Uri800: picture(800),
    Uri1024: picture(1024),
    Uri1280: picture(1280),
    UriLarge: picture(2048),
    Primary: Type.Boolean({ description: 'The first of the listing.' }),
  },
  { $id: 'Photo' },
);
export const VideoRecord = Type.Object(
  {
    ...own,
    Name: Type.String(),
    Caption: Type.String(),
    Type: kind,
    ObjectHtml: Type.String({ description: 'To be put into a page.' }),
  },
  { $id: 'Video' },
);
export const VirtualTourRecord = Type.Object(
  { ...own, Name: Type.String(), Uri: Type.String(), Type: kind },
  { $id: 'VirtualTour' },
);
export const DocumentRecord = Type.Object(
  { ...own, Name: Type.String(), Uri: address('Downloads without credentials, for a day at least and two at most.') },
  { $id: 'ListingDocument' },
);
const hours = {
  Date: Type.String({ pattern: String.raw`^\d\d/\d\d/\d{4}$`, examples: ['10/01/2010'] }),
  StartTime: Type.String({ examples: ['09:00 AM'], description: 'In the time zone of /system.' }),
  EndTime: Type.String({ examples: ['12:00 PM'] }),
  Comments: Type.String(),
};
export const OpenHouseRecord = Type.Object({ ...own, ...hours }, { $id: 'OpenHouse' });
export const RentalPeriodRecord = Type.Object(
  { Id, StartDate: Type.String({ format: 'date' }), EndDate: Type.String({ format: 'date' }), Type: Type.String() },
  { $id: 'RentalPeriod' },
);

const ofListing = Type.Object({ listingId: key() });
const oneOfListing = Type.Object({ listingId: key(), partId: key() });
/** Without parameters of paging all parts come, as clients expect who ask for the photos of a listing. */
const partsQuery = Type.Object({
  ...collectionQuery,
  _limit: Type.Optional(Type.Integer({ minimum: 0, description: 'Size of a page, 25 at most. Without it, all.' })),
});
const onePartQuery = Type.Object(recordQuery);

const shared = { service: 'listings', method: 'GET', learned: 'contracts/spark.md 10.2 [docs] [client]' } as const;

const parts = <T extends TSchema>(sub: string, noun: string, many: string, schema: T) =>
  [
    operation({
      ...shared,
      row: 'E25',
      operationId: `list${noun}s`,
      url: `/listings/:listingId/${sub}`,
      summary: `The ${many} of a listing`,
      params: ofListing,
      query: partsQuery,
      answers: { 200: results(schema) },
    }),
    operation({
      ...shared,
      row: 'E26',
      operationId: `read${noun}`,
      url: `/listings/:listingId/${sub}/:partId`,
      summary: `One of the ${many} of a listing`,
      params: oneOfListing,
      query: onePartQuery,
      answers: { 200: results(schema) },
    }),
  ] as const;

export const [listPhotos, readPhoto] = parts('photos', 'Photo', 'photos', PhotoRecord);
export const [listVideos, readVideo] = parts('videos', 'Video', 'videos', VideoRecord);
export const [listVirtualTours, readVirtualTour] = parts('virtualtours', 'VirtualTour', 'virtual tours', VirtualTourRecord);
export const [listListingDocuments, readListingDocument] = parts('documents', 'ListingDocument', 'documents', DocumentRecord);
export const [listOpenHouses, readOpenHouse] = parts('openhouses', 'OpenHouse', 'open houses that are not over', OpenHouseRecord);
export const [listRentalPeriods, readRentalPeriod] = parts(
  'rentalcalendar',
  'RentalPeriod',
  'periods of the rental calendar',
  RentalPeriodRecord,
);
