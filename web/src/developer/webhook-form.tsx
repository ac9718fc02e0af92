import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { addWebhook, ListWebhooksAnswer } from '../generated/app-api.ts';
import { FieldGroup, Form, linesOf, TextField, Tick, wrongIn } from '../parts/form.tsx';
import { SmallButton } from '../parts/small-button.tsx';

export type WebhookTerms = Parameters<typeof addWebhook>[1];

/** The customer that every application may use, by its id. */
const SANDBOX = 'SBOX';

export const NEW_WEBHOOK: WebhookTerms = {
  url: '',
  description: '',
  topics: [],
  customers: [],
  enabled: true,
  ignoreEtagOnly: true,
  extrasFields: [],
};

type Props = {
  terms: WebhookTerms;
  offered: Pick<ListWebhooksAnswer, 'topics' | 'customers'>;
  /** says what happens: "Add webhook" */
  action: string;
  run: (terms: WebhookTerms) => Promise<unknown>;
  onCancel: () => void;
};

/** What a developer says about a webhook; the server checks all of it. */
export function WebhookForm({ terms: before, offered, action, run, onCancel }: Props) {
  const [terms, setTerms] = useState(before);
  const [extras, setExtras] = useState(before.extrasFields.join('\n'));
  const set = (change: Partial<WebhookTerms>) => setTerms((now) => ({ ...now, ...change }));
  const send = useMutation({ mutationFn: () => run({ ...terms, extrasFields: linesOf(extras) }) });
  const wrong = wrongIn(send);
  const { customers, topics } = terms;
  const changed = (list: readonly string[], one: string, on: boolean) =>
    on ? [...list, one] : list.filter((other) => other !== one);
  const pickTopics = (wanted: (topic: string) => boolean) => set({ topics: offered.topics.filter(wanted) });
  // A customer that was chosen and has uninstalled it since can still be given up.
  const names = new Map(offered.customers.map(({ customer, customerName }) => [customer, customerName]));
  const choices = [...new Set([...names.keys(), ...before.customers.filter((one) => one !== SANDBOX)])];

  return (
    <Form send={send} action={action} onCancel={onCancel}>
      <TextField
        label="Address"
        value={terms.url}
        required
        invalid={wrong.has('url')}
        hint="Where messages are posted to, over https. It must answer with 2xx within 10 seconds."
        onChange={(url) => set({ url })}
      />
      <TextField label="Description" value={terms.description} onChange={(description) => set({ description })} />
      <FieldGroup legend="Whose news it brings" invalid={wrong.has('customers')}>
        <Tick checked={customers.length === 0} onChange={() => set({ customers: [] })}>
          All customers that have installed the application
        </Tick>
        {choices.map((customer) => (
          <Tick
            key={customer}
            checked={customers.includes(customer)}
            onChange={(on) =>
              set({
                customers: changed(
                  customers.filter((one) => one !== SANDBOX),
                  customer,
                  on,
                ),
              })
            }
          >
            {names.get(customer) ?? 'No customer any more'} <code className="muted">{customer}</code>
          </Tick>
        ))}
        <Tick checked={customers.includes(SANDBOX)} onChange={(on) => set({ customers: on ? [SANDBOX] : [] })}>
          The sandbox alone <code className="muted">{SANDBOX}</code>
        </Tick>
      </FieldGroup>
      <FieldGroup legend="What it is told of" invalid={wrong.has('topics')}>
        <div className="links">
          <SmallButton onClick={() => pickTopics(() => true)}>Choose every topic</SmallButton>
          <SmallButton onClick={() => pickTopics(() => false)}>Choose no topic</SmallButton>
        </div>
        <div className="boxes">
          {offered.topics.map((topic) => (
            <Tick key={topic} checked={topics.includes(topic)} onChange={(on) => set({ topics: changed(topics, topic, on) })}>
              {topic}
            </Tick>
          ))}
        </div>
      </FieldGroup>
      <TextField
        label="Extra fields"
        lines={2}
        value={extras}
        invalid={wrong.has('extrasFields')}
        hint="Names of extra fields to send along, one a line. Every customer above must have granted them."
        onChange={setExtras}
      />
      <Tick checked={terms.ignoreEtagOnly} onChange={(ignoreEtagOnly) => set({ ignoreEtagOnly })}>
        Leave out changes of nothing but the time and the tag of a record
      </Tick>
      <Tick checked={terms.enabled} onChange={(enabled) => set({ enabled })}>
        It is on
      </Tick>
    </Form>
  );
}
