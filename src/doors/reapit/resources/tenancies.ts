import type { RelatedParty } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { column, computed, extra } from '../../../wire/resource/mapping.ts';
import { type Declared, declare, type Model } from '../desk.ts';
import { archiveFields } from '../map/archive.ts';
import { jsonIn } from '../map/json-member.ts';
import { relatedFilters, showRelated } from '../map/related.ts';
import { sourceField } from '../map/source.ts';
import { associated, isArchived, partiesBelow } from './relationships.ts';

const tenantsOf = (row: Row) => (row.related ?? []) as readonly RelatedParty[];

/** Lives there on that day: nobody who has not moved in yet, nobody who has moved out. */
const isCurrent = ({ status }: Row, { occupy_on, vacate_on }: RelatedParty, today: string) =>
  status === 'current' && (occupy_on === null || occupy_on <= today) && (vacate_on === null || vacate_on >= today);

/** Past and present tenants, from the day the tenancy is current (contracts/reapit.md §4.3). */
const tenants = (now: () => Date) =>
  computed({
    read: (row) => {
      const today = now().toISOString().slice(0, 10);
      return tenantsOf(row).map((party) => ({
        ...showRelated(party),
        paymentReference: party.role_extras.reapit?.paymentReference ?? null,
        occupyOn: party.occupy_on,
        vacateOn: party.vacate_on,
        isCurrent: isCurrent(row, party, today),
      }));
    },
  });

/** The contacts among them, for their link. */
const occupiers = ({ related }: Model) =>
  (related as readonly { readonly type: string; readonly id: string }[])
    .filter(({ type }) => type === 'contact')
    .map(({ id }) => id);

const tenancies = declare('tenancies', ({ domain }) => ({
  source: domain.records.tenancy,
  fields: {
    startDate: column('starts_on'),
    endDate: column('ends_on'),
    typeId: column('type_code'),
    deposit: jsonIn('deposit'),
    lettingFee: jsonIn('letting_fee'),
    managementFee: jsonIn('management_fee'),
    source: sourceField,
    related: tenants(domain.now),
    fromArchive: archiveFields(domain.now).fromArchive,
    legalStatusId: extra({ list: 'tenancyLegalStatuses' }),
    currency: computed({ read: ({ currency }) => currency }),
    occupierCount: computed({
      read: (row) => tenantsOf(row).filter((party) => isCurrent(row, party, domain.now().toISOString().slice(0, 10))).length,
    }),
  },
  filters: relatedFilters,
  links: { occupierContacts: occupiers },
}));

const tenancyRelationships = declare('tenancies/{id}/relationships', ({ domain }) => ({
  source: partiesBelow(domain, 'tenancy_id'),
  fields: { ...associated, fromArchive: isArchived, isMain: column('is_main') },
}));

export const tenancyGroups: readonly Declared[] = [tenancies, tenancyRelationships];
