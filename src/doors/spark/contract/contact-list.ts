import { Type } from 'typebox';
import { collectionQuery } from '../paging.ts';
import { ContactShown } from './contact.ts';
import { none, operation, optional, ResourceUri, results } from './operation.ts';

const shared = { service: 'contacts', learned: 'contracts/spark.md 10.3' } as const;
const collection = {
  ...shared,
  method: 'GET',
  query: Type.Object(collectionQuery),
  answers: { 200: results(ContactShown) },
} as const;

export const listTags = operation({
  ...shared,
  operationId: 'listContactTags',
  row: 'E33',
  method: 'GET',
  url: '/contacts/tags',
  summary: 'The tags in use',
  params: none,
  query: Type.Object(collectionQuery),
  answers: { 200: results(Type.Object({ ResourceUri: optional(ResourceUri), Tag: optional(Type.String()) })) },
});

export const listTagged = operation({
  ...collection,
  operationId: 'listTaggedContacts',
  row: 'E34',
  url: '/contacts/tags/:tag',
  summary: 'The contacts with a tag; nothing for a tag that nobody has',
  params: Type.Object({ tag: Type.String({ examples: ['Current Buyers'] }) }),
});

export const exportContacts = operation({
  ...collection,
  operationId: 'exportContacts',
  row: 'E35',
  url: '/contacts/export',
  summary: 'A page of the contacts, to be taken elsewhere',
  params: none,
});

const { _filter, _orderby, _select, _pagination } = collectionQuery;
export const exportAllContacts = operation({
  ...collection,
  operationId: 'exportAllContacts',
  row: 'E35',
  url: '/contacts/export/all',
  summary: 'All contacts in one answer; 25,000 at most',
  params: none,
  query: Type.Object({ _filter, _orderby, _select, _pagination }),
});
