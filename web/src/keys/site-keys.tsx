import { useQuery } from '@tanstack/react-query';
import { changeSiteKey, listSiteKeys, makeSiteKey, removeSiteKey, rotateSiteKey } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Said } from '../parts/headline.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { KeyForm } from './key-form.tsx';
import { type Act, type Key, KeyTable } from './key-table.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Errand = { act: 'make' } | { act: Act; key: Key };
type Made = { title: string; key: string };

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
export function SiteKeys({ csrf }: { csrf: string }) {
  const { errand, outcome, start, drop, finish } = useErrand<Errand, Made>('site-keys');
  const query = useQuery({ queryKey: ['site-keys'], queryFn: listSiteKeys });
  const { made, said } = outcome;
  return (
    <>
      <Said>{said}</Said>
      {made && (
        <ShownOnce key={made.key} title={made.title} values={[{ label: 'Key', value: made.key }]}>
          Keep it now: it is not shown again. Whoever lost it rotates the key, or removes it and makes another.
        </ShownOnce>
      )}
      <Panel
        title="Keys of your site"
        aside={
          query.data &&
          errand?.act !== 'make' && (
            <SmallButton loud onClick={() => start({ act: 'make' })}>
              Make a key
            </SmallButton>
          )
        }
      >
        <Answer query={query} what="the keys">
          {({ keys, domains }) => (
            <>
              {keys.length === 0 ? (
                <Nothing>There is no key: no program uses the API of your site.</Nothing>
              ) : (
                <KeyTable keys={keys} onAct={(act, key) => start({ act, key })} />
              )}
              <Domains domains={domains} />
            </>
          )}
        </Answer>
      </Panel>
      {query.data && errand?.act === 'make' && (
        <Panel title="Make a key">
          <KeyForm
            terms={{ name: '', permissions: [] }}
            resources={query.data.resources}
            action="Make key"
            run={async (terms) => {
              const { key } = await makeSiteKey(terms, csrf);
              await finish({ made: { title: `Key for ${terms.name}`, key } });
            }}
            onCancel={drop}
          />
        </Panel>
      )}
      {query.data && errand?.act === 'change' && (
        <Panel key={errand.key.id} title={`Permissions of ${errand.key.terms.name}`}>
          <KeyForm
            terms={errand.key.terms}
            resources={query.data.resources}
            action="Save permissions"
            run={async (terms) => {
              await changeSiteKey(String(errand.key.id), terms, csrf);
              await finish({ said: `${terms.name} may now do what you have ticked.` });
            }}
            onCancel={drop}
          />
        </Panel>
      )}
      {errand?.act === 'rotate' && (
        <RotateDialog
          name={errand.key.terms.name}
          run={async (hours) => {
            const { key } = await rotateSiteKey(String(errand.key.id), { hours }, csrf);
            await finish({ made: { title: `New key for ${errand.key.terms.name}`, key } });
          }}
          onClose={drop}
        />
      )}
      {errand?.act === 'remove' && (
        <Confirm
          title={`Remove ${errand.key.terms.name}?`}
          action="Remove key"
          keep="Keep it"
          run={async () => {
            await removeSiteKey(String(errand.key.id), csrf);
            await finish({ said: `${errand.key.terms.name} is removed and opens nothing any more.` });
          }}
          onClose={drop}
        >
          <p>It ends at once: the next call with it is refused. What was written with it stays.</p>
        </Confirm>
      )}
    </>
  );
}
