import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { FieldGroup } from '../parts/form.tsx';
import { SmallButton } from '../parts/small-button.tsx';

export type Permission = { resource: string; read: boolean; write: boolean; delete: boolean };
export type Resource = { name: string; words: string };
export type Right = 'read' | 'write' | 'delete';

const RIGHTS: readonly { right: Right; word: string }[] = [
  { right: 'read', word: 'Read' },
  { right: 'write', word: 'Write' },
  { right: 'delete', word: 'Delete' },
];
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

type Props = {
  resources: readonly Resource[];
  permissions: readonly Permission[];
  onChange: (permissions: Permission[]) => void;
};

/**
 * What a key may do with each resource. A grid of boxes: one stop of the Tab key, arrow keys inside, Home and End along a row, with Ctrl to
 * the corners; Space ticks (WAI-ARIA APG, grid).
 */
export function PermissionMatrix({ resources, permissions, onChange }: Props) {
  const id = useId();
  const grid = useRef<HTMLTableElement>(null);
  const [[row, column], setPlace] = useState<readonly [number, number]>([0, 0]);
  const held = new Map(permissions.map((one) => [one.resource, one]));
  const has = (resource: string, right: Right) => held.get(resource)?.[right] ?? false;
  const set = (ticked: (resource: string, right: Right) => boolean) =>
    onChange(
      resources.map(({ name }) => ({
        resource: name,
        read: ticked(name, 'read'),
        write: ticked(name, 'write'),
        delete: ticked(name, 'delete'),
      })),
    );

  function go(event: KeyboardEvent) {
    const step = STEPS[event.key];
    const last = RIGHTS.length - 1;
    const bottom = resources.length - 1;
    const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
    const far = event.ctrlKey || event.metaKey;
    const next = step
      ? ([within(row + step[0], bottom), within(column + step[1], last)] as const)
      : event.key === 'Home'
        ? ([far ? 0 : row, 0] as const)
        : event.key === 'End'
          ? ([far ? bottom : row, last] as const)
          : undefined;
    if (!next) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLInputElement>(`[data-place="${next[0]}.${next[1]}"]`)?.focus();
  }

  return (
    <FieldGroup legend="What it may do">
      <div className="links">
        <SmallButton onClick={() => set((_, right) => right === 'read')}>Read everything</SmallButton>
        <SmallButton onClick={() => set(() => true)}>Everything</SmallButton>
        <SmallButton onClick={() => set(() => false)}>Nothing</SmallButton>
      </div>
      <p id={id} className="muted">
        Arrow keys move between the boxes, Space ticks one.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are worked with is a grid (APG) */}
      <table ref={grid} role="grid" className="matrix" aria-label="Permissions" aria-describedby={id} onKeyDown={go}>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {RIGHTS.map(({ right, word }) => (
              <th key={right} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map(({ name, words }, at) => (
            <tr key={name}>
              <th scope="row">{words}</th>
              {RIGHTS.map(({ right, word }, nth) => (
                <td key={right}>
                  <label>
                    <span className="unseen">
                      {word} {words.toLowerCase()}
                    </span>
                    <input
                      type="checkbox"
                      data-place={`${at}.${nth}`}
                      tabIndex={at === row && nth === column ? 0 : -1}
                      checked={has(name, right)}
                      onFocus={() => setPlace([at, nth])}
                      onChange={({ target }) =>
                        set((resource, one) => (resource === name && one === right ? target.checked : has(resource, one)))
                      }
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </FieldGroup>
  );
}
