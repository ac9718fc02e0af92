import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addWebhook, changeWebhook, type ListWebhooksAnswer, listWebhooks, removeWebhook } from '../generated/app-api.ts';
import { Answer } from '../parts/answer.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { NEW_WEBHOOK, WebhookForm, type WebhookTerms } from './webhook-form.tsx';

type Webhook = ListWebhooksAnswer['webhooks'][number];

const customersOf = ({ terms, madeFor }: Webhook) =>
  madeFor ?? (terms.customers.length === 0 ? 'All that have installed it' : terms.customers.join(', '));

function Row({ webhook, onEdit, onRemove }: { webhook: Webhook; onEdit: () => void; onRemove: () => void }) {
  const { terms, off, madeFor } = webhook;
  return (
    <tr>
      <th scope="row" className="breaks">
        {terms.url}
        {terms.description && <div className="muted">{terms.description}</div>}
      </th>
      <td data-label="Customers">{customersOf(webhook)}</td>
      <td data-label="Topics">
        {terms.topics.length === 1 ? terms.topics[0] : <span title={terms.topics.join('\n')}>{terms.topics.length} topics</span>}
      </td>
      <td data-label="State">{off ?? 'On'}</td>
      <td data-label="Change" className="end">
        {madeFor === null ? (
          <>
            <button type="button" className="button quiet small" onClick={onEdit}>
              Change<span className="unseen"> {terms.url}</span>
            </button>{' '}
            <button type="button" className="button quiet small" onClick={onRemove}>
              Remove<span className="unseen"> {terms.url}</span>
            </button>
          </>
        ) : (
          <span className="muted">Made by the application</span>
        )}
      </td>
    </tr>
  );
}

type Asked = { kind: 'add' } | { kind: 'change' | 'remove'; webhook: Webhook };

/** Where news of the application's customers goes. */
export function Webhooks({ clientId, csrf }: { clientId: string; csrf: string }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const query = useQuery({ queryKey: ['webhooks', clientId], queryFn: () => listWebhooks(clientId) });
  const close = () => {
    setAsked(undefined);
    save.reset();
    remove.reset();
  };
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['webhooks', clientId] });
    close();
  };
  const save = useMutation({
    mutationFn: async (terms: WebhookTerms) => {
      if (asked?.kind === 'change') await changeWebhook(clientId, asked.webhook.id, terms, csrf);
      else await addWebhook(clientId, terms, csrf);
    },
    onSuccess: done,
  });
  const remove = useMutation({ mutationFn: (id: string) => removeWebhook(clientId, id, csrf), onSuccess: done });
  const form = asked && asked.kind !== 'remove' ? asked : undefined;
  return (
    <Panel
      title="Webhooks"
      aside={
        form ? undefined : (
          <button type="button" className="button quiet small" onClick={() => setAsked({ kind: 'add' })}>
            Add a webhook
          </button>
        )
      }
    >
      <Answer query={query} what="the webhooks">
        {(found) => (
          <>
            {form && (
              <WebhookForm
                key={form.kind === 'change' ? form.webhook.id : 'new'}
                terms={form.kind === 'change' ? form.webhook.terms : NEW_WEBHOOK}
                offered={found}
                action={form.kind === 'change' ? 'Save webhook' : 'Add webhook'}
                busy={save.isPending}
                error={save.error}
                onSubmit={(terms) => save.mutate(terms)}
                onCancel={close}
              />
            )}
            {found.webhooks.length === 0 ? (
              <Nothing>No address is told of changes yet.</Nothing>
            ) : (
              <table aria-label="Webhooks">
                <thead>
                  <tr>
                    <th scope="col">Address</th>
                    <th scope="col">Customers</th>
                    <th scope="col">Topics</th>
                    <th scope="col">State</th>
                    <th scope="col" className="end">
                      Change
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {found.webhooks.map((webhook) => (
                    <Row
                      key={webhook.id}
                      webhook={webhook}
                      onEdit={() => setAsked({ kind: 'change', webhook })}
                      onRemove={() => setAsked({ kind: 'remove', webhook })}
                    />
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Answer>
      {asked?.kind === 'remove' && (
        <Confirm
          title={`Remove the webhook to ${asked.webhook.terms.url}?`}
          action="Remove webhook"
          keep="Keep it"
          busy={remove.isPending}
          error={remove.error?.message}
          onConfirm={() => remove.mutate(asked.webhook.id)}
          onClose={close}
        >
          <p>Nothing more is sent to it, not even what is waiting to be sent again.</p>
        </Confirm>
      )}
    </Panel>
  );
}
