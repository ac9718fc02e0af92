import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { data, documentPath, F, folderPath, id, none, optional, rows, text, timestamp } from './fields.ts';

export const Document = Type.Object(
  {
    id: id(),
    folderId: id(),
    name: text(undefined, 255),
    filename: optional(Type.String({ maxLength: 255, description: 'The name once more, in lists.' })),
    created: timestamp(),
    updated: timestamp(),
    downloadUrl: Type.String({ description: 'GET with the access token answers the file, whatever the Accept header says.' }),
  },
  { $id: 'Document' },
);

const bytes = (contentMediaType: string) => Type.Unsafe<string>({ type: 'string', contentMediaType });
const learned = 'contracts/dotloop.md 5.8 [seed 8]';

export const listDocuments = contract({
  operationId: 'listDocuments',
  method: 'GET',
  url: `${F}/document`,
  summary: 'List the documents of a folder',
  scope: ['loop:read'],
  params: folderPath,
  query: none,
  answers: { 200: rows(Document), 301: null },
  learned,
});

export const readDocument = contract({
  operationId: 'readDocument',
  method: 'GET',
  url: `${F}/document/:documentId`,
  summary: 'Read a document: its metadata, or its bytes with Accept: application/pdf',
  scope: ['loop:read'],
  params: documentPath,
  query: none,
  answers: { 200: [data(Document), bytes('application/pdf')], 301: null },
  learned,
});

export const downloadDocument = contract({
  operationId: 'downloadDocument',
  method: 'GET',
  url: `${F}/document/:documentId/download`,
  summary: 'Download a document',
  scope: ['loop:read'],
  params: documentPath,
  query: none,
  answers: { 200: [bytes('application/pdf'), bytes('application/octet-stream')], 301: null },
  learned: 'contracts/dotloop.md 5.8, an addition of Portico',
});

export const uploadDocument = contract({
  operationId: 'uploadDocument',
  method: 'POST',
  url: `${F}/document`,
  summary: 'Upload a document',
  scope: ['loop:write'],
  params: folderPath,
  query: none,
  upload: Type.Object({ file: Type.Unsafe<string>({ type: 'string', contentMediaType: 'application/octet-stream' }) }),
  answers: { 201: data(Document) },
  learned,
});
