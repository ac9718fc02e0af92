import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { batchQuery } from '../paging.ts';
import { changes, data, id, none, optional, rows, text, timestamp } from './fields.ts';

const own = {
  firstName: optional(text()),
  lastName: optional(text()),
  email: optional(text('Kept as sent; equal addresses are allowed.', 254)),
  home: optional(text('Home phone number.')),
  office: optional(text('Office phone number.')),
  fax: optional(text()),
  cell: optional(text('Mobile phone number.')),
  phone: optional(text('Main phone number.')),
  address: optional(text('Address line.')),
  city: optional(text()),
  zipCode: optional(text()),
  state: optional(text()),
  country: optional(text()),
  company: optional(text()),
  role: optional(text('A constant of the built-in roles, or a custom role.')),
  ID: optional(text()),
  'License #': optional(text()),
  'Marital Status': optional(text()),
};

export const Contact = Type.Object({ id: id(), ...own, created: timestamp(), updated: timestamp() }, { $id: 'Contact' });
export const NewContact = Type.Object(own, {
  $id: 'NewContact',
  description: 'At least one of firstName, lastName, email, company.',
});
export const ContactChange = changes(own, [], 'ContactChange');

const contactPath = Type.Object({ contactId: id() });
const learned = 'contracts/dotloop.md 5.12 [seed 12]';

export const listContacts = contract({
  operationId: 'listContacts',
  method: 'GET',
  url: '/contact',
  summary: 'List the contacts of the account',
  scope: ['contact:read'],
  params: none,
  query: Type.Object({
    ...batchQuery,
    filter: optional(Type.String({ description: 'updated_min=<timestamp>', examples: ['updated_min=2017-01-01T00:00:00Z'] })),
    updated_min: optional(Type.String({ description: 'Deprecated form of the filter of that name.', deprecated: true })),
  }),
  answers: { 200: rows(Contact) },
  learned,
});

export const readContact = contract({
  operationId: 'readContact',
  method: 'GET',
  url: '/contact/:contactId',
  summary: 'Read a contact',
  scope: ['contact:read'],
  params: contactPath,
  query: none,
  answers: { 200: data(Contact) },
  learned,
});

export const createContact = contract({
  operationId: 'createContact',
  method: 'POST',
  url: '/contact',
  summary: 'Create a contact',
  scope: ['contact:write'],
  params: none,
  query: none,
  body: NewContact,
  answers: { 201: data(Contact) },
  learned,
  example: {
    firstName: 'Brian',
    lastName: 'Erwin',
    email: 'brianerwin@newkyhome.com',
    home: '(415) 8936 332',
    office: '(415) 1213 656',
    fax: '(415) 8655 686',
    address: '2100 Waterview Dr',
    city: 'San Francisco',
    zipCode: '94114',
    state: 'CA',
    country: 'US',
  },
});

export const updateContact = contract({
  operationId: 'updateContact',
  method: 'PATCH',
  url: '/contact/:contactId',
  summary: 'Change members of a contact',
  scope: ['contact:write'],
  params: contactPath,
  query: none,
  body: ContactChange,
  answers: { 200: data(Contact) },
  learned,
  example: { home: '(415) 888 8888' },
});

export const deleteContact = contract({
  operationId: 'deleteContact',
  method: 'DELETE',
  url: '/contact/:contactId',
  summary: 'Delete a contact',
  scope: ['contact:write'],
  params: contactPath,
  query: none,
  answers: { 204: null },
  learned,
});
