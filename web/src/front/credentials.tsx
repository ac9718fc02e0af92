import type { ReadFrontAnswer } from '../generated/app-api.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Group, Panel } from '../parts/panel.tsx';

type Credential = NonNullable<ReadFrontAnswer['sandbox']>['credentials'][number];

/** What opens the doors in the sandbox, and only there. */
export function Credentials({ credentials }: { credentials: readonly Credential[] }) {
  return (
    <Panel title="Sandbox credentials" aside="They open nothing outside the sandbox">
      <div className="groups">
        {credentials.map(({ name, note, values }) => (
          <Group key={name} title={name}>
            {note && <p className="note muted">{note}</p>}
            <dl className="pairs">
              {values.map(({ label, value }) => (
                <div key={label + value}>
                  <dt>{label}</dt>
                  <dd className="copyable">
                    <code>{value}</code>
                    <CopyButton text={value} what={`${label}, ${name}`} />
                  </dd>
                </div>
              ))}
            </dl>
          </Group>
        ))}
      </div>
    </Panel>
  );
}
