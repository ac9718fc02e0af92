import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { changes, data, id, L, loopPath, none, optional, rows, text } from './fields.ts';

/** Members that keep the Title Case of the vendor's form, in the order of an answer [seed 9.3.1, 14.1.1]. */
export const TITLE_CASE = [
  'Street Name',
  'Street Number',
  'City',
  'State/Prov',
  'Zip/Postal Code',
  'Unit Number',
  'Country',
  'Phone',
  'Cell Phone',
  'Company Name',
  'Fax',
  'ID',
  'License #',
  'Marital Status',
] as const;
export type TitleCase = (typeof TITLE_CASE)[number];

const titled = Object.fromEntries(TITLE_CASE.map((name) => [name, optional(text())])) as Record<
  TitleCase,
  ReturnType<typeof optional<ReturnType<typeof text>>>
>;

const email = text('Kept as sent.', 254);
const role = text('A constant of the built-in roles, or a custom role.');
const fullName = text('First and last name.');

export const Participant = Type.Object(
  { id: id(), fullName: optional(fullName), email: optional(email), role, ...titled },
  { $id: 'Participant' },
);
const own = { fullName: optional(fullName), email: optional(email), role, ...titled };
export const NewParticipant = Type.Object(own, { $id: 'NewParticipant' });
export const ParticipantChange = changes(own, ['role'], 'ParticipantChange');

const participantPath = Type.Object({ ...loopPath.properties, participantId: id() });
const learned = 'contracts/dotloop.md 5.9 [seed 9]';
const one = `${L}/participant/:participantId`;

export const listParticipants = contract({
  operationId: 'listParticipants',
  method: 'GET',
  url: `${L}/participant`,
  summary: 'List the participants of a loop',
  scope: ['loop:read'],
  params: loopPath,
  query: none,
  answers: { 200: rows(Participant), 301: null },
  learned,
});

export const readParticipant = contract({
  operationId: 'readParticipant',
  method: 'GET',
  url: one,
  summary: 'Read a participant',
  scope: ['loop:read'],
  params: participantPath,
  query: none,
  answers: { 200: data(Participant), 301: null },
  learned,
});

export const createParticipant = contract({
  operationId: 'createParticipant',
  method: 'POST',
  url: `${L}/participant`,
  summary: 'Add a participant: a role, and a name or an e-mail',
  scope: ['loop:write'],
  params: loopPath,
  query: none,
  body: NewParticipant,
  answers: { 201: data(Participant) },
  learned,
  example: {
    fullName: 'Brian Erwin',
    email: 'brian@gmail.com',
    role: 'BUYER',
    'Street Name': '123',
    'Street Number': 'Main St.',
    City: 'Cincinnati',
    'Zip/Postal Code': '45123',
    Country: 'USA',
    Phone: '(555) 555-5555',
    'Cell Phone': '(555) 555-4444',
    'Company Name': "Buyer's Company",
  },
});

export const updateParticipant = contract({
  operationId: 'updateParticipant',
  method: 'PATCH',
  url: one,
  summary: 'Change members of a participant',
  scope: ['loop:write'],
  params: participantPath,
  query: none,
  body: ParticipantChange,
  answers: { 200: data(Participant) },
  learned,
  example: { email: 'brian@gmail.com' },
});

export const deleteParticipant = contract({
  operationId: 'deleteParticipant',
  method: 'DELETE',
  url: one,
  summary: 'Remove a participant from the loop',
  scope: ['loop:write'],
  params: participantPath,
  query: none,
  answers: { 204: null },
  learned,
});
