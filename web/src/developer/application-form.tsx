import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { registerApplication } from '../generated/app-api.ts';
import { FieldGroup, Form, linesOf, TextField, Tick, wrongIn } from '../parts/form.tsx';
import { type Scope, ScopeChoices } from './scope-choices.tsx';

export type Terms = Parameters<typeof registerApplication>[0];

export const NEW: Terms = {
  name: '',
  grants: ['authorization_code'],
  redirectUris: [],
  signOutUris: [],
  scopes: [],
  isPublic: false,
  requirePkce: true,
  rotateRefresh: true,
};

type Props = {
  terms: Terms;
  scopes: readonly Scope[];
  /** says what happens: "Register application" */
  action: string;
  run: (terms: Terms) => Promise<unknown>;
  onCancel?: () => void;
};

/** What a developer says about an application; the server checks all of it. */
export function ApplicationForm({ terms: before, scopes, action, run, onCancel }: Props) {
  const [terms, setTerms] = useState(before);
  const [redirects, setRedirects] = useState(before.redirectUris.join('\n'));
  const [signOuts, setSignOuts] = useState(before.signOutUris.join('\n'));
  const set = (change: Partial<Terms>) => setTerms((now) => ({ ...now, ...change }));
  const send = useMutation({
    mutationFn: () => run({ ...terms, redirectUris: linesOf(redirects), signOutUris: linesOf(signOuts) }),
  });
  const wrong = wrongIn(send);
  const { grants, isPublic } = terms;

  type Grant = Terms['grants'][number];
  const setGrant = (grant: Grant, on: boolean) =>
    set({ grants: on ? [...grants.filter((one) => one !== grant), grant] : grants.filter((one) => one !== grant) });
  const setPublic = (on: boolean) =>
    set({ isPublic: on, ...(on && { grants: grants.filter((one) => one !== 'client_credentials'), requirePkce: true }) });

  return (
    <Form send={send} action={action} onCancel={onCancel}>
      <TextField
        label="Name"
        value={terms.name}
        required
        invalid={wrong.has('name')}
        hint="Administrators see it when they install the application."
        onChange={(name) => set({ name })}
      />
      <FieldGroup legend="How it gets tokens">
        <Tick checked={grants.includes('authorization_code')} onChange={(on) => setGrant('authorization_code', on)}>
          It signs people in <code className="muted">authorization_code</code>
        </Tick>
        <Tick
          checked={grants.includes('client_credentials')}
          disabled={isPublic}
          onChange={(on) => setGrant('client_credentials', on)}
        >
          It acts for itself, without people <code className="muted">client_credentials</code>
        </Tick>
        <Tick checked={isPublic} onChange={setPublic}>
          It runs in browsers or on phones, where no secret can be kept
        </Tick>
        <Tick checked={terms.requirePkce} onChange={(requirePkce) => set({ requirePkce })}>
          It must send a code challenge (PKCE) when people sign in
        </Tick>
        <Tick checked={terms.rotateRefresh} onChange={(rotateRefresh) => set({ rotateRefresh })}>
          Each refresh brings a new refresh token, and ends the old one
        </Tick>
      </FieldGroup>
      <TextField
        label="Redirect addresses"
        lines={3}
        value={redirects}
        invalid={wrong.has('redirectUris')}
        hint="Where people come back to after signing in, one a line, exactly as the application sends them. https, except on localhost."
        onChange={setRedirects}
      />
      <TextField
        label="Sign-out addresses"
        lines={2}
        value={signOuts}
        invalid={wrong.has('signOutUris')}
        hint="Where people go after signing out, one a line."
        onChange={setSignOuts}
      />
      <ScopeChoices scopes={scopes} chosen={terms.scopes} onChange={(chosen) => set({ scopes: chosen })} />
    </Form>
  );
}
