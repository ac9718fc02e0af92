import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConsumerRef, Domain, NamedPortal } from '../../domain/index.ts';
import { accountOf } from '../core/account.ts';
import { formTargetOf } from '../core/asked.ts';
import { CANNOT, sendToMainHost } from '../core/authorize.ts';
import { queryOf } from '../core/parameters.ts';
import { makeFormTokens } from '../csrf.ts';
import { formOf } from '../form.ts';
import { inWords } from '../in-words.ts';
import { messagePage, staleFormPage } from '../message-page.ts';
import { sendPage } from '../send-page.ts';
import { CONSUMER_OAUTH } from './client.ts';
import { askForCode } from './code.ts';
import { consumerPage } from './consumer-page.ts';
import type { MemberPagesOptions } from './member.ts';
import { DENIED, type OAuthRequest, readOAuthRequest } from './oauth-request.ts';
import { neededFor } from './provider.ts';
import { scopesInWords } from './scopes.ts';

export type ConsumerPagesOptions = MemberPagesOptions & {
  readonly portals: Pick<Domain['orgs']['portals'], 'findByName'>;
  readonly cookieSecret: string;
  readonly secureCookies: boolean;
};

/** Three names of one page: today's, and the two of older clients (contracts/spark.md §4.4: E05). */
const PATHS = ['/auth/vow/:name', '/r/login/:name', '/r/oauth2/:name'];

type Ready = { readonly asked: Extract<OAuthRequest, { kind: 'ask' }>; readonly portal: NamedPortal; readonly path: string };

/** Where consumers sign in, at the portal of an agent. */
export function mountConsumerPages(room: FastifyInstance, options: ConsumerPagesOptions): void {
  const { identity, portals, publicUrl, coreOf, readAddress } = options;
  const formTokens = makeFormTokens(options.cookieSecret, options.secureCookies);

  /** Answers what nobody has to be asked about; otherwise portal and question. */
  async function prepare(request: FastifyRequest, reply: FastifyReply): Promise<Ready | undefined> {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const { name } = request.params as { name: string };
    const portal = await portals.findByName(name);
    if (!portal) {
      sendPage(reply.code(404), messagePage('No such portal', 'There is no portal under this address, or it has been closed.'));
      return undefined;
    }
    const asked = await readOAuthRequest(identity, queryOf(request.raw.url ?? ''), CONSUMER_OAUTH);
    if (asked.kind === 'back') {
      reply.redirect(asked.location, 302);
      return undefined;
    }
    const stranger = asked.kind === 'ask' && asked.client.orgId !== portal.orgId;
    if (asked.kind === 'page' || stranger) {
      const text = asked.kind === 'page' ? asked.text : `${asked.client.name} belongs to another organisation than this portal.`;
      sendPage(reply.code(400), messagePage(CANNOT, text));
      return undefined;
    }
    const place = (request.routeOptions.url ?? '').replace(':name', encodeURIComponent(portal.portal.name));
    const path = `${place}?${asked.parameters}`;
    return sendToMainHost(request, reply, publicUrl, path) ? undefined : { asked, portal, path };
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { asked, portal, path }: Ready,
    form?: URLSearchParams,
    error?: string,
  ) {
    const { client, redirectUri, scopes } = asked;
    const page = consumerPage({
      csrf: formTokens.issue(request, reply),
      path,
      client,
      portal,
      redirectUri,
      words: scopesInWords(neededFor(scopes, []), 'consumer'),
      login: form?.get('login') ?? '',
      ...(error !== undefined && { error }),
    });
    return sendPage(reply, page, { formTargets: [formTargetOf(redirectUri)] });
  }

  /** The consumer has just agreed; the code, as an address. */
  async function findAnswer(request: FastifyRequest, { asked }: Ready, consumer: ConsumerRef): Promise<string> {
    await identity.giveConsent({ ...consumer, clientId: asked.client.clientId }, neededFor(asked.scopes, []));
    const told = await askForCode(await coreOf(readAddress(request).base), asked, accountOf(consumer));
    // Switched off, or taken out of the agent's book, in the same moment.
    return asked.back('first' in told ? { error: 'access_denied', error_description: 'This login may not be used' } : told);
  }

  async function decide(request: FastifyRequest, reply: FastifyReply) {
    const ready = await prepare(request, reply);
    if (!ready) return reply;
    const form = formOf(request.body);
    if (!formTokens.fits(request, form.get('csrf') ?? undefined)) return sendPage(reply.code(403), staleFormPage());
    if (form.get('decision') !== 'approve') return reply.redirect(ready.asked.back(DENIED), 302);
    const { orgId, member } = ready.portal;
    const login = (form.get('login') ?? '').trim();
    const from = { address: request.ip };
    const result = await identity.signInConsumer({ orgId, agentId: member.id }, login, form.get('password') ?? '', from);
    switch (result.kind) {
      case 'ok':
        return reply.redirect(await findAnswer(request, ready, result.consumer), 302);
      case 'refused':
        return show(request, reply.code(422), ready, form, 'Login name or password is wrong.');
      case 'slow_down': {
        const { retryAfterSeconds } = result;
        reply.code(429).header('retry-after', String(retryAfterSeconds));
        return show(request, reply, ready, form, `Too many tries. Wait ${inWords(retryAfterSeconds)}, then try again.`);
      }
    }
  }

  for (const url of PATHS) {
    room.get(url, async (request, reply) => {
      const ready = await prepare(request, reply);
      return ready ? show(request, reply, ready) : reply;
    });
    room.post(url, decide);
  }
}
