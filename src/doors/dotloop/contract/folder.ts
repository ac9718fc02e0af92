import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { Document } from './document.ts';
import { changes, data, F, folderPath, id, L, loopPath, none, optional, rows, text, timestamp } from './fields.ts';

export const Folder = Type.Object(
  {
    id: id(),
    name: text(undefined, 200),
    created: timestamp(),
    updated: timestamp(),
    documents: optional(Type.Array(Document, { description: 'With include_documents=true.' })),
  },
  { $id: 'Folder' },
);

const own = { name: text('Name of the folder.', 200) };
export const NewFolder = Type.Object(own, { $id: 'NewFolder' });
export const FolderChange = changes(own, ['name'], 'FolderChange');

const query = Type.Object({
  include_documents: optional(Type.Boolean({ default: false, description: 'Add the documents to each folder.' })),
  include_archived: optional(Type.Boolean({ default: false, description: 'Show archived folders and documents too.' })),
});
const learned = 'contracts/dotloop.md 5.7 [seed 7]';

export const listFolders = contract({
  operationId: 'listFolders',
  method: 'GET',
  url: `${L}/folder`,
  summary: 'List the folders of a loop',
  scope: ['loop:read'],
  params: loopPath,
  query,
  answers: { 200: rows(Folder), 301: null },
  learned,
});

export const readFolder = contract({
  operationId: 'readFolder',
  method: 'GET',
  url: F,
  summary: 'Read a folder',
  scope: ['loop:read'],
  params: folderPath,
  query,
  answers: { 200: data(Folder), 301: null },
  learned,
});

export const createFolder = contract({
  operationId: 'createFolder',
  method: 'POST',
  url: `${L}/folder`,
  summary: 'Create a folder',
  scope: ['loop:write'],
  params: loopPath,
  query: none,
  body: NewFolder,
  answers: { 201: data(Folder) },
  learned,
  example: { name: 'Disclosures' },
});

export const updateFolder = contract({
  operationId: 'updateFolder',
  method: 'PATCH',
  url: F,
  summary: 'Rename a folder',
  scope: ['loop:write'],
  params: folderPath,
  query: none,
  body: FolderChange,
  answers: { 200: data(Folder) },
  learned,
  example: { name: 'Disclosures (renamed)' },
});
