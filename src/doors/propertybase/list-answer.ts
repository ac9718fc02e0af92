import type { Answer } from '../../wire/answer.ts';
import type { Model } from './desk.ts';
import type { Call } from './operation.ts';
import { cursorOf, MOST_ROWS, type Paging } from './query.ts';

type Link = (rel: string, changed: Readonly<Record<string, string | number>>) => string;

/** Pages of no more rows than one can ask for: after a whole list that was cut off, the next is the one in which the first row left out stands. */
function linksOfPages(link: Link, { number: asked, size: shown }: Paging, total: number): string[] {
  const size = Math.min(shown, MOST_ROWS);
  const number = shown > size ? Math.floor(shown / size) : asked;
  const pages = Math.ceil(total / size);
  const to = (page: number, rel: string) => link(rel, { page, per_page: size });
  return [
    to(1, 'first'),
    ...(asked > 1 ? [to(Math.min(number - 1, Math.max(1, pages)), 'prev')] : []),
    ...(number * size < total ? [to(number + 1, 'next')] : []),
    to(Math.max(1, pages), 'last'),
  ];
}

/** A list in the envelope, with what its headers say of the page. */
export function listAnswer(
  { path, query }: Call,
  message: string,
  data: readonly Model[],
  { paging, total: counted, last }: { paging: Paging; total: number | undefined; last: number | undefined },
): Answer {
  const { number, size, walk } = paging;
  const total = walk?.total ?? counted ?? 0;
  const pages = Math.ceil(total / size);
  const link: Link = (rel, changed) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changed)) next.set(name, String(value));
    return `<${path}?${next}>; rel="${rel}"`;
  };
  const cursor = walk && last !== undefined && data.length === size ? cursorOf({ after: last, total }) : undefined;
  const links = walk
    ? [link('first', { cursor: '*' }), ...(cursor === undefined ? [] : [link('next', { cursor })])]
    : linksOfPages(link, paging, total);
  const pagination = { current_page: number, per_page: size, total_pages: pages, total_entries: total };
  return {
    status: 200,
    headers: {
      'x-total': String(total),
      'x-total-pages': String(pages),
      'x-page': String(number),
      'x-per-page': String(size),
      link: links.join(', '),
      ...(cursor === undefined ? {} : { 'x-next-cursor': cursor }),
    },
    json: { status: 'success', message, data, ...(query.get('meta') === 'true' ? { pagination } : {}) },
  };
}
