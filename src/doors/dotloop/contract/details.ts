import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { SECTIONS } from '../map/detail-names.ts';
import { data, L, loopPath, none, optional, text } from './fields.ts';

const section = (fields: readonly string[]) =>
  optional(Type.Object(Object.fromEntries(fields.map((name) => [name, optional(text())])), { additionalProperties: text() }));

/** Section → field → text as typed. Fields and sections that the brokerage defined itself may come on top. */
export const LoopDetails = Type.Object(
  Object.fromEntries(SECTIONS.map(({ name, fields }) => [name, section(fields.map((field) => field.name))])),
  { $id: 'LoopDetails', description: 'Only sections and fields that have a value. Every value is a text as the user typed it.' },
);

/**
 * Any section and field name passes here, because the door knows the names that the brokerage defined only when it is called; unknown
 * ones are refused by the map (contracts/dotloop.md §5.6).
 */
export const LoopDetailsChange = Type.Unsafe<Record<string, Record<string, string | null> | null>>({
  $id: 'LoopDetailsChange',
  type: 'object',
  additionalProperties: { type: ['object', 'null'], additionalProperties: { type: ['string', 'null'], maxLength: 10_000 } },
  description: 'Sections with the fields to change; "" or null clears a field.',
});

const learned = 'contracts/dotloop.md 5.6 [seed 6]';

export const readLoopDetails = contract({
  operationId: 'readLoopDetails',
  method: 'GET',
  url: `${L}/detail`,
  summary: 'Read the details of a loop',
  scope: ['loop:read'],
  params: loopPath,
  query: none,
  answers: { 200: data(LoopDetails), 301: null },
  learned,
});

export const updateLoopDetails = contract({
  operationId: 'updateLoopDetails',
  method: 'PATCH',
  url: `${L}/detail`,
  summary: 'Change details of a loop; answers the whole map',
  scope: ['loop:write'],
  params: loopPath,
  query: none,
  body: LoopDetailsChange,
  answers: { 200: data(LoopDetails) },
  learned,
  example: { Financials: { 'Purchase/Sale Price': '342342' } },
});
