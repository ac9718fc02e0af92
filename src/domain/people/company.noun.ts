import { boolean, instant, json, noun, option, options, ref, refs, TIMES, text } from '../records/index.ts';
import type { Address, ContactPoint } from './types.ts';

/** A firm that the brokerage deals with. It is no contact: other doors do not show it (domain-people §2.9). */
export const companyNoun = noun({
  name: 'company',
  columns: {
    name: text({ required: true }),
    branch: text(),
    active: boolean({ required: true }),
    marketing_consent: text({ required: true }),
    pref_email: boolean(),
    pref_sms: boolean(),
    pref_phone: boolean(),
    supplier_type_code: option('supplierTypes'),
    type_ids: options('companyTypes', { facet: 'type' }),
    email: text(),
    contact_points: json<readonly ContactPoint[]>(),
    address: json<Address>(),
    office_ids: refs('office', { facet: 'office' }),
    member_ids: refs('member', { facet: 'member' }),
    archived_at: instant(),
  },
  kept: [{ name: 'company', keys: TIMES }],
  code: { width: 11, office: ['office_ids', 'member_ids'] },
  label: ({ name }) => name ?? '',
  offices: 'office_ids',
  metadataType: 'company',
  fields: {
    address_text: { sql: 't.address_text', type: 'text', caseless: 't.address_text', required: true },
    /** digits of phones, addresses for mail */
    points: { sql: 't.facets', type: 'text', list: { kind: 'facets', facet: 'point' } },
  },
});

/** Who works at a company; some of them are contacts of the brokerage too. */
export const companyStaffNoun = noun({
  name: 'company_staff',
  columns: {
    company_id: ref('company'),
    contact_id: ref('contact'),
    name: text({ required: true }),
    job_title: text(),
    contact_points: json<readonly ContactPoint[]>(),
    email: text(),
    salutation: text(),
    is_main: boolean({ required: true }),
    active: boolean({ required: true }),
  },
  code: 'none',
  label: ({ name }) => name ?? '',
  parent: 'company_id',
  offices: 'company_id',
});
