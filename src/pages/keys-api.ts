import type { FastifyInstance } from 'fastify';
import { type Permissions, SITE_RESOURCES } from '../domain/index.ts';
import { operations } from './contract.ts';
import type { KeyTerms, Permission, SiteKeys } from './keys-contract.ts';
import type { PagesOptions } from './plugin.ts';
import { readId } from './read-id.ts';
import { schemaOf } from './schema-of.ts';
import { makeCallers } from './session.ts';
import { labelOf } from './words.ts';

type OfKey = { Params: { id: string } };

const toPermissions = (held: Permissions): Permission[] =>
  SITE_RESOURCES.map((resource) => {
    const letters = held[resource] ?? '';
    return { resource, read: letters.includes('r'), write: letters.includes('w'), delete: letters.includes('d') };
  });

/** Rows without any right are left out, and so are those of no resource. */
const fromTerms = ({ name, permissions }: KeyTerms): { name: string; permissions: Permissions } => ({
  name: name.trim(),
  permissions: Object.fromEntries(
    permissions.flatMap((row) => {
      const letters = `${row.read ? 'r' : ''}${row.write ? 'w' : ''}${row.delete ? 'd' : ''}`;
      return letters !== '' && (SITE_RESOURCES as readonly string[]).includes(row.resource) ? [[row.resource, letters]] : [];
    }),
  ),
});

/** Keys of the organisation's site (Propertybase's door), for its administrators. */
export function mountKeysApi(
  room: FastifyInstance,
  { domain, readWebSession }: Pick<PagesOptions, 'domain' | 'readWebSession'>,
): void {
  const { identity } = domain;
  const { reader, writer } = makeCallers(readWebSession);
  const idOf = ({ params }: { params: { id: string } }) => readId(params.id, 'key');

  room.get(operations.listSiteKeys.url, async (request): Promise<SiteKeys> => {
    const { keys, domains } = await identity.ownSiteKeys(await reader(request));
    const now = domain.now();
    return {
      domains: [...domains],
      resources: SITE_RESOURCES.map((name) => ({ name, words: labelOf(name) })),
      keys: keys.map(({ id, name, permissions, created_at, expires_at }) => ({
        id,
        terms: { name, permissions: toPermissions(permissions) },
        since: created_at.toISOString(),
        until: expires_at?.toISOString() ?? null,
        ended: expires_at !== null && expires_at <= now,
      })),
    };
  });

  room.post<{ Body: KeyTerms }>(operations.makeSiteKey.url, { schema: schemaOf(operations.makeSiteKey) }, async (request) =>
    identity.makeOwnSiteKey(await writer(request), fromTerms(request.body)),
  );

  room.post<OfKey & { Body: KeyTerms }>(
    operations.changeSiteKey.url,
    { schema: schemaOf(operations.changeSiteKey) },
    async (request) => {
      await identity.changeOwnSiteKey(await writer(request), idOf(request), fromTerms(request.body));
      return {};
    },
  );

  room.post<OfKey & { Body: { hours: number } }>(
    operations.rotateSiteKey.url,
    { schema: schemaOf(operations.rotateSiteKey) },
    async (request) => identity.rotateOwnSiteKey(await writer(request), idOf(request), request.body.hours),
  );

  room.post<OfKey>(operations.removeSiteKey.url, { schema: schemaOf(operations.removeSiteKey) }, async (request) => {
    await identity.removeOwnSiteKey(await writer(request), idOf(request));
    return {};
  });
}
