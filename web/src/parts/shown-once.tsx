import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';

type Props = {
  title: string;
  values: readonly { label: string; value: string }[];
  /** what to do with them now */
  children: ReactNode;
};

/** Credentials, this one time. Takes the focus, so that nobody misses it. */
export function ShownOnce({ title, values, children }: Props) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => place.current?.focus(), []);
  return (
    <section ref={place} tabIndex={-1} className="panel once" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <dl className="pairs first">
        {values.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="copyable">
              <code>{value}</code>
              <CopyButton text={value} what={label.toLowerCase()} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="nothing muted">{children}</p>
    </section>
  );
}
