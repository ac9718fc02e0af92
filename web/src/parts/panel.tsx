import { type ReactNode, useId } from 'react';

/** A titled part of a page. `aside` stands right of the title. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside && <div className="aside muted">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

/** Says that there is nothing, in a whole sentence. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className="nothing muted">{children}</p>;
