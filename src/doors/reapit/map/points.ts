import { type ContactPoint, type Places, POINT_LABELS, pointsAt, readPoints, writePoints } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { computed, type Mapping } from '../../../wire/resource/mapping.ts';

type Place = 'homePhone' | 'workPhone' | 'mobilePhone';

/** Where phones stand at this door (domain-people §1.6). */
const OF_CONTACTS: Places<Place> = [
  { name: 'homePhone', kinds: ['home', 'main'], makes: 'home' },
  { name: 'workPhone', kinds: ['work', 'direct'], makes: 'work' },
  { name: 'mobilePhone', kinds: ['mobile'], makes: 'mobile' },
];
const OF_OTHERS: Places<Place> = [
  { name: 'workPhone', kinds: ['work', 'direct', 'main'], makes: 'work' },
  { name: 'mobilePhone', kinds: ['mobile'], makes: 'mobile' },
];

const KINDS: Readonly<Record<string, ContactPoint['kind']>> = {
  fax: 'fax',
  'toll free': 'tollfree',
  pager: 'pager',
  voicemail: 'voicemail',
};

const pointsOf = (row: Row) => (row.contact_points ?? []) as readonly ContactPoint[];

const phone = (places: Places<Place>, name: Place): Mapping =>
  computed<string | null>({
    columns: ['contact_points'],
    read: (row) => readPoints(pointsOf(row), places)[name] ?? null,
    write: (value, row) => ({ contact_points: writePoints(pointsOf(row), places, { [name]: value }) }),
  });

type Detail = { readonly type?: string | null; readonly value?: string | null };

/** Those that no place shows, in their order. */
function restOf(points: readonly ContactPoint[], places: Places<Place>): readonly ContactPoint[] {
  const taken = new Set(Object.values(pointsAt(points, places)));
  return points.filter((point) => !taken.has(point));
}

function pointFrom({ type, value }: Detail): ContactPoint[] {
  if (!value) return [];
  const label = type ?? 'Other';
  if (value.includes('@')) return [{ via: 'email', kind: 'other', label, value }];
  const kind = KINDS[label.toLowerCase()];
  return [kind ? { via: 'phone', kind, value } : { via: 'phone', kind: 'other', label, value }];
}

const details = (places: Places<Place>): Mapping =>
  computed<readonly Detail[]>({
    columns: ['contact_points'],
    read: (row) => restOf(pointsOf(row), places).map(({ kind, label, value }) => ({ type: label ?? POINT_LABELS[kind], value })),
    write: (list, row) => {
      const rest = new Set(restOf(pointsOf(row), places));
      return { contact_points: [...pointsOf(row).filter((point) => !rest.has(point)), ...list.flatMap(pointFrom)] };
    },
  });

/** `homePhone`, `workPhone`, `mobilePhone`, `additionalContactDetails` of contacts. */
export const contactPhones = {
  homePhone: phone(OF_CONTACTS, 'homePhone'),
  workPhone: phone(OF_CONTACTS, 'workPhone'),
  mobilePhone: phone(OF_CONTACTS, 'mobilePhone'),
  additionalContactDetails: details(OF_CONTACTS),
};

/** The same of nouns without `homePhone`; use those members that the group has. */
export const workPhones = {
  workPhone: phone(OF_OTHERS, 'workPhone'),
  mobilePhone: phone(OF_OTHERS, 'mobilePhone'),
  additionalContactDetails: details(OF_OTHERS),
};
