import { useQuery } from '@tanstack/react-query';
import { type ReadLoopAnswer, readLoop } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Activity } from './activity.tsx';
import { Details } from './details.tsx';
import { Documents } from './documents.tsx';
import { People } from './people.tsx';
import { Tasks } from './tasks.tsx';

const ENDED = new Set(['Archived', 'Withdrawn', 'Terminated']);
const DONE = new Set(['Sold', 'Leased', 'Done']);
const toneOf = (status: string) => (ENDED.has(status) ? '' : DONE.has(status) ? 'good' : 'live');

function Headline({ loop }: { loop: ReadLoopAnswer }) {
  return (
    <div className="headline">
      <p className="chips">
        <span className={`chip ${toneOf(loop.status)}`}>{loop.status}</span>
        <span className="muted">{loop.transactionType}</span>
      </p>
      <h1>{loop.name}</h1>
      {loop.address && <p className="lead">{loop.address}</p>}
      <p className="muted small">
        Created <Moment at={loop.created} /> · Updated <Moment at={loop.updated} time />
      </p>
    </div>
  );
}

/** One loop, all of it: who, which papers, what is to be done, what was agreed, what happened. */
export function LoopPage({ id }: { id: string }) {
  const query = useQuery({ queryKey: ['loop', id], queryFn: () => readLoop(id) });
  return (
    <Answer query={query} what="the loop" lines={12}>
      {(loop) => (
        <>
          <Headline loop={loop} />
          <div className="columns wide-first">
            <div className="column">
              <Documents loop={loop} />
              <Tasks lists={loop.taskLists} />
              <Details sections={loop.details} />
            </div>
            <div className="column">
              <People people={loop.people} />
              <Activity id={id} />
            </div>
          </div>
        </>
      )}
    </Answer>
  );
}
