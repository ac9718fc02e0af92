import type { Address } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { mergeModel } from '../../../wire/resource/change.ts';
import { containsAny, pointOf, words } from '../../../wire/resource/conditions.ts';
import { checkMatch, tagOf } from '../../../wire/resource/etag.ts';
import { column, computed, extra, members } from '../../../wire/resource/mapping.ts';
import { isObject } from '../../../wire/resource/spec.ts';
import { answerEmpty, type Declared, declare, operation } from '../desk.ts';
import { showAddress, type WireAddress, writeAddress } from '../map/address.ts';
import { archiveFields } from '../map/archive.ts';
import { workPhones } from '../map/points.ts';

/** Read with `country`, written with `countryId`; both are answered (contracts/reapit.md §4.3). */
const companyAddress = computed<WireAddress | null>({
  columns: ['address'],
  read: ({ address }) => {
    const shown = showAddress((address ?? {}) as Address);
    return shown && { ...shown, country: shown.countryId };
  },
  write: (value, { address }) => ({ address: writeAddress((address ?? {}) as Address, value) }),
});

const companies = declare('companies', ({ domain }) => ({
  source: domain.records.company,
  fields: {
    ...workPhones,
    ...archiveFields(domain.now),
    address: companyAddress,
    supplierTypeId: column('supplier_type_code'),
    communicationPreferenceEmail: column('pref_email'),
    communicationPreferencePhone: column('pref_phone'),
    communicationPreferenceSms: column('pref_sms'),
    payments: members({ nominalAccountId: extra() }),
  },
  filters: {
    address: ([text = '']: readonly string[]) => words('address_text', text),
    contactDetail: (values: readonly string[]) => containsAny('points', values.map(pointOf)),
  },
  links: { companyTypes: 'typeIds', account: 'payments.nominalAccountId' },
}));

/** Those who are contacts too are told by the contact's id; of the others there is no more to be read (contracts/reapit.md §4.3). */
const staffMembers = declare('companies/{id}/staffMembers', ({ domain }) => ({
  source: domain.records.companyStaff,
  fields: {
    ...workPhones,
    id: computed({ read: ({ contact_id }) => contact_id }),
    isContact: computed({ read: ({ contact_id }) => contact_id !== null }),
    isMainContact: column('is_main'),
  },
  links: { contact: 'id' },
  unlinked: ({ id }) => id === null,
}));

/** What is kept of one accreditation, and what is sent of it. */
function accredited({ extras }: Row, type: string, sent: Readonly<Record<string, unknown>>) {
  const all = extras as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const own = all.reapit ?? {};
  const kept = isObject(own.accreditations) ? own.accreditations : {};
  const before = isObject(kept[type]) ? kept[type] : {};
  return { ...all, reapit: { ...own, accreditations: { ...kept, [type]: mergeModel(before, sent) } } };
}

/** There is no GET of them, so the tag is the company's (contracts/reapit.md §1.8). */
export const changeAccreditation = operation(
  'companies/{id}/accreditations',
  'PATCH',
  '/companies/{id}/accreditations/{type}',
  ({ domain: { records } }) =>
    async ({ caller: { actor }, ids: [id = '', type = ''], body, ifMatch }) => {
      await records.company.update(actor, id, (row) => {
        checkMatch(ifMatch, tagOf(records.company.noun, row));
        return { values: { extras: accredited(row, type, body) } };
      });
      return answerEmpty(204);
    },
);

export const companyGroups: readonly Declared[] = [companies, staffMembers];
