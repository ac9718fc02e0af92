import type { FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/index.ts';
import type { Caller } from './desk.ts';
import { SiteFault, WORDS } from './faults.ts';

/** Where calls land that came to `/api/v2` at the root of a host: there the host has to be the site's (rewrite.ts). */
export const AT_SITE = '/@site';

const refused = (text: string) => new SiteFault(401, [text]);

/**
 * The key, and at the root of a site's own host its domain too: together they say who calls (contracts/propertybase.md §1.1). A proxy's
 * word for the host counts where the house trusts the proxy.
 * @throws SiteFault 401
 */
export const makeAdmit =
  ({ authenticateSite }: Pick<Identity, 'authenticateSite'>) =>
  async (request: FastifyRequest): Promise<Caller> => {
    const [key = ''] = [request.headers['x-bl-api-key'] ?? []].flat();
    if (key.trim() === '') throw refused(WORDS.keyMissing);
    const atSite = (request.raw.url ?? '').includes(`${AT_SITE}/`);
    const host = request.hostname.toLowerCase().replace(/:\d+$/, '');
    const caller = await authenticateSite(key.trim(), atSite ? host : null);
    if (!caller || (caller.rules.requireHttps && request.protocol !== 'https')) throw refused(WORDS.keyInvalid);
    request.orgId = caller.actor.orgId;
    return caller;
  };
export type Admit = ReturnType<typeof makeAdmit>;
