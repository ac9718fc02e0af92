import type { ReadRegisteredAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';

/** Who has installed the application, by the id that goes into `reapit-customer`. */
export function Customers({ installations }: { installations: ReadRegisteredAnswer['installations'] }) {
  return (
    <Panel title="Installations">
      {installations.length === 0 ? (
        <Nothing>No customer has installed it yet. Send an administrator the address above.</Nothing>
      ) : (
        <table aria-label="Installations">
          <thead>
            <tr>
              <th scope="col">Customer</th>
              <th scope="col">Id</th>
              <th scope="col">For</th>
              <th scope="col">Scopes</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {installations.map(({ customer, customerName, officeGroup, waiting, since }) => (
              <tr key={`${customer} ${officeGroup}`}>
                <th scope="row">{customerName}</th>
                <td data-label="Id">
                  <code>{customer}</code>
                </td>
                <td data-label="For">{officeGroup ?? 'The whole organisation'}</td>
                <td data-label="Scopes">{waiting === 0 ? 'All accepted' : `${waiting} wait for the administrator`}</td>
                <td data-label="Since">
                  <Moment at={since} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
        <table aria-label="Usage">
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              <th scope="col">Customer</th>
              <th scope="col">Resource</th>
              <th scope="col" className="end">
                Calls
              </th>
            </tr>
          </thead>
          <tbody>
            {usage.map(({ day, customer, resource, calls }) => (
              <tr key={`${day} ${customer} ${resource}`}>
                <th scope="row">{day}</th>
                <td data-label="Customer">
                  <code>{customer}</code>
                </td>
                <td data-label="Resource">{resource}</td>
                <td data-label="Calls" className="end">
                  {count.format(calls)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
