import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  acceptScopes,
  grantExtras,
  type ListInstalledAnswer,
  listInstalled,
  uninstallApplication,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { useSession } from '../parts/use-session.ts';
import { ExtrasDialog } from './extras-dialog.tsx';
import { InstallPanel } from './install-panel.tsx';

type Installation = ListInstalledAnswer['installations'][number];
type Act = 'uninstall' | 'accept' | 'extras';

function Permissions({ installation: { permissions, newPermissions, extrasFields } }: { installation: Installation }) {
  return (
    <>
      <details>
        <summary>{permissions.length === 1 ? '1 permission' : `${permissions.length} permissions`}</summary>
        <ul className="bullets">
          {permissions.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      </details>
      {extrasFields.length > 0 && <span className="muted">Extra fields: {extrasFields.join(', ')}</span>}
      {newPermissions.length > 0 && <span className="chip live">Asks for {newPermissions.length} more</span>}
    </>
  );
}

function Row({ installation, onAct }: { installation: Installation; onAct: (act: Act) => void }) {
  const { name, developer, officeGroup, newPermissions, since } = installation;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="muted">by {developer}</span>
      </th>
      <td data-label="For">{officeGroup ?? 'The whole organisation'}</td>
      <td data-label="May">
        <Permissions installation={installation} />
      </td>
      <td data-label="Installed">
        <Moment at={since} />
      </td>
      <td className="end">
        <span className="links">
          {newPermissions.length > 0 && (
            <button
              type="button"
              className="button small"
              onClick={() => onAct('accept')}
              aria-label={`Review what ${name} asks for`}
            >
              Review
            </button>
          )}
          <button
            type="button"
            className="button quiet small"
            onClick={() => onAct('extras')}
            aria-label={`Extra fields for ${name}`}
          >
            Extra fields
          </button>
          <button
            type="button"
            className="button quiet small"
            onClick={() => onAct('uninstall')}
            aria-label={`Uninstall ${name}`}
          >
            Uninstall
          </button>
        </span>
      </td>
    </tr>
  );
}

function Table({
  installations,
  onAct,
}: {
  installations: readonly Installation[];
  onAct: (act: Act, installation: Installation) => void;
}) {
  return (
    <table aria-label="Installed applications">
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">For</th>
          <th scope="col">May</th>
          <th scope="col">Installed</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {installations.map((installation) => (
          <Row key={installation.id} installation={installation} onAct={(act) => onAct(act, installation)} />
        ))}
      </tbody>
    </table>
  );
}

const DONE: Record<Act, (name: string) => string> = {
  uninstall: (name) => `${name} is uninstalled and has no access any more.`,
  accept: (name) => `${name} may now do what it asked for.`,
  extras: (name) => `The extra fields of ${name} are saved.`,
};

/** What the reader's organisation has let in, and the way to let in or throw out an application. */
export function InstallationsPage() {
  const session = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ act: Act; installation: Installation }>();
  const [said, setSaid] = useState<string>();
  const query = useQuery({ queryKey: ['installed'], queryFn: listInstalled });
  const csrf = session.data?.csrf ?? '';
  const renew = () => queries.invalidateQueries({ queryKey: ['installed'] });
  const change = useMutation({
    mutationFn: ({ act, installation: { id } }: { act: Act; installation: Installation }) =>
      act === 'accept' ? acceptScopes(String(id), csrf) : uninstallApplication(String(id), csrf),
    onSuccess: async (_, { act, installation }) => finish(act, installation),
  });
  const extras = useMutation({
    mutationFn: ({ installation, fields }: { installation: Installation; fields: string[] }) =>
      grantExtras(String(installation.id), { fields }, csrf),
    onSuccess: async (_, { installation }) => finish('extras', installation),
  });
  async function finish(act: Act, { name }: Installation) {
    setAsked(undefined);
    setSaid(DONE[act](name));
    await renew();
  }
  function close() {
    setAsked(undefined);
    change.reset();
    extras.reset();
  }
  return (
    <>
      <div className="headline">
        <h1>Installed applications</h1>
        <p className="lead">They work with your organisation’s data through the Reapit door, within what you let them do.</p>
      </div>
      <p className={said ? 'notice' : 'unseen'} role="status">
        {said}
      </p>
      <Panel title="Applications">
        <Answer query={query} what="the applications">
          {({ installations }) =>
            installations.length === 0 ? (
              <Nothing>No application is installed.</Nothing>
            ) : (
              <Table installations={installations} onAct={(act, installation) => setAsked({ act, installation })} />
            )
          }
        </Answer>
      </Panel>
      {query.data && (
        <InstallPanel
          groups={query.data.officeGroups}
          csrf={csrf}
          onInstalled={(name) => {
            setSaid(`${name} is installed.`);
            void renew();
          }}
        />
      )}
      {asked?.act === 'uninstall' && (
        <Confirm
          title={`Uninstall ${asked.installation.name}?`}
          action="Uninstall"
          keep="Keep it installed"
          busy={change.isPending}
          error={change.error?.message}
          onConfirm={() => change.mutate(asked)}
          onClose={close}
        >
          <p>
            Its access ends at once, for everybody in {asked.installation.officeGroup ?? 'your organisation'}. It can no longer:
          </p>
          <ul className="bullets">
            {asked.installation.permissions.map((permission) => (
              <li key={permission}>{permission.charAt(0).toLowerCase() + permission.slice(1)}</li>
            ))}
          </ul>
          <p className="muted">What it has written stays. It is told that it was uninstalled.</p>
        </Confirm>
      )}
      {asked?.act === 'accept' && (
        <Confirm
          title={`Let ${asked.installation.name} do more?`}
          action="Accept"
          keep="Leave it as it is"
          kind="plain"
          busy={change.isPending}
          error={change.error?.message}
          onConfirm={() => change.mutate(asked)}
          onClose={close}
        >
          <p>It asks for this beside what it may do already:</p>
          <ul className="bullets">
            {asked.installation.newPermissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </Confirm>
      )}
      {asked?.act === 'extras' && (
        <ExtrasDialog
          name={asked.installation.name}
          fields={asked.installation.extrasFields}
          busy={extras.isPending}
          error={extras.error}
          onSave={(fields) => extras.mutate({ installation: asked.installation, fields })}
          onClose={close}
        />
      )}
    </>
  );
}
