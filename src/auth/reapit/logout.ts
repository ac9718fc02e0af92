import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/index.ts';
import { readCookie, setCookie } from '../cookies.ts';
import { readAsked } from '../core/asked.ts';
import { sendToMainHost } from '../core/authorize.ts';
import { queryOf } from '../core/parameters.ts';
import { messagePage } from '../message-page.ts';
import { sendPage } from '../send-page.ts';
import { SESSION_COOKIE } from '../web-session.ts';

export type LogoutOptions = { readonly identity: Identity; readonly publicUrl: string; readonly secureCookies: boolean };

const NAMES = ['client_id', 'logout_uri', 'post_logout_redirect_uri'];

/**
 * `GET /logout` and `GET /oidc/logout` (contracts/reapit.md §2.1, §2.3): ends the one session of the browser, and goes where the
 * application has registered that people go.
 */
export function mountLogout(room: FastifyInstance, { identity, publicUrl, secureCookies }: LogoutOptions): void {
  async function logout(request: FastifyRequest, reply: FastifyReply) {
    const { one, doubled } = readAsked(queryOf(request.raw.url ?? ''), NAMES);
    const [clientId, uri] = [one('client_id'), one('post_logout_redirect_uri') ?? one('logout_uri')];
    const application = clientId === undefined || doubled ? undefined : await identity.findApplication(clientId);
    if (!application || uri === undefined || !application.signOutUris.includes(uri)) {
      const text = application
        ? `${application.name} sent you here with an address to go on to that it has not registered.`
        : 'The application that sent you here is not registered with this server.';
      return sendPage(reply.code(400), messagePage('Redirect Mismatch', text));
    }
    const path = `/connect/oidc/logout?${new URLSearchParams({ client_id: application.clientId, post_logout_redirect_uri: uri })}`;
    if (sendToMainHost(request, reply, publicUrl, path)) return reply;
    const cookie = readCookie(request, SESSION_COOKIE, secureCookies);
    if (cookie) await identity.signOut(cookie);
    setCookie(reply, SESSION_COOKIE, '', secureCookies);
    return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(uri, 302);
  }

  room.get('/logout', logout);
  room.get('/oidc/logout', logout);
}
