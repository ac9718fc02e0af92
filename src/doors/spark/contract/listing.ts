import { type TSchema, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { STANDARD_FIELD_NAMES, STANDARD_FIELDS, type StandardField } from '../standard-fields.ts';
import { datetime, key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

const TYPES: Readonly<Record<StandardField['type'], () => TSchema>> = {
  Character: () => Type.String(),
  Integer: () => Type.Integer(),
  Decimal: () => Type.Number(),
  Boolean: () => Type.Boolean(),
  Date: () => Type.String({ format: 'date' }),
  Datetime: datetime,
};
/** What a role may not read is a text, whatever the field's type. */
const shown = (field: StandardField) => {
  const value = orNull(TYPES[field.type]());
  return field.hidden ? Type.Union([value, Type.Literal('********')]) : value;
};
const list = Type.Array(Type.Object({}));

const StandardFields = Type.Object(
  {
    ...Object.fromEntries(STANDARD_FIELD_NAMES.map((name) => [name, optional(shown(STANDARD_FIELDS[name]))])),
    ...Object.fromEntries(
      [
        'Photos',
        'PrimaryPhoto',
        'Videos',
        'VirtualTours',
        'Documents',
        'OpenHouses',
        'TourOfHomes',
        'Rooms',
        'Units',
        'FloPlans',
      ].map((name) => [name, optional(list)]),
    ),
  },
  { $id: 'StandardFields', description: 'A value that the role may not read is "********"; null: there is none.' },
);
const logo = optional(Type.Object({ LogoUri: Type.String(), Type: Type.String() }));

export const ListingRecord = Type.Object(
  {
    ResourceUri,
    Id: key(),
    StandardFields,
    CustomFields: optional(list),
    CustomFieldsExpanded: optional(list),
    CustomFieldsRaw: optional(list),
    RentalCalendar: optional(list),
    Permissions: optional(
      Type.Object({
        Editable: Type.Boolean(),
        EditableSettings: Type.Object({ StatusChange: Type.Boolean(), PriceChange: Type.Boolean(), Photos: Type.Boolean() }),
        AvailableStatusChanges: Type.Array(Type.String()),
      }),
    ),
    DisplayCompliance: optional(Type.Object({ View: Type.Enum(['Summary', 'Detail']), IDXLogo: logo, IDXLogoSmall: logo })),
  },
  { $id: 'Listing' },
);

const listingsQuery = Type.Object({
  ...collectionQuery,
  OpenHouses: optional(
    Type.Integer({ minimum: 0, maximum: 3660, description: 'Keeps listings with an open house within so many days.' }),
  ),
});
const service = 'listings';
const answers = { 200: results(ListingRecord) };
const lists = { service, method: 'GET', params: none, query: listingsQuery, answers } as const;

export const listListings = operation({
  ...lists,
  operationId: 'listListings',
  row: 'E18',
  url: '/listings',
  summary: 'Listings that the key and its user see, the latest change first',
  learned: 'contracts/spark.md 10.2 [docs] [client]',
});
export const readListing = operation({
  operationId: 'readListing',
  row: 'E19',
  service,
  method: 'GET',
  url: '/listings/:listingId',
  summary: 'One listing',
  params: Type.Object({ listingId: key() }),
  query: Type.Object(recordQuery),
  answers,
  learned: 'contracts/spark.md 10.2 [docs] [client]',
});
export const changeListing = operation({
  operationId: 'changeListing',
  row: 'E20',
  service,
  method: 'PUT',
  url: '/flexmls/listings/:listingId',
  summary: 'Changes the price or the expiration date of a listing of the caller',
  params: Type.Object({ listingId: key() }),
  query: none,
  body: Type.Object({
    ListPrice: optional(Type.Union([Type.Number(), Type.String({ pattern: String.raw`^\d{1,12}(\.\d{1,2})?$` })])),
    ExpirationDate: optional(orNull(Type.String({ format: 'date' }))),
  }),
  answers: { 200: success },
  learned: 'contracts/spark.md 10.1 [client]',
  example: { D: { ListPrice: 10000.0 } },
});
export const listMyListings = operation({
  ...lists,
  operationId: 'listMyListings',
  row: 'E21',
  url: '/my/listings',
  summary: "The account's own listings",
  learned: 'contracts/spark.md 10.1 [docs]',
});
export const listOfficeListings = operation({
  ...lists,
  operationId: 'listOfficeListings',
  row: 'E22',
  url: '/office/listings',
  summary: "Listings of the account's office",
  learned: 'contracts/spark.md 10.1 [docs]',
});
export const listCompanyListings = operation({
  ...lists,
  operationId: 'listCompanyListings',
  row: 'E23',
  url: '/company/listings',
  summary: "Listings of the account's company",
  learned: 'contracts/spark.md 10.1 [docs]',
});

const degrees = (most: number) =>
  Type.String({ pattern: String.raw`^[-+ ]?\d{1,3}(\.\d{1,20})?$`, description: `Degrees, -${most} to ${most}.` });
const { _orderby, _skiptoken, ...nearbyQuery } = collectionQuery;

export const listNearbyListings = operation({
  ...lists,
  operationId: 'listNearbyListings',
  row: 'E24',
  url: '/listings/nearby',
  summary: 'Listings around a place, the nearest first',
  query: Type.Object({ ...nearbyQuery, _lat: degrees(90), _lon: degrees(180) }),
  learned: 'contracts/spark.md 10.1 [client]',
});
