import type { ReactNode } from 'react';

/** What a page is, and in a sentence what it is for. */
export const Headline = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="headline">
    <h1>{title}</h1>
    <p className="lead">{children}</p>
  </div>
);

/** What was just done; read aloud when it changes. */
export const Said = ({ children }: { children: ReactNode }) => (
  <p className={children ? 'notice' : 'unseen'} role="status">
    {children}
  </p>
);
