import { type ReactNode, useEffect, useId, useRef } from 'react';

type Props = {
  title: string;
  /** what will end or be gone, by name */
  children: ReactNode;
  /** says what happens: "Revoke access" */
  action: string;
  keep: string;
  /** plain: nothing is destroyed */
  kind?: 'danger' | 'plain';
  busy: boolean;
  error: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
};

/**
 * Asks before something is destroyed, or let in. The browser's own modal dialog: it keeps the focus inside, closes on Escape and puts the focus
 * back where it was, so no library is needed for it.
 */
export function Confirm({ title, children, action, keep, kind = 'danger', busy, error, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="dialog stack"
      aria-labelledby={`${id}t`}
      aria-describedby={`${id}d`}
      onClose={onClose}
    >
      <h2 id={`${id}t`}>{title}</h2>
      <div id={`${id}d`} className="stack">
        {children}
      </div>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <div className="choices">
        {/* biome-ignore lint/a11y/noAutofocus: the harmless choice has the focus when a dialog that destroys opens */}
        <button type="button" className="button quiet" autoFocus onClick={() => dialog.current?.close()}>
          {keep}
        </button>
        <button type="button" className={kind === 'danger' ? 'button danger' : 'button'} disabled={busy} onClick={onConfirm}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
