import { useQuery } from '@tanstack/react-query';
import {
  type ListRegisteredAnswer,
  listRegistered,
  type RegisterApplicationAnswer,
  registerApplication,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Headline } from '../parts/headline.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { useSession } from '../parts/use-session.ts';
import { ApplicationForm, NEW } from './application-form.tsx';
import { NewCredentials } from './new-credentials.tsx';

type Application = ListRegisteredAnswer['applications'][number];

const kindOf = ({ grants, isPublic }: Application) => {
  const ways = [
    ...(grants.includes('authorization_code') ? ['signs people in'] : []),
    ...(grants.includes('client_credentials') ? ['acts for itself'] : []),
  ];
  return ways.join(', ') + (isPublic ? ', no secret' : '');
};

const Applications = ({ applications }: { applications: readonly Application[] }) => (
  <Table
    name="Your applications"
    rows={applications}
    keyOf={({ clientId }) => clientId}
    columns={[
      {
        title: 'Application',
        cell: (application) => (
          <>
            <a href={`/developer/${encodeURIComponent(application.clientId)}`}>{application.name}</a>
            <span className="muted">{kindOf(application)}</span>
          </>
        ),
      },
      { title: 'Client id', cell: ({ clientId }) => <code>{clientId}</code> },
      {
        title: 'Installed by',
        cell: ({ installations }) => (installations === 1 ? '1 customer' : `${installations} customers`),
      },
      { title: 'Registered', cell: ({ since }) => <Moment at={since} /> },
    ]}
  />
);

/** The applications that the reader's organisation develops for the Reapit door, and the way to register one. */
export function DeveloperPage() {
  const session = useSession();
  const { errand, outcome, start, drop, finish } = useErrand<'register', RegisterApplicationAnswer>('registered');
  const query = useQuery({ queryKey: ['registered'], queryFn: listRegistered });
  const { made } = outcome;
  return (
    <>
      <Headline title="Your applications">
        What your organisation develops for the Reapit door. Each works in the sandbox at once, and for a customer once its
        administrator has installed it.
      </Headline>
      {made && <NewCredentials key={made.clientId} credentials={made} title="Application registered" />}
      <Panel
        title="Applications"
        aside={
          errand === undefined && (
            <SmallButton loud onClick={() => start('register')}>
              Register an application
            </SmallButton>
          )
        }
      >
        <Answer query={query} what="your applications">
          {({ applications }) =>
            applications.length === 0 ? (
              <Nothing>You have not registered an application yet.</Nothing>
            ) : (
              <Applications applications={applications} />
            )
          }
        </Answer>
      </Panel>
      {errand === 'register' && query.data && (
        <Panel title="Register an application">
          <ApplicationForm
            terms={NEW}
            scopes={query.data.scopes}
            action="Register application"
            run={async (terms) => finish({ made: await registerApplication(terms, session.data?.csrf ?? '') })}
            onCancel={drop}
          />
        </Panel>
      )}
    </>
  );
}
