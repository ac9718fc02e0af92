import { createHash, randomBytes } from 'node:crypto';
import { systemActor } from '../../../src/access/actor.ts';
import type { NewApplication } from '../../../src/domain/index.ts';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { type Lab, type LabOptions, openLab } from '../../../src/testing/lab.ts';
import { makeVisitor } from '../visitor.ts';

export const CALLBACK = 'http://localhost:3000/callback';
export const { clientId: CLIENT, clientSecret: SECRET, developer: DEVELOPER } = SANDBOX.reapit;

export const basicOf = (clientId: string = CLIENT, secret: string = SECRET) => `Basic ${btoa(`${clientId}:${secret}`)}`;

export type Tokens = {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly token_type: string;
  readonly expires_in: number;
};
export type Claims = Readonly<Record<string, unknown>>;

/** What a token says, read as any client would: nothing of it is checked. */
export const claimsOf = (jwt: string): Claims => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
export const headerOf = (jwt: string): Claims => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());

/** A sandbox whose clock can be put forward. */
export async function openConnect(options: LabOptions = {}) {
  let ahead = 0;
  const lab = await openLab({ ...options, clock: { now: () => new Date(Date.now() + ahead) } });
  const { identity } = lab.house.stores.domain;
  return {
    ...lab,
    identity,
    pass: (ms: number) => {
      ahead += ms;
    },
    /** a confidential application of Allen Realty with every grant, unless told otherwise */
    async register(more: Partial<NewApplication> = {}) {
      const terms = {
        name: 'Test application',
        redirectUris: [CALLBACK],
        signOutUris: ['http://localhost:3000/login'],
        grants: ['authorization_code', 'client_credentials'] as const,
        scopes: ['agencyCloud/contacts.read', 'agencyCloud/offices.read'],
        isPublic: false,
        requirePkce: false,
        rotateRefresh: true,
      };
      const made = await identity.registerApplication(systemActor(1), { ...terms, ...more });
      return { clientId: made.clientId, secret: made.clientSecret ?? '' };
    },
  };
}
export type Connect = Awaited<ReturnType<typeof openConnect>>;

type Base = Pick<Lab, 'url' | 'call'>;

/** A form for the token endpoint. */
export const post = (lab: Base, path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  lab.call(`/connect${path}`, { method: 'POST', body: new URLSearchParams(form), headers });

export async function machineToken(lab: Base, clientId: string = CLIENT, secret: string = SECRET): Promise<string> {
  const form = { client_id: clientId, grant_type: 'client_credentials' };
  const { body, status, text } = await post(lab, '/token', form, { authorization: basicOf(clientId, secret) });
  if (status !== 200) throw new Error(`No token: ${status} ${text}`);
  return (body as Tokens).access_token;
}

export const pkce = () => {
  // 112 hexadecimal characters, as the vendor's browser library makes them.
  const verifier = randomBytes(56).toString('hex');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

export const authorizePath = (more: Record<string, string> = {}, path = '/connect/authorize') =>
  `${path}?${new URLSearchParams({ response_type: 'code', client_id: CLIENT, redirect_uri: CALLBACK, ...more })}`;

/** Signs somebody in with a browser of their own; answers the browser, and where the application is told the code. */
export async function signIn(lab: Base, email: string, more: Record<string, string> = {}, password?: string) {
  const visitor = makeVisitor(lab.url);
  const asked = await visitor.go(authorizePath(more));
  const login = asked.headers.get('location') ?? '';
  if (login.startsWith('/login')) await visitor.signIn(email, password, login);
  const done = await visitor.go(authorizePath(more));
  const location = new URL(done.headers.get('location') ?? 'http://nowhere.invalid', lab.url);
  return { visitor, done, location, told: Object.fromEntries(location.searchParams) };
}

export const exchange = (lab: Base, code: string, more: Record<string, string> = {}) =>
  post(lab, '/token', { client_id: CLIENT, grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more });

export const refresh = (lab: Base, refresh_token: string, more: Record<string, string> = {}) =>
  post(lab, '/token', { client_id: CLIENT, grant_type: 'refresh_token', refresh_token, ...more });

/** Tokens of somebody, by way of a code. */
export async function tokensOf(lab: Base, email: string, more: Record<string, string> = {}): Promise<Tokens> {
  const { told } = await signIn(lab, email, more);
  const { client_id = CLIENT } = more;
  const { body, status, text } = await exchange(lab, told.code ?? '', { client_id });
  if (status !== 200) throw new Error(`No tokens: ${status} ${text}, ${JSON.stringify(told)}`);
  return body as Tokens;
}
