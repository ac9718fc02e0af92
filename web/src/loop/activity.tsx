import { useInfiniteQuery } from '@tanstack/react-query';
import { listActivity } from '../generated/app-api.ts';
import { Failure, Loading } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';

/** What happened, newest first, a page at a time. */
export function Activity({ id }: { id: string }) {
  const query = useInfiniteQuery({
    queryKey: ['activity', id],
    queryFn: ({ pageParam }) => listActivity(id, { page: pageParam }),
    initialPageParam: 1,
    getNextPageParam: ({ nextPage }) => nextPage,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title="Activity">
      {query.isPending && <Loading what="the activity" lines={4} />}
      {query.isSuccess && items.length === 0 && <Nothing>Nothing has happened yet.</Nothing>}
      {items.length > 0 && (
        <ol className="rows" aria-label="Activity, newest first">
          {items.map(({ message, at }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, are never moved, and only ever added at the end
            <li key={n}>
              {message}
              <div className="muted">
                <Moment at={at} time />
              </div>
            </li>
          ))}
        </ol>
      )}
      {query.isError && <Failure what="more activity" error={query.error} again={() => query.fetchNextPage()} />}
      {query.hasNextPage && !query.isError && (
        <button type="button" className="more" disabled={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </Panel>
  );
}
