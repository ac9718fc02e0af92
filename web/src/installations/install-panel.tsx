import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { installApplication, type ListInstalledAnswer, readOffer } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { FormError, TextField } from '../parts/form.tsx';
import { Panel } from '../parts/panel.tsx';

type Group = ListInstalledAnswer['officeGroups'][number];
type Props = { groups: readonly Group[]; csrf: string; onInstalled: (name: string) => void };

const WHOLE = '';

/** What the application will be able to do, and the button that lets it. */
function Offered({ clientId, groups, csrf, onInstalled, onCancel }: Props & { clientId: string; onCancel: () => void }) {
  const id = useId();
  const [group, setGroup] = useState(WHOLE);
  const query = useQuery({ queryKey: ['offer', clientId], queryFn: () => readOffer(clientId) });
  const install = useMutation({
    mutationFn: () => installApplication({ clientId, ...(group === WHOLE ? {} : { officeGroup: group }) }, csrf),
    onSuccess: () => onInstalled(query.data?.name ?? clientId),
  });
  return (
    <Answer query={query} what="the application">
      {({ name, developer, permissions }) => (
        <form
          className="stack padded"
          onSubmit={(event) => {
            event.preventDefault();
            install.mutate();
          }}
        >
          <p>
            <strong>{name}</strong> by {developer} will be able to, for your whole organisation and without asking anybody again:
          </p>
          <ul className="scopes">
            {permissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
          {groups.length > 0 && (
            <div className="field">
              <label htmlFor={id}>Install it for</label>
              <select id={id} value={group} onChange={(event) => setGroup(event.target.value)}>
                <option value={WHOLE}>The whole organisation</option>
                {groups.map(({ code, name: groupName }) => (
                  <option key={code} value={code}>
                    {groupName} ({code})
                  </option>
                ))}
              </select>
            </div>
          )}
          <FormError error={install.error} />
          <div className="choices">
            <button type="button" className="button quiet" onClick={onCancel}>
              Do not install
            </button>
            <button type="submit" className="button" disabled={install.isPending}>
              Install {name}
            </button>
          </div>
        </form>
      )}
    </Answer>
  );
}

/** Installing an application that a developer has named. */
export function InstallPanel({ groups, csrf, onInstalled }: Props) {
  const [typed, setTyped] = useState('');
  const [clientId, setClientId] = useState(new URLSearchParams(location.search).get('application') ?? '');
  function show(event: FormEvent) {
    event.preventDefault();
    setClientId(typed.trim());
  }
  function done(name: string) {
    setClientId('');
    setTyped('');
    onInstalled(name);
  }
  return (
    <Panel title="Install an application">
      {clientId ? (
        <Offered
          key={clientId}
          clientId={clientId}
          groups={groups}
          csrf={csrf}
          onInstalled={done}
          onCancel={() => setClientId('')}
        />
      ) : (
        <form className="stack padded" onSubmit={show}>
          <TextField
            label="Client id of the application"
            value={typed}
            required
            hint="Its developer tells you, or sends you an address that opens this page with it."
            onChange={setTyped}
          />
          <div className="choices">
            <button type="submit" className="button">
              See what it may do
            </button>
          </div>
        </form>
      )}
    </Panel>
  );
}
