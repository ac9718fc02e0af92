import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListSparkKeysAnswer, makeSparkKey } from '../generated/app-api.ts';
import { ChoiceField, FieldGroup, Form, linesOf, TextField, Tick, wrongIn } from '../parts/form.tsx';

export type SparkKeyTerms = Parameters<typeof makeSparkKey>[0];

const NEW: SparkKeyTerms = { name: '', member: '', role: 'private', flags: [], redirectUris: [] };

type Props = {
  offered: Pick<ListSparkKeysAnswer, 'roles' | 'flags'>;
  run: (terms: SparkKeyTerms) => Promise<unknown>;
  onCancel: () => void;
};

/** Whose key it is, for whom it acts and what it may do. */
export function SparkKeyForm({ offered: { roles, flags }, run, onCancel }: Props) {
  const [terms, setTerms] = useState(NEW);
  const [consumer, setConsumer] = useState('');
  const [redirects, setRedirects] = useState('');
  const set = (change: Partial<SparkKeyTerms>) => setTerms((now) => ({ ...now, ...change }));
  const namesConsumer = roles.some(({ name, consumer: names }) => names && name === terms.role);
  const send = useMutation({
    mutationFn: async () => {
      const number = namesConsumer && consumer.trim() !== '' ? Number(consumer) : undefined;
      if (number !== undefined && !Number.isSafeInteger(number))
        throw new Error('A consumer is named by the number of the contact');
      await run({ ...terms, ...(number === undefined ? {} : { consumer: number }), redirectUris: linesOf(redirects) });
    },
  });
  const wrong = wrongIn(send);
  return (
    <Form send={send} action="Make Spark key" onCancel={onCancel}>
      <TextField
        label="Name"
        value={terms.name}
        required
        invalid={wrong.has('name')}
        hint="What the key is for. People see it when the program signs them in."
        onChange={(name) => set({ name })}
      />
      <TextField
        label="E-mail of the member"
        value={terms.member}
        required
        invalid={wrong.has('member')}
        hint="Whose key it is, by the address that the member signs in with."
        onChange={(member) => set({ member })}
      />
      <ChoiceField
        label="It stands for"
        value={terms.role}
        choices={roles.map(({ name, words }) => ({ value: name, words: `${words} (${name})` }))}
        onChange={(role) => set({ role })}
      />
      {namesConsumer && (
        <TextField
          label="Number of the consumer"
          value={consumer}
          invalid={wrong.has('contactId')}
          hint="The contact for whom it acts when a call names nobody. May be left out."
          onChange={setConsumer}
        />
      )}
      <FieldGroup legend="Besides" invalid={wrong.has('flags')}>
        {flags.map(({ name, words }) => (
          <Tick
            key={name}
            checked={terms.flags.includes(name)}
            onChange={(on) => set({ flags: on ? [...terms.flags, name] : terms.flags.filter((one) => one !== name) })}
          >
            {words} <code className="muted">{name}</code>
          </Tick>
        ))}
      </FieldGroup>
      <TextField
        label="Redirect addresses"
        lines={2}
        value={redirects}
        invalid={wrong.has('redirectUris')}
        hint="Where people come back to after signing in, one a line, exactly as the program sends them."
        onChange={setRedirects}
      />
    </Form>
  );
}
