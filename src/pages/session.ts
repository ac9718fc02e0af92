import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import { Fault, forbidden } from '../kernel/fault.ts';

/** Someone signed in at the house's pages, as src/auth reads it from the cookie. */
export type PageSession = {
  readonly actor: Actor;
  readonly csrf: string;
  readonly user: {
    readonly name: string;
    readonly email: string;
    readonly organisation: string;
    readonly developer: boolean;
  };
};
export type ReadWebSession = (request: FastifyRequest) => Promise<PageSession | undefined>;

/** @throws Fault unauthenticated */
export async function readSignedIn(readWebSession: ReadWebSession, request: FastifyRequest): Promise<PageSession> {
  const session = await readWebSession(request);
  if (!session) throw new Fault('unauthenticated', 'Sign in first');
  return session;
}

/** A change comes from one of our pages: another site can send the cookie, not the header. @throws Fault forbidden `csrf` */
export function checkCsrf(session: PageSession, request: FastifyRequest): void {
  const sent = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const kept = Buffer.from(session.csrf);
  if (sent.length === kept.length && timingSafeEqual(sent, kept)) return;
  throw forbidden('csrf', 'This page is out of date. Reload it and try again.');
}

/** Who asks, and who changes something, at routes of the pages' API. @throws Fault unauthenticated; forbidden `csrf` */
export const makeCallers = (readWebSession: ReadWebSession) => ({
  reader: async (request: FastifyRequest): Promise<Actor> => (await readSignedIn(readWebSession, request)).actor,
  async writer(request: FastifyRequest): Promise<Actor> {
    const session = await readSignedIn(readWebSession, request);
    checkCsrf(session, request);
    return session.actor;
  },
});
