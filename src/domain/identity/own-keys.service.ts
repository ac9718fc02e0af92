import type { Actor } from '../../access/actor.ts';
import { invalidMember } from '../../kernel/fault.ts';
import { allowAdministrator } from './administrator.ts';
import type { ListedSiteKey, MadeSiteKey, NewSiteKey, SiteKeyService } from './site-key.service.ts';
import type { ListedSparkKey, MadeSparkKey, NewSparkKey, SparkKeyService } from './spark-key.service.ts';
import type { UserService } from './user.service.ts';

/** What an administrator says about a key of the organisation's site. */
export type SiteKeyTerms = Pick<NewSiteKey, 'name' | 'permissions'>;

/** What an administrator says about a key of the Spark door; `member` is the address that its member signs in with. */
export type SparkKeyTerms = Pick<NewSparkKey, 'name' | 'role' | 'contactId' | 'flags' | 'redirectUris'> & {
  readonly member: string;
};

const allow = (actor: Actor): void => allowAdministrator(actor, 'key.not_administrator', 'Only an administrator manages keys');

/** A key that was replaced goes on for a year at most. */
const MOST_HOURS = 8_760;

type Services = {
  readonly siteKeys: SiteKeyService;
  readonly sparkKeys: SparkKeyService;
  readonly users: Pick<UserService, 'findUser'>;
};

/** Keys of the caller's own organisation; only administrators see and change them. @throws Fault forbidden `key.not_administrator` */
export const ownKeysService = ({ siteKeys, sparkKeys, users }: Services) => ({
  async ownSiteKeys(actor: Actor): Promise<{ readonly keys: readonly ListedSiteKey[]; readonly domains: readonly string[] }> {
    allow(actor);
    const [keys, domains] = await Promise.all([siteKeys.siteKeys(actor.orgId), siteKeys.siteDomains(actor.orgId)]);
    return { keys, domains };
  },

  /** @throws Fault invalid at `name`, `permissions` */
  async makeOwnSiteKey(actor: Actor, { name, permissions }: SiteKeyTerms): Promise<MadeSiteKey> {
    allow(actor);
    return siteKeys.createSiteKey({ orgId: actor.orgId, name, permissions }, actor);
  },

  /** @throws Fault not_found; invalid at `name`, `permissions` */
  async changeOwnSiteKey(actor: Actor, id: number, terms: SiteKeyTerms): Promise<void> {
    allow(actor);
    await siteKeys.changeSiteKey(actor, id, terms);
  },

  /** @throws Fault not_found; invalid at `hours` */
  async rotateOwnSiteKey(actor: Actor, id: number, hours: number): Promise<MadeSiteKey> {
    allow(actor);
    if (!(hours >= 0 && hours <= MOST_HOURS))
      throw invalidMember('hours', 'value', `The old key goes on for 0 to ${MOST_HOURS} hours`);
    return siteKeys.rotateSiteKey(actor.orgId, id, hours * 3_600_000, actor);
  },

  /** @throws Fault not_found */
  async removeOwnSiteKey(actor: Actor, id: number): Promise<void> {
    allow(actor);
    await siteKeys.removeSiteKey(actor.orgId, id, actor);
  },

  async ownSparkKeys(actor: Actor): Promise<readonly ListedSparkKey[]> {
    allow(actor);
    return sparkKeys.sparkKeys(actor.orgId);
  },

  /** @throws Fault invalid at `name`, `member`, `contactId`, `flags`, `redirectUris`; not_found contact */
  async makeOwnSparkKey(actor: Actor, { member, ...terms }: SparkKeyTerms): Promise<MadeSparkKey> {
    allow(actor);
    const login = await users.findUser(actor.orgId, member);
    if (!login) throw invalidMember('member', 'value', `Nobody here signs in with ${member || 'no address'}`);
    if (login.memberId === null) throw invalidMember('member', 'value', `The login ${member} has no account of a member`);
    return sparkKeys.createSparkKey({ ...terms, orgId: actor.orgId, memberId: login.memberId }, actor);
  },

  /** @throws Fault not_found */
  async removeOwnSparkKey(actor: Actor, id: number): Promise<void> {
    allow(actor);
    await sparkKeys.removeSparkKey(actor.orgId, id, actor);
  },
});
