import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Form, TextField } from '../parts/form.tsx';

type Props = { name: string; run: (hours: number) => Promise<unknown>; onClose: () => void };

/** How long the old key goes on beside the new one. */
export function RotateDialog({ name, run, onClose }: Props) {
  const [hours, setHours] = useState('24');
  const send = useMutation({
    mutationFn: async () => {
      const said = hours.trim() === '' ? Number.NaN : Number(hours);
      // JSON has no NaN, and nobody means 0 by it.
      if (!Number.isFinite(said)) throw new Error('Hours are a number, such as 24');
      await run(said);
    },
  });
  return (
    <Dialog title={`Rotate ${name}?`} onClose={onClose}>
      {(close) => (
        <Form send={send} action="Rotate key" onCancel={close}>
          <p>A new key with the same permissions is made. The old one goes on for a while, so that no call fails meanwhile.</p>
          <TextField
            label="Hours until the old key ends"
            value={hours}
            required
            invalid={send.error !== null}
            hint="0 ends it at once."
            onChange={setHours}
          />
        </Form>
      )}
    </Dialog>
  );
}
