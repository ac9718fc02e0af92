import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

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
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // One that is taken away open would leave the focus nowhere.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role={role}
      className="dialog stack"
      aria-labelledby={id}
      aria-describedby={describedBy}
      // React's strict mode closes and opens it once more at the start.
      onClose={() => dialog.current?.open || onClose()}
    >
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
