import { useInfiniteQuery } from '@tanstack/react-query';
import { type ListAttemptsAnswer, listAttempts } from '../generated/app-api.ts';
import { Failure, Loading } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';

type Attempt = ListAttemptsAnswer['attempts'][number];

function Outcome({ status, error }: Attempt) {
  if (status === null) return <span className="chip bad">{error ?? 'No answer'}</span>;
  return <span className={status >= 200 && status < 300 ? 'chip good' : 'chip bad'}>{status}</span>;
}

/** What the application's webhooks were sent, the newest first. */
export function Attempts({ clientId }: { clientId: string }) {
  const query = useInfiniteQuery({
    queryKey: ['attempts', clientId],
    queryFn: ({ pageParam }) => listAttempts(clientId, pageParam === 0 ? {} : { before: pageParam }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const attempts = query.data?.pages.flatMap((page) => page.attempts) ?? [];
  return (
    <Panel title="Messages sent" aside={<SmallButton onClick={() => query.refetch()}>Look again</SmallButton>}>
      {query.isPending && <Loading what="the messages" />}
      {query.isError && <Failure what="the messages" error={query.error} again={() => query.refetch()} />}
      {query.data && attempts.length === 0 && <Nothing>Nothing has been sent yet.</Nothing>}
      {attempts.length > 0 && (
        <Table
          name="Messages sent"
          rows={attempts}
          keyOf={({ at, url, topic, entity }) => `${at} ${url} ${topic} ${entity}`}
          columns={[
            { title: 'Time', cell: ({ at }) => <Moment at={at} time /> },
            { title: 'Address', breaks: true, cell: ({ url }) => url },
            { title: 'Topic', cell: ({ topic }) => topic },
            {
              title: 'Record',
              cell: ({ entity, customer }) => (
                <>
                  {entity && <code>{entity}</code>} <span className="muted">{customer}</span>
                </>
              ),
            },
            { title: 'Answer', kind: 'figure', cell: (attempt) => <Outcome {...attempt} /> },
          ]}
        />
      )}
      {query.hasNextPage && (
        <p className="padded">
          <button
            type="button"
            className="button quiet"
            disabled={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            Show older ones
          </button>
        </p>
      )}
    </Panel>
  );
}
