import { useInfiniteQuery } from '@tanstack/react-query';
import { type ListAttemptsAnswer, listAttempts } from '../generated/app-api.ts';
import { Failure, Loading } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';

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
    <Panel
      title="Messages sent"
      aside={
        <button type="button" className="button quiet small" onClick={() => query.refetch()}>
          Look again
        </button>
      }
    >
      {query.isPending && <Loading what="the messages" />}
      {query.isError && <Failure what="the messages" error={query.error} again={() => query.refetch()} />}
      {query.data && attempts.length === 0 && <Nothing>Nothing has been sent yet.</Nothing>}
      {attempts.length > 0 && (
        <table aria-label="Messages sent">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Address</th>
              <th scope="col">Topic</th>
              <th scope="col">Record</th>
              <th scope="col" className="end">
                Answer
              </th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <tr key={`${attempt.at} ${attempt.url} ${attempt.topic} ${attempt.entity}`}>
                <th scope="row">
                  <Moment at={attempt.at} time />
                </th>
                <td data-label="Address" className="breaks">
                  {attempt.url}
                </td>
                <td data-label="Topic">{attempt.topic}</td>
                <td data-label="Record">
                  {attempt.entity && <code>{attempt.entity}</code>} <span className="muted">{attempt.customer}</span>
                </td>
                <td data-label="Answer" className="end">
                  <Outcome {...attempt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
