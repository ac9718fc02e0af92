import { type ReactNode, useEffect, useId, useRef } from 'react';

type Props = {
  title: string;
  role?: 'alertdialog';
  describedBy?: string;
  children: (close: () => void) => ReactNode;
  onClose: () => void;
};

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and puts the focus back where it was, so no library is needed
 * for it.
 */
export function Dialog({ title, role, describedBy, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      role={role}
      className="dialog stack"
      aria-labelledby={id}
      aria-describedby={describedBy}
      onClose={onClose}
    >
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
