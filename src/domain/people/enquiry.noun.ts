import { statement } from '../../db/index.ts';
import { aboutListing } from '../about-listing.ts';
import { instant, json, noun, ref, refs, type Stored, TIMES, text } from '../records/index.ts';
import { addLeadTask } from './lead-task.ts';
import { leadOfVisitor } from './visitor.ts';

const mainContact = statement<{ contact_id: number }>(
  'enquiry.main_contact',
  `select p.contact_id from party p where p.org_id = $1 and p.applicant_id = $2 and p.deleted_at is null and p.archived_at is null
     and p.contact_id is not null order by p.is_main desc, p.position, p.id limit 1`,
);

type About = Parameters<typeof aboutListing>[1];
const sideOf = statement<{ side: string; office_id: number | null }>(
  'enquiry.side_of',
  'select list_side as side, list_office_id as office_id from property where org_id = $1 and id = $2',
);

/** One that a visitor of the site makes: of the lead of that address, about a listing by its number, at the office that has it. */
async function ofSite(
  context: Parameters<typeof leadOfVisitor>[0] & Parameters<typeof aboutListing>[0],
  asked: Omit<About, 'property_id'>,
  propertyId: number | null,
): Promise<Stored> {
  const { tx, what } = context;
  const { property_id, ...known } = await aboutListing(
    { ...context, idOf: () => propertyId },
    { ...asked, property_id: null },
    true,
  );
  const [side] = property_id === undefined ? [] : await tx.rows(sideOf, [what.actor.orgId, property_id]);
  return {
    ...known,
    ...(property_id === undefined ? {} : { property_ids: [property_id] }),
    kind: side?.side === 'lease' ? 'lettingsApplicant' : 'salesApplicant',
    ...(side?.office_id && context.idOf('office_id') === null ? { office_id: side.office_id } : {}),
    ...(await leadOfVisitor(context, context.idOf('contact_id'))),
  };
}

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
    property_copy: json<Readonly<Record<string, unknown>> | null>(),
  },
  kept: [{ name: 'enquiry', keys: TIMES }],
  code: 'none',
  label: ({ first_name, last_name }) => [first_name, last_name].filter((part) => part).join(' '),
  offices: 'office_id',
  takes: ['visitor', 'task_hours'],
  fields: {
    asked_id: { sql: 't.property_ids[1]', type: 'integer' },
    agent_id: {
      sql: `coalesce(t.member_id, (select c.member_ids[1] from contact c where c.org_id = t.org_id and c.id = t.contact_id))`,
      type: 'integer',
    },
    has_lead: {
      sql: `exists (select from contact c where c.org_id = t.org_id and c.id = t.contact_id and c.deleted_at is null and c.lead_deleted_at is null)`,
      type: 'boolean',
      required: true,
    },
  },
  async settle(context) {
    const { tx, what, before, after, idOf } = context;
    if (!before && what.actor.door === 'propertybase') return ofSite(context, after, context.idsOf('property_ids')[0] ?? null);
    if (after.applicant_id === null || after.applicant_id === before?.applicant_id) return {};
    const [main] = await tx.rows(mainContact, [what.actor.orgId, idOf('applicant_id')]);
    return main ? { contact_id: main.contact_id } : {};
  },
  async after(context) {
    const { before, after, taken, idOf } = context;
    const contact = idOf('contact_id');
    // What the story tells brings no work.
    if (before || contact === null || typeof taken.task_hours !== 'number') return;
    const about = after.property_address ?? after.listing_number ?? after.subject;
    await addLeadTask(context, {
      name: about === null ? 'Inquiry' : `Inquiry: ${about}`,
      description: after.message,
      contactId: contact,
      propertyCode: after.property_ids[0] ?? null,
      hours: taken.task_hours,
    });
  },
});
