import { useEffect, useId, useRef, useState } from 'react';
import { FormError, linesOf, TextField } from '../parts/form.tsx';

type Props = {
  name: string;
  fields: readonly string[];
  busy: boolean;
  error: Error | null;
  onSave: (fields: string[]) => void;
  onClose: () => void;
};

/** Which extra fields an application may read. */
export function ExtrasDialog({ name, fields, busy, error, onSave, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [text, setText] = useState(fields.join('\n'));
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(linesOf(text));
        }}
      >
        <h2 id={id}>Extra fields for {name}</h2>
        <TextField
          label="Names of extra fields"
          lines={5}
          value={text}
          hint="One a line, such as pDirections. It may read these beside what its scopes allow."
          onChange={setText}
        />
        <FormError error={error} />
        <div className="choices">
          <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button" disabled={busy}>
            Save extra fields
          </button>
        </div>
      </form>
    </dialog>
  );
}
