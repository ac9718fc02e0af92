import { type Paging, pageLink, type ReadQuery } from './query.ts';

/** The envelope of a page (contracts/reapit.md §1.3). `path` is that of the list, with a slash at its end. */
export function pagedAnswer(path: string, query: ReadQuery, { number, size }: Paging, models: readonly unknown[], total: number) {
  const pages = Math.ceil(total / size);
  const link = (page: number) => ({ href: pageLink(path, query, page, size) });
  return {
    _embedded: models,
    pageNumber: number,
    pageSize: size,
    pageCount: models.length,
    totalPageCount: pages,
    totalCount: total,
    _links: {
      self: link(number),
      first: link(1),
      ...(number > 1 ? { prev: link(number - 1) } : {}),
      ...(number < pages ? { next: link(number + 1), last: link(pages) } : {}),
    },
  };
}
