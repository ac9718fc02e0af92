import type { Desk, Model } from '../desk.ts';
import { computed, of } from '../fields.ts';
import { byText } from '../filters.ts';
import { ofLead, type Resource } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { ABOUT_FILTERS, aboutFields, addressOf, withProperty } from './activity.ts';
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
    mls_id: computed<string | null>('string', 'rc', {
      read: (row) => row.listing_number ?? (row.listing as Model | null)?.listing_number ?? null,
      write: (value) => ({ listing_number: value }),
    }),
    mls_name: computed<string | null>('string', 'rc', {
      read: (row) => row.mls_name ?? (row.listing as Model | null)?.mls_name ?? null,
      write: (value) => ({ mls_name: value }),
    }),
    property_address: computed<string | null>('string', 'rc', {
      read: (row) => row.property_address ?? addressOf(row.listing as Model | null),
      write: (value) => ({ property_address: value }),
    }),
    note: computed<string>('text', 'rw', { read: (row) => row.note, write: (value) => ({ note: value }) }, { required: true }),
    ...of('int', 'r', 'author_id', { read: ({ author_id }) => author_id }),
    ...of('string', 'r', 'author_type', { read: ({ author_kind }) => personType(author_kind as string | undefined) }),
    ...of('bool', 'rw', 'private'),
  },
  filters: { ...ABOUT_FILTERS, mls_id: byText('shown_number') },
  check: (_own, { sent, row }) => (row !== null || sent.property_id || sent.mls_id ? [] : [TEXTS.blank('property_id')]),
  extend: withProperty,
});
