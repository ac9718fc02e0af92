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

/** A titled part of a panel: a group and no landmark, for two of a page may have one name. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="group" role="group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </div>
  );
}

/** Says that there is nothing, in a whole sentence. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className="nothing muted">{children}</p>;
