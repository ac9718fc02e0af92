import { boolean, noun, refs, text, texts } from '../records/index.ts';

/** A part of town as the brokerage draws it: postcodes, corners of a shape, or other areas. No relation to an MLS's areas. */
export const areaNoun = noun({
  name: 'area',
  columns: {
    name: text({ required: true }),
    active: boolean({ required: true }),
    type: text({ required: true }),
    area: texts(),
    department_ids: refs('department'),
    office_ids: refs('office'),
    parent_ids: refs('area'),
  },
  code: { configured: ({ name }) => name ?? '', length: 3 },
  label: ({ name }) => name ?? '',
  fields: { name: { sql: 't.name', type: 'text', caseless: true, required: true } },
});
