import { useQuery } from '@tanstack/react-query';
import {
  type ListSparkKeysAnswer,
  listSparkKeys,
  type MakeSparkKeyAnswer,
  makeSparkKey,
  removeSparkKey,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Said } from '../parts/headline.tsx';
import { Moment } from '../parts/moment.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { SparkKeyForm } from './spark-key-form.tsx';

type Key = ListSparkKeysAnswer['keys'][number];
type Made = MakeSparkKeyAnswer & { title: string };

const KeyTable = ({ keys, onRemove }: { keys: readonly Key[]; onRemove: (key: Key) => void }) => (
  <Table
    name="Spark keys"
    rows={keys}
    keyOf={({ id }) => id}
    columns={[
      {
        title: 'Key',
        breaks: true,
        cell: ({ name, key }) => (
          <>
            {name}
            <code className="muted">{key}</code>
          </>
        ),
      },
      { title: 'Of', cell: ({ member, consumer }) => (consumer === null ? member : `${member}, for ${consumer}`) },
      { title: 'Role', cell: ({ role, flags }) => [role, ...flags].join(', ') },
      { title: 'Made', cell: ({ since }) => <Moment at={since} /> },
      {
        title: 'Actions',
        kind: 'actions',
        cell: (key) => (
          <SmallButton onClick={() => onRemove(key)} label={`Remove ${key.name}, ${key.key}`}>
            Remove
          </SmallButton>
        ),
      },
    ]}
  />
);

/** The keys of the Spark door, each of a member: made and removed here. */
export function SparkKeys({ csrf }: { csrf: string }) {
  const { errand, outcome, start, drop, finish } = useErrand<'make' | Key, Made>('spark-keys');
  const query = useQuery({ queryKey: ['spark-keys'], queryFn: listSparkKeys });
  const { made, said } = outcome;
  return (
    <>
      <Said>{said}</Said>
      {made && (
        <ShownOnce
          key={made.key}
          title={made.title}
          values={[
            { label: 'Key', value: made.key },
            { label: 'Secret', value: made.secret },
          ]}
        >
          Keep the secret now: it is not shown again. Whoever lost it removes the key and makes another.
        </ShownOnce>
      )}
      <Panel
        title="Keys of the Spark door"
        aside={
          query.data &&
          errand !== 'make' && (
            <SmallButton loud onClick={() => start('make')}>
              Make a Spark key
            </SmallButton>
          )
        }
      >
        <Answer query={query} what="the keys of the Spark door">
          {({ keys }) => (
            <>
              {keys.length === 0 ? (
                <Nothing>There is no key: programs come to the Spark door with a person alone.</Nothing>
              ) : (
                <KeyTable keys={keys} onRemove={start} />
              )}
              <p className="nothing muted">They open the API below this house at /spark/v1, and sign people in for it.</p>
            </>
          )}
        </Answer>
      </Panel>
      {query.data && errand === 'make' && (
        <Panel title="Make a Spark key">
          <SparkKeyForm
            offered={query.data}
            run={async (terms) => {
              const answer = await makeSparkKey(terms, csrf);
              await finish({ made: { ...answer, title: `Spark key for ${terms.name}` } });
            }}
            onCancel={drop}
          />
        </Panel>
      )}
      {errand !== undefined && errand !== 'make' && (
        <Confirm
          title={`Remove ${errand.name}?`}
          action="Remove key"
          keep="Keep it"
          run={async () => {
            await removeSparkKey(String(errand.id), csrf);
            await finish({ said: `${errand.name} is removed and opens nothing any more.` });
          }}
          onClose={drop}
        >
          <p>
            It ends at once, and so do sessions and tokens that were got with it. People whom it signed in have to sign in by
            another. What was written with it stays.
          </p>
        </Confirm>
      )}
    </>
  );
}
