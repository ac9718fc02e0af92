import type { Desk } from '../desk.ts';
import { computed, of } from '../fields.ts';
import { byText } from '../filters.ts';
import { ofLead, type Resource } from '../resource.ts';
import { ABOUT_FILTERS, aboutFields, needsListing, shownOfListing, withProperty } from './activity.ts';
import { personType } from './assignee.ts';

export const propertyNotes = (desk: Desk): Resource => ({
  name: 'property_notes',
  permission: 'property_notes',
  model: 'Property note',
  models: 'Property notes',
  key: 'property_note',
  methods: 'LGCUD',
  places: ofLead('property_notes'),
  source: desk.domain.records.propertyNote,
  fields: {
    ...aboutFields(),
    // Threads of other doors know the listing alone.
    ...shownOfListing,
    note: computed<string>('text', 'rw', { read: (row) => row.note, write: (value) => ({ note: value }) }, { required: true }),
    ...of('int', 'r', 'author_id', { read: ({ author_id }) => author_id }),
    ...of('string', 'r', 'author_type', { read: ({ author_kind }) => personType(author_kind as string | undefined) }),
    ...of('bool', 'rw', 'private'),
  },
  filters: { ...ABOUT_FILTERS, mls_id: byText('shown_number') },
  check: needsListing,
  extend: withProperty,
});
