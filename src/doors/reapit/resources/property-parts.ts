import type { Row } from '../../../kernel/record.ts';
import { present } from '../../../wire/resource/conditions.ts';
import { column, computed, extra, extraList, type Mappings, members } from '../../../wire/resource/mapping.ts';
import type { Model } from '../../../wire/resource/resource.ts';
import { valueAt } from '../../../wire/resource/spec.ts';
import { type Declared, declare } from '../desk.ts';
import { translations } from './translations.ts';

type Responsibility = { readonly typeId?: string; readonly responsibleParty?: string };

/** Who is responsible for papers of a type is the property's matter, and told with each of them. */
function responsibleParty(row: Row): string | null {
  const kept = valueAt(row.property_extras, 'reapit.certificateResponsibilities.responsibleParties');
  const parties = (Array.isArray(kept) ? kept : []) as readonly Responsibility[];
  return parties.find(({ typeId }) => typeId === row.type_code)?.responsibleParty ?? null;
}

const certificate: Mappings = {
  typeId: column('type_code'),
  start: column('starts_on'),
  expiry: column('expires_on'),
  statusId: column('status_code'),
  responsibleParty: computed({ read: responsibleParty }),
};

const propertyCertificates = declare('properties/{id}/certificates', ({ domain }) => ({
  source: domain.records.certificate,
  fields: certificate,
}));

/** Those of all properties; estates and blocks have theirs in `/certificates` alone. */
const allPropertyCertificates = declare('properties/certificates', ({ domain }) => ({
  source: { ...domain.records.certificate, parent: null },
  fields: certificate,
  links: { self: 'propertyId', property: 'propertyId' },
  where: () => present('property'),
}));

const certificates = declare('certificates', ({ domain }) => ({
  source: { ...domain.records.certificate, parent: null },
  fields: {
    type: column('type_code'),
    startDate: column('starts_on'),
    endDate: column('expires_on'),
    estateId: column('estate_code'),
    blockId: column('block_code'),
    statusId: column('status_code'),
  },
}));

const certificateResponsibilities = declare('properties/{id}/certificates/responsibilities', ({ domain }) => ({
  source: domain.records.property,
  inside: 'certificateResponsibilities',
  fields: {
    responsibleParties: extraList<readonly Responsibility[]>((parties, at) =>
      parties.flatMap(({ typeId }, i) =>
        typeId ? [{ at: `${at}[${i}].typeId`, to: { list: 'certificateTypes' }, code: typeId }] : [],
      ),
    ),
  },
}));

const keys = declare('properties/{id}/keys', ({ domain }) => ({
  source: domain.records.keySet,
  fields: { typeId: column('type_code') },
}));

/** Out by POST, back by PUT (contracts/reapit.md §4.3). */
const keyMovements = declare('properties/{id}/keys/{keyId}/movements', ({ domain }) => ({
  source: domain.records.keyMovement,
  fields: {
    keyId: column('key_set_id'),
    propertyId: computed({ read: ({ property_code }) => property_code }),
    checkOutToType: column('out_kind'),
    checkOutToId: column('out_id'),
    checkOutAt: column('out_at'),
    checkOutNegotiatorId: column('out_member_id'),
    checkInAt: column('in_at'),
    checkInNegotiatorId: column('in_member_id'),
  },
  // The kind is told before the id, whose meaning it decides.
  defaults: ({ checkOutToType }: Model): Model => (checkOutToType === undefined ? {} : { checkOutToType }),
  parents: (row) => [String(row.property_code), String(row.key_set_id)],
}));

const propertyChecks = declare('properties/{id}/checks', ({ domain }) => ({
  source: domain.records.propertyCheck,
  fields: { type: column('type_code') },
}));

const isByCompany = (row: Row) => Boolean(valueAt(row, 'extras.reapit.companyId'));

const appraisals = declare('properties/{id}/appraisals', ({ domain }) => ({
  source: domain.records.appraisal,
  fields: {
    date: column('starts_on'),
    companyId: extra({ noun: 'company' }),
    isExternal: computed({ read: isByCompany }),
  },
}));

const alarms = declare('properties/{id}/alarms', ({ domain }) => ({
  source: domain.records.alarm,
  fields: { typeId: column('type_code'), categoryId: extra({ list: 'alarmCategories' }) },
}));

const developmentPhases = declare('properties/{id}/developmentPhases', ({ domain }) => ({
  source: domain.records.developmentPhase,
}));

const propertyNegotiators = declare('properties/{id}/negotiators', ({ domain }) => ({
  source: domain.records.staffRole,
  fields: { name: computed({ read: ({ member_name }) => member_name }), type: column('status') },
}));

const itsCode = computed({ read: ({ code }) => code });

const checklists = declare('properties/{id}/checklists', ({ domain }) => ({
  source: domain.records.property,
  inside: 'checklists',
  fields: { propertyId: itsCode },
}));

/** The texts of a property; the first three are the property's own members under other names. */
const marketing = declare('properties/{id}/marketing', ({ domain }) => ({
  source: domain.records.property,
  inside: 'marketing',
  fields: {
    propertyId: itsCode,
    summary: extra(undefined, 'summary'),
    description: column('public_remarks'),
    strapLine: column('headline'),
  },
}));

const COMPANY = { noun: 'company' } as const;

const utilities = declare('properties/{id}/utilities', ({ domain }) => ({
  source: domain.records.property,
  inside: 'utilities',
  fields: {
    propertyId: itsCode,
    electricity: members({ electricityCompanyId: extra(COMPANY) }),
    gas: members({ gasCompanyId: extra(COMPANY) }),
    water: members({ waterCompanyId: extra(COMPANY) }),
    internet: members({ internetCompanyId: extra(COMPANY) }),
    telephoneCompanyId: extra(COMPANY),
    cableTvCompanyId: extra(COMPANY),
  },
}));

const auctionLots = declare('auctions/lots', ({ domain }) => ({ source: domain.records.auctionLot }));

/** What hangs on a property, each in a group of its own. */
export const propertyParts: readonly Declared[] = [
  propertyCertificates,
  allPropertyCertificates,
  certificates,
  certificateResponsibilities,
  keys,
  keyMovements,
  propertyChecks,
  appraisals,
  alarms,
  developmentPhases,
  propertyNegotiators,
  checklists,
  marketing,
  utilities,
  translations,
  auctionLots,
];
