import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { creation, datetime, key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

/** Strings have no documented limit; this is ours. */
const LONGEST = 10_000;
const shown = () => orNull(Type.String());
/** Null and "" clear. */
const text = (maxLength = LONGEST) => Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength });

const ADDRESS = ['StreetAddress', 'Locality', 'Region', 'PostalCode'] as const;
const addresses = <T>(schema: () => T) =>
  Object.fromEntries(['Home', 'Work'].flatMap((place) => ADDRESS.map((name) => [place + name, schema()]))) as Record<
    `${'Home' | 'Work'}${(typeof ADDRESS)[number]}`,
    T
  >;

const Contact = Type.Object({
  Id: key(),
  ResourceUri,
  OwnerId: orNull(key('The account whose contact it is.')),
  DisplayName: Type.String(),
  GivenName: shown(),
  FamilyName: shown(),
  PrimaryEmail: shown(),
  PrimaryPhoneNumber: shown(),
  ...addresses(shown),
  Tags: Type.Array(Type.String()),
  VowEnabled: Type.Boolean({ description: 'The contact has a portal account, and may use it.' }),
  CreatedTimestamp: datetime(),
  ModificationTimestamp: datetime(),
});
export type Contact = Static<typeof Contact>;
export const ContactShown = Type.Intersect([Type.Pick(Contact, ['Id', 'ResourceUri']), Type.Partial(Contact)], {
  $id: 'Contact',
});

const DisplayName = text();
const own = {
  GivenName: optional(text()),
  FamilyName: optional(text()),
  PrimaryEmail: optional(text(254)),
  PrimaryPhoneNumber: optional(text()),
  ...addresses(() => optional(text())),
};
const Tag = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Tags = Type.Array(Tag, { maxItems: 100 });
const OwnContactChange = Type.Object({ DisplayName: optional(DisplayName), ...own }, { $id: 'OwnContactChange' });
export type OwnContactChange = Static<typeof OwnContactChange>;
const ContactChange = Type.Object(
  { ...OwnContactChange.properties, Tags: optional(Tags), VowEnabled: optional(Type.Boolean()) },
  { $id: 'ContactChange' },
);
export type ContactChange = Static<typeof ContactChange>;
const NewContact = Type.Object(
  {
    DisplayName,
    ...own,
    Tags: optional(Tags),
    Tag: optional(Tag),
    Notify: optional(Type.Boolean({ description: 'The agent is told.' })),
  },
  { $id: 'NewContact' },
);
export type NewContact = Static<typeof NewContact>;

const shared = { service: 'contacts', learned: 'contracts/spark.md 10.3' } as const;
const contactId = Type.Object({ contactId: key() });

export const listContacts = operation({
  ...shared,
  operationId: 'listContacts',
  row: 'E31',
  method: 'GET',
  url: '/contacts',
  summary: 'The contacts of the account',
  params: none,
  query: Type.Object(collectionQuery),
  answers: { 200: results(ContactShown) },
});

export const createContact = operation({
  ...shared,
  operationId: 'createContact',
  row: 'E31',
  method: 'POST',
  url: '/contacts',
  summary: 'Add a contact',
  params: none,
  query: none,
  body: NewContact,
  plural: 'Contacts',
  answers: { 201: creation },
  example: { D: { Contacts: [{ DisplayName: 'Contact Four', PrimaryEmail: 'contact4@fbsdata.com' }] } },
});

export const readContact = operation({
  ...shared,
  operationId: 'readContact',
  row: 'E32',
  method: 'GET',
  url: '/contacts/:contactId',
  summary: 'One contact',
  params: contactId,
  query: Type.Object(recordQuery),
  answers: { 200: results(ContactShown) },
});

export const changeContact = operation({
  ...shared,
  operationId: 'changeContact',
  row: 'E32',
  method: 'PUT',
  url: '/contacts/:contactId',
  summary: 'Change attributes of a contact',
  params: contactId,
  query: none,
  body: ContactChange,
  answers: { 200: success },
  example: { D: { PrimaryPhoneNumber: '(701) 555-0100' } },
});

export const removeContact = operation({
  ...shared,
  operationId: 'removeContact',
  row: 'E32',
  method: 'DELETE',
  url: '/contacts/:contactId',
  summary: 'Remove a contact',
  params: contactId,
  query: none,
  answers: { 200: success },
});

const mine = { row: 'E36', service: 'my/contact', url: '/my/contact', params: none, learned: 'contracts/spark.md 10.3' } as const;

export const readMyContact = operation({
  ...mine,
  operationId: 'readMyContact',
  method: 'GET',
  summary: "The consumer's own contact",
  query: Type.Object(recordQuery),
  answers: { 200: results(ContactShown) },
});

export const changeMyContact = operation({
  ...mine,
  operationId: 'changeMyContact',
  method: 'PUT',
  summary: "Change attributes of the consumer's own contact",
  query: none,
  body: OwnContactChange,
  answers: { 200: success },
  example: { D: { HomeStreetAddress: '501 42nd St S', HomeLocality: 'Fargo' } },
});
