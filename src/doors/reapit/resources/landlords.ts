import { type Declared, declare } from '../desk.ts';
import { relatedField, relatedFilters } from '../map/related.ts';
import { sourceField } from '../map/source.ts';
import { relationshipsOf } from './relationships.ts';

const landlords = declare('landlords', ({ domain }) => ({
  source: domain.records.landlord,
  fields: { related: relatedField, source: sourceField },
  filters: relatedFilters,
}));

const landlordRelationships = relationshipsOf('landlords/{id}/relationships', 'landlord_id');

export const landlordGroups: readonly Declared[] = [landlords, landlordRelationships];
