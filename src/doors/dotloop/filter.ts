import { readTimestamp } from '../../kernel/dates.ts';
import { type Breach, invalid } from '../../kernel/fault.ts';
import { constant } from './rules.ts';

export type FilterKey = 'updated_min' | 'created_min' | 'transaction_type' | 'transaction_status';
export type Filter = {
  updatedMin?: Date;
  createdMin?: Date;
  transactionTypes?: readonly string[];
  statuses?: readonly string[];
};

const wrong = (message: string, reason: Breach['reason'] = 'value', at = 'filter') =>
  invalid({ in: 'query', at, reason, message });

function readInstant(text: string, parameter: string): Date {
  const at = readTimestamp(text);
  if (!at) throw wrong('date string invalid: Unparseable date', 'date', parameter);
  return at;
}

/** An unknown word is kept: it matches nothing, which is no error. */
const alternatives = (text: string) =>
  text
    .split('|')
    .filter((word) => word !== '')
    .map(constant);

const READ: Record<FilterKey, (text: string) => Filter> = {
  updated_min: (text) => ({ updatedMin: readInstant(text, 'filter') }),
  created_min: (text) => ({ createdMin: readInstant(text, 'filter') }),
  transaction_type: (text) => ({ transactionTypes: alternatives(text) }),
  transaction_status: (text) => ({ statuses: alternatives(text) }),
};

/** A pair with an empty value, or with nothing but `|`, is dropped. */
const isBlank = (key: FilterKey, value: string) => value === '' || (key.startsWith('transaction_') && /^\|+$/.test(value));

/**
 * `filter = pair *( "," pair )`, `pair = key "=" value *( "|" value )`, decoded once before (contracts/dotloop.md §1.5).
 * @throws Fault invalid for an unknown or doubled key, a pair without `=`, a timestamp that is none or several
 */
export function readFilter(text: string | undefined, keys: readonly FilterKey[]): Filter {
  const filter: Filter = {};
  const seen = new Set<string>();
  for (const pair of text ? text.split(',') : []) {
    const equals = pair.indexOf('=');
    if (equals < 0) throw wrong(`filter needs <key>=<value>, not '${pair}'`);
    const key = keys.find((known) => known === pair.slice(0, equals));
    if (!key) throw wrong(`filter key '${pair.slice(0, equals)}' is unknown; use one of ${keys.join(', ')}`);
    if (seen.has(key)) throw wrong(`filter key '${key}' is given more than once; separate alternatives by |`);
    seen.add(key);
    const value = pair.slice(equals + 1);
    if (isBlank(key, value)) continue;
    if (key.endsWith('_min') && value.includes('|')) throw wrong(`filter key '${key}' takes one timestamp`);
    Object.assign(filter, READ[key](value));
  }
  return filter;
}

/** The deprecated top-level `updated_min`, ANDed with the filter [seed 16, 07/12/2017]. */
export function withLegacyMin(filter: Filter, updatedMin: string | undefined): Filter {
  if (!updatedMin) return filter;
  const legacy = readInstant(updatedMin, 'updated_min');
  return filter.updatedMin && filter.updatedMin > legacy ? filter : { ...filter, updatedMin: legacy };
}
