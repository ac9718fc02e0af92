import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Form, linesOf, TextField, wrongIn } from '../parts/form.tsx';

type Props = { name: string; fields: readonly string[]; run: (fields: string[]) => Promise<unknown>; onClose: () => void };

/** Which extra fields an application may read. */
export function ExtrasDialog({ name, fields, run, onClose }: Props) {
  const [text, setText] = useState(fields.join('\n'));
  const send = useMutation({ mutationFn: () => run(linesOf(text)) });
  return (
    <Dialog title={`Extra fields for ${name}`} onClose={onClose}>
      {(close) => (
        <Form send={send} action="Save extra fields" onCancel={close}>
          <TextField
            label="Names of extra fields"
            lines={5}
            value={text}
            invalid={wrongIn(send).has('fields')}
            hint="One a line, such as pDirections. It may read these beside what its scopes allow."
            onChange={setText}
          />
        </Form>
      )}
    </Dialog>
  );
}
