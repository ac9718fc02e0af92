import type { AttendeeContact } from '../../../domain/index.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { type Declared, declare } from '../desk.ts';
import { contactPhones } from '../map/points.ts';
import { listSource } from './configuration.ts';

/** The contact, as far as a referral tells of it. */
const relatedContact = computed({
  read: ({ related }) => {
    const contact = related as AttendeeContact | null;
    if (!contact) return null;
    const { code, title, first_name, surname, email, contact_points } = contact;
    const { mobilePhone } = contactPhones;
    const points = { id: 0, code: '', version: 0, contact_points };
    const phone = mobilePhone.kind === 'computed' ? mobilePhone.read(points) : null;
    return { id: code, title, forename: first_name, surname, mobilePhone: phone, email };
  },
});

const referrals = declare('referrals', ({ domain }) => ({
  source: domain.records.referral,
  fields: {
    referralTypeId: column('type_code'),
    type: computed({ read: ({ type }) => type }),
    paid: column('paid_at'),
    accepted: column('accepted_at'),
    related: relatedContact,
  },
  embeds: { type: 'referralType' },
}));

const referralTypes = declare('referrals/types', ({ domain }) => ({
  source: listSource(domain, 'referralTypes'),
  // Options stand in the order of their list and say nothing of when they were made.
  sorts: { created: ['code'], modified: ['code'] },
}));

export const referralGroups: readonly Declared[] = [referrals, referralTypes];
