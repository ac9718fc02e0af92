import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refused } from '../generated/app-api.ts';

/** Grey lines where something will stand, so that nothing jumps; said aloud once. */
export function Loading({ what, lines = 3 }: { what: string; lines?: number }) {
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading {what}…</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className="bone" />
      ))}
    </div>
  );
}

/** What went wrong, and the one thing that can be done about it. */
export function Failure({ what, error, again }: { what: string; error: unknown; again: () => void }) {
  const signedOut = error instanceof Refused && error.status === 401;
  const back = encodeURIComponent(location.pathname + location.search);
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{signedOut ? 'You are signed out.' : `Could not load ${what}.`}</strong>{' '}
        {error instanceof Refused ? !signedOut && error.message : 'The server did not answer.'}
      </p>
      {signedOut ? (
        <a className="button" href={`/login?return_to=${back}`}>
          Sign in again
        </a>
      ) : (
        <button type="button" className="button quiet" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** One question to the server in its three states. */
export function Answer<T>({
  query,
  what,
  lines,
  children,
}: {
  query: UseQueryResult<T>;
  what: string;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure what={what} error={query.error} again={() => query.refetch()} />;
  return <Loading what={what} {...(lines === undefined ? {} : { lines })} />;
}
