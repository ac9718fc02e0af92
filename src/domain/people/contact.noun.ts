import { consentChanged, NEW_CONTACT, writeOwnEntry } from '../journal/index.ts';
import { boolean, instant, json, noun, ref, refs, TIMES, text, texts } from '../records/index.ts';
import { syncBooks } from './contact.store.ts';
import { LEAD_COLLECTIONS, LEAD_COLUMNS, LEAD_FIELDS, LEAD_READS, LEADS, leadBreaches } from './lead.ts';
import { followLead, LEAD_TAKES, leadArrival } from './lead-follow.ts';
import { settleSource } from './lead-source.ts';
import { shownName } from './names.ts';
import type { Address, ContactPoint } from './types.ts';

const lower = (sql: string) => ({ sql, type: 'text', caseless: sql, required: true }) as const;

/** A contact as the brokerage sees it, whoever has it in the book; the book of each of its members follows. */
export const contactNoun = noun({
  name: 'contact',
  columns: {
    title: text(),
    first_name: text(),
    middle_name: text(),
    last_name: text(),
    display_name: text(),
    company_name: text(),
    surname: text({ readOnly: true, required: true }),
    email: text(),
    contact_points: json<readonly ContactPoint[]>(),
    primary_address: json<Address>(),
    secondary_address: json<Address>(),
    work_address: json<Address>(),
    member_ids: refs('member', { facet: 'member' }),
    office_ids: refs('office', { facet: 'office' }),
    active: boolean({ required: true }),
    archived_at: instant(),
    marketing_consent: text({ required: true }),
    pref_email: boolean(),
    pref_sms: boolean(),
    pref_phone: boolean(),
    identity_status: text({ readOnly: true, required: true }),
    source_id: ref('source'),
    source_office_id: ref('office'),
    tags: texts(),
    ...LEAD_COLUMNS,
  },
  code: { width: 11, office: ['office_ids', 'member_ids'] },
  resoKey: true,
  label: shownName,
  offices: 'office_ids',
  metadataType: 'contact',
  kept: [
    { name: 'contact', keys: ['id', ...TIMES] },
    { name: 'contact.lead', keys: ['id', ...TIMES], where: LEADS },
  ],
  gone: 't.lead_deleted_at is not null',
  takes: LEAD_TAKES,
  reads: LEAD_READS,
  collections: LEAD_COLLECTIONS,
  fields: {
    ...LEAD_FIELDS,
    email: { sql: 't.email', type: 'text', caseless: 't.email_key' },
    surname_key: lower('t.surname_key'),
    first_name_key: { sql: 't.first_name', type: 'text' },
    name_text: lower('t.name_text'),
    initials: lower('t.initials'),
    company_name: { sql: 't.company_name', type: 'text', caseless: true },
    address_text: lower('t.address_text'),
    address_sort: { sql: 't.address_sort', type: 'text', caseless: 't.address_sort' },
    /** digits of phones, addresses for mail */
    points: { sql: 't.facets', type: 'text', list: { kind: 'facets', facet: 'point' } },
  },
  generated: ({ first_name, last_name, company_name, email }) => ({
    surname: last_name || (first_name ? '' : company_name || email || ''),
  }),
  check: ({ tx, what, before, after }) => leadBreaches(tx, what, before, after),
  settle: async (context) => ({ ...leadArrival(context), ...(await settleSource(context)) }),
  async after(context) {
    const { tx, what, before, after } = context;
    await syncBooks(tx, what.actor.orgId, after.id);
    await followLead(context);
    const { id, marketing_consent } = after;
    if (!before) await writeOwnEntry(context, { kind: 'contact', id, description: NEW_CONTACT });
    else if (before.marketing_consent !== marketing_consent)
      await writeOwnEntry(context, {
        kind: 'contact',
        id,
        description: consentChanged(before.marketing_consent, marketing_consent),
      });
  },
});
