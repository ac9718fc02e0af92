import type { Answer } from '../../wire/answer.ts';

/** How a list was paged; `offset` where it was asked for with _skip. */
export type Paged = {
  readonly total: number;
  readonly size: number;
  readonly page?: number;
  readonly offset?: number;
};

/** All four members, always: clients read them unchecked (contracts/spark.md §7). */
const paginationOf = ({ total, size, page, offset }: Paged) => ({
  TotalRows: total,
  PageSize: size,
  TotalPages: size === 0 ? 0 : Math.ceil(total / size),
  ...(offset === undefined ? { CurrentPage: page ?? 1 } : { CurrentOffset: offset }),
});

/** Notes, contacts and accounts are nobody else's to keep (§1: H16). */
export const PRIVATE = { 'cache-control': 'private, no-store' } as const;

type More = {
  readonly paged?: Paged | undefined;
  readonly skipToken?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A read: one element for a record, none when nothing matches. */
export const read = (results: readonly unknown[], { paged, skipToken, headers }: More = {}): Answer => ({
  status: 200,
  ...(headers ? { headers } : {}),
  json: {
    D: {
      Success: true,
      Results: results,
      ...(paged ? { Pagination: paginationOf(paged) } : {}),
      ...(skipToken === undefined ? {} : { SkipToken: skipToken }),
    },
  },
});

/** A write that answers where its result is: 201 when it made it, 200 when it was there. */
export const written = (status: 200 | 201, result: { readonly ResourceUri: string } & Record<string, unknown>): Answer => ({
  status,
  json: { D: { Success: true, Results: [result] } },
});

/** An update or a deletion. */
export const succeeded = (): Answer => ({ status: 200, json: { D: { Success: true } } });
