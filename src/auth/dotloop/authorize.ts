import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accountOf } from '../core/account.ts';
import type { AskCore } from '../core/ask.ts';
import { backTo } from '../core/asked.ts';
import { type Asking, type AuthorizeOptions as CoreOptions, type Found, mountAuthorize as mount } from '../core/authorize.ts';
import { queryOf } from '../core/parameters.ts';
import { readForms } from '../form.ts';
import { answerErrorsWithPages } from '../page-errors.ts';
import { sendPage } from '../send-page.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';
import { CLOSE_HASH, deniedPage } from './denied-page.ts';
import { scopesInWords } from './scopes.ts';

export type AuthorizeOptions = CoreOptions & { readonly core: () => Promise<AskCore> };

type Ask = Extract<AuthorizeRequest, { kind: 'ask' }>;

/** `GET /oauth/authorize` and the form of its consent page (contracts/dotloop.md §2.2). */
export function mountAuthorize(room: FastifyInstance, options: AuthorizeOptions): void {
  const { identity, core } = options;
  readForms(room);
  answerErrorsWithPages(room);

  /** The code, or the core's own refusal, as an address; or that the person has to be asked first. */
  async function findAnswer(asked: Ask, account: string): Promise<Found> {
    const parameters = new URLSearchParams(asked.parameters);
    parameters.set('scope', asked.scopes.join(' '));
    parameters.delete('redirect_on_deny');
    const ask = await core();
    const { location, first } = await ask({ method: 'GET', path: '/authorize', parameters, account });
    if (first) return { first };
    if (location === undefined) throw new Error('The authorization core did not know where to go');
    const told = new URL(location).searchParams;
    const read = (name: string) => told.get(name) ?? undefined;
    const { redirectUri, state } = asked;
    // The core adds `iss`, which dotloop does not have; its query is read from behind, where it stands.
    if (told.has('code')) return { location: backTo(redirectUri, { code: told.getAll('code').at(-1), state }) };
    return { location: backTo(redirectUri, { error: read('error'), error_description: read('error_description'), state }) };
  }

  async function read(request: FastifyRequest): Promise<Asking> {
    const asked = await readAuthorizeRequest(identity, queryOf(request.raw.url ?? ''));
    if (asked.kind !== 'ask') return asked;
    const { client, redirectUri, state, scopes, parameters } = asked;
    const path = `/dotloop/oauth/authorize?${parameters}`;
    return {
      kind: 'ask',
      client,
      redirectUri,
      scopes,
      words: scopesInWords(scopes),
      path,
      pathAfterLogin: path,
      silent: false,
      refusal: ({ user }) =>
        client.sandbox && client.orgId !== user.orgId
          ? `${client.name} belongs to the sandbox, and its secret is published. It works for people of the sandbox only.`
          : undefined,
      answer: async (session) => (session ? findAnswer(asked, accountOf(session.user)) : { first: 'login' }),
      denied(reply) {
        if (!asked.redirectOnDeny) return sendPage(reply, deniedPage(client), { script: CLOSE_HASH });
        const error = { error: 'access_denied', error_description: 'The user denied access', state };
        return reply.redirect(backTo(redirectUri, error), 302);
      },
    };
  }

  mount(room, '/authorize', options, read);
}
