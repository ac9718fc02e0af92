import { useEffect, useRef } from 'react';
import type { RegisterApplicationAnswer } from '../generated/app-api.ts';
import { CopyButton } from '../parts/copy-button.tsx';

/** The credentials, this one time. Takes the focus, so that nobody misses it. */
export function ShownOnce({ credentials, title }: { credentials: RegisterApplicationAnswer; title: string }) {
  const place = useRef<HTMLElement>(null);
  const { clientId, clientSecret } = credentials;
  useEffect(() => place.current?.focus(), []);
  return (
    <section ref={place} tabIndex={-1} className="panel once" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <dl className="pairs first">
        <div>
          <dt>Client id</dt>
          <dd className="copyable">
            <code>{clientId}</code>
            <CopyButton text={clientId} what="client id" />
          </dd>
        </div>
        {clientSecret !== null && (
          <div>
            <dt>Client secret</dt>
            <dd className="copyable">
              <code>{clientSecret}</code>
              <CopyButton text={clientSecret} what="client secret" />
            </dd>
          </div>
        )}
      </dl>
      <p className="nothing muted">
        {clientSecret === null
          ? 'It is public and has no secret.'
          : 'Keep the secret now: it is not shown again. Whoever lost it makes a new one on the page of the application.'}
      </p>
    </section>
  );
}
