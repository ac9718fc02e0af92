import type { Ids } from '../../src/testing/routes.ts';
import type { Contract } from '../../src/wire/contract.ts';
import type { Said } from './strangers.ts';

export const named = ({ method, url }: Contract) => `${method} ${url}`;

/** Of the same form, and nobody's. */
export const nobodys = (id: string | number): string => {
  const text = String(id);
  if (/^[0-9a-f]{8}-/.test(text)) return 'aaaabbbb-0000-4000-8000-000000000000';
  if (/^\d{26}$/.test(text)) return '29990101000000000000000000';
  // Its last number becomes nines, or sevens where it is nines.
  return /\d/.test(text) ? text.replace(/\d+(?=\D*$)/, (last) => last.replace(/./g, /^9+$/.test(last) ? '7' : '9')) : `${text}q`;
};

export const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** What was said, without the ids that were asked for and the time of day. */
export function plain({ status, text }: Said, ids: Ids): string {
  const said = Object.values(ids).reduce<string>(
    (rest, id) => rest.replace(new RegExp(`(?<![\\w-])${RegExp.escape(encodeURIComponent(id))}(?![\\w-])`, 'g'), '@id'),
    text.replace(TIMES, '@time'),
  );
  return `${status} ${said}`;
}
