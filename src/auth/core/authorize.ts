import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientApp, Identity, WebSession } from '../../domain/index.ts';
import { sameToken } from '../csrf.ts';
import { formOf } from '../form.ts';
import { messagePage, staleFormPage } from '../message-page.ts';
import { sendPage } from '../send-page.ts';
import type { ReadWebSession } from '../web-session.ts';
import { formTargetOf } from './asked.ts';
import { consentPage } from './consent-page.ts';

/** What is to be told, as an address, or what the person has to do before. */
export type Found = { readonly location: string } | { readonly first: 'login' | 'consent' };

/** A checked question of an application for somebody who signs in at this house. */
export type Question = {
  readonly kind: 'ask';
  readonly client: ClientApp;
  readonly redirectUri: string;
  /** what the person has to allow, and in plain words */
  readonly scopes: readonly string[];
  readonly words: readonly string[];
  /** where the question is asked, on the main host */
  readonly path: string;
  /** the same for somebody who has just signed in */
  readonly pathAfterLogin: string;
  /** it must be answered without asking anybody (OpenID Connect `prompt=none`) */
  readonly silent: boolean;
  /** why this person may not use the application */
  readonly refusal: (session: WebSession) => string | undefined;
  /** `decided`: the person has just allowed it */
  readonly answer: (session: WebSession | undefined, decided: boolean) => Promise<Found>;
  readonly denied: (reply: FastifyReply) => FastifyReply;
};

export type Asking =
  | Question
  /** nobody we could send back to: a page says so */
  | { readonly kind: 'page'; readonly text: string; readonly title?: string }
  | { readonly kind: 'back'; readonly location: string };

export type AuthorizeOptions = {
  readonly identity: Identity;
  readonly publicUrl: string;
  readonly readWebSession: ReadWebSession;
};

export const CANNOT = 'This application cannot be connected';

/**
 * Pages, and the cookie of who is signed in, live on the main host only (design §1). The path that somebody is sent to there is not sent
 * on again, whatever a proxy makes of the host name. True when the reply is on its way.
 */
export function sendToMainHost(request: FastifyRequest, reply: FastifyReply, publicUrl: string, path: string): boolean {
  const house = new URL(publicUrl);
  if (request.hostname === house.hostname || request.originalUrl.startsWith(path.slice(0, path.indexOf('/', 1) + 1)))
    return false;
  reply.redirect(new URL(path, house).href, 302);
  return true;
}

const loginPath = (returnTo: string, again = false) =>
  `/login?${again ? 'again=1&' : ''}return_to=${encodeURIComponent(returnTo)}`;

/** An authorization page: `show` checks, has people sign in, asks for consent, answers the code; `decide` takes the form of the consent. */
export function makeAuthorize(options: AuthorizeOptions, read: (request: FastifyRequest) => Promise<Asking>) {
  const { identity, publicUrl, readWebSession } = options;

  /** Answers what needs no decision of the person; otherwise the checked question and the session. */
  async function prepare(request: FastifyRequest, reply: FastifyReply) {
    const asking = await read(request);
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (asking.kind === 'page') {
      sendPage(reply.code(400), messagePage(asking.title ?? CANNOT, asking.text));
      return undefined;
    }
    if (asking.kind === 'back') {
      reply.redirect(asking.location, 302);
      return undefined;
    }
    if (sendToMainHost(request, reply, publicUrl, asking.path)) return undefined;
    const session = await readWebSession(request);
    if (!session && asking.silent) {
      const found = await asking.answer(undefined, false);
      if ('first' in found) throw new Error('A silent question was not answered');
      reply.redirect(found.location, 302);
      return undefined;
    }
    if (!session) {
      reply.redirect(loginPath(asking.pathAfterLogin), 302);
      return undefined;
    }
    const refusal = asking.refusal(session);
    if (refusal !== undefined) {
      sendPage(reply.code(403), messagePage(CANNOT, refusal));
      return undefined;
    }
    return { asking, session };
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const ready = await prepare(request, reply);
    if (!ready) return reply;
    const { asking, session } = ready;
    const found = await asking.answer(session, false);
    if ('location' in found) return reply.redirect(found.location, 302);
    if (found.first === 'login') return reply.redirect(loginPath(asking.pathAfterLogin, true), 302);
    return sendPage(reply, consentPage({ ...asking, session }), { formTargets: [formTargetOf(asking.redirectUri)] });
  }

  async function decide(request: FastifyRequest, reply: FastifyReply) {
    const ready = await prepare(request, reply);
    if (!ready) return reply;
    const { asking, session } = ready;
    const form = formOf(request.body);
    if (!sameToken(form.get('csrf') ?? undefined, session.csrf)) return sendPage(reply.code(403), staleFormPage());
    if (form.get('decision') !== 'approve') return asking.denied(reply);
    const { orgId, userId } = session.user;
    await identity.giveConsent({ orgId, userId, clientId: asking.client.clientId }, asking.scopes);
    const found = await asking.answer(session, true);
    // Disconnected on another page in the same moment: ask again.
    return reply.redirect('location' in found ? found.location : asking.path, 302);
  }

  return { show, decide };
}

/** `GET` of an authorization page, and `POST` of the form of its consent page. */
export function mountAuthorize(
  room: FastifyInstance,
  url: string,
  options: AuthorizeOptions,
  read: (request: FastifyRequest) => Promise<Asking>,
): void {
  const { show, decide } = makeAuthorize(options, read);
  room.get(url, show);
  room.post(url, decide);
}
