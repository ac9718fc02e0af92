import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, UserRef, WebSession } from '../domain/index.ts';
import { readCookie, setCookie } from './cookies.ts';

export const SESSION_COOKIE = 'portico_session';

export type ReadWebSession = (request: FastifyRequest) => Promise<WebSession | undefined>;

/** Who is signed in at the house's pages; handed to every room that serves pages. */
export const makeSessionReader =
  ({
    identity,
    secureCookies,
  }: {
    readonly identity: Pick<Identity, 'readSession'>;
    readonly secureCookies: boolean;
  }): ReadWebSession =>
  async (request) => {
    const token = readCookie(request, SESSION_COOKIE, secureCookies);
    return token ? identity.readSession(token) : undefined;
  };

/** Signs people in and out in this browser. */
export function makeSessions(identity: Pick<Identity, 'openSession' | 'endSession'>, secureCookies: boolean) {
  const end = async (request: FastifyRequest) => {
    const token = readCookie(request, SESSION_COOKIE, secureCookies);
    if (token) await identity.endSession(token);
  };
  return {
    /** A new token with every sign-in: one planted before it is worth nothing. */
    async begin(request: FastifyRequest, reply: FastifyReply, user: UserRef): Promise<void> {
      await end(request);
      setCookie(reply, SESSION_COOKIE, await identity.openSession(user), secureCookies);
    },
    async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
      await end(request);
      setCookie(reply, SESSION_COOKIE, '', secureCookies);
    },
  };
}
