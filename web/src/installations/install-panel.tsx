import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { installApplication, type ListInstalledAnswer, readOffer } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { ChoiceField, Form, TextField } from '../parts/form.tsx';
import { Panel } from '../parts/panel.tsx';

type Group = ListInstalledAnswer['officeGroups'][number];
type Props = { groups: readonly Group[]; csrf: string; onInstalled: (name: string) => void };

const WHOLE = '';

/** What the application will be able to do, and the button that lets it. */
function Offered({ clientId, groups, csrf, onInstalled, onCancel }: Props & { clientId: string; onCancel: () => void }) {
  const [group, setGroup] = useState(WHOLE);
  const query = useQuery({ queryKey: ['offer', clientId], queryFn: () => readOffer(clientId) });
  const send = useMutation({
    mutationFn: () => installApplication({ clientId, ...(group === WHOLE ? {} : { officeGroup: group }) }, csrf),
    onSuccess: () => onInstalled(query.data?.name ?? clientId),
  });
  return (
    <Answer query={query} what="the application">
      {({ name, developer, permissions }) => (
        <Form send={send} action={`Install ${name}`} cancel="Do not install" onCancel={onCancel}>
          <p>
            <strong>{name}</strong> by {developer} will be able to, for your whole organisation and without asking anybody again:
          </p>
          <ul className="scopes">
            {permissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
          {groups.length > 0 && (
            <ChoiceField
              label="Install it for"
              value={group}
              choices={[
                { value: WHOLE, words: 'The whole organisation' },
                ...groups.map(({ code, name: groupName }) => ({ value: code, words: `${groupName} (${code})` })),
              ]}
              onChange={setGroup}
            />
          )}
        </Form>
      )}
    </Answer>
  );
}

/** Installing an application that a developer has named. */
export function InstallPanel({ groups, csrf, onInstalled }: Props) {
  const [typed, setTyped] = useState('');
  const [clientId, setClientId] = useState(new URLSearchParams(location.search).get('application') ?? '');
  const show = useMutation({
    mutationFn: async () => {
      if (typed.trim() === '') throw new Error('Type the client id of the application');
      setClientId(typed.trim());
    },
  });
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
        <Form send={show} action="See what it may do">
          <TextField
            label="Client id of the application"
            value={typed}
            required
            invalid={show.error !== null}
            hint="Its developer tells you, or sends you an address that opens this page with it."
            onChange={setTyped}
          />
        </Form>
      )}
    </Panel>
  );
}
