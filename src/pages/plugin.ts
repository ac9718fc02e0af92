import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from '../domain/index.ts';
import { Fault } from '../kernel/fault.ts';
import { appApi } from './app-api.ts';
import { assets } from './assets.ts';
import type { FrontPageFacts } from './contract.ts';
import { answerFaultAsPage, answerNotFound } from './faults.ts';
import { messagePage } from './message-page.ts';
import { makePageHeaders } from './page-headers.ts';
import { readId } from './read-id.ts';
import type { ReadWebSession } from './session.ts';
import { sharedPage } from './shared-page.ts';
import { loadShell, type PageName, type ShellFacts } from './shell.ts';
import { unsubscribe } from './unsubscribe.ts';

/** The part of the domain that the pages call. */
export type PagesDomain = {
  readonly deals: Pick<Domain['deals'], 'whereSeen' | 'details' | 'participants' | 'taskLists' | 'allTasks' | 'activities'>;
  readonly documents: Pick<Domain['documents'], 'folders' | 'open'>;
  readonly identity: Pick<
    Domain['identity'],
    | 'connectedApplications'
    | 'revokeApplication'
    | 'applications'
    | 'application'
    | 'registerApplication'
    | 'changeApplication'
    | 'renewSecret'
    | 'installationsOfApplication'
    | 'usageOfApplication'
    | 'findApplication'
    | 'installations'
    | 'install'
    | 'acceptScopes'
    | 'grantExtras'
    | 'uninstall'
    | 'ownSiteKeys'
    | 'makeOwnSiteKey'
    | 'changeOwnSiteKey'
    | 'rotateOwnSiteKey'
    | 'removeOwnSiteKey'
    | 'ownSparkKeys'
    | 'makeOwnSparkKey'
    | 'removeOwnSparkKey'
  >;
  readonly orgs: Pick<Domain['orgs'], 'officeGroups'>;
  readonly webhooks: Pick<
    Domain['webhooks'],
    'applicationHooks' | 'addApplicationHook' | 'changeApplicationHook' | 'removeApplicationHook' | 'hookAttempts'
  >;
  readonly mails: Pick<Domain['mails'], 'unsubscribable' | 'unsubscribe'>;
  readonly now: Domain['now'];
  readonly shared: Pick<Domain['shared'], 'openShared'>;
};

export type PagesOptions = {
  readonly domain: PagesDomain;
  readonly readWebSession: ReadWebSession;
  /** what the front page shows; the composition root knows it */
  readonly front: () => Promise<FrontPageFacts>;
  /** the scopes of an application in plain words: those of the page on which it was allowed */
  readonly permissionsOf: (scopes: readonly string[]) => readonly string[];
  /** what webhooks may be subscribed to, and the scope that each topic needs: null for none */
  readonly topics: () => ReadonlyMap<string, string | null>;
  /** where `vite build web` wrote to */
  readonly webDist: string;
};

/** The house's pages on the main host: the web app's shell and assets, and the API it calls. Register without a prefix. */
export async function pagesPlugin(room: FastifyInstance, options: PagesOptions): Promise<void> {
  const { domain, readWebSession, webDist } = options;
  const shell = loadShell(webDist);
  if (!shell) room.log.warn(`The pages are not built (nothing in ${webDist}): run \`npm ci\`, or \`npx vite build web\``);

  room.addHook('onRequest', makePageHeaders());
  room.setErrorHandler(answerFaultAsPage);
  room.setNotFoundHandler(answerNotFound);
  await room.register(appApi(options), { prefix: '/app' });

  await room.register(assets, { webDist });
  await room.register(unsubscribe, domain);

  function sendShell(reply: FastifyReply, page: PageName, title: string, facts?: ShellFacts) {
    reply.type('text/html; charset=utf-8');
    if (shell) return reply.send(shell(page, title, facts));
    return reply
      .code(503)
      .send(
        messagePage(
          'The pages are not built',
          'Run npm ci in the folder of Portico, which builds them, and start it again. The doors work without.',
        ),
      );
  }

  /** Signing in leads back to the page that was asked for. */
  const signIn = (request: FastifyRequest, reply: FastifyReply) =>
    reply.redirect(`/login?return_to=${encodeURIComponent(request.url)}`, 302);

  room.get('/', (_request, reply) => sendShell(reply, 'front', 'Portico'));

  room.get<{ Querystring: { viewId?: string } }>('/m/loop', async (request, reply) => {
    const session = await readWebSession(request);
    if (!session) return signIn(request, reply);
    const { viewId } = request.query;
    // A query may name the member twice; a list of ids is no id.
    if (typeof viewId !== 'string') throw new Fault('not_found', 'No such loop');
    const { deal } = await domain.deals.whereSeen(session.actor, readId(viewId, 'loop'));
    return sendShell(reply, 'loop', `${deal.name} · Portico`, { loop: deal.id });
  });

  // Whoever has the address may look: that is what it was sent for.
  room.get<{ Params: { id: string } }>('/s/:id', async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(sharedPage(await domain.shared.openShared(params.id))),
  );

  room.get('/applications', async (request, reply) =>
    (await readWebSession(request))
      ? sendShell(reply, 'applications', 'Connected applications · Portico')
      : signIn(request, reply),
  );

  room.get('/developer', async (request, reply) => {
    const session = await readWebSession(request);
    if (!session) return signIn(request, reply);
    // Whoever may not see the list is told so by a page of its own, not by one that fails to load.
    await domain.identity.applications(session.actor);
    return sendShell(reply, 'developer', 'Your applications · Portico');
  });

  room.get<{ Params: { clientId: string } }>('/developer/:clientId', async (request, reply) => {
    const session = await readWebSession(request);
    if (!session) return signIn(request, reply);
    const { name, clientId } = await domain.identity.application(session.actor, request.params.clientId);
    return sendShell(reply, 'developer-application', `${name} · Portico`, { client: clientId });
  });

  room.get('/installations', async (request, reply) => {
    const session = await readWebSession(request);
    if (!session) return signIn(request, reply);
    await domain.identity.installations(session.actor);
    return sendShell(reply, 'installations', 'Installed applications · Portico');
  });

  room.get('/keys', async (request, reply) => {
    const session = await readWebSession(request);
    if (!session) return signIn(request, reply);
    await domain.identity.ownSiteKeys(session.actor);
    return sendShell(reply, 'keys', 'Keys · Portico');
  });
}
