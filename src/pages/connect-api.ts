import type { FastifyInstance } from 'fastify';
import { REAPIT_SCOPES } from '../domain/index.ts';
import { notFound } from '../kernel/fault.ts';
import type { Installed, Offer, Registered, RegisteredApplication, Terms } from './connect-contract.ts';
import { operations } from './contract.ts';
import type { PagesOptions } from './plugin.ts';
import { readId } from './read-id.ts';
import { schemaOf } from './schema-of.ts';
import { makeCallers } from './session.ts';

/** How far back usage is shown. */
const USAGE_DAYS = 30;
const DAY_MS = 86_400_000;

type OfClient = { Params: { clientId: string } };
type OfInstallation = { Params: { id: string } };

/** Applications of the Reapit door: the developer's pages, and the page of the administrator who installs them. */
export function mountConnectApi(
  room: FastifyInstance,
  { domain, readWebSession, permissionsOf }: Pick<PagesOptions, 'domain' | 'readWebSession' | 'permissionsOf'>,
): void {
  const { identity, orgs } = domain;
  const { reader, writer } = makeCallers(readWebSession);
  const scopes = REAPIT_SCOPES.map((name) => ({ name, words: permissionsOf([name])[0] ?? name }));

  room.get(operations.listRegistered.url, async (request): Promise<Registered> => {
    const applications = await identity.applications(await reader(request));
    return {
      applications: applications.map(({ clientId, name, grants, isPublic, installations, createdAt }) => ({
        clientId,
        name,
        grants: [...grants],
        isPublic,
        installations,
        since: createdAt.toISOString(),
      })),
      scopes,
    };
  });

  room.post<{ Body: Terms }>(
    operations.registerApplication.url,
    { schema: schemaOf(operations.registerApplication) },
    async (request) => identity.registerApplication(await writer(request), request.body),
  );

  room.get<OfClient>(
    operations.readRegistered.url,
    { schema: schemaOf(operations.readRegistered) },
    async (request): Promise<RegisteredApplication> => {
      const actor = await reader(request);
      const { clientId } = request.params;
      const since = new Date(domain.now().getTime() - USAGE_DAYS * DAY_MS).toISOString().slice(0, 10);
      const [found, installations, usage] = await Promise.all([
        identity.application(actor, clientId),
        identity.installationsOfApplication(actor, clientId),
        identity.usageOfApplication(actor, clientId, since),
      ]);
      const { name, isPublic, requirePkce, rotateRefresh } = found;
      const lists = { grants: [...found.grants], redirectUris: [...found.redirectUris], signOutUris: [...found.signOutUris] };
      return {
        clientId,
        since: found.createdAt.toISOString(),
        terms: { name, isPublic, requirePkce, rotateRefresh, ...lists, scopes: [...found.scopes] },
        scopes,
        installations: installations.map(({ customer, customerName, officeGroup, newScopes, installedAt }) => ({
          customer,
          customerName,
          officeGroup: officeGroup?.name ?? null,
          waiting: newScopes.length,
          since: installedAt.toISOString(),
        })),
        usage: usage.map(({ day, customer, resource, calls }) => ({ day, customer, resource, calls })),
      };
    },
  );

  room.post<OfClient & { Body: Terms }>(
    operations.changeRegistered.url,
    { schema: schemaOf(operations.changeRegistered) },
    async (request) => {
      await identity.changeApplication(await writer(request), request.params.clientId, request.body);
      return {};
    },
  );

  room.post<OfClient>(operations.renewSecret.url, { schema: schemaOf(operations.renewSecret) }, async (request) => {
    const { clientId } = request.params;
    return { clientId, clientSecret: await identity.renewSecret(await writer(request), clientId) };
  });

  room.get(operations.listInstalled.url, async (request): Promise<Installed> => {
    const actor = await reader(request);
    const [installations, groups] = await Promise.all([identity.installations(actor), orgs.officeGroups(actor)]);
    return {
      installations: installations.map(({ id, clientId, name, developer, officeGroup, extrasFields, ...one }) => ({
        id,
        clientId,
        name,
        developer,
        officeGroup: officeGroup?.name ?? null,
        permissions: [...permissionsOf(one.scopes)],
        newPermissions: [...permissionsOf(one.newScopes)],
        extrasFields: [...extrasFields],
        since: one.installedAt.toISOString(),
      })),
      officeGroups: groups.map(({ code, name }) => ({ code, name })),
    };
  });

  room.get<OfClient>(operations.readOffer.url, { schema: schemaOf(operations.readOffer) }, async (request): Promise<Offer> => {
    // Only an administrator is asked what an application may do.
    await identity.installations(await reader(request));
    const found = await identity.findApplication(request.params.clientId);
    if (!found) throw notFound('application');
    const { clientId, name, developer } = found;
    return { clientId, name, developer, permissions: [...permissionsOf(found.scopes)] };
  });

  room.post<{ Body: { clientId: string; officeGroup?: string } }>(
    operations.installApplication.url,
    { schema: schemaOf(operations.installApplication) },
    async (request) => {
      await identity.install(await writer(request), request.body);
      return {};
    },
  );

  room.post<OfInstallation>(operations.acceptScopes.url, { schema: schemaOf(operations.acceptScopes) }, async (request) => {
    await identity.acceptScopes(await writer(request), readId(request.params.id, 'installation'));
    return {};
  });

  room.post<OfInstallation & { Body: { fields: string[] } }>(
    operations.grantExtras.url,
    { schema: schemaOf(operations.grantExtras) },
    async (request) => {
      await identity.grantExtras(await writer(request), readId(request.params.id, 'installation'), request.body.fields);
      return {};
    },
  );

  room.post<OfInstallation>(
    operations.uninstallApplication.url,
    { schema: schemaOf(operations.uninstallApplication) },
    async (request) => {
      await identity.uninstall(await writer(request), readId(request.params.id, 'installation'));
      return {};
    },
  );
}
