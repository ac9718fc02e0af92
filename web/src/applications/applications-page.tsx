import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ListApplicationsAnswer, listApplications, revokeApplication } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { useSession } from '../parts/use-session.ts';

type Application = ListApplicationsAnswer['applications'][number];

function Row({ application, onRevoke }: { application: Application; onRevoke: () => void }) {
  const { name, permissions, since, lastUsed } = application;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="May">
        <ul className="plain">
          {permissions.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      </td>
      <td data-label="Connected">
        <Moment at={since} />
      </td>
      <td data-label="Last signed in">{lastUsed ? <Moment at={lastUsed} time /> : <span className="muted">Never</span>}</td>
      <td className="end">
        <button type="button" className="button quiet small" onClick={onRevoke} aria-label={`Revoke access of ${name}`}>
          Revoke access
        </button>
      </td>
    </tr>
  );
}

function Table({
  applications,
  onRevoke,
}: {
  applications: readonly Application[];
  onRevoke: (application: Application) => void;
}) {
  return (
    <table aria-label="Connected applications">
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">May</th>
          <th scope="col">Connected</th>
          <th scope="col">Last signed in</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <Row key={application.clientId} application={application} onRevoke={() => onRevoke(application)} />
        ))}
      </tbody>
    </table>
  );
}

/** The applications that act for the reader, and the way to end that. */
export function ApplicationsPage() {
  const session = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Application>();
  const [ended, setEnded] = useState<string>();
  const query = useQuery({ queryKey: ['applications'], queryFn: listApplications });
  const revoke = useMutation({
    mutationFn: ({ clientId }: Application) => revokeApplication(clientId, session.data?.csrf ?? ''),
    onSuccess: async (_, { name }) => {
      setAsked(undefined);
      setEnded(name);
      await queries.invalidateQueries({ queryKey: ['applications'] });
    },
  });
  function close() {
    setAsked(undefined);
    revoke.reset();
  }
  return (
    <>
      <div className="headline">
        <h1>Connected applications</h1>
        <p className="lead">They act in Portico under your name, within what you allowed.</p>
      </div>
      <p className={ended ? 'notice' : 'unseen'} role="status">
        {ended && `${ended} has no access any more.`}
      </p>
      <Panel title="Applications">
        <Answer query={query} what="your applications">
          {({ applications }) =>
            applications.length === 0 ? (
              <Nothing>No application is connected. One appears here when you allow it to act for you.</Nothing>
            ) : (
              <Table applications={applications} onRevoke={setAsked} />
            )
          }
        </Answer>
      </Panel>
      {asked && (
        <Confirm
          title={`Revoke access of ${asked.name}?`}
          action="Revoke access"
          keep="Keep it connected"
          busy={revoke.isPending}
          error={revoke.error?.message}
          onConfirm={() => revoke.mutate(asked)}
          onClose={close}
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
