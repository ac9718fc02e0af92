import type { FastifyRequest } from 'fastify';
import type { Identity, WebSession } from '../domain/index.ts';
import { readCookie } from './cookies.ts';

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
