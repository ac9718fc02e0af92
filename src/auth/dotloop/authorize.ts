import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, WebSession } from '../../domain/index.ts';
import { sameToken } from '../csrf.ts';
import { formOf, readForms } from '../form.ts';
import { messagePage, staleFormPage } from '../message-page.ts';
import { answerErrorsWithPages } from '../page-errors.ts';
import { sendPage } from '../send-page.ts';
import type { ReadWebSession } from '../web-session.ts';
import { accountOf } from './account.ts';
import type { AskCore } from './ask.ts';
import { type AuthorizeRequest, backTo, readAuthorizeRequest } from './authorize-request.ts';
import { CLOSE_HASH, consentPage, deniedPage } from './consent-page.ts';
import { queryOf } from './parameters.ts';
import { ASK_FIRST } from './provider.ts';

export type AuthorizeOptions = {
  readonly identity: Identity;
  readonly publicUrl: string;
  readonly readWebSession: ReadWebSession;
  readonly core: () => Promise<AskCore>;
};

type Ask = Extract<AuthorizeRequest, { kind: 'ask' }>;

/** Where `form-action` must let a form's redirects end. */
export const formTargetOf = (redirectUri: string): string => new URL(redirectUri).origin;

const pathOf = ({ parameters }: Ask) => `/dotloop/oauth/authorize?${parameters}`;

/** `GET /oauth/authorize`: checks, sign-in, consent, code; `POST` is the form of its consent page. */
export function mountAuthorize(room: FastifyInstance, { identity, publicUrl, readWebSession, core }: AuthorizeOptions): void {
  readForms(room);
  answerErrorsWithPages(room);
  const house = new URL(publicUrl);

  /** The code, or the core's own refusal, as an address; undefined when the person has to be asked first. */
  async function findAnswer(asked: Ask, session: WebSession): Promise<string | undefined> {
    const parameters = new URLSearchParams(asked.parameters);
    parameters.set('scope', asked.scopes.join(' '));
    parameters.delete('redirect_on_deny');
    const ask = await core();
    const { location } = await ask({ method: 'GET', path: '/authorize', parameters, account: accountOf(session.user) });
    if (location === undefined) throw new Error('The authorization core did not know where to go');
    if (location === ASK_FIRST) return undefined;
    const told = new URL(location).searchParams;
    const read = (name: string) => told.get(name) ?? undefined;
    const { redirectUri, state } = asked;
    // The core adds `iss`, which dotloop does not have; its query is read from behind, where it stands.
    if (told.has('code')) return backTo(redirectUri, { code: told.getAll('code').at(-1), state });
    return backTo(redirectUri, { error: read('error'), error_description: read('error_description'), state });
  }

  /** Answers what needs no decision of the person; otherwise the checked request and the session. */
  async function prepare(request: FastifyRequest, reply: FastifyReply) {
    const asked = await readAuthorizeRequest(identity, queryOf(request.raw.url ?? ''));
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (asked.kind === 'page') {
      sendPage(reply.code(400), messagePage('This application cannot be connected', asked.text));
      return undefined;
    }
    if (asked.kind === 'back') {
      reply.redirect(asked.location, 302);
      return undefined;
    }
    // Pages, and the cookie of who is signed in, live on the main host only (design §1).
    // The path it is sent to is not sent on again, whatever a proxy makes of the host name.
    if (request.hostname !== house.hostname && !request.originalUrl.startsWith('/dotloop/')) {
      reply.redirect(new URL(pathOf(asked), house).href, 302);
      return undefined;
    }
    const session = await readWebSession(request);
    if (!session) {
      reply.redirect(`/login?return_to=${encodeURIComponent(pathOf(asked))}`, 302);
      return undefined;
    }
    if (asked.client.sandbox && asked.client.orgId !== session.user.orgId) {
      const text = `${asked.client.name} belongs to the sandbox, and its secret is published. It works for people of the sandbox only.`;
      sendPage(reply.code(403), messagePage('This application cannot be connected', text));
      return undefined;
    }
    return { asked, session };
  }

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const ready = await prepare(request, reply);
    if (!ready) return reply;
    const { asked, session } = ready;
    const location = await findAnswer(asked, session);
    if (location !== undefined) return reply.redirect(location, 302);
    const page = consentPage({ ...asked, session, path: pathOf(asked) });
    return sendPage(reply, page, { formTargets: [formTargetOf(asked.redirectUri)] });
  }

  async function decide(request: FastifyRequest, reply: FastifyReply) {
    const ready = await prepare(request, reply);
    if (!ready) return reply;
    const { asked, session } = ready;
    const { client, redirectUri, state, scopes, redirectOnDeny } = asked;
    const form = formOf(request.body);
    if (!sameToken(form.get('csrf') ?? undefined, session.csrf)) return sendPage(reply.code(403), staleFormPage());
    if (form.get('decision') === 'approve') {
      const { orgId, userId } = session.user;
      await identity.giveConsent({ orgId, userId, clientId: client.clientId }, scopes);
      const location = await findAnswer(asked, session);
      // Disconnected on another page in the same moment: ask again.
      return reply.redirect(location ?? pathOf(asked), 302);
    }
    if (!redirectOnDeny) return sendPage(reply, deniedPage(client), { script: CLOSE_HASH });
    return reply.redirect(
      backTo(redirectUri, { error: 'access_denied', error_description: 'The user denied access', state }),
      302,
    );
  }

  room.get('/authorize', show);
  room.post('/authorize', decide);
}
