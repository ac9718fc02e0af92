import type { Answer } from '../../wire/answer.ts';
import type { SparkCaller } from './desk.ts';
import { SparkFault } from './faults.ts';
import { readList, readOrder, readPage, select } from './paging.ts';

type Query = Parameters<typeof readPage>[0] & { readonly _filter?: string };
type Part = { readonly Id: string | number };

/** SparkQL asks about listings, contacts and accounts. A filter that was dropped would widen the answer, so it is refused (§8.3). */
function refuseFilter(filter: string | undefined): void {
  if (!filter) return;
  const message = 'These records cannot be filtered';
  throw new SparkFault(1040, message, {
    members: { SparkQLErrors: [{ Token: filter, Expression: filter, Status: 'Fatal', Message: message }] },
  });
}

const memberOf = (record: Part, name: string) =>
  (record as unknown as Readonly<{ [name: string]: string | number | boolean }>)[name] ?? '';

/** By the members named; ties go by Id (§7). */
function sorted<T extends Part>(records: readonly T[], orderby: string | undefined): readonly T[] {
  const [first] = records;
  if (!first || !orderby) return records;
  const order = readOrder(orderby, Object.fromEntries(Object.keys(first).map((name) => [name, name])), []);
  if (order === 'random')
    return records
      .map((record) => ({ record, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ record }) => record);
  return records.toSorted((a, b) => {
    for (const { field, descending } of [...order, { field: 'Id', descending: false }]) {
      const [left, right] = [memberOf(a, field), memberOf(b, field)];
      if (left !== right) return left < right === descending ? 1 : -1;
    }
    return 0;
  });
}

/**
 * A handful of records that are all at hand, as a collection. Whoever asks for no page gets all of them: clients read the photos of a
 * listing without parameters and expect the last one too.
 */
export function partList<T extends Part>(query: Query, caller: SparkCaller, records: readonly T[]): Answer {
  refuseFilter(query._filter);
  const { _limit, _page, _skip, _skiptoken, _orderby } = query;
  const page = readPage(query, caller);
  const whole = [_limit, _page, _skip, _skiptoken].every((value) => value === undefined);
  const { token } = page;
  const ordered =
    token === undefined
      ? sorted(records, _orderby)
      : sorted(records, 'Id').filter(({ Id }) => token === '' || Id > (typeof Id === 'number' ? Number(token) : token));
  const from = token === undefined && !whole ? page.offset : 0;
  const limit = whole ? records.length : page.limit;
  const rows = ordered.slice(from, from + limit).map((record) => ({ Id: String(record.Id), record }));
  return readList({ ...page, limit }, { rows, total: records.length }, rows, { show: ({ record }) => select(record, query) });
}
