import { instant, noun, option, ref, text } from '../records/index.ts';

/** Somebody is recommended to a firm that the brokerage works with. */
export const referralNoun = noun({
  name: 'referral',
  columns: {
    property_id: ref('property'),
    applicant_id: ref('applicant'),
    contact_id: ref('contact'),
    member_id: ref('member'),
    type_code: option('referralTypes'),
    type: text({ required: true }),
    status: text({ required: true }),
    paid_at: instant(),
    accepted_at: instant(),
  },
  code: { width: 9, office: ['property_id', 'applicant_id', 'contact_id', 'member_id'] },
  label: ({ type_code }) => type_code ?? '',
  offices: 'contact_id',
  metadataType: 'referral',
  reads: {
    related: `(select jsonb_build_object('code', c.code, 'title', c.title, 'first_name', c.first_name, 'surname', c.surname,
        'email', c.email, 'contact_points', c.contact_points)
      from contact c where c.org_id = t.org_id and c.id = t.contact_id and c.deleted_at is null)`,
  },
  /** When it was taken up and when it was paid for is noted as the status says so. */
  async settle({ what, before, after }) {
    if (after.status === before?.status) return {};
    if (after.status === 'paid') return { paid_at: what.at };
    return after.status === 'inProgress' && !after.accepted_at ? { accepted_at: what.at } : {};
  },
});
