import { anyRef, noun, option, ref, TIMES, text } from '../records/index.ts';

/** What happened, in a sentence, to somebody or something. Append only: no path names an entry (domain-people §2.14). */
export const journalEntryNoun = noun({
  name: 'journal_entry',
  columns: {
    type_code: option('journalEntryTypes', { required: true }),
    property_id: ref('property'),
    associated_kind: text(),
    associated_id: anyRef('associated_kind', {
      applicant: 'applicant',
      contact: 'contact',
      company: 'company',
      enquiry: 'enquiry',
      landlord: 'landlord',
      tenancy: 'tenancy',
      worksOrder: 'works_order',
    }),
    landlord_kind: text(),
    member_id: ref('member'),
    description: text({ required: true }),
  },
  kept: [{ name: 'journal_entry', keys: TIMES }],
  code: 'none',
  label: ({ description }) => description ?? '',
  offices: 'member_id',
});
