import type { ListSiteKeysAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';

export type Key = ListSiteKeysAnswer['keys'][number];
export type Act = 'change' | 'rotate' | 'remove';

/** In one line: how many resources it may read, write and delete. */
function rightsOf({ terms: { permissions } }: Key): string {
  const count = (right: 'read' | 'write' | 'delete') => permissions.filter((row) => row[right]).length;
  const all = permissions.length;
  const said = (['read', 'write', 'delete'] as const).flatMap((right) => {
    const held = count(right);
    return held === 0 ? [] : [`${right} ${held === all ? 'everything' : `${held} of ${all}`}`];
  });
  const text = said.join(', ');
  return text === '' ? 'Nothing' : text.charAt(0).toUpperCase() + text.slice(1);
}

function Row({ siteKey, onAct }: { siteKey: Key; onAct: (act: Act) => void }) {
  const { terms, since, until, ended } = siteKey;
  const button = (act: Act, word: string, label: string) => (
    <button type="button" className="button quiet small" onClick={() => onAct(act)} aria-label={label}>
      {word}
    </button>
  );
  return (
    <tr>
      <th scope="row">
        {terms.name}
        <span className="muted">Number {siteKey.id}</span>
      </th>
      <td data-label="May">{rightsOf(siteKey)}</td>
      <td data-label="Made">
        <Moment at={since} />
      </td>
      <td data-label="Ends">
        {until === null ? (
          'Never'
        ) : ended ? (
          <span className="chip bad">Ended</span>
        ) : (
          <span className="chip live">
            <Moment at={until} time />
          </span>
        )}
      </td>
      <td className="end">
        <span className="links">
          {!ended && button('change', 'Permissions', `Permissions of ${terms.name}, number ${siteKey.id}`)}
          {!ended && button('rotate', 'Rotate', `Rotate ${terms.name}, number ${siteKey.id}`)}
          {button('remove', 'Remove', `Remove ${terms.name}, number ${siteKey.id}`)}
        </span>
      </td>
    </tr>
  );
}

/** Keys, the oldest first. */
export function KeyTable({ keys, onAct }: { keys: readonly Key[]; onAct: (act: Act, key: Key) => void }) {
  return (
    <table aria-label="Keys">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">May</th>
          <th scope="col">Made</th>
          <th scope="col">Ends</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Row key={key.id} siteKey={key} onAct={(act) => onAct(act, key)} />
        ))}
      </tbody>
    </table>
  );
}
