import type { ListQuery } from '../../kernel/condition.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { SparkFault } from './faults.ts';
import { filterFault } from './sparkql/faults.ts';
import { type FilterField, type FilterFields, type Lookups, readFilter } from './sparkql/index.ts';

type Asking = { readonly caller: SparkCaller; readonly query: { readonly _filter?: string; readonly _orderby?: string } };
type ScalarType = Exclude<FilterField['type'], 'shape'>;

/** What `_filter` asks of a service: to be spread into a ListQuery. */
export type Asked = Pick<ListQuery, 'where' | 'zone'>;

/** Fields by the vendor's names → the catalogue's; they hold texts where `types` says nothing else. */
export const filterFields =
  (names: Readonly<Record<string, string>>, types: Readonly<Record<string, ScalarType>> = {}): FilterFields =>
  (name) => {
    const field = Object.hasOwn(names, name) ? names[name] : undefined;
    return field === undefined ? undefined : { name: field, type: (Object.hasOwn(types, name) && types[name]) || 'character' };
  };

/** A filter that is too slow, or that cannot be computed row by row, in the vendor's codes (contracts/spark.md §6). */
function asFilterFault(error: unknown, { _filter = '', _orderby }: Asking['query']): unknown {
  if (!(error instanceof Fault)) return error;
  if (error.reason === 'filter.not_computable') return filterFault(error.message, _filter, _filter);
  if (error.reason !== 'database.slow' || (!_filter && !_orderby)) return error;
  return new SparkFault(1516, 'The request took too long because of its _filter or _orderby', {
    status: 503,
    headers: { 'retry-after': '5' },
  });
}

/**
 * Reads `_filter` and hands it to what lists the rows:
 *
 *     filtered(desk, call, FIELDS, (asked) => people.entries(actor, { ...listQuery(page, order), ...asked }))
 *
 * @throws SparkFault 1040, 1041, 2000 to 2003 for the filter; 1516 when it took too long
 */
export async function filtered<T>(
  { domain }: Desk,
  { caller, query }: Asking,
  fields: FilterFields,
  list: (asked: Asked) => Promise<T>,
  lookups: Lookups = {},
): Promise<T> {
  const zone = async () => (await domain.orgs.organisation(caller.actor)).time_zone;
  const read = await readFilter(query._filter, { fields, now: domain.now(), zone, lookups });
  try {
    return await list(read ?? {});
  } catch (error) {
    throw asFilterFault(error, query);
  }
}
