import { statement } from '../../db/index.ts';
import { instant, noun, ref, refs, text } from '../records/index.ts';

const mainContact = statement<{ contact_id: number }>(
  'enquiry.main_contact',
  `select p.contact_id from party p where p.org_id = $1 and p.applicant_id = $2 and p.deleted_at is null and p.archived_at is null
     and p.contact_id is not null order by p.is_main desc, p.position, p.id limit 1`,
);

/** Somebody asks; once an applicant was made of the enquiry, its main contact is the one who asked (domain-property §5.3). */
export const enquiryNoun = noun({
  name: 'enquiry',
  columns: {
    contact_id: ref('contact'),
    kind: text({ required: true }),
    status: text({ required: true }),
    title: text(),
    first_name: text(),
    last_name: text(),
    email: text(),
    mobile_phone: text(),
    home_phone: text(),
    work_phone: text(),
    message: text(),
    subject: text(),
    url: text(),
    responded_at: instant(),
    member_id: ref('member'),
    office_id: ref('office'),
    applicant_id: ref('applicant'),
    property_ids: refs('property'),
    listing_number: text(),
    mls_name: text(),
    property_address: text(),
  },
  code: 'none',
  label: ({ first_name, last_name }) => [first_name, last_name].filter((part) => part).join(' '),
  offices: 'office_id',
  async settle({ tx, what, before, after, idOf }) {
    if (after.applicant_id === null || after.applicant_id === before?.applicant_id) return {};
    const [main] = await tx.rows(mainContact, [what.actor.orgId, idOf('applicant_id')]);
    return main ? { contact_id: main.contact_id } : {};
  },
});
