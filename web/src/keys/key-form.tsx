import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, TextField, wrongIn } from '../parts/form.tsx';
import { type Permission, PermissionMatrix, type Resource } from './permission-matrix.tsx';

export type KeyTerms = { name: string; permissions: Permission[] };

type Props = {
  terms: KeyTerms;
  resources: readonly Resource[];
  /** says what happens: "Make key" */
  action: string;
  run: (terms: KeyTerms) => Promise<unknown>;
  onCancel: () => void;
};

/** What a key is for and what it may do. */
export function KeyForm({ terms: before, resources, action, run, onCancel }: Props) {
  const [terms, setTerms] = useState(before);
  const send = useMutation({ mutationFn: () => run(terms) });
  return (
    <Form send={send} action={action} onCancel={onCancel}>
      <TextField
        label="Name"
        value={terms.name}
        required
        invalid={wrongIn(send).has('name')}
        hint="What the key is for, such as the program that will use it."
        onChange={(name) => setTerms((now) => ({ ...now, name }))}
      />
      <PermissionMatrix
        resources={resources}
        permissions={terms.permissions}
        onChange={(permissions) => setTerms((now) => ({ ...now, permissions }))}
      />
    </Form>
  );
}
