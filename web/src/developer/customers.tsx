import type { ReadRegisteredAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Table } from '../parts/table.tsx';

/** Who has installed the application, by the id that goes into `reapit-customer`. */
export function Customers({ installations }: { installations: ReadRegisteredAnswer['installations'] }) {
  return (
    <Panel title="Installations">
      {installations.length === 0 ? (
        <Nothing>No customer has installed it yet. Send an administrator the address above.</Nothing>
      ) : (
        <Table
          name="Installations"
          rows={installations}
          keyOf={({ customer, officeGroup }) => `${customer} ${officeGroup}`}
          columns={[
            { title: 'Customer', cell: ({ customerName }) => customerName },
            { title: 'Id', cell: ({ customer }) => <code>{customer}</code> },
            { title: 'For', cell: ({ officeGroup }) => officeGroup ?? 'The whole organisation' },
            {
              title: 'Scopes',
              cell: ({ waiting }) => (waiting === 0 ? 'All accepted' : `${waiting} wait for the administrator`),
            },
            { title: 'Since', cell: ({ since }) => <Moment at={since} /> },
          ]}
        />
      )}
    </Panel>
  );
}

const count = new Intl.NumberFormat();

/** Calls that count, day by day (UTC). */
export function UsageTable({ usage }: { usage: ReadRegisteredAnswer['usage'] }) {
  const total = usage.reduce((sum, { calls }) => sum + calls, 0);
  return (
    <Panel title="Usage" aside={`${count.format(total)} calls in the last 30 days`}>
      {usage.length === 0 ? (
        <Nothing>It has not called the platform in the last 30 days.</Nothing>
      ) : (
        <Table
          name="Usage"
          rows={usage}
          keyOf={({ day, customer, resource }) => `${day} ${customer} ${resource}`}
          columns={[
            { title: 'Day (UTC)', cell: ({ day }) => day },
            { title: 'Customer', cell: ({ customer }) => <code>{customer}</code> },
            { title: 'Resource', cell: ({ resource }) => resource },
            { title: 'Calls', kind: 'figure', cell: ({ calls }) => count.format(calls) },
          ]}
        />
      )}
    </Panel>
  );
}
