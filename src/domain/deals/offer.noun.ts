import { statement } from '../../db/index.ts';
import { partiesOf } from '../people/index.ts';
import { date, noun, number, ref, TIMES, text } from '../records/index.ts';

type PartyRow = { readonly associated_kind: string; readonly code: string; readonly is_main: boolean };
const buyers = statement<PartyRow>(
  'offer.buyers',
  `select p.associated_kind, coalesce(c.code, k.code) as code, p.is_main from party p
   left join contact c on c.org_id = p.org_id and c.id = p.contact_id and c.deleted_at is null
   left join company k on k.org_id = p.org_id and k.id = p.company_id and k.deleted_at is null
   where p.org_id = $1 and p.applicant_id = $2 and p.deleted_at is null and p.archived_at is null and (c.id is not null or k.id is not null)
   order by p.is_main desc, p.position, p.id`,
);
const progression = statement<{ id: number }>(
  'offer.progression',
  'select id from conveyancing where org_id = $1 and offer_id = $2',
);

const parties = partiesOf('offer_id');

/** One bid of one applicant on one property; several may be accepted (domain-property §1.3, §4.4). */
export const offerNoun = noun({
  name: 'offer',
  columns: {
    applicant_id: ref('applicant', { required: true }),
    property_id: ref('property', { required: true }),
    member_id: ref('member'),
    offered_on: date({ required: true }),
    amount: number({ required: true }),
    status: text({ required: true }),
    applicant_code: text({ readOnly: true, required: true }),
    property_code: text({ readOnly: true, required: true }),
  },
  kept: [{ name: 'offer', keys: TIMES }],
  code: { width: 10, office: ['property_id', 'applicant_id'] },
  label: ({ code }) => code,
  offices: 'property_id',
  metadataType: 'offer',
  reads: {
    ...parties.reads,
    progression: '(select v.code from conveyancing v where v.org_id = t.org_id and v.offer_id = t.id and v.deleted_at is null)',
    currency: '(select p.currency from property p where p.org_id = t.org_id and p.id = t.property_id)',
  },
  collections: parties.collections,
  fields: { status: { sql: 't.status', type: 'text', required: true } },
  // Sorted by as they are shown; neither ever changes.
  derive: ({ applicant_id, property_id }, before) =>
    before ? {} : { applicant_code: applicant_id?.toUpperCase() ?? '', property_code: property_id?.toUpperCase() ?? '' },
  async after({ tx, what, before, after, idOf, other }) {
    const { orgId } = what.actor;
    const [applicant, property] = [idOf('applicant_id'), idOf('property_id')];
    if (!before)
      for (const [i, buyer] of (await tx.rows(buyers, [orgId, applicant])).entries())
        await other('party').create({
          offer_id: after.code,
          associated_kind: buyer.associated_kind,
          associated_id: buyer.code,
          is_main: buyer.is_main,
          position: i,
        });
    if (after.status !== 'accepted' || before?.status === 'accepted') return;
    if ((await tx.rows(progression, [orgId, after.id])).length > 0) return;
    const vendor = property === null ? null : await other('property').find(property);
    await other('conveyancing').create(
      {
        offer_id: after.code,
        property_id: after.property_id,
        buyer_id: after.applicant_id,
        vendor_id: vendor?.vendor_code ?? null,
      },
      { code: after.code },
    );
  },
});
