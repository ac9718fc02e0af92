import { useEffect, useId, useRef, useState } from 'react';
import { FormError, TextField } from '../parts/form.tsx';

type Props = {
  name: string;
  busy: boolean;
  error: Error | null;
  onRotate: (hours: number) => void;
  onClose: () => void;
};

/** How long the old key goes on beside the new one. */
export function RotateDialog({ name, busy, error, onRotate, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [hours, setHours] = useState('24');
  const [wrong, setWrong] = useState<Error | null>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const said = hours.trim() === '' ? Number.NaN : Number(hours);
          // JSON has no NaN, and nobody means 0 by it.
          setWrong(Number.isFinite(said) ? null : new Error('Hours are a number, such as 24'));
          if (Number.isFinite(said)) onRotate(said);
        }}
      >
        <h2 id={id}>Rotate {name}?</h2>
        <p>A new key with the same permissions is made. The old one goes on for a while, so that no call fails meanwhile.</p>
        <TextField
          label="Hours until the old key ends"
          value={hours}
          required
          invalid={(wrong ?? error) !== null}
          hint="0 ends it at once."
          onChange={setHours}
        />
        <FormError error={wrong ?? error} />
        <div className="choices">
          <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button" disabled={busy}>
            Rotate key
          </button>
        </div>
      </form>
    </dialog>
  );
}
