import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { Dialog } from './dialog.tsx';
import { FormError } from './form.tsx';

type Props = {
  title: string;
  /** what will end or be gone, by name */
  children: ReactNode;
  /** says what happens: "Revoke access" */
  action: string;
  keep: string;
  /** plain: nothing is destroyed */
  kind?: 'danger' | 'plain';
  /** does it, and what follows; what is thrown is said, and the question stays */
  run: () => Promise<unknown>;
  onClose: () => void;
};

/** Asks before something is destroyed, or let in. */
export function Confirm({ title, children, action, keep, kind = 'danger', run, onClose }: Props) {
  const id = useId();
  const act = useMutation({ mutationFn: run });
  return (
    <Dialog title={title} role="alertdialog" describedBy={id} onClose={onClose}>
      {(close) => (
        <>
          <div id={id} className="stack">
            {children}
          </div>
          <FormError error={act.error} />
          <div className="choices">
            {/* biome-ignore lint/a11y/noAutofocus: the harmless choice has the focus when a dialog that destroys opens */}
            <button type="button" className="button quiet" autoFocus onClick={close}>
              {keep}
            </button>
            <button
              type="button"
              className={kind === 'danger' ? 'button danger' : 'button'}
              disabled={act.isPending}
              onClick={() => act.mutate()}
            >
              {action}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
