import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { batchQuery } from '../paging.ts';
import { L, loopPath, rows, text, timestamp } from './fields.ts';

export const Activity = Type.Object({ message: text(), date: timestamp() }, { $id: 'Activity' });

export const listActivities = contract({
  operationId: 'listActivities',
  method: 'GET',
  url: `${L}/activity`,
  summary: 'List what happened to a loop, newest first; the total is always -1',
  scope: ['loop:read'],
  params: loopPath,
  query: Type.Object(batchQuery),
  answers: { 200: rows(Activity), 301: null },
  learned: 'contracts/dotloop.md 5.11 [seed 11]',
});
