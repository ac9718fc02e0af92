import type { FastifyInstance } from 'fastify';
import type { Invitation } from '../domain/index.ts';
import { Fault } from '../kernel/fault.ts';
import { cardPage, escapeHtml } from './message-page.ts';
import type { PagesDomain } from './plugin.ts';

const field = (name: string, label: string, more = '') => `<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="password" autocomplete="new-password" required minlength="8" maxlength="1024"${more}></div>`;

/** The login name stands in the form too, where password managers look for it. */
const choosePage = ({ brokerage, name, loginName }: Invitation, error?: string): string =>
  cardPage(
    'Choose a password',
    `<p>For the account of ${escapeHtml(name)} at ${escapeHtml(brokerage)}.</p>
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>\n`}<form method="post" class="stack">
<div class="field"><label for="login">Login name</label>
<input id="login" autocomplete="username" readonly value="${escapeHtml(loginName)}"></div>
${field('password', 'Password', ' autofocus')}
${field('again', 'The same again')}
<button class="button" type="submit">Choose this password</button>
</form>`,
  );

const donePage = ({ brokerage, loginName }: Invitation): string =>
  cardPage(
    'You have a password',
    `<p>Sign in as ${escapeHtml(loginName)} wherever ${escapeHtml(brokerage)} asks you to. This link has done its work.</p>`,
  );

/** A form of two passwords, each character of them three bytes and percent-encoded at worst. */
const BODY_LIMIT = 32 * 1024;

/** Where an invitation leads: no account is needed, no cookie is set, and looking changes nothing. */
export async function invitation(room: FastifyInstance, { identity }: Pick<PagesDomain, 'identity'>): Promise<void> {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));

  room.get<{ Params: { token: string } }>('/invitation/:token', async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(choosePage(await identity.invitation(params.token))),
  );

  room.post<{ Params: { token: string } }>('/invitation/:token', async ({ params, body }, reply) => {
    reply.type('text/html; charset=utf-8');
    const found = await identity.invitation(params.token);
    const given = new URLSearchParams(typeof body === 'string' ? body : '');
    const password = given.get('password') ?? '';
    if (password !== given.get('again')) return reply.code(422).send(choosePage(found, 'These were two different passwords.'));
    try {
      return reply.send(donePage(await identity.acceptInvitation(params.token, password)));
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'invalid') throw error;
      return reply.code(422).send(choosePage(found, `${error.message}.`));
    }
  });
}
