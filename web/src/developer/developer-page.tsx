import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ListRegisteredAnswer,
  listRegistered,
  type RegisterApplicationAnswer,
  registerApplication,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { useSession } from '../parts/use-session.ts';
import { ApplicationForm, NEW, type Terms } from './application-form.tsx';
import { NewCredentials } from './new-credentials.tsx';

type Application = ListRegisteredAnswer['applications'][number];

const kindOf = ({ grants, isPublic }: Application) => {
  const ways = [
    ...(grants.includes('authorization_code') ? ['signs people in'] : []),
    ...(grants.includes('client_credentials') ? ['acts for itself'] : []),
  ];
  return ways.join(', ') + (isPublic ? ', no secret' : '');
};

function Row({ application }: { application: Application }) {
  const { clientId, name, installations, since } = application;
  return (
    <tr>
      <th scope="row">
        <a href={`/developer/${encodeURIComponent(clientId)}`}>{name}</a>
        <span className="muted">{kindOf(application)}</span>
      </th>
      <td data-label="Client id">
        <code>{clientId}</code>
      </td>
      <td data-label="Installed by">{installations === 1 ? '1 customer' : `${installations} customers`}</td>
      <td data-label="Registered">
        <Moment at={since} />
      </td>
    </tr>
  );
}

function Table({ applications }: { applications: readonly Application[] }) {
  return (
    <table aria-label="Your applications">
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">Client id</th>
          <th scope="col">Installed by</th>
          <th scope="col">Registered</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <Row key={application.clientId} application={application} />
        ))}
      </tbody>
    </table>
  );
}

/** The applications that the reader's organisation develops for the Reapit door, and the way to register one. */
export function DeveloperPage() {
  const session = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<RegisterApplicationAnswer>();
  const query = useQuery({ queryKey: ['registered'], queryFn: listRegistered });
  const register = useMutation({
    mutationFn: (terms: Terms) => registerApplication(terms, session.data?.csrf ?? ''),
    onSuccess: async (credentials) => {
      setOpen(false);
      setMade(credentials);
      await queries.invalidateQueries({ queryKey: ['registered'] });
    },
  });
  function close() {
    setOpen(false);
    register.reset();
  }
  return (
    <>
      <div className="headline">
        <h1>Your applications</h1>
        <p className="lead">
          What your organisation develops for the Reapit door. Each works in the sandbox at once, and for a customer once its
          administrator has installed it.
        </p>
      </div>
      {made && <NewCredentials key={made.clientId} credentials={made} title="Application registered" />}
      <Panel
        title="Applications"
        aside={
          !open && (
            <button type="button" className="button small" onClick={() => setOpen(true)}>
              Register an application
            </button>
          )
        }
      >
        <Answer query={query} what="your applications">
          {({ applications }) =>
            applications.length === 0 ? (
              <Nothing>You have not registered an application yet.</Nothing>
            ) : (
              <Table applications={applications} />
            )
          }
        </Answer>
      </Panel>
      {open && query.data && (
        <Panel title="Register an application">
          <ApplicationForm
            terms={NEW}
            scopes={query.data.scopes}
            action="Register application"
            busy={register.isPending}
            error={register.error}
            onSubmit={(terms) => register.mutate(terms)}
            onCancel={close}
          />
        </Panel>
      )}
    </>
  );
}
