import type { Actor } from '../../access/actor.ts';
import { invalidMember } from '../../kernel/fault.ts';
import { allowAdministrator } from './administrator.ts';
import type { ListedSiteKey, MadeSiteKey, NewSiteKey, SiteKeyService } from './site-key.service.ts';

/** What an administrator says about a key of the organisation's site. */
export type SiteKeyTerms = Pick<NewSiteKey, 'name' | 'permissions'>;

const allow = (actor: Actor): void =>
  allowAdministrator(actor, 'site_key.not_administrator', 'Only an administrator manages keys');

/** A key that was replaced goes on for a year at most. */
const MOST_HOURS = 8_760;

/** Keys of the caller's own site; only administrators see and change them. @throws Fault forbidden `site_key.not_administrator` */
export const ownSiteKeysService = (keys: SiteKeyService) => ({
  async ownSiteKeys(actor: Actor): Promise<{ readonly keys: readonly ListedSiteKey[]; readonly domains: readonly string[] }> {
    allow(actor);
    const [listed, domains] = await Promise.all([keys.siteKeys(actor.orgId), keys.siteDomains(actor.orgId)]);
    return { keys: listed, domains };
  },

  /** @throws Fault invalid at `name`, `permissions` */
  async makeOwnSiteKey(actor: Actor, { name, permissions }: SiteKeyTerms): Promise<MadeSiteKey> {
    allow(actor);
    return keys.createSiteKey({ orgId: actor.orgId, name, permissions }, actor);
  },

  /** @throws Fault not_found; invalid at `name`, `permissions` */
  async changeOwnSiteKey(actor: Actor, id: number, terms: SiteKeyTerms): Promise<void> {
    allow(actor);
    await keys.changeSiteKey(actor, id, terms);
  },

  /** @throws Fault not_found; invalid at `hours` */
  async rotateOwnSiteKey(actor: Actor, id: number, hours: number): Promise<MadeSiteKey> {
    allow(actor);
    if (!(hours >= 0 && hours <= MOST_HOURS))
      throw invalidMember('hours', 'value', `The old key goes on for 0 to ${MOST_HOURS} hours`);
    return keys.rotateSiteKey(actor.orgId, id, hours * 3_600_000, actor);
  },

  /** @throws Fault not_found */
  async removeOwnSiteKey(actor: Actor, id: number): Promise<void> {
    allow(actor);
    await keys.removeSiteKey(actor.orgId, id, actor);
  },
});
