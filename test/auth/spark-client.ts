import { createPublicKey, verify } from 'node:crypto';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor, type Visitor } from './visitor.ts';

export const CALLBACK = 'http://localhost:3000/callback';
export const BRIAN = SANDBOX.people.agent;
export const PASSWORD = SANDBOX.people.password;
/** Mr John Smith, in Brian's book (domain-people §4.1). */
export const CONSUMER = { login: 'john.smith@example.com', key: '20100912536192756362000000', portal: 'brian-erwin' };
export const BRIAN_KEY = '20080602130000000000000000';

export type Tokens = { access_token: string; refresh_token: string; expires_in: number };
type Key = { readonly key: string; readonly secret: string };
export const KEYS: Record<'agent' | 'portal' | 'idx', Key> = SANDBOX.spark;

/** The house with a clock that the test moves. */
export async function openSparkLab(env: Record<string, string> = {}) {
  let ahead = 0;
  const lab = await openLab({ clock: { now: () => new Date(Date.now() + ahead) }, env });
  return Object.assign(lab, {
    pass(seconds: number) {
      ahead += seconds * 1000;
    },
  });
}
export type SparkLab = Awaited<ReturnType<typeof openSparkLab>>;

export const locationOf = (response: Response) => response.headers.get('location') ?? '';
/** What is told in an address, and where. */
export const toldIn = (location: string) => {
  const [to = '', query = ''] = location.split(/[?#](.*)/s);
  return { to, ...Object.fromEntries(new URLSearchParams(query)) } as Record<string, string>;
};

/** What an application written for Spark does (contracts/spark.md §4.4). */
export function makeSparkClient(lab: Lab, { key, secret }: Key = KEYS.agent) {
  const pathOf = (path: string, more: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ response_type: 'code', client_id: key, redirect_uri: CALLBACK, ...more })}`;
  const grant = (body: Record<string, unknown>) =>
    lab.call('/spark/v1/oauth2/grant', { json: { client_id: key, client_secret: secret, ...body } });
  return {
    pathOf,
    grant,
    async visitor(email: string = BRIAN): Promise<Visitor> {
      const visitor = makeVisitor(lab.url);
      await visitor.signIn(email, PASSWORD);
      return visitor;
    },
    /** signs in, allows if asked, answers where the person is sent */
    async allow(path: string, email: string = BRIAN): Promise<string> {
      const visitor = await this.visitor(email);
      const first = await visitor.go(path);
      return locationOf(first.status === 302 ? first : await visitor.decide(path, 'approve'));
    },
    async code(more: Record<string, string> = {}, email: string = BRIAN): Promise<string> {
      const location = await this.allow(pathOf('/spark/oauth2', more), email);
      const { code } = toldIn(location);
      if (!code) throw new Error(`No code was told: ${location}`);
      return code;
    },
    exchange: (code: string, more: Record<string, unknown> = {}) =>
      grant({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more }),
    refresh: (token: string) => grant({ grant_type: 'refresh_token', refresh_token: token, redirect_uri: CALLBACK }),
    async tokens(email: string = BRIAN): Promise<Tokens> {
      return (await this.exchange(await this.code({}, email))).body as Tokens;
    },
    /** signs a consumer in at the agent's portal */
    consumer: (path: string, fields: Record<string, string> = {}): Promise<Response> =>
      makeVisitor(lab.url).atPortal(path, { login: CONSUMER.login, ...fields }),
  };
}

/** Status and code of a call with a token: what the door makes of it. */
export async function outcomeOf(lab: Lab, bearer: string, path = '/system'): Promise<string> {
  const { status, body } = await lab.spark(path, { bearer });
  const { Code } = (body as { D: { Code?: number } }).D;
  return Code === undefined ? String(status) : `${status}/${Code}`;
}

/** The claims of an ID token that one of these keys signed. */
export function readIdToken(token: string, keys: readonly Record<string, unknown>[]): Record<string, unknown> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const { kid, alg } = read(head);
  const jwk = keys.find((one) => one.kid === kid);
  if (!jwk || alg !== 'RS256') throw new Error('No key signed this');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) throw new Error('Not signed');
  return read(body);
}
