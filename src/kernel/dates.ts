/** `2017-05-30T21:42:17Z`: UTC, whole seconds (contracts/dotloop.md §1.3; compared as strings by clients). */
export const wholeSeconds = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

const two = (n: number) => String(n).padStart(2, '0');

/** `2016-10-21T00:00:00-04:00`: the local time at an offset of so many minutes east of UTC. */
export function withOffset(at: Date, offsetMinutes: number): string {
  const local = new Date(at.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How many minutes east of UTC the clocks of a time zone stood at that moment. */
export function offsetAt(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}

/** No wire here spells other years, and an offset can lead out of them. */
const hasFourDigits = (at: Date) => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999;

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+\- ]\d\d:?\d\d)?)?$/i;

/**
 * Reads an ISO 8601 timestamp: `Z`, an offset (a `+` that a form decoder turned into a blank included), a fraction, or a bare date
 * (start of the day in UTC). Undefined for anything else, also for a 31st of February, and for what is before year 1 or after 9999 in UTC.
 */
export function readTimestamp(text: string): Date | undefined {
  const found = TIMESTAMP.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found;
  const offset = zone
    .replace(' ', '+')
    .replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
    .toUpperCase();
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`);
  if (Number.isNaN(at.getTime()) || !hasFourDigits(at)) return undefined;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day) ? at : undefined;
}
