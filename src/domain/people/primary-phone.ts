import { type Places, readPoints, writePoints } from './contact-points.ts';
import type { ContactPoint, ContactPointKind } from './types.ts';

const KINDS: readonly ContactPointKind[] = ['main', 'mobile', 'home', 'work', 'direct', 'other'];

/** The one number of a contact where a door knows but one (domain-people §1.6, row "S contact"). */
export const PRIMARY_PHONE: Places<'primary'> = [{ name: 'primary', kinds: KINDS, makes: 'main', pin: { primary: true } }];

export const primaryPhone = (points: readonly ContactPoint[]): string | null => readPoints(points, PRIMARY_PHONE).primary ?? null;

export const writePrimaryPhone = (points: readonly ContactPoint[], value: string | null): ContactPoint[] =>
  writePoints(points, PRIMARY_PHONE, { primary: value });

/** The same in SQL, for filters and orders over a book; `points` is the column. */
export const primaryPhoneSql = (points: string) => `(select p.point ->> 'value'
  from jsonb_array_elements(${points}) with ordinality as p(point, place)
  where p.point ->> 'via' = 'phone' and (p.point -> 'primary' = 'true'
    or (p.point -> 'primary' is null and p.point ->> 'kind' in (${KINDS.map((kind) => `'${kind}'`).join(', ')})))
  order by (p.point -> 'primary') is null, array_position(array[${KINDS.map((kind) => `'${kind}'`).join(', ')}], p.point ->> 'kind'), p.place
  limit 1)`;
