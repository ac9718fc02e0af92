import { useQuery } from '@tanstack/react-query';
import { addWebhook, changeWebhook, type ListWebhooksAnswer, listWebhooks, removeWebhook } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { SmallButton } from '../parts/small-button.tsx';
import { Table } from '../parts/table.tsx';
import { useErrand } from '../parts/use-errand.ts';
import { NEW_WEBHOOK, WebhookForm } from './webhook-form.tsx';

type Webhook = ListWebhooksAnswer['webhooks'][number];

const customersOf = ({ terms, madeFor }: Webhook) =>
  madeFor ?? (terms.customers.length === 0 ? 'All that have installed it' : terms.customers.join(', '));

type Errand = { act: 'add' } | { act: 'change' | 'remove'; webhook: Webhook };

const WebhookTable = ({ webhooks, onAct }: { webhooks: readonly Webhook[]; onAct: (errand: Errand) => void }) => (
  <Table
    name="Webhooks"
    rows={webhooks}
    keyOf={({ id }) => id}
    columns={[
      {
        title: 'Address',
        breaks: true,
        cell: ({ terms }) => (
          <>
            {terms.url}
            {terms.description && <span className="muted">{terms.description}</span>}
          </>
        ),
      },
      { title: 'Customers', cell: customersOf },
      {
        title: 'Topics',
        cell: ({ terms: { topics } }) =>
          topics.length === 1 ? topics[0] : <span title={topics.join('\n')}>{topics.length} topics</span>,
      },
      { title: 'State', cell: ({ off }) => off ?? 'On' },
      {
        title: 'Actions',
        kind: 'actions',
        cell: (webhook) =>
          webhook.madeFor === null ? (
            <>
              <SmallButton onClick={() => onAct({ act: 'change', webhook })} label={`Change ${webhook.terms.url}`}>
                Change
              </SmallButton>
              <SmallButton onClick={() => onAct({ act: 'remove', webhook })} label={`Remove ${webhook.terms.url}`}>
                Remove
              </SmallButton>
            </>
          ) : (
            <span className="muted">Made by the application</span>
          ),
      },
    ]}
  />
);

/** Where news of the application's customers goes. */
export function Webhooks({ clientId, csrf }: { clientId: string; csrf: string }) {
  const { errand, start, drop, finish } = useErrand<Errand>('webhooks');
  const query = useQuery({ queryKey: ['webhooks', clientId], queryFn: () => listWebhooks(clientId) });
  const form = errand && errand.act !== 'remove' ? errand : undefined;
  return (
    <Panel
      title="Webhooks"
      aside={form ? undefined : <SmallButton onClick={() => start({ act: 'add' })}>Add a webhook</SmallButton>}
    >
      <Answer query={query} what="the webhooks">
        {(found) => (
          <>
            {form && (
              <WebhookForm
                key={form.act === 'change' ? form.webhook.id : 'new'}
                terms={form.act === 'change' ? form.webhook.terms : NEW_WEBHOOK}
                offered={found}
                action={form.act === 'change' ? 'Save webhook' : 'Add webhook'}
                run={async (terms) => {
                  if (form.act === 'change') await changeWebhook(clientId, form.webhook.id, terms, csrf);
                  else await addWebhook(clientId, terms, csrf);
                  await finish({});
                }}
                onCancel={drop}
              />
            )}
            {found.webhooks.length === 0 ? (
              <Nothing>No address is told of changes yet.</Nothing>
            ) : (
              <WebhookTable webhooks={found.webhooks} onAct={start} />
            )}
          </>
        )}
      </Answer>
      {errand?.act === 'remove' && (
        <Confirm
          title={`Remove the webhook to ${errand.webhook.terms.url}?`}
          action="Remove webhook"
          keep="Keep it"
          run={async () => {
            await removeWebhook(clientId, errand.webhook.id, csrf);
            await finish({});
          }}
          onClose={drop}
        >
          <p>Nothing more is sent to it, not even what is waiting to be sent again.</p>
        </Confirm>
      )}
    </Panel>
  );
}
