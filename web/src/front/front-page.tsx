import { useQuery } from '@tanstack/react-query';
import { type ReadFrontAnswer, readFront } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { Credentials } from './credentials.tsx';
import { Doors } from './doors.tsx';
import { Health } from './health.tsx';

type Sandbox = NonNullable<ReadFrontAnswer['sandbox']>;

function FirstRequest({ sandbox }: { sandbox: Sandbox }) {
  return (
    <Panel title="First request" aside={<CopyButton text={sandbox.firstRequest} what="the first request" />}>
      <pre className="code">{sandbox.firstRequest}</pre>
    </Panel>
  );
}

function WorthALook({ sandbox }: { sandbox: Sandbox }) {
  if (sandbox.pages.length === 0) return null;
  return (
    <Panel title="Worth a look">
      <ul className="rows">
        {sandbox.pages.map(({ title, href }) => (
          <li key={href}>
            <a href={href}>{title}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What a newcomer meets: where the doors are, what opens them in the sandbox, and whether all is well. */
export function FrontPage() {
  const front = useQuery({ queryKey: ['front'], queryFn: readFront, refetchInterval: 30_000 });
  return (
    <>
      <div className="headline">
        <h1>Portico</h1>
        <p className="lead">
          One record of a brokerage’s people, properties, deals and documents, behind the front doors your integrations already
          know.
        </p>
      </div>
      <Answer query={front} what="the front page" lines={8}>
        {(facts) => (
          <>
            <Health facts={facts} />
            <Doors doors={facts.doors} />
            {facts.sandbox && (
              <>
                <div className="columns wide-first">
                  <FirstRequest sandbox={facts.sandbox} />
                  <WorthALook sandbox={facts.sandbox} />
                </div>
                <Credentials credentials={facts.sandbox.credentials} />
              </>
            )}
          </>
        )}
      </Answer>
    </>
  );
}
