import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ClientApp, WebSession } from '../../domain/index.ts';
import { readCookie } from '../cookies.ts';
import { accountOf } from '../core/account.ts';
import type { AskCore } from '../core/ask.ts';
import { type Asking, type AuthorizeOptions, type Found, makeAuthorize } from '../core/authorize.ts';
import { queryOf } from '../core/parameters.ts';
import { afterLogin, isSilent } from '../core/prompts.ts';
import { SESSION_COOKIE } from '../web-session.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';

export type ConnectPagesOptions = AuthorizeOptions & {
  /** the core under the house's own address: codes are the same whatever the issuer */
  readonly core: () => Promise<AskCore>;
  readonly secureCookies: boolean;
};

type Ask = Extract<AuthorizeRequest, { kind: 'ask' }>;

/** One page under four names: three of older clients, and today's (contracts/reapit.md §2.1). */
const PATHS = ['/authorize', '/login', '/oauth2/authorize', '/oauth/authorize'];

const NOT_INSTALLED = {
  error: 'access_denied',
  error_description: 'The organisation of this login has not installed the application',
};

/** Where people sign in; the installation by their organisation is the consent, so nobody is asked for any (§2.3). */
export function mountAuthorize(room: FastifyInstance, options: ConnectPagesOptions): void {
  const { identity, core, secureCookies } = options;

  async function findAnswer(asked: Ask, session: WebSession | undefined, cookie: string | undefined): Promise<Found> {
    const { application, back, scopes } = asked;
    if (session && !(await identity.findAdmission(session.user, application.clientId))) return { location: back(NOT_INSTALLED) };
    const parameters = new URLSearchParams(asked.parameters);
    parameters.set('scope', scopes.join(' '));
    const ask = await core();
    const who = session && { account: accountOf(session.user), signedInAt: session.signedInAt, scopes };
    const question = { method: 'GET', path: '/authorize', parameters, ...who, ...(cookie !== undefined && { session: cookie }) };
    const { location, first } = await ask({ ...question, method: 'GET' });
    // Uninstalled in the same moment: there is nothing that the person could be asked.
    if (first === 'consent') return { location: back(NOT_INSTALLED) };
    if (first) return { first };
    if (location === undefined) throw new Error('The authorization core did not know where to go');
    const told = new URL(location).searchParams;
    // The core adds `iss`, which the vendor does not have; its query is read from behind, where it stands.
    const read = (name: string) => told.getAll(name).at(-1);
    if (told.has('code')) return { location: back({ code: read('code') }) };
    return { location: back({ error: read('error'), error_description: read('error_description') }) };
  }

  async function read(request: FastifyRequest): Promise<Asking> {
    const asked = await readAuthorizeRequest(identity, queryOf(request.raw.url ?? ''));
    if (asked.kind !== 'ask') return asked;
    const { application, redirectUri, scopes, parameters } = asked;
    const { clientId, name, orgId, sandbox, redirectUris } = application;
    const client: ClientApp = { clientId, name, orgId, sandbox, redirectUris, scopes: application.scopes };
    return {
      kind: 'ask',
      client,
      redirectUri,
      scopes,
      words: [],
      path: `/connect/oauth/authorize?${parameters}`,
      pathAfterLogin: `/connect/oauth/authorize?${afterLogin(parameters)}`,
      silent: isSilent(parameters),
      refusal: () => undefined,
      answer: (session) => findAnswer(asked, session, readCookie(request, SESSION_COOKIE, secureCookies)),
      denied: (reply) => reply.redirect(asked.back({ error: 'access_denied' }), 302),
    };
  }

  const { show } = makeAuthorize(options, read);
  for (const path of PATHS) room.get(path, show);
}
