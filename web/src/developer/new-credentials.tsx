import type { RegisterApplicationAnswer } from '../generated/app-api.ts';
import { ShownOnce } from '../parts/shown-once.tsx';

/** Client id and secret of an application, this one time. */
export function NewCredentials({ credentials, title }: { credentials: RegisterApplicationAnswer; title: string }) {
  const { clientId, clientSecret } = credentials;
  const secret = clientSecret === null ? [] : [{ label: 'Client secret', value: clientSecret }];
  return (
    <ShownOnce title={title} values={[{ label: 'Client id', value: clientId }, ...secret]}>
      {clientSecret === null
        ? 'It is public and has no secret.'
        : 'Keep the secret now: it is not shown again. Whoever lost it makes a new one on the page of the application.'}
    </ShownOnce>
  );
}
