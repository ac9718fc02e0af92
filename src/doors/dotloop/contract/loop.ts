import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { batchQuery } from '../paging.ts';
import { LoopDetails } from './details.ts';
import { changes, data, id, L, loopPath, none, optional, P, profilePath, rows, text, timestamp } from './fields.ts';
import { Status, TransactionType } from './words.ts';

const summary = {
  id: id('The view id, also in loopUrl.'),
  profileId: id('The profile under which the loop is read.'),
  ownerProfileId: id('The profile that owns it; another one for a loop that somebody shared.'),
  name: text(undefined, 200),
  transactionType: TransactionType,
  status: Status,
  totalTaskCount: Type.Integer({ minimum: 0 }),
  completedTaskCount: Type.Integer({ minimum: 0 }),
  created: timestamp(),
  updated: timestamp(),
  loopUrl: Type.String({ description: 'A page that shows the loop to people.' }),
};

export const Loop = Type.Object(summary, { $id: 'Loop' });
export const LoopRow = Type.Object({ ...summary, details: optional(LoopDetails) }, { $id: 'LoopRow' });

const own = { name: text('Name of the loop.', 200), transactionType: TransactionType, status: optional(Status) };
export const NewLoop = Type.Object(
  { ...own, templateId: optional(id('Loop template; needed by profiles with requiresTemplate.')) },
  { $id: 'NewLoop' },
);
export const LoopChange = changes(own, ['name', 'transactionType', 'status'], 'LoopChange');

const learned = 'contracts/dotloop.md 5.3 [seed 5]';

export const listLoops = contract({
  operationId: 'listLoops',
  method: 'GET',
  url: `${P}/loop`,
  summary: 'List the loops of a profile',
  scope: ['loop:read'],
  params: profilePath,
  query: Type.Object({
    ...batchQuery,
    sort: optional(
      Type.String({
        description:
          '<category>[:asc|desc]; categories: default, address, created, updated, purchase_price, listing_date, expiration_date, closing_date, review_submission_date.',
        examples: ['purchase_price:desc'],
      }),
    ),
    filter: optional(
      Type.String({
        description:
          '<key>=<value>[|<value>…][,<key>=<value>…]; keys: updated_min, created_min, transaction_type, transaction_status.',
        examples: ['transaction_type=PURCHASE_OFFER|LISTING_FOR_SALE'],
      }),
    ),
    updated_min: optional(Type.String({ description: 'Deprecated form of the filter of that name.', deprecated: true })),
    include_details: optional(Type.Boolean({ default: false, description: 'Add the details to each row.' })),
  }),
  answers: { 200: rows(LoopRow) },
  learned,
});

export const readLoop = contract({
  operationId: 'readLoop',
  method: 'GET',
  url: L,
  summary: 'Read a loop; one that was merged away redirects to its survivor',
  scope: ['loop:read'],
  params: loopPath,
  query: none,
  answers: { 200: data(Loop), 301: null },
  learned: 'contracts/dotloop.md 5.3, 5.4 [seed 5.2]',
});

export const createLoop = contract({
  operationId: 'createLoop',
  method: 'POST',
  url: `${P}/loop`,
  summary: 'Create a loop',
  scope: ['loop:write'],
  params: profilePath,
  query: none,
  body: NewLoop,
  answers: { 201: data(Loop) },
  learned,
  example: { name: 'Atturo Garay, 3059 Main, Chicago, IL 60614', status: 'PRE_LISTING', transactionType: 'LISTING_FOR_SALE' },
});

export const updateLoop = contract({
  operationId: 'updateLoop',
  method: 'PATCH',
  url: L,
  summary: 'Change name, status or transaction type of a loop',
  scope: ['loop:write'],
  params: loopPath,
  query: none,
  body: LoopChange,
  answers: { 200: data(Loop) },
  learned,
  example: { status: 'SOLD' },
});
