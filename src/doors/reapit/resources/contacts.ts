import {
  all,
  among,
  anyOf,
  containsAny,
  equal,
  pointOf,
  since,
  starts,
  until,
  words,
} from '../../../wire/resource/conditions.ts';
import { column, computed, extra } from '../../../wire/resource/mapping.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import { declare } from '../desk.ts';
import { addressIn } from '../map/address.ts';
import { archiveFields } from '../map/archive.ts';
import { contactPhones } from '../map/points.ts';
import { sourceField } from '../map/source.ts';

/** Contacts who were never asked: before this day their consent is assumed, after it their refusal (contracts/reapit.md §4.3). */
const GDPR = new Date('2018-05-25T00:00:00Z');

/** What is assumed of somebody who was not asked, by when the contact was made. */
function consentIs(values: readonly string[], query: ReadQuery) {
  const asStored = among('marketing_consent', values);
  if (!(query.marketingConsentFilterType ?? []).includes('assumedOrExplicit')) return asStored;
  const notAsked = equal('marketing_consent', 'notAsked');
  const before = all(notAsked, until('created_at', new Date(GDPR.getTime() - 1000)));
  const after = all(notAsked, since('created_at', GDPR));
  return anyOf(asStored, ...(values.includes('grant') ? [before] : []), ...(values.includes('deny') ? [after] : []));
}

/** How a name is looked for (contracts/reapit.md §1.5). */
function nameIs([name = '']: readonly string[], query: ReadQuery) {
  const text = name.trim().toLowerCase();
  switch (query.nameType?.[0]) {
    case 'surname':
      return starts('surname_key', text);
    case 'initials':
      return starts('initials', text.replaceAll(/\s/g, ''));
    case 'companyName':
      return words('company_name', text);
    default:
      return words('name_text', text);
  }
}

export const contacts = declare('contacts', ({ domain }) => ({
  source: domain.records.contact,
  fields: {
    ...contactPhones,
    ...archiveFields(domain.now),
    forename: column('first_name'),
    surname: computed<string | null>({
      columns: ['last_name'],
      read: (row) => row.surname,
      write: (last_name) => ({ last_name }),
    }),
    identityCheck: column('identity_status'),
    primaryAddress: addressIn('primary_address'),
    secondaryAddress: addressIn('secondary_address'),
    workAddress: addressIn('work_address'),
    communicationPreferenceEmail: column('pref_email'),
    communicationPreferenceSMS: column('pref_sms'),
    communicationPreferencePhone: column('pref_phone'),
    categoryIds: extra({ list: 'contactCategories' }),
    source: sourceField,
  },
  filters: {
    name: nameIs,
    address: ([text = '']: readonly string[]) => words('address_text', text),
    contactDetail: (values: readonly string[]) => containsAny('points', values.map(pointOf)),
    email: (values: readonly string[]) => among('email', values),
    marketingConsent: consentIs,
  },
  sorts: { name: ['surname_key', 'first_name_key'], address: ['address_sort'] },
  embeds: { landlordDetails: '/contacts/{id}/landlordDetails' },
}));

export const landlordDetails = declare('contacts/{id}/landlordDetails', ({ domain }) => ({
  source: domain.records.contact,
  inside: 'landlordDetails',
}));
