import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
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
import { Moment } from '../parts/moment.tsx';
import { Panel } from '../parts/panel.tsx';
import { useSession } from '../parts/use-session.ts';
import { ApplicationForm, type Terms } from './application-form.tsx';
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
              <button type="button" className="button quiet small" onClick={onRenew}>
                Make a new secret
              </button>
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
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<RenewSecretAnswer>();
  const [saved, setSaved] = useState(0);
  const query = useQuery({ queryKey: ['registered', clientId], queryFn: () => readRegistered(clientId) });
  const csrf = session.data?.csrf ?? '';
  const renew = useMutation({
    mutationFn: () => renewSecret(clientId, csrf),
    onSuccess: (credentials) => {
      setAsked(false);
      setMade(credentials);
    },
  });
  const change = useMutation({
    mutationFn: (terms: Terms) => changeRegistered(clientId, terms, csrf),
    onMutate: () => setSaved(0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['registered', clientId] });
      setSaved(Date.now());
    },
  });
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
          <Credentials application={application} onRenew={() => setAsked(true)} />
          <Customers installations={application.installations} />
          <UsageTable usage={application.usage} />
          <Webhooks clientId={clientId} csrf={csrf} />
          <Attempts clientId={clientId} />
          <Panel title="Terms">
            <ApplicationForm
              terms={application.terms}
              scopes={application.scopes}
              action="Save changes"
              busy={change.isPending}
              error={change.error}
              onSubmit={(terms) => change.mutate(terms)}
            />
          </Panel>
          <p className={saved ? 'notice' : 'unseen'} role="status">
            {saved > 0 && 'Saved. Scopes that are new wait until each customer’s administrator accepts them.'}
          </p>
          {asked && (
            <Confirm
              title={`Make a new secret for ${application.terms.name}?`}
              action="Make a new secret"
              keep="Keep the old one"
              busy={renew.isPending}
              error={renew.error?.message}
              onConfirm={() => renew.mutate()}
              onClose={() => {
                setAsked(false);
                renew.reset();
              }}
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
