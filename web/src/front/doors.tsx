import type { ReadFrontAnswer } from '../generated/app-api.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';

type Door = ReadFrontAnswer['doors'][number];

const Address = ({ address, of }: { address: string; of: string }) => (
  <span className="copyable">
    <code>{address}</code>
    <CopyButton text={address} what={of} />
  </span>
);

function DoorRow({ door: { name, summary, addresses, hostAddress, links } }: { door: Door }) {
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="muted">{summary}</span>
      </th>
      <td data-label="Under a path">
        {addresses.map((address) => (
          <Address key={address} address={address} of={`address of ${name}`} />
        ))}
      </td>
      <td data-label="At its own host">
        {hostAddress ? (
          <Address address={hostAddress} of={`host address of ${name}`} />
        ) : (
          <span className="muted">None configured</span>
        )}
      </td>
      <td data-label="Explore">
        <span className="links">
          {links.map(({ title, href }) => (
            <a key={href} href={href} aria-label={`${title} of ${name}`}>
              {title}
            </a>
          ))}
        </span>
      </td>
    </tr>
  );
}

/** Where each door answers. */
export function Doors({ doors }: { doors: readonly Door[] }) {
  return (
    <Panel title="Doors">
      {doors.length === 0 ? (
        <Nothing>No door is open.</Nothing>
      ) : (
        <table className="doors" aria-label="Doors">
          <thead>
            <tr>
              <th scope="col">Door</th>
              <th scope="col">Under a path</th>
              <th scope="col">At its own host</th>
              <th scope="col">Explore</th>
            </tr>
          </thead>
          <tbody>
            {doors.map((door) => (
              <DoorRow key={door.name} door={door} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
