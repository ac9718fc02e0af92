import { useQuery } from '@tanstack/react-query';
import { type ListApplicationsAnswer, listApplications, revokeApplication } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Headline, Said } from '../parts/headline.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { useSession } from '../parts/use-session.ts';

type Application = ListApplicationsAnswer['applications'][number];

const Applications = ({
  applications,
  onRevoke,
}: {
  applications: readonly Application[];
  onRevoke: (application: Application) => void;
}) => (
  <Table
    name="Connected applications"
    rows={applications}
    keyOf={({ clientId }) => clientId}
    columns={[
      { title: 'Application', cell: ({ name }) => name },
      {
        title: 'May',
        cell: ({ permissions }) => (
          <ul className="plain">
            {permissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        ),
      },
      { title: 'Connected', cell: ({ since }) => <Moment at={since} /> },
      {
        title: 'Last signed in',
        cell: ({ lastUsed }) => (lastUsed ? <Moment at={lastUsed} time /> : <span className="muted">Never</span>),
      },
      {
        title: 'Actions',
        kind: 'actions',
        cell: (application) => (
          <SmallButton onClick={() => onRevoke(application)} label={`Revoke access of ${application.name}`}>
            Revoke access
          </SmallButton>
        ),
      },
    ]}
  />
);

/** The applications that act for the reader, and the way to end that. */
export function ApplicationsPage() {
  const session = useSession();
  const { errand: asked, outcome, start, drop, finish } = useErrand<Application>('applications');
  const query = useQuery({ queryKey: ['applications'], queryFn: listApplications });
  return (
    <>
      <Headline title="Connected applications">They act in Portico under your name, within what you allowed.</Headline>
      <Said>{outcome.said}</Said>
      <Panel title="Applications">
        <Answer query={query} what="your applications">
          {({ applications }) =>
            applications.length === 0 ? (
              <Nothing>No application is connected. One appears here when you allow it to act for you.</Nothing>
            ) : (
              <Applications applications={applications} onRevoke={start} />
            )
          }
        </Answer>
      </Panel>
      {asked && (
        <Confirm
          title={`Revoke access of ${asked.name}?`}
          action="Revoke access"
          keep="Keep it connected"
          run={async () => {
            await revokeApplication(asked.clientId, session.data?.csrf ?? '');
            await finish({ said: `${asked.name} has no access any more.` });
          }}
          onClose={drop}
        >
          <p>Its access and refresh tokens end at once. From then on {asked.name} can no longer:</p>
          <ul className="bullets">
            {asked.permissions.map((permission) => (
              <li key={permission}>{permission.charAt(0).toLowerCase() + permission.slice(1)}</li>
            ))}
          </ul>
          <p className="muted">What it has written stays. To connect it again, sign in from the application.</p>
        </Confirm>
      )}
    </>
  );
}
