import type { ReadFrontAnswer } from '../generated/app-api.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Table } from '../parts/table.tsx';

type Door = ReadFrontAnswer['doors'][number];

const Address = ({ address, of }: { address: string; of: string }) => (
  <span className="copyable">
    <code>{address}</code>
    <CopyButton text={address} what={of} />
  </span>
);

const Links = ({ name, links }: Door) => (
  <span className="links">
    {links.map(({ title, href }) => (
      <a key={href} href={href} aria-label={`${title} of ${name}`}>
        {title}
      </a>
    ))}
  </span>
);

/** Where each door answers. */
export function Doors({ doors }: { doors: readonly Door[] }) {
  return (
    <Panel title="Doors">
      {doors.length === 0 ? (
        <Nothing>No door is open.</Nothing>
      ) : (
        <Table
          name="Doors"
          className="doors"
          rows={doors}
          keyOf={({ name }) => name}
          columns={[
            {
              title: 'Door',
              cell: ({ name, summary }) => (
                <>
                  {name}
                  <span className="muted">{summary}</span>
                </>
              ),
            },
            {
              title: 'Under a path',
              cell: ({ name, addresses }) =>
                addresses.map((address) => <Address key={address} address={address} of={`address of ${name}`} />),
            },
            {
              title: 'At its own host',
              cell: ({ name, hostAddress }) =>
                hostAddress ? (
                  <Address address={hostAddress} of={`host address of ${name}`} />
                ) : (
                  <span className="muted">None configured</span>
                ),
            },
            { title: 'Explore', cell: (door) => <Links {...door} /> },
          ]}
        />
      )}
    </Panel>
  );
}
