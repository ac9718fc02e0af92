import type { RelatedParty } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { among, containsAny, missing, present, some, words } from '../../../wire/resource/conditions.ts';
import { column, computed, extra, members } from '../../../wire/resource/mapping.ts';
import { isEmpty, valueAt } from '../../../wire/resource/spec.ts';
import { declare } from '../desk.ts';
import { archiveFields } from '../map/archive.ts';
import { relatedField, relatedFilters } from '../map/related.ts';
import { rentFrom, rentTo } from '../map/rent.ts';
import { situationIs } from '../map/situation.ts';
import { sourceField } from '../map/source.ts';

export const areas = declare('areas', ({ domain }) => ({
  source: domain.records.area,
  fields: {
    // One is named when an area is made; it is a list ever after.
    parentId: computed<string | null>({
      columns: ['parent_ids'],
      read: () => null,
      write: (code) => ({ parent_ids: code === null ? [] : [code] }),
    }),
  },
}));

/** Renting is answered to those who rent, and where something was said of it. */
const rents = (row: Row) =>
  row.marketing_mode === 'renting' ||
  [row.rent_from, row.rent_to, row.rent_frequency, row.furnishing, valueAt(row, 'extras.reapit.renting')].some(
    (value) => !isEmpty(value),
  );

export const applicants = declare('applicants', ({ domain }) => ({
  source: domain.records.applicant,
  fields: {
    ...archiveFields(domain.now),
    type: column('types'),
    style: column('styles'),
    situation: column('situations'),
    age: column('ages'),
    locality: column('localities'),
    statusId: column('status_code'),
    source: sourceField,
    related: relatedField,
    buying: members({
      priceFrom: column('price_from'),
      priceTo: column('price_to'),
      reasonId: extra({ list: 'buyingReasons' }),
      positionId: extra({ list: 'buyingPositions' }),
    }),
    renting: members(
      {
        rentFrom: column('rent_from'),
        rentTo: column('rent_to'),
        rentFrequency: column('rent_frequency'),
        furnishing: column('furnishing'),
        positionId: extra({ list: 'rentingPositions' }),
      },
      rents,
    ),
    regional: members({ ggy: members({ market: column('markets') }, ({ markets }) => !isEmpty(markets)) }),
  },
  filters: {
    ...relatedFilters,
    rentFrom: rentFrom('rent_from_monthly'),
    rentTo: rentTo('rent_to_monthly'),
    situation: situationIs,
    locationOptions: ([text = '']: readonly string[]) => words('location_text', text),
  },
  links: {
    areas: ({ locationType, locationOptions }) => (locationType === 'areas' ? (locationOptions as readonly string[]) : null),
  },
}));

export const vendors = declare('vendors', ({ domain }) => ({
  source: domain.records.vendor,
  fields: {
    ...archiveFields(domain.now),
    typeId: column('type_code'),
    sellingReasonId: column('selling_reason_code'),
    negotiatorId: computed({ read: ({ member_id }) => member_id }),
    officeIds: computed({ read: ({ office_ids }) => office_ids }),
    source: sourceField,
    related: relatedField,
  },
  filters: {
    ...relatedFilters,
    negotiatorId: (values: readonly string[]) => some('property', among('member', values)),
    officeId: (values: readonly string[]) => some('property', containsAny('offices', values)),
    fromArchive: ([value]: readonly boolean[]) => some('property', value ? present('archived_at') : missing('archived_at')),
  },
  embeds: { property: '/properties/{id}' },
}));

const main =
  (kind: RelatedParty['kind']) =>
  (row: Row): string | null => {
    const [first] = (row.related ?? []) as readonly RelatedParty[];
    return first?.kind === kind ? first.code : null;
  };

export const offers = declare('offers', ({ domain }) => ({
  source: domain.records.offer,
  fields: {
    date: column('offered_on'),
    currency: computed({ read: ({ currency }) => currency }),
    related: relatedField,
    contactId: computed({ read: main('contact') }),
    companyId: computed({ read: main('company') }),
  },
  filters: relatedFilters,
  sorts: { propertyId: ['property_code'], applicantId: ['applicant_code'] },
  links: { conveyancing: (_model, row) => row?.progression as string | null | undefined },
}));
