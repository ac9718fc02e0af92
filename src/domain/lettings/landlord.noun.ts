import { makeParties, type NewParty, partiesOf } from '../people/index.ts';
import { boolean, noun, ref, TIMES } from '../records/index.ts';

/** Who lets a home: contacts and companies, whose details are theirs. */
export const landlordNoun = noun({
  name: 'landlord',
  columns: {
    active: boolean({ required: true }),
    office_id: ref('office'),
    solicitor_id: ref('company'),
    source_id: ref('source'),
    source_office_id: ref('office'),
  },
  kept: [{ name: 'landlord', keys: TIMES }],
  code: { width: 9, office: ['office_id'] },
  label: ({ code }) => code,
  offices: 'office_id',
  metadataType: 'landlord',
  takes: ['parties'],
  ...partiesOf('landlord_id'),
  async after(context) {
    if (context.taken.parties) await makeParties(context, 'landlord_id', context.taken.parties as readonly NewParty[]);
  },
});
