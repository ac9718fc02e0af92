import { date, noun, option, ref, text } from '../records/index.ts';

/** Gas, electricity, insurance: papers with an end, of a property, or of an estate or block that is known by its code alone. */
export const certificateNoun = noun({
  name: 'certificate',
  columns: {
    property_id: ref('property'),
    estate_code: text({ readOnly: true }),
    block_code: text({ readOnly: true }),
    category: text(),
    type_code: option('certificateTypes'),
    starts_on: date(),
    expires_on: date(),
    company_id: ref('company'),
    status_code: text(),
  },
  code: { width: 11, office: ['property_id'] },
  label: ({ type_code, code }) => type_code ?? code,
  parent: 'property_id',
  offices: 'property_id',
  // who is responsible for papers of a type is kept with the property
  reads: { property_extras: '(select p.extras from property p where p.org_id = t.org_id and p.id = t.property_id)' },
  fields: {
    category: { sql: 't.category', type: 'text' },
    property: { sql: 't.property_id', type: 'integer' },
  },
});
