import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, SignedIn } from '../domain/index.ts';
import { makeFormTokens, sameToken } from './csrf.ts';
import { formOf } from './form.ts';
import { inWords } from './in-words.ts';
import { choicePage, loginPage } from './login-page.ts';
import { staleFormPage } from './message-page.ts';
import { ownPath } from './own-path.ts';
import { sendPage } from './send-page.ts';
import { makeSessions, type ReadWebSession } from './web-session.ts';

export type LoginOptions = {
  readonly identity: Identity;
  readonly secureCookies: boolean;
  readonly cookieSecret: string;
  readonly readWebSession: ReadWebSession;
  /** where redirects from this path of ours may end, if that is another host: the callbacks of an application */
  readonly formTargets: (ownPath: string) => Promise<readonly string[]>;
};

const REFUSED = 'E-mail address or password is wrong.';

/** `GET` and `POST /login`, `POST /logout` (design §6). */
export function mountLogin(room: FastifyInstance, options: LoginOptions): void {
  const { identity, secureCookies, readWebSession, formTargets } = options;
  const formTokens = makeFormTokens(options.cookieSecret, secureCookies);
  const sessions = makeSessions(identity, secureCookies);

  room.get<{ Querystring: { return_to?: unknown; again?: unknown } }>('/login', async (request, reply) => {
    const { return_to: asked, again } = request.query;
    const returnTo = ownPath(typeof asked === 'string' ? asked : undefined);
    // An application may want somebody to prove who they are once more.
    if (again === undefined && (await readWebSession(request))) return reply.redirect(returnTo, 303);
    const csrf = formTokens.issue(request, reply);
    return sendPage(reply, loginPage({ csrf, returnTo }), { formTargets: await formTargets(returnTo) });
  });

  const tryToSignIn = (request: FastifyRequest, form: URLSearchParams): Promise<SignedIn> => {
    const ticket = form.get('ticket');
    if (ticket) return identity.chooseOrganisation(ticket, Number(form.get('organisation')));
    const from = { address: request.ip };
    return identity.signIn((form.get('email') ?? '').trim(), form.get('password') ?? '', undefined, from);
  };

  const again = async (reply: FastifyReply, request: FastifyRequest, form: URLSearchParams, error: string) => {
    const returnTo = ownPath(form.get('return_to') ?? undefined);
    const page = loginPage({ csrf: formTokens.issue(request, reply), returnTo, email: form.get('email') ?? '', error });
    return sendPage(reply, page, { formTargets: await formTargets(returnTo) });
  };

  room.post('/login', async (request, reply) => {
    const form = formOf(request.body);
    if (!formTokens.fits(request, form.get('csrf') ?? undefined)) return sendPage(reply.code(403), staleFormPage());
    const returnTo = ownPath(form.get('return_to') ?? undefined);
    const result = await tryToSignIn(request, form);
    switch (result.kind) {
      case 'ok':
        await sessions.begin(request, reply, result.user);
        return reply.header('cache-control', 'no-store').redirect(returnTo, 303);
      case 'choose': {
        const page = choicePage({ csrf: formTokens.issue(request, reply), returnTo, ...result });
        return sendPage(reply, page, { formTargets: await formTargets(returnTo) });
      }
      case 'refused':
        return again(reply.code(422), request, form, REFUSED);
      case 'slow_down': {
        const { retryAfterSeconds } = result;
        reply.code(429).header('retry-after', String(retryAfterSeconds));
        return again(reply, request, form, `Too many tries. Wait ${inWords(retryAfterSeconds)}, then try again.`);
      }
    }
  });

  room.post('/logout', async (request, reply) => {
    const form = formOf(request.body);
    const session = await readWebSession(request);
    if (session && !sameToken(form.get('csrf') ?? undefined, session.csrf)) return sendPage(reply.code(403), staleFormPage());
    await sessions.end(request, reply);
    return reply.redirect(ownPath(form.get('return_to') ?? '/login'), 303);
  });
}
