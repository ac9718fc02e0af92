import type { Address } from '../../../domain/index.ts';
import { splitName } from '../../../domain/index.ts';
import { words } from '../../../wire/resource/conditions.ts';
import { column, computed, extra } from '../../../wire/resource/mapping.ts';
import { declare } from '../desk.ts';
import { showAddress, type WireAddress, writeAddress } from '../map/address.ts';
import { pictureUrl } from '../map/picture-url.ts';
import { workPhones } from '../map/points.ts';

type Geolocation = { readonly latitude?: number | null; readonly longitude?: number | null };
type OfficeAddress = WireAddress & { readonly geolocation?: Geolocation | null };

/** An office's address holds its place on the map, which has columns of its own. */
const officeAddress = computed<OfficeAddress | null>({
  columns: ['address'],
  read: ({ address, latitude, longitude }) => {
    const shown = showAddress((address ?? {}) as Address);
    const geolocation = latitude === null && longitude === null ? null : { latitude, longitude };
    return shown || geolocation ? { ...shown, geolocation } : null;
  },
  write: (next, row) => ({
    address: writeAddress((row.address ?? {}) as Address, next),
    latitude: next?.geolocation?.latitude ?? null,
    longitude: next?.geolocation?.longitude ?? null,
  }),
});

export const offices = declare('offices', ({ domain }) => ({
  source: domain.records.office,
  fields: {
    ...workPhones,
    address: officeAddress,
    manager: computed<string | null>({
      columns: ['manager_name'],
      read: ({ manager }) => manager,
      write: (manager_name) => ({ manager_name }),
    }),
  },
  filters: {
    address: ([text = '']: readonly string[]) => words('address_text', text),
    name: ([text = '']: readonly string[]) => words('name', text),
  },
  sorts: { name: ['name_key'], address: ['address_sort'] },
}));

export const negotiators = declare('negotiators', ({ domain, base }) => ({
  source: domain.records.member,
  fields: {
    ...workPhones,
    name: computed<string | null>({
      columns: ['last_name'],
      read: ({ display_name, first_name, last_name }) =>
        display_name ?? ([first_name, last_name].filter((part) => part).join(' ') || null),
      write: (name) => ({ display_name: null, first_name: null, last_name: null, ...(name === null ? {} : splitName(name)) }),
    }),
    profileImageUrl: computed({
      columns: ['photo'],
      read: ({ photo }) => (typeof photo === 'string' ? pictureUrl(base, photo) : null),
    }),
    diaryNegotiatorIds: extra({ noun: 'member' }),
    diaryOfficeIds: extra({ noun: 'office' }),
  },
  filters: { name: ([text = '']: readonly string[]) => words('name_key', text) },
  sorts: { name: ['name_key'], officeId: ['office_id'] },
}));

const OPTIONS = [
  'typeOptions',
  'styleOptions',
  'situationOptions',
  'parkingOptions',
  'ageOptions',
  'localityOptions',
  'specialFeaturesOptions',
  'commercialUseClassOptions',
  'commercialFloorLevelOptions',
  'keywords',
];

export const departments = declare('departments', ({ domain }) => ({
  source: domain.records.department,
  fields: {
    hasFloorLevelEnabled: column('has_floor_level'),
    hasInternalFloorsEnabled: column('has_internal_floors'),
    hasTotalFloorsEnabled: column('has_total_floors'),
    ...Object.fromEntries(
      OPTIONS.map((name) => [
        name,
        computed({ read: ({ options }) => (options as Record<string, readonly string[]>)[name] ?? [] }),
      ]),
    ),
  },
}));

export const sources = declare('sources', ({ domain }) => ({ source: domain.records.source }));
