import type { FastifyInstance } from 'fastify';
import type { ApplicationHook } from '../domain/index.ts';
import { operations } from './contract.ts';
import type { PagesOptions } from './plugin.ts';
import { schemaOf } from './schema-of.ts';
import { makeCallers } from './session.ts';
import type { Attempts, Webhooks, WebhookTerms } from './webhook-contract.ts';

type OfClient = { Params: { clientId: string } };
type OfWebhook = { Params: { clientId: string; id: string } };

const WHY_OFF: Record<NonNullable<ApplicationHook['disabledReason']>, string> = {
  client: 'Turned off by its owner',
  failures: 'Turned off: its receiver failed too often',
  access: 'Turned off: the application has lost its access',
  idle: 'Turned off: no news of the sandbox for 14 days',
  filter: 'Turned off: a filter takes too long',
};

const toWebhook = ({ uuid, madeFor, disabledReason, createdAt, ...terms }: ApplicationHook): Webhooks['webhooks'][number] => ({
  id: uuid,
  terms: {
    url: terms.url,
    description: terms.description ?? '',
    topics: [...terms.topics],
    customers: [...terms.customers],
    enabled: terms.enabled,
    ignoreEtagOnly: terms.ignoreEtagOnly,
    extrasFields: [...terms.extrasFields],
  },
  off: disabledReason === null ? null : WHY_OFF[disabledReason],
  madeFor,
  since: createdAt.toISOString(),
});

/** Webhooks of the Reapit door, on the page of the application they are of. */
export function mountWebhookApi(
  room: FastifyInstance,
  { domain, readWebSession, topics }: Pick<PagesOptions, 'domain' | 'readWebSession' | 'topics'>,
): void {
  const { identity, webhooks } = domain;
  const scopeOf = (topic: string) => topics().get(topic);
  const { reader, writer } = makeCallers(readWebSession);

  room.get<OfClient>(
    operations.listWebhooks.url,
    { schema: schemaOf(operations.listWebhooks) },
    async (request): Promise<Webhooks> => {
      const actor = await reader(request);
      const { clientId } = request.params;
      const [found, application, installations] = await Promise.all([
        webhooks.applicationHooks(actor, clientId),
        identity.application(actor, clientId),
        identity.installationsOfApplication(actor, clientId),
      ]);
      const names = new Map(installations.map(({ customer, customerName }) => [customer, customerName]));
      return {
        webhooks: found.map(toWebhook),
        topics: [...topics()].flatMap(([topic, scope]) => (scope === null || application.scopes.includes(scope) ? [topic] : [])),
        customers: [...names].map(([customer, customerName]) => ({ customer, customerName })),
      };
    },
  );

  room.post<OfClient & { Body: WebhookTerms }>(
    operations.addWebhook.url,
    { schema: schemaOf(operations.addWebhook) },
    async (request) => ({
      id: await webhooks.addApplicationHook(await writer(request), request.params.clientId, request.body, scopeOf),
    }),
  );

  room.post<OfWebhook & { Body: WebhookTerms }>(
    operations.changeWebhook.url,
    { schema: schemaOf(operations.changeWebhook) },
    async (request) => {
      const { clientId, id } = request.params;
      await webhooks.changeApplicationHook(await writer(request), clientId, id, request.body, scopeOf);
      return {};
    },
  );

  room.post<OfWebhook>(operations.removeWebhook.url, { schema: schemaOf(operations.removeWebhook) }, async (request) => {
    const { clientId, id } = request.params;
    await webhooks.removeApplicationHook(await writer(request), clientId, id);
    return {};
  });

  room.get<OfClient & { Querystring: { before?: number } }>(
    operations.listAttempts.url,
    { schema: schemaOf(operations.listAttempts) },
    async (request): Promise<Attempts> => {
      const { attempts, next } = await webhooks.hookAttempts(
        await reader(request),
        request.params.clientId,
        request.query.before,
      );
      return { attempts: [...attempts], next };
    },
  );
}
