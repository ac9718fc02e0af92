import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changeSiteKey,
  listSiteKeys,
  type MakeSiteKeyAnswer,
  makeSiteKey,
  removeSiteKey,
  rotateSiteKey,
} from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useSession } from '../parts/use-session.ts';
import { KeyForm, type KeyTerms } from './key-form.tsx';
import { type Act, type Key, KeyTable } from './key-table.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Made = MakeSiteKeyAnswer & { title: string };

function NewKey({ made: { key, title } }: { made: Made }) {
  return (
    <ShownOnce title={title} values={[{ label: 'Key', value: key }]}>
      Keep it now: it is not shown again. Whoever lost it rotates the key, or removes it and makes another.
    </ShownOnce>
  );
}

/** Where keys are used. */
function Domains({ domains }: { domains: readonly string[] }) {
  return (
    <p className="nothing muted">
      {domains.length > 0
        ? `They open the API at ${domains.join(', ')}, and below this house at /propertybase/api/v2.`
        : 'They open the API below this house at /propertybase/api/v2; the organisation has no domain of its own yet.'}
    </p>
  );
}

/** The keys of the organisation's site with what each may do: made, changed, rotated and removed here. */
export function KeysPage() {
  const session = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ act: Act; key: Key }>();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made>();
  const [said, setSaid] = useState<string>();
  const query = useQuery({ queryKey: ['keys'], queryFn: listSiteKeys });
  const csrf = session.data?.csrf ?? '';

  /** What there was to say is over when something new happens. */
  function open(next: { act: Act; key: Key } | undefined, form = false) {
    setAsked(next);
    setMaking(form);
    setMade(undefined);
    setSaid(undefined);
    for (const one of [make, change, rotate, remove]) one.reset();
  }
  async function finish(found: { made?: Made; said?: string }) {
    open(undefined);
    setMade(found.made);
    setSaid(found.said);
    await queries.invalidateQueries({ queryKey: ['keys'] });
  }
  const make = useMutation({
    mutationFn: (terms: KeyTerms) => makeSiteKey(terms, csrf),
    onSuccess: (answer, { name }) => finish({ made: { ...answer, title: `Key for ${name}` } }),
  });
  const change = useMutation({
    mutationFn: ({ id, terms }: { id: number; terms: KeyTerms }) => changeSiteKey(String(id), terms, csrf),
    onSuccess: (_, { terms }) => finish({ said: `${terms.name} may now do what you have ticked.` }),
  });
  const rotate = useMutation({
    mutationFn: ({ key: { id }, hours }: { key: Key; hours: number }) => rotateSiteKey(String(id), { hours }, csrf),
    onSuccess: (answer, { key }) => finish({ made: { ...answer, title: `New key for ${key.terms.name}` } }),
  });
  const remove = useMutation({
    mutationFn: ({ id }: Key) => removeSiteKey(String(id), csrf),
    onSuccess: (_, { terms }) => finish({ said: `${terms.name} is removed and opens nothing any more.` }),
  });
  const target = asked?.key;

  return (
    <>
      <div className="headline">
        <h1>Keys</h1>
        <p className="lead">
          Programs that use your site’s API (Propertybase GO) bring a key. Each may do what you tick, and no more.
        </p>
      </div>
      <p className={said ? 'notice' : 'unseen'} role="status">
        {said}
      </p>
      {made && <NewKey key={made.id} made={made} />}
      <Panel
        title="Keys of your site"
        aside={
          query.data &&
          !making && (
            <button type="button" className="button small" onClick={() => open(undefined, true)}>
              Make a key
            </button>
          )
        }
      >
        <Answer query={query} what="the keys">
          {({ keys, domains }) => (
            <>
              {keys.length === 0 ? (
                <Nothing>There is no key: no program uses the API of your site.</Nothing>
              ) : (
                <KeyTable keys={keys} onAct={(act, key) => open({ act, key })} />
              )}
              <Domains domains={domains} />
            </>
          )}
        </Answer>
      </Panel>
      {query.data && making && (
        <Panel title="Make a key">
          <KeyForm
            terms={{ name: '', permissions: [] }}
            resources={query.data.resources}
            action="Make key"
            busy={make.isPending}
            error={make.error}
            onSubmit={(terms) => make.mutate(terms)}
            onCancel={() => open(undefined)}
          />
        </Panel>
      )}
      {query.data && target && asked.act === 'change' && (
        <Panel key={target.id} title={`Permissions of ${target.terms.name}`}>
          <KeyForm
            terms={target.terms}
            resources={query.data.resources}
            action="Save permissions"
            busy={change.isPending}
            error={change.error}
            onSubmit={(terms) => change.mutate({ id: target.id, terms })}
            onCancel={() => open(undefined)}
          />
        </Panel>
      )}
      {target && asked.act === 'rotate' && (
        <RotateDialog
          name={target.terms.name}
          busy={rotate.isPending}
          error={rotate.error}
          onRotate={(hours) => rotate.mutate({ key: target, hours })}
          onClose={() => setAsked(undefined)}
        />
      )}
      {target && asked.act === 'remove' && (
        <Confirm
          title={`Remove ${target.terms.name}?`}
          action="Remove key"
          keep="Keep it"
          busy={remove.isPending}
          error={remove.error?.message}
          onConfirm={() => remove.mutate(target)}
          onClose={() => setAsked(undefined)}
        >
          <p>It ends at once: the next call with it is refused. What was written with it stays.</p>
        </Confirm>
      )}
    </>
  );
}
