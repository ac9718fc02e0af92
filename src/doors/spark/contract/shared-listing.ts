import { type Static, Type } from 'typebox';
import { recordQuery } from '../paging.ts';
import { key, none, operation, optional, ResourceUri, results } from './operation.ts';

const Shared = Type.Object({
  ResourceUri,
  SharedUri: Type.String({ format: 'uri', description: 'A page that shows the listings to whoever has its address.' }),
  Mode: Type.Literal('Public'),
  Id: Type.String({ examples: ['15Ar'] }),
});
const SharedListing = Type.Object({ ...Shared.properties, ListingIds: Type.Array(key()) });
export type SharedListing = Static<typeof SharedListing>;

const NewSharedListing = Type.Object(
  {
    ListingIds: Type.Array(key(), { minItems: 1, maxItems: 500 }),
    ViewId: optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 64 })),
  },
  { $id: 'NewSharedListing' },
);

const common = { service: 'sharedlistings', row: 'E57', learned: 'contracts/spark.md 10.6' } as const;

export const createShared = operation({
  ...common,
  operationId: 'createSharedListing',
  method: 'POST',
  url: '/sharedlistings',
  summary: 'Share listings by an address',
  params: none,
  query: none,
  body: NewSharedListing,
  plural: 'SharedListings',
  answers: { 201: results(Shared) },
  example: {
    D: { ListingIds: ['20100815153524571646000000', '20100912153422758914000000'], ViewId: '20080125122333787615000000' },
  },
});
export const readShared = operation({
  ...common,
  operationId: 'readSharedListing',
  method: 'GET',
  url: '/sharedlistings/:sharedId',
  summary: 'What is shared under that id',
  params: Type.Object({ sharedId: Type.String({ pattern: '^[0-9A-Za-z]{1,32}$' }) }),
  query: Type.Object(recordQuery),
  answers: {
    200: results(
      Type.Intersect([Type.Pick(SharedListing, ['Id', 'ResourceUri']), Type.Partial(SharedListing)], { $id: 'SharedListing' }),
    ),
  },
});
