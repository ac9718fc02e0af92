import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { data, id, none, optional, text } from './fields.ts';
import { Loop } from './loop.ts';
import { Status, TransactionType } from './words.ts';

export const LoopIt = Type.Object(
  {
    name: text('Name of the loop, usually the address line or the name of a lead.', 200),
    transactionType: TransactionType,
    status: Status,
    streetName: optional(text()),
    streetNumber: optional(text()),
    unit: optional(text()),
    city: optional(text()),
    state: optional(text()),
    zipCode: optional(text()),
    county: optional(text()),
    country: optional(text()),
    participants: optional(
      Type.Array(
        Type.Object({
          fullName: optional(text()),
          email: optional(text(undefined, 254)),
          role: optional(text('Constant or custom text; OTHER when absent.')),
        }),
        { maxItems: 100 },
      ),
    ),
    templateId: optional(id('Loop template; needed by profiles with requiresTemplate.')),
    mlsPropertyId: optional(text('Number of the listing whose data fill what the request leaves empty.')),
    mlsPropertId: optional(Type.String({ maxLength: 10_000, deprecated: true, description: 'Misspelt alias of mlsPropertyId.' })),
    mlsId: optional(text('The MLS of the listing.')),
    mlsAgentId: optional(text()),
    nrdsId: optional(text()),
  },
  { $id: 'LoopIt' },
);

export const loopIt = contract({
  operationId: 'loopIt',
  method: 'POST',
  url: '/loop-it',
  summary: 'Create a loop with address, participants and template in one request',
  scope: ['loop:write'],
  params: none,
  query: Type.Object({
    profile_id: optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Needed when the account has more than one active INDIVIDUAL profile.',
      }),
    ),
  }),
  body: LoopIt,
  answers: { 201: data(Loop) },
  learned: 'contracts/dotloop.md 5.5 [seed 2]',
  example: {
    name: 'Brian Erwin',
    transactionType: 'PURCHASE_OFFER',
    status: 'PRE_OFFER',
    streetName: 'Waterview Dr',
    streetNumber: '2100',
    unit: '12',
    city: 'San Francisco',
    zipCode: '94114',
    state: 'CA',
    country: 'US',
    participants: [
      { fullName: 'Brian Erwin', email: 'brianerwin@newkyhome.com', role: 'BUYER' },
      { fullName: 'Allen Agent', email: 'allen.agent@gmail.com', role: 'LISTING_AGENT' },
      { fullName: 'Sean Seller', email: 'sean.seller@yahoo.com', role: 'SELLER' },
    ],
    templateId: 1424,
    mlsPropertyId: '43FSB8',
    mlsId: '789',
    mlsAgentId: '123456789',
  },
});
