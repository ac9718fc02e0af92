import type { FastifyInstance } from 'fastify';
import type { Identity } from '../../domain/index.ts';
import { sendToMainHost } from '../core/authorize.ts';
import { messagePage } from '../message-page.ts';
import { sendPage } from '../send-page.ts';
import { makeSessions } from '../web-session.ts';

export type LogoutOptions = { readonly identity: Identity; readonly publicUrl: string; readonly secureCookies: boolean };

/** `GET /openid/logout` (contracts/spark.md §4.4: E07): ends the browser session. Clients open it in a window, so it asks nothing. */
export function mountLogout(room: FastifyInstance, { identity, publicUrl, secureCookies }: LogoutOptions): void {
  const sessions = makeSessions(identity, secureCookies);
  room.get('/openid/logout', async (request, reply) => {
    if (sendToMainHost(request, reply, publicUrl, '/spark/openid/logout')) return reply;
    await sessions.end(request, reply);
    return sendPage(reply, messagePage('Signed out', 'You are signed out of this browser. You can close this window.'));
  });
}
