import { Type } from 'typebox';
import type { ListPage, ListQuery, Order } from '../../kernel/condition.ts';
import type { Answer } from '../../wire/answer.ts';
import { read } from './answers.ts';
import { optional } from './contract/operation.ts';
import type { SparkCaller } from './desk.ts';
import { SparkFault } from './faults.ts';

const PAGES = 100_000;
const MOST_SKIPPED = 2_500_000;
const DEFAULT_LIMIT = 10;
const MOST = 25;
/** Keys for replication (contracts/spark.md §7). */
const MOST_REPLICATED = { listings: 1000, accounts: 1000, others: 200 } as const;

/** The parameters that every collection takes (contracts/spark.md §7). */
export const collectionQuery = {
  _limit: optional(Type.Integer({ minimum: 0, default: DEFAULT_LIMIT, description: 'Size of a page, 25 at most.' })),
  _page: optional(Type.Integer({ minimum: 1, maximum: PAGES, description: 'Page, from 1.' })),
  _skip: optional(Type.Integer({ minimum: 0, maximum: MOST_SKIPPED, description: 'Rows to leave out, in place of _page.' })),
  _skiptoken: optional(Type.String({ description: 'Empty on the first request, then the SkipToken of the last answer.' })),
  _pagination: optional(Type.Enum(['0', '1', 'count'], { description: '1: totals beside the page; count: totals alone.' })),
  _orderby: optional(Type.String({ description: 'Fields in order, each with + or - before it.', examples: ['-ListPrice'] })),
  _filter: optional(Type.String({ description: 'SparkQL.', examples: ["City Eq 'Oxford' And ListPrice Le 300000"] })),
  _select: optional(Type.String({ description: 'Names of the members wanted.' })),
  _expand: optional(Type.String({ description: 'Names of the blocks wanted besides.' })),
  _pagefor: optional(Type.String({ deprecated: true, description: 'Withdrawn.' })),
};
/** The parameters that every record takes. */
export const recordQuery = { _select: collectionQuery._select, _expand: collectionQuery._expand };

type Collection = {
  _limit?: number;
  _page?: number;
  _skip?: number;
  _skiptoken?: string;
  _pagination?: '0' | '1' | 'count';
  _orderby?: string;
  _select?: string;
  _expand?: string;
  _pagefor?: string;
};

export type PageAsked = {
  readonly limit: number;
  readonly offset: number;
  readonly page?: number;
  /** `_skip` was sent: Pagination says CurrentOffset */
  readonly skipped: boolean;
  /** `_skiptoken` was sent: '' for the first page */
  readonly token?: string;
  readonly pagination: 'none' | 'include' | 'count';
};

const refuse = (message: string) => new SparkFault(1053, message);

/** How much of a collection is asked for. @throws SparkFault 1053 for parameters that do not go together */
export function readPage(query: Collection, caller: SparkCaller, kind: keyof typeof MOST_REPLICATED = 'others'): PageAsked {
  const { _limit = DEFAULT_LIMIT, _page, _skip, _skiptoken, _pagination, _orderby, _pagefor } = query;
  if (_pagefor !== undefined) throw refuse('_pagefor is no longer served');
  if (_page !== undefined && _skip !== undefined) throw refuse('_skip and _page cannot be used together');
  if (_skiptoken !== undefined && (_page !== undefined || _skip !== undefined || _orderby !== undefined))
    throw refuse('_skiptoken cannot be used with _page, _skip or _orderby');
  const limit = Math.min(_limit, caller.flags.has('replication') ? MOST_REPLICATED[kind] : MOST);
  return {
    limit,
    offset: _skip ?? ((_page ?? 1) - 1) * limit,
    page: _page ?? 1,
    skipped: _skip !== undefined,
    ...(_skiptoken === undefined ? {} : { token: _skiptoken }),
    pagination: _pagination === '1' ? 'include' : _pagination === 'count' ? 'count' : 'none',
  };
}

/**
 * `_orderby` in the domain's names. `fields` maps the vendor's.
 * @throws SparkFault 1053 for a field that cannot be sorted by
 */
export function readOrder(
  text: string | undefined,
  fields: Readonly<Record<string, string>>,
  fallback: readonly Order[],
): readonly Order[] | 'random' {
  if (!text) return fallback;
  if (text.trim() === 'Random') return 'random';
  return text.split(',').map((part) => {
    const [, sign = '', name = ''] = /^([+\- ]?)\s*(.*?)\s*$/.exec(part) ?? [];
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw refuse(`_orderby: ${name || 'an empty name'} is no field that can be sorted by`);
    return { field, descending: sign === '-' };
  });
}

const names = (text: string | undefined) =>
  new Set(
    (text ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
export const readExpand = (query: { _expand?: string }): ReadonlySet<string> => names(query._expand);

/** Id and ResourceUri are always there; a name that is unknown is no fault (§7). `blocks` are expanded members, kept when expanded. */
export function select<T extends object>(record: T, query: { _select?: string }): Partial<T> {
  if (!query._select) return record;
  const wanted = names(query._select);
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => name === 'Id' || name === 'ResourceUri' || wanted.has(name)),
  ) as Partial<T>;
}

/** What a page asks of a service; `order` and `where` come from the door's own reading. */
export const listQuery = (asked: PageAsked, order: readonly Order[] | 'random', where?: ListQuery['where']): ListQuery => ({
  ...(where ? { where } : {}),
  order: asked.token === undefined ? order : [],
  limit: asked.pagination === 'count' ? 0 : asked.limit,
  offset: asked.token === undefined ? asked.offset : 0,
  ...(asked.token === undefined ? {} : { after: asked.token }),
  total: asked.pagination !== 'none',
});

/** A page as this door answers it; the token of the next page is the key of the last row. */
export function readList<T extends { readonly Id: string | number }>(
  asked: PageAsked,
  page: ListPage<unknown>,
  rows: readonly T[],
  more: { headers?: Readonly<Record<string, string>>; show?: (row: T) => unknown } = {},
): Answer {
  const paged =
    asked.pagination === 'none'
      ? undefined
      : {
          total: page.total ?? 0,
          size: asked.limit,
          ...(asked.skipped ? { offset: asked.offset } : { page: asked.page ?? 1 }),
        };
  return read(asked.pagination === 'count' ? [] : rows.map((row) => more.show?.(row) ?? row), {
    paged,
    ...(asked.token === undefined ? {} : { skipToken: String(rows.at(-1)?.Id ?? asked.token) }),
    ...(more.headers ? { headers: more.headers } : {}),
  });
}
