import type { ReadLoopAnswer } from '../generated/app-api.ts';
import { Group, Nothing, Panel } from '../parts/panel.tsx';

/** Longer text than this gets a line of its own. */
const LONG = 40;

/** What was agreed, as somebody typed it: the loop's own words, never reformatted. */
export function Details({ sections }: { sections: ReadLoopAnswer['details'] }) {
  return (
    <Panel title="Details">
      {sections.length === 0 && <Nothing>No details have been filled in.</Nothing>}
      {sections.map(({ section, fields }) => (
        <Group key={section} title={section}>
          <dl className="pairs facts">
            {fields.map(({ name, value }) => (
              <div key={name} className={value.length > LONG ? 'long' : undefined}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Group>
      ))}
    </Panel>
  );
}
