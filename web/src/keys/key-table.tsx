import type { ListSiteKeysAnswer } from '../generated/app-api.ts';
import { Moment } from '../parts/moment.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';

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

function End({ until, ended }: Key) {
  if (until === null) return 'Never';
  if (ended) return <span className="chip bad">Ended</span>;
  return (
    <span className="chip live">
      <Moment at={until} time />
    </span>
  );
}

function Buttons({ siteKey: { id, terms, ended }, onAct }: { siteKey: Key; onAct: (act: Act) => void }) {
  const named = `${terms.name}, number ${id}`;
  return (
    <>
      {!ended && (
        <>
          <SmallButton onClick={() => onAct('change')} label={`Permissions of ${named}`}>
            Permissions
          </SmallButton>
          <SmallButton onClick={() => onAct('rotate')} label={`Rotate ${named}`}>
            Rotate
          </SmallButton>
        </>
      )}
      <SmallButton onClick={() => onAct('remove')} label={`Remove ${named}`}>
        Remove
      </SmallButton>
    </>
  );
}

/** Keys, the oldest first. */
export const KeyTable = ({ keys, onAct }: { keys: readonly Key[]; onAct: (act: Act, key: Key) => void }) => (
  <Table
    name="Keys"
    rows={keys}
    keyOf={({ id }) => id}
    columns={[
      {
        title: 'Key',
        cell: ({ id, terms }) => (
          <>
            {terms.name}
            <span className="muted">Number {id}</span>
          </>
        ),
      },
      { title: 'May', cell: rightsOf },
      { title: 'Made', cell: ({ since }) => <Moment at={since} /> },
      { title: 'Ends', cell: (key) => <End {...key} /> },
      { title: 'Actions', kind: 'actions', cell: (key) => <Buttons siteKey={key} onAct={(act) => onAct(act, key)} /> },
    ]}
  />
);
