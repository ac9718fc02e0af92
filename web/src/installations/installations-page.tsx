import { useQuery } from '@tanstack/react-query';
import {
  acceptScopes,
  grantExtras,
  type ListInstalledAnswer,
  listInstalled,
  uninstallApplication,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Headline, Said } from '../parts/headline.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { useSession } from '../parts/use-session.ts';
import { ExtrasDialog } from './extras-dialog.tsx';
import { InstallPanel } from './install-panel.tsx';

type Installation = ListInstalledAnswer['installations'][number];
type Act = 'uninstall' | 'accept' | 'extras';
type Errand = { act: Act; installation: Installation };

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

function Buttons({ installation: { name, newPermissions }, onAct }: { installation: Installation; onAct: (act: Act) => void }) {
  return (
    <>
      {newPermissions.length > 0 && (
        <SmallButton loud onClick={() => onAct('accept')} label={`Review what ${name} asks for`}>
          Review
        </SmallButton>
      )}
      <SmallButton onClick={() => onAct('extras')} label={`Extra fields for ${name}`}>
        Extra fields
      </SmallButton>
      <SmallButton onClick={() => onAct('uninstall')} label={`Uninstall ${name}`}>
        Uninstall
      </SmallButton>
    </>
  );
}

const Installations = ({ installations, onAct }: { installations: readonly Installation[]; onAct: (errand: Errand) => void }) => (
  <Table
    name="Installed applications"
    rows={installations}
    keyOf={({ id }) => id}
    columns={[
      {
        title: 'Application',
        cell: ({ name, developer }) => (
          <>
            {name}
            <span className="muted">by {developer}</span>
          </>
        ),
      },
      { title: 'For', cell: ({ officeGroup }) => officeGroup ?? 'The whole organisation' },
      { title: 'May', cell: (installation) => <Permissions installation={installation} /> },
      { title: 'Installed', cell: ({ since }) => <Moment at={since} /> },
      {
        title: 'Actions',
        kind: 'actions',
        cell: (installation) => <Buttons installation={installation} onAct={(act) => onAct({ act, installation })} />,
      },
    ]}
  />
);

/** What the reader's organisation has let in, and the way to let in or throw out an application. */
export function InstallationsPage() {
  const session = useSession();
  const { errand, outcome, start, drop, finish } = useErrand<Errand>('installed');
  const query = useQuery({ queryKey: ['installed'], queryFn: listInstalled });
  const csrf = session.data?.csrf ?? '';
  const asked = errand?.installation;
  const id = String(asked?.id);
  return (
    <>
      <Headline title="Installed applications">
        They work with your organisation’s data through the Reapit door, within what you let them do.
      </Headline>
      <Said>{outcome.said}</Said>
      <Panel title="Applications">
        <Answer query={query} what="the applications">
          {({ installations }) =>
            installations.length === 0 ? (
              <Nothing>No application is installed.</Nothing>
            ) : (
              <Installations installations={installations} onAct={start} />
            )
          }
        </Answer>
      </Panel>
      {query.data && (
        <InstallPanel
          groups={query.data.officeGroups}
          csrf={csrf}
          onInstalled={(name) => finish({ said: `${name} is installed.` })}
        />
      )}
      {asked && errand.act === 'uninstall' && (
        <Confirm
          title={`Uninstall ${asked.name}?`}
          action="Uninstall"
          keep="Keep it installed"
          run={async () => {
            await uninstallApplication(id, csrf);
            await finish({ said: `${asked.name} is uninstalled and has no access any more.` });
          }}
          onClose={drop}
        >
          <p>Its access ends at once, for everybody in {asked.officeGroup ?? 'your organisation'}. It can no longer:</p>
          <ul className="bullets">
            {asked.permissions.map((permission) => (
              <li key={permission}>{permission.charAt(0).toLowerCase() + permission.slice(1)}</li>
            ))}
          </ul>
          <p className="muted">What it has written stays. It is told that it was uninstalled.</p>
        </Confirm>
      )}
      {asked && errand.act === 'accept' && (
        <Confirm
          title={`Let ${asked.name} do more?`}
          action="Accept"
          keep="Leave it as it is"
          kind="plain"
          run={async () => {
            await acceptScopes(id, csrf);
            await finish({ said: `${asked.name} may now do what it asked for.` });
          }}
          onClose={drop}
        >
          <p>It asks for this beside what it may do already:</p>
          <ul className="bullets">
            {asked.newPermissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </Confirm>
      )}
      {asked && errand.act === 'extras' && (
        <ExtrasDialog
          name={asked.name}
          fields={asked.extrasFields}
          run={async (fields) => {
            await grantExtras(id, { fields }, csrf);
            await finish({ said: `The extra fields of ${asked.name} are saved.` });
          }}
          onClose={drop}
        />
      )}
    </>
  );
}
