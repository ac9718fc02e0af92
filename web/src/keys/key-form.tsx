import { type FormEvent, useState } from 'react';
import { breachesOf, FormError, TextField } from '../parts/form.tsx';
import { type Permission, PermissionMatrix, type Resource } from './permission-matrix.tsx';

export type KeyTerms = { name: string; permissions: Permission[] };

type Props = {
  terms: KeyTerms;
  resources: readonly Resource[];
  /** says what happens: "Make key" */
  action: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (terms: KeyTerms) => void;
  onCancel: () => void;
};

/** What a key is for and what it may do. */
export function KeyForm({ terms: before, resources, action, busy, error, onSubmit, onCancel }: Props) {
  const [terms, setTerms] = useState(before);
  const wrong = new Set(breachesOf(error).map(({ at }) => at));
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(terms);
  }
  return (
    <form className="stack padded" onSubmit={submit} noValidate>
      <TextField
        label="Name"
        value={terms.name}
        required
        invalid={wrong.has('name')}
        hint="What the key is for, such as the program that will use it."
        onChange={(name) => setTerms((now) => ({ ...now, name }))}
      />
      <PermissionMatrix
        resources={resources}
        permissions={terms.permissions}
        onChange={(permissions) => setTerms((now) => ({ ...now, permissions }))}
      />
      <FormError error={error} />
      <div className="choices">
        <button type="button" className="button quiet" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button" disabled={busy}>
          {action}
        </button>
      </div>
    </form>
  );
}
