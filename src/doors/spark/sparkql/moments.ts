import { offsetAt } from '../../../kernel/dates.ts';

/** Moments are kept as ISO 8601 in UTC, dates as YYYY-MM-DD, times as HH:MM:SS.fff: the forms of kernel/condition.ts. */
const MINUTE = 60_000;
export const DAY = 86_400_000;
export const MIN_DATETIME = '1970-01-01T00:00:00.000Z';
export const MAX_DATETIME = '9999-12-31T23:59:59.000Z';

/** Years that both JavaScript and the database write with four digits. */
const isWritable = (at: Date) => {
  const year = at.getUTCFullYear();
  return Number.isFinite(year) && year >= 1 && year <= 9999;
};
export const isoOf = (at: Date): string | undefined => (isWritable(at) ? at.toISOString() : undefined);

/** Undefined for a 31st of February. */
export function readDate(text: string): string | undefined {
  const at = new Date(`${text}T00:00:00Z`);
  return isWritable(at) && at.toISOString().startsWith(text) ? text : undefined;
}

export function readTime(text: string): string | undefined {
  const [hour = '', minute = '', second = '00'] = text.split(':');
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? `${hour}:${minute}:${second}` : undefined;
}

/** The moment at which the clocks of a zone show this; of two the earlier, of none the one after the gap. */
function atLocal(local: Date, zone: string): Date {
  const guess = new Date(local.getTime() - offsetAt(zone, local) * MINUTE);
  return new Date(local.getTime() - offsetAt(zone, guess) * MINUTE);
}

export function readDatetime(text: string, zone: string): string | undefined {
  const found = /^(.{10})T(\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[-+ ]\d\d:?\d\d)?$/i.exec(text);
  const [, date = '', time = '', seconds = ':00', fraction = '', offset] = found ?? [];
  if (!found || readDate(date) === undefined || readTime(time + seconds) === undefined) return undefined;
  const local = `${date}T${time}${seconds}${fraction.slice(0, 4)}`;
  if (offset === undefined) return isoOf(atLocal(new Date(`${local}Z`), zone));
  const east = offset
    .toUpperCase()
    .replace(' ', '+')
    .replace(/^([-+]\d\d)(\d\d)$/, '$1:$2');
  return isoOf(new Date(local + east));
}

/** The moment at which a day begins. */
export const startOfDay = (date: string, zone: string): string | undefined => isoOf(atLocal(new Date(`${date}T00:00:00Z`), zone));

/** What the clocks of the zone show at that moment, as if it were UTC. */
export const localOf = (iso: string, zone: string): Date => {
  const at = new Date(iso);
  return new Date(at.getTime() + offsetAt(zone, at) * MINUTE);
};

/** So many calendar months later, at most the month's last day. */
function addMonths(now: Date, months: number): Date {
  const first = new Date(now);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(now.getUTCDate(), last));
  return first;
}

const isWeekend = (local: Date) => local.getUTCDay() % 6 === 0;
const moved = (local: Date, days: number) => new Date(local.getTime() + days * DAY);

/** Days that are neither Saturday nor Sunday in the zone; whole weeks are taken at once, so that a large number costs nothing. */
function addWeekdays(now: Date, days: number, zone: string): Date {
  const step = days < 0 ? -1 : 1;
  let local = localOf(now.toISOString(), zone);
  // A weekend counts as the end of the week before it, or going back as the beginning of the one behind it.
  while (days !== 0 && isWeekend(local)) local = moved(local, -step);
  local = moved(local, Math.trunc(days / 5) * 7);
  for (let left = Math.abs(days % 5); left > 0; left--) {
    local = moved(local, step);
    while (isWeekend(local)) local = moved(local, step);
  }
  return atLocal(local, zone);
}

export type RelativeUnit = 'seconds' | 'minutes' | 'hours' | 'days' | 'weekdays' | 'months' | 'years';
const LENGTHS: Partial<Record<RelativeUnit, number>> = { seconds: 1000, minutes: MINUTE, hours: 60 * MINUTE, days: DAY };

/** Undefined when it leaves the years that can be written. */
export function fromNow(now: Date, count: number, unit: RelativeUnit, zone: string): string | undefined {
  const length = LENGTHS[unit];
  if (length !== undefined) return isoOf(new Date(now.getTime() + count * length));
  if (!Number.isSafeInteger(count) || Math.abs(count) > 5_000_000) return undefined;
  if (unit === 'weekdays') return isoOf(addWeekdays(now, count, zone));
  return isoOf(addMonths(now, unit === 'years' ? count * 12 : count));
}

export const dateOf = (iso: string, zone: string): string => localOf(iso, zone).toISOString().slice(0, 10);
