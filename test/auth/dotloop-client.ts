import { CALLBACK, CLIENT, type House, SECRET } from './house.ts';
import { makeVisitor } from './visitor.ts';

export type Pair = { access_token: string; refresh_token: string; token_type: string; expires_in: number; scope: string };

export const basicOf = (clientId = CLIENT, secret = SECRET) => `Basic ${btoa(`${clientId}:${secret}`)}`;

/** What an integration written for dotloop does, as its documents print it (contracts/dotloop.md §8, D01–D05). */
export function makeClient(house: House, clientId = CLIENT, secret = SECRET) {
  const authorization = basicOf(clientId, secret);
  const authorizePath = (more: Record<string, string> = {}) =>
    `/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: CALLBACK, ...more })}`;
  const post = (path: string, init: RequestInit = {}) =>
    fetch(house.base + path, { method: 'POST', ...init, headers: { authorization, ...init.headers } });

  return {
    authorizePath,
    post,
    /** signs in, allows, answers the code */
    async code(email: string, more: Record<string, string> = {}): Promise<string> {
      const visitor = makeVisitor(house.base);
      await visitor.signIn(email);
      const path = authorizePath(more);
      const first = await visitor.go(path);
      const done = first.status === 302 ? first : await visitor.decide(path, 'approve');
      return new URL(done.headers.get('location') ?? '').searchParams.get('code') ?? '';
    },
    exchange: (code: string, redirectUri = CALLBACK) =>
      post(
        `/oauth/token?${new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, state: 'ignored' })}`,
      ),
    refresh: (token: string) =>
      post(`/oauth/token?${new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token })}`),
    async tokens(email: string): Promise<Pair> {
      const response = await this.exchange(await this.code(email));
      return (await response.json()) as Pair;
    },
  };
}

/** `ok`, `unknown` or `expired` */
export const kindOf = async (house: House, accessToken: string) =>
  (await house.identity.authenticateToken(accessToken, 'dotloop')).kind;

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
