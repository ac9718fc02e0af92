import type { ReactNode } from 'react';

type Props = {
  children: ReactNode;
  onClick: () => void;
  /** read aloud instead, where several buttons have one word */
  label?: string | undefined;
  /** stands out: the one thing to do here */
  loud?: boolean;
};

/** A button of a row, of a panel's head, or among the fields of a form. */
export const SmallButton = ({ children, onClick, label, loud = false }: Props) => (
  <button type="button" className={loud ? 'button small' : 'button quiet small'} onClick={onClick} aria-label={label}>
    {children}
  </button>
);
