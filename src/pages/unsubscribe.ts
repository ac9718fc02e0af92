import type { FastifyInstance } from 'fastify';
import type { Unsubscribable } from '../domain/index.ts';
import { cardPage, escapeHtml } from './message-page.ts';
import type { PagesDomain } from './plugin.ts';

const what = ({ about, brokerage }: Unsubscribable) =>
  about === null ? `mails of this kind from ${brokerage}` : `mails about “${about}” from ${brokerage}`;

const button = (all: boolean, text: string) =>
  `<form method="post"><input type="hidden" name="all" value="${all}"><button type="submit">${escapeHtml(text)}</button></form>`;

function askPage(found: Unsubscribable): string {
  const { brokerage, canEndAll } = found;
  const question = `<p>You get ${escapeHtml(what(found))}.</p>`;
  const all = canEndAll ? [button(true, `Stop all mails from ${brokerage}`)] : [];
  return cardPage('Stop mails', [question, button(false, 'Stop these mails'), ...all].join('\n'));
}

const donePage = (found: Unsubscribable, all: boolean) =>
  cardPage('No more mails', `<p>You will get no more ${escapeHtml(all ? `mails from ${found.brokerage}` : what(found))}.</p>`);

/** Forms and one-click requests are a line long. */
const BODY_LIMIT = 16 * 1024;

/**
 * Where the link at the foot of every mail leads. Looking changes nothing, because mail programs open links ahead of their readers; the
 * button does, and so does the one click of RFC 8058, in whichever form its body comes. No cookie, no script, no redirect.
 */
export async function unsubscribe(room: FastifyInstance, { mails }: Pick<PagesDomain, 'mails'>): Promise<void> {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body));

  room.get<{ Params: { token: string } }>('/unsubscribe/:token', async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(askPage(await mails.unsubscribable(params.token))),
  );

  room.post<{ Params: { token: string } }>('/unsubscribe/:token', async ({ params, body }, reply) => {
    const found = await mails.unsubscribable(params.token);
    const all = found.canEndAll && new URLSearchParams(typeof body === 'string' ? body : '').get('all') === 'true';
    await mails.unsubscribe(params.token, all);
    return reply.type('text/html; charset=utf-8').send(donePage(found, all));
  });
}
