import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import { mountConnectApi } from './connect-api.ts';
import { type Applications, type LoopActivity, type LoopPage, operations, type Session } from './contract.ts';
import { sendDocument } from './document-answer.ts';
import { answerFaultAsJson } from './faults.ts';
import { mountKeysApi } from './keys-api.ts';
import { toActivity, toLoopPage } from './loop-page.ts';
import type { PagesOptions } from './plugin.ts';
import { readId } from './read-id.ts';
import { schemaOf } from './schema-of.ts';
import { checkCsrf, type PageSession, readSignedIn } from './session.ts';
import { mountSparkKeysApi } from './spark-keys-api.ts';
import { checkStorable } from './storable-body.ts';
import { mountWebhookApi } from './webhook-api.ts';

const ACTIVITY_SIZE = 10;

type Loop = { id: string };

/** The API that only the pages call: `/app/…`, from the table of contract.ts. */
export function appApi(options: Omit<PagesOptions, 'webDist'>) {
  const { domain, readWebSession, front, permissionsOf } = options;
  const { deals, documents, identity } = domain;

  async function loadLoop(actor: Actor, id: number): Promise<LoopPage> {
    const { deal, profileId } = await deals.whereSeen(actor, id);
    const of = [actor, profileId, deal.id] as const;
    const [details, participants, folders, lists, tasks] = await Promise.all([
      deals.details(...of),
      deals.participants(...of),
      documents.folders(...of, { archived: false, documents: true }),
      deals.taskLists(...of),
      deals.allTasks(...of),
    ]);
    const taskLists = lists.map((list) => ({ list, tasks: tasks.filter((task) => task.list_id === list.id) }));
    return toLoopPage({ deal, details, participants, folders, taskLists });
  }

  async function loadActivity(actor: Actor, id: number, page: number): Promise<LoopActivity> {
    const { deal, profileId } = await deals.whereSeen(actor, id);
    const rows = await deals.activities(actor, profileId, deal.id, { number: page, size: ACTIVITY_SIZE });
    return toActivity(rows, page, ACTIVITY_SIZE);
  }

  async function loadApplications(actor: Actor): Promise<Applications> {
    const rows = await identity.connectedApplications(actor);
    return {
      applications: rows.map(({ clientId, name, scopes, since, lastUsed }) => ({
        clientId,
        name,
        permissions: [...permissionsOf(scopes)],
        since: since.toISOString(),
        lastUsed: lastUsed?.toISOString() ?? null,
      })),
    };
  }

  return async (room: FastifyInstance): Promise<void> => {
    room.setErrorHandler(answerFaultAsJson);
    room.addHook('preHandler', checkStorable);
    const signedIn = (request: FastifyRequest): Promise<PageSession> => readSignedIn(readWebSession, request);

    room.get(operations.readSession.url, async (request): Promise<Session> => {
      const session = await readWebSession(request);
      if (!session) return { user: null, csrf: null };
      const { name, email, organisation, developer } = session.user;
      return { user: { name, email, organisation, developer, administrator: session.actor.administrator }, csrf: session.csrf };
    });

    room.get(operations.readFront.url, front);

    room.get<{ Params: Loop }>(operations.readLoop.url, { schema: schemaOf(operations.readLoop) }, async (request) => {
      const { actor } = await signedIn(request);
      return loadLoop(actor, readId(request.params.id, 'loop'));
    });

    room.get<{ Params: Loop; Querystring: { page?: number } }>(
      operations.listActivity.url,
      { schema: schemaOf(operations.listActivity) },
      async (request) => {
        const { actor } = await signedIn(request);
        return loadActivity(actor, readId(request.params.id, 'loop'), request.query.page ?? 1);
      },
    );

    // Bytes, so not in the table of JSON operations. Opening is an activity of the loop, hence no HEAD that would open it unread.
    room.get<{ Params: Loop & { folderId: string; documentId: string }; Querystring: { download?: string } }>(
      '/loops/:id/folders/:folderId/documents/:documentId',
      { exposeHeadRoute: false },
      async (request, reply: FastifyReply) => {
        const { actor } = await signedIn(request);
        const { id, folderId, documentId } = request.params;
        const { deal, profileId } = await deals.whereSeen(actor, readId(id, 'loop'));
        const bytes = await documents.open(actor, profileId, deal.id, readId(folderId, 'folder'), readId(documentId, 'document'));
        return sendDocument(reply, bytes, request.query.download !== undefined);
      },
    );

    mountConnectApi(room, options);
    mountWebhookApi(room, options);
    mountKeysApi(room, options);
    mountSparkKeysApi(room, options);

    room.get(operations.listApplications.url, async (request) => loadApplications((await signedIn(request)).actor));

    room.post<{ Params: { clientId: string } }>(
      operations.revokeApplication.url,
      { schema: schemaOf(operations.revokeApplication) },
      async (request) => {
        const session = await signedIn(request);
        checkCsrf(session, request);
        await identity.revokeApplication(session.actor, request.params.clientId);
        return {};
      },
    );
  };
}
