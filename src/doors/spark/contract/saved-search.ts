import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { datetime, key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

const SavedSearch = Type.Object({
  Id: key(),
  ResourceUri,
  OwnerId: key('An account, a contact, or the company whose search it is.'),
  Name: Type.String(),
  Description: orNull(Type.String()),
  Filter: orNull(Type.String({ description: 'SparkQL, as it was sent; null finds every listing.' })),
  ContactIds: Type.Array(key(), { description: 'Whom it is for; a consumer is told of itself, a site of nobody.' }),
  Tags: Type.Array(Type.String()),
  Provided: Type.Boolean({ description: 'An agent provides it to consumers, or the company to all.' }),
  ModificationTimestamp: datetime(),
});
export type SavedSearch = Static<typeof SavedSearch>;
const SavedSearchShown = Type.Intersect([Type.Pick(SavedSearch, ['Id', 'ResourceUri']), Type.Partial(SavedSearch)], {
  $id: 'SavedSearch',
});

const Name = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });
const own = {
  Description: optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 4000 })),
  Filter: optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: 100_000,
      description: 'SparkQL',
      examples: ["City Eq 'Oxford'"],
    }),
  ),
  Tags: optional(Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), { maxItems: 100 })),
  ContactIds: optional(Type.Array(key(), { maxItems: 1000 })),
  Provided: optional(Type.Boolean()),
};
const NewSavedSearch = Type.Object({ Name, ...own }, { $id: 'NewSavedSearch' });
export type NewSavedSearch = Static<typeof NewSavedSearch>;
const SavedSearchChange = Type.Object({ Name: optional(Name), ...own }, { $id: 'SavedSearchChange' });
export type SavedSearchChange = Static<typeof SavedSearchChange>;

const shared = { service: 'savedsearches', learned: 'contracts/spark.md 10.6' } as const;
const collection = {
  ...shared,
  method: 'GET',
  query: Type.Object(collectionQuery),
  answers: { 200: results(SavedSearchShown) },
} as const;
const searchId = Type.Object({ searchId: key() });
const contactId = Type.Object({ contactId: key() });

export const listContactSearches = operation({
  ...collection,
  service: 'contacts/parts',
  operationId: 'listContactSavedSearches',
  row: 'E38',
  url: '/contacts/:contactId/savedsearches',
  summary: 'The saved searches of a contact',
  params: contactId,
});
export const listContactProvided = operation({
  ...collection,
  service: 'contacts/parts',
  operationId: 'listContactProvidedSearches',
  row: 'E38',
  url: '/contacts/:contactId/provided/savedsearches',
  summary: 'The saved searches that are provided to a contact',
  params: contactId,
});

export const listSearches = operation({
  ...collection,
  operationId: 'listSavedSearches',
  row: 'E54',
  url: '/savedsearches',
  summary: 'The saved searches of the caller',
  params: none,
});
export const createSearch = operation({
  ...shared,
  operationId: 'createSavedSearch',
  row: 'E54',
  method: 'POST',
  url: '/savedsearches',
  summary: 'Save a search',
  params: none,
  query: none,
  body: NewSavedSearch,
  plural: 'SavedSearches',
  answers: { 201: results(Type.Pick(SavedSearch, ['ResourceUri', 'Id', 'Name'])) },
  example: { D: { SavedSearches: [{ Name: 'A new search name here', Filter: "City Eq 'Oxford'" }] } },
});
export const listTaggedSearches = operation({
  ...collection,
  operationId: 'listTaggedSavedSearches',
  row: 'E54',
  url: '/savedsearches/tags/:tag',
  summary: 'The saved searches of the caller that carry a tag',
  params: Type.Object({ tag: Type.String({ minLength: 1 }) }),
});

export const readSearch = operation({
  ...shared,
  operationId: 'readSavedSearch',
  row: 'E55',
  method: 'GET',
  url: '/savedsearches/:searchId',
  summary: 'One saved search',
  params: searchId,
  query: Type.Object(recordQuery),
  answers: { 200: results(SavedSearchShown) },
});
export const changeSearch = operation({
  ...shared,
  operationId: 'changeSavedSearch',
  row: 'E55',
  method: 'PUT',
  url: '/savedsearches/:searchId',
  summary: 'Change attributes of a saved search',
  params: searchId,
  query: none,
  body: SavedSearchChange,
  answers: { 200: success },
  example: { D: { Name: 'A new search name here' } },
});
export const removeSearch = operation({
  ...shared,
  operationId: 'removeSavedSearch',
  row: 'E55',
  method: 'DELETE',
  url: '/savedsearches/:searchId',
  summary: 'Remove a saved search',
  params: searchId,
  query: none,
  answers: { 200: success },
});
export const attachContact = operation({
  ...shared,
  operationId: 'attachContactToSavedSearch',
  row: 'E55',
  method: 'PUT',
  url: '/savedsearches/:searchId/contacts/:contactId',
  summary: 'The search is for that contact too',
  params: Type.Object({ searchId: key(), contactId: key() }),
  query: none,
  answers: { 200: success },
});
export const detachContact = operation({
  ...shared,
  operationId: 'detachContactFromSavedSearch',
  row: 'E55',
  method: 'DELETE',
  url: '/savedsearches/:searchId/contacts/:contactId',
  summary: 'The search is for that contact no longer',
  params: Type.Object({ searchId: key(), contactId: key() }),
  query: none,
  answers: { 200: success },
});

export const listProvided = operation({
  ...collection,
  operationId: 'listProvidedSavedSearches',
  row: 'E56',
  url: '/provided/savedsearches',
  summary: 'The saved searches that are provided to the caller',
  params: none,
});
export const readProvided = operation({
  ...shared,
  operationId: 'readProvidedSavedSearch',
  row: 'E56',
  method: 'GET',
  url: '/provided/savedsearches/:searchId',
  summary: 'One saved search that is provided to the caller',
  params: searchId,
  query: Type.Object(recordQuery),
  answers: { 200: results(SavedSearchShown) },
});
