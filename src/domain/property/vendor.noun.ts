import { partiesOf } from '../people/index.ts';
import { date, noun, option, ref, TIMES } from '../records/index.ts';

const IS_ITS = 'p.org_id = t.org_id and p.id = t.property_id and p.deleted_at is null';
const parties = partiesOf('vendor_id');

/** Who sells a property. It is made with the property's selling side (write-property.ts); agent, offices and archive are the property's. */
export const vendorNoun = noun({
  name: 'vendor',
  columns: {
    property_id: ref('property', { required: true, readOnly: true }),
    type_code: option('vendorTypes'),
    selling_reason_code: option('sellingReasons'),
    solicitor_id: ref('company'),
    source_id: ref('source'),
    source_office_id: ref('office'),
    last_call: date(),
    next_call: date(),
  },
  kept: [{ name: 'vendor', keys: TIMES }],
  code: {
    made: async () => {
      throw new Error('A vendor is made with its property');
    },
  },
  label: ({ code }) => code,
  offices: 'property_id',
  metadataType: 'vendor',
  reads: {
    ...parties.reads,
    member_id: `(select m.code from property p join member m on m.org_id = p.org_id and m.id = p.list_member_id and m.deleted_at is null
      where ${IS_ITS})`,
    office_ids: `array(select o.code from property p cross join unnest(p.office_ids) with ordinality as u(id, place)
      join office o on o.org_id = p.org_id and o.id = u.id and o.deleted_at is null where ${IS_ITS} order by u.place)`,
    archived_at: `(select p.archived_at from property p where ${IS_ITS})`,
  },
  collections: {
    ...parties.collections,
    property: {
      from: `property p where ${IS_ITS}`,
      fields: {
        member: { sql: 'p.list_member_id', type: 'text', refers: { id: 'p.list_member_id', table: 'member', by: 'code' } },
        offices: { sql: 'p.facets', type: 'text', list: { kind: 'facets', facet: 'office', table: 'office' } },
        archived_at: { sql: 'p.archived_at', type: 'datetime' },
      },
    },
  },
});
