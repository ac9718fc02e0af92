import { type ContactPoint, type Places, pointsAt, readPoints, writePoints } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { computed, type Field, type Fields } from '../fields.ts';
import { PHONE_TYPES } from '../lists.ts';

type Slot = 'phone1' | 'phone2' | 'phone3';
/** Main, mobile, other: each knows its entry by a mark, whatever other doors add (domain-people §1.6). */
const PHONES: Places<Slot> = [
  { name: 'phone1', kinds: ['main', 'home', 'work', 'direct', 'other'], makes: 'main', pin: { slot: 1 } },
  { name: 'phone2', kinds: ['mobile'], makes: 'mobile', pin: { slot: 2 } },
  { name: 'phone3', kinds: ['home', 'work', 'direct', 'other', 'main', 'mobile'], makes: 'other', pin: { slot: 3 } },
];
export const pointsOf = (row: Row) => (row.contact_points ?? []) as readonly ContactPoint[];

const KINDS: Readonly<Record<string, ContactPoint['kind']>> = { home: 'home', mobile: 'mobile', work: 'work', fax: 'fax' };
const typeOf = ({ kind, label }: ContactPoint): string | null =>
  kind === 'main' ? null : (PHONE_TYPES.find((type) => type.toLowerCase() === kind) ?? label ?? 'Other');

/** The kind that a word says; a type of the site's own is another kind with a label. */
function retyped(point: ContactPoint, type: string | null): ContactPoint {
  const { label: _, ...bare } = point;
  if (type === null) return { ...bare, kind: 'main' };
  const kind = KINDS[type.toLowerCase()];
  if (kind) return { ...bare, kind };
  return type.toLowerCase() === 'other' ? { ...bare, kind: 'other' } : { ...bare, kind: 'other', label: type };
}

const phone = (slot: Slot): Field =>
  computed<string | null>('string', 'rw', {
    read: (row) => readPoints(pointsOf(row), PHONES)[slot] ?? null,
    write: (value, row) => ({ contact_points: writePoints(pointsOf(row), PHONES, { [slot]: value || null }) }),
  });
const phoneType = (slot: Slot): Field =>
  computed<string | null>(
    'string',
    'rw',
    {
      read: (row) => {
        const point = pointsAt(pointsOf(row), PHONES)[slot];
        return point ? typeOf(point) : null;
      },
      write: (value, row) => {
        const shown = pointsAt(pointsOf(row), PHONES);
        const mine = shown[slot];
        const marks = new Map(PHONES.map(({ name }, place) => [shown[name], place + 1]));
        return {
          contact_points: pointsOf(row).map((point) => {
            const pinned = point.via === 'phone' ? { ...point, slot: marks.get(point) ?? 0 } : point;
            return point === mine ? retyped(pinned, value) : pinned;
          }),
        };
      },
    },
    { shown: 'show' },
  );

/** The three phones of a lead and their types. */
export const leadPhones: Fields = {
  phone1: phone('phone1'),
  phone2: phone('phone2'),
  phone3: phone('phone3'),
  phone1_type: phoneType('phone1'),
  phone2_type: phoneType('phone2'),
  phone3_type: phoneType('phone3'),
};
