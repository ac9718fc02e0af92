import { useQuery } from '@tanstack/react-query';
import {
  changeRegistered,
  type ReadRegisteredAnswer,
  type RenewSecretAnswer,
  readRegistered,
  renewSecret,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Said } from '../parts/headline.tsx';
import { Moment } from '../parts/moment.tsx';
import { Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { useSession } from '../parts/use-session.ts';
import { ApplicationForm } from './application-form.tsx';
import { Attempts } from './attempts.tsx';
import { Customers, UsageTable } from './customers.tsx';
import { NewCredentials } from './new-credentials.tsx';
import { Webhooks } from './webhooks.tsx';

/** Client id, secret, and the address at which a customer's administrator installs it. */
function Credentials({ application, onRenew }: { application: ReadRegisteredAnswer; onRenew: () => void }) {
  const { clientId, terms, since } = application;
  const install = `${location.origin}/installations?application=${encodeURIComponent(clientId)}`;
  return (
    <Panel title="Credentials">
      <dl className="pairs first">
        <div>
          <dt>Client id</dt>
          <dd className="copyable">
            <code>{clientId}</code>
            <CopyButton text={clientId} what="client id" />
          </dd>
        </div>
        <div>
          <dt>Client secret</dt>
          <dd>
            {terms.isPublic ? (
              <span className="muted">None: it is public</span>
            ) : (
              <SmallButton onClick={onRenew}>Make a new secret</SmallButton>
            )}
          </dd>
        </div>
        <div>
          <dt>Address for installing it</dt>
          <dd className="copyable">
            <code>{install}</code>
            <CopyButton text={install} what="address for installing it" />
          </dd>
        </div>
        <div>
          <dt>Registered</dt>
          <dd>
            <Moment at={since} />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

/** One application of the reader's organisation: its credentials and terms, its customers, what it calls. */
export function ApplicationPage({ clientId }: { clientId: string }) {
  const session = useSession();
  const { errand, outcome, start, drop, finish } = useErrand<'renew', RenewSecretAnswer>('registered');
  const query = useQuery({ queryKey: ['registered', clientId], queryFn: () => readRegistered(clientId) });
  const csrf = session.data?.csrf ?? '';
  const { made, said } = outcome;
  return (
    <Answer query={query} what="the application" lines={8}>
      {(application) => (
        <>
          <div className="headline">
            <p>
              <a href="/developer">Your applications</a>
            </p>
            <h1>{application.terms.name}</h1>
          </div>
          {made && <NewCredentials key={made.clientSecret} credentials={made} title="New secret" />}
          <Credentials application={application} onRenew={() => start('renew')} />
          <Customers installations={application.installations} />
          <UsageTable usage={application.usage} />
          <Webhooks clientId={clientId} csrf={csrf} />
          <Attempts clientId={clientId} />
          <Panel title="Terms">
            <ApplicationForm
              terms={application.terms}
              scopes={application.scopes}
              action="Save changes"
              run={async (terms) => {
                await changeRegistered(clientId, terms, csrf);
                await finish({ said: 'Saved. Scopes that are new wait until each customer’s administrator accepts them.' });
              }}
            />
          </Panel>
          <Said>{said}</Said>
          {errand === 'renew' && (
            <Confirm
              title={`Make a new secret for ${application.terms.name}?`}
              action="Make a new secret"
              keep="Keep the old one"
              run={async () => finish({ made: await renewSecret(clientId, csrf) })}
              onClose={drop}
            >
              <p>
                The secret in use ends at once. Until the new one is in its place, {application.terms.name} gets no tokens that
                need a secret; tokens that it has go on until they run out.
              </p>
            </Confirm>
          )}
        </>
      )}
    </Answer>
  );
}
