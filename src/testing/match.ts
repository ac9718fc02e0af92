/** What stands for ids and times that are new in a call. */
const FORMS: Readonly<Record<string, RegExp>> = {
  '@integer': /[1-9]\d*/,
  '@timestamp': /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
  '@milliseconds': /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/,
  '@day': /\d{4}-\d\d-\d\d/,
  '@uuid': /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  '@loopUrl': /https?:\/\/[^/\s]+\/m\/loop\?viewId=[1-9]\d*/,
  '@tag': /"[0-9A-F]{32}"/,
  // office, year and sequence, or sequence alone where the row has no office
  '@reapitId': /(?:[A-Z0-9]{3})?\d{5,}/,
  '@sevenDigits': /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z/,
  '@string': /.+/,
};
const MARK = /(@(?:integer|timestamp|milliseconds|day|uuid|loopUrl|tag|reapitId|sevenDigits|string)(?![\w.]))/;
const RECENT = 5 * 60_000;

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A text with placeholders in it. A timestamp that is new is of this very moment. */
export function fitsText(expected: string, actual: string): boolean {
  const parts = expected.split(MARK).map((part) => FORMS[part]?.source ?? literally(part));
  if (!new RegExp(`^${parts.join('')}$`, 's').test(actual)) return false;
  return expected !== '@timestamp' || Math.abs(Date.parse(actual) - Date.now()) < RECENT;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const show = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** Where a body is not what was expected; empty when it is, key for key. */
export function differences(expected: unknown, actual: unknown, at = 'body'): string[] {
  if (expected === '@anything') return [];
  if (expected === '@integer')
    return Number.isSafeInteger(actual) && Number(actual) > 0 ? [] : [`${at}: no id, but ${show(actual)}`];
  if (typeof expected === 'string' && typeof actual === 'string')
    return fitsText(expected, actual) ? [] : [`${at}: ${show(expected)} expected, not ${show(actual)}`];
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) => {
      const place = `${at}.${name}`;
      if (!Object.hasOwn(actual, name)) return [`${place} is missing`];
      if (!Object.hasOwn(expected, name)) return [`${place} is too much: ${show(actual[name])}`];
      return differences(expected[name], actual[name], place);
    });
  }
  return Object.is(expected, actual) ? [] : [`${at}: ${show(expected)} expected, not ${show(actual)}`];
}

/** `data.0.id`; undefined where there is nothing. Names may have blanks and slashes. */
export function valueAt(body: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body);
}

/** Puts captured values in; one that is the whole text keeps its type. */
export function fill<T>(value: T, captured: ReadonlyMap<string, unknown>): T;
export function fill(value: unknown, captured: ReadonlyMap<string, unknown>): unknown {
  const known = (name: string) => {
    if (!captured.has(name)) throw new Error(`Nothing was captured as ${name}`);
    return captured.get(name);
  };
  if (typeof value === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(value)?.[1];
    return whole ? known(whole) : value.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(known(name)));
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, captured));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, captured)]));
  return value;
}
