import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { data, flag, id, none, P, profilePath, rows, text } from './fields.ts';
import { TransactionType } from './words.ts';

export const LoopTemplate = Type.Object(
  {
    id: id(),
    profileId: id('The profile that owns it.'),
    name: text(),
    transactionType: TransactionType,
    shared: flag('Shared with the profiles below its owner.'),
    global: flag('Applied to every new loop.'),
  },
  { $id: 'LoopTemplate' },
);

/** Either is enough, because templates are needed to create loops [seed 16, 06/28/2017]. */
const scope = ['template:read', 'loop:write'];
const learned = 'contracts/dotloop.md 5.13 [seed 13]';

export const listTemplates = contract({
  operationId: 'listLoopTemplates',
  method: 'GET',
  url: `${P}/loop-template`,
  summary: 'List the loop templates that a profile may use',
  scope,
  params: profilePath,
  query: none,
  answers: { 200: rows(LoopTemplate) },
  learned,
});

export const readTemplate = contract({
  operationId: 'readLoopTemplate',
  method: 'GET',
  url: `${P}/loop-template/:templateId`,
  summary: 'Read a loop template',
  scope,
  params: Type.Object({ ...profilePath.properties, templateId: id() }),
  query: none,
  answers: { 200: data(LoopTemplate) },
  learned,
});
