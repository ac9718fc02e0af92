import { randomBytes } from 'node:crypto';
import { type Actor, systemActor } from '../../access/actor.ts';
import type { Db, Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import { checkKeyName } from './key-name.ts';
import { hashOf } from './random.ts';
import * as store from './site-key.store.ts';

export type { ListedSiteKey, Permissions } from './site-key.store.ts';

/** Settings of a site that its contract names (contracts/propertybase.md); what is absent is as the contract says. */
export type SiteRules = {
  /** calls must declare JSON */
  readonly strictJson?: boolean;
  /** calls without https are refused */
  readonly requireHttps?: boolean;
  /** most rows for clients that never page */
  readonly listLimit?: number;
  readonly bodyLimit?: number;
  readonly phoneOnlyLeads?: boolean;
  readonly primaryBrokerId?: number;
  readonly unmatchedLeads?: 'unassigned' | 'open' | 'roundRobin';
  readonly followUp?: { readonly enabled?: boolean; readonly hours?: number };
};

/** The caller of a site's API. */
export type SiteWho = {
  readonly actor: Actor;
  readonly permissions: store.Permissions;
  readonly perPage: number | null;
  readonly rules: SiteRules;
};

export type NewSiteKey = {
  readonly orgId: number;
  readonly name: string;
  readonly permissions: store.Permissions;
  readonly perPage?: number;
  /** the sandbox's published one, under an id of its own */
  readonly key?: string;
  readonly id?: number;
};

export type MadeSiteKey = { readonly id: number; readonly key: string };

const NOUN = 'api_key';
/** How long a replaced key goes on unless told otherwise. */
const OVERLAP_MS = 24 * 3_600_000;
// A host name: letters, digits, hyphens, dots; no port.
const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export function siteKeyService(db: Db, clock: Clock) {
  const check = ({ name, permissions, perPage }: Pick<NewSiteKey, 'name' | 'permissions' | 'perPage'>) => {
    checkKeyName(name);
    if (perPage !== undefined && !(Number.isInteger(perPage) && perPage > 0))
      throw invalidMember('perPage', 'value', 'Rows of a page are a whole number from 1');
    for (const [row, letters] of Object.entries(permissions))
      if (!/^(?=.)r?w?d?$/.test(letters))
        throw invalidMember('permissions', 'value', `${row}: ${letters} is none of r, w, d together`);
  };
  const insert = async (tx: Tx, what: Happening, given: NewSiteKey) => {
    check(given);
    const { orgId, name, permissions, perPage = null, key = randomBytes(24).toString('base64url') } = given;
    const id = await store.insertSiteKey(tx, [
      orgId,
      name,
      hashOf(key),
      JSON.stringify(permissions),
      perPage,
      what.at,
      given.id ?? null,
    ]);
    if (id === undefined) throw conflict('key.taken', 'This key is taken', 'key');
    await emit(tx, what, {
      noun: NOUN,
      row_id: id,
      row_name: name,
      verb: 'created',
      changed: { name, permissions, per_page: perPage },
    });
    return { id, key };
  };
  const lock = async (tx: Tx, orgId: number, id: number) => {
    const row = await store.lockSiteKey(tx, orgId, id);
    if (!row) throw notFound('key');
    return row;
  };

  return {
    /**
     * The caller behind a key. `domain` is the host that the call came to, null where the path is not a site's own and the key alone
     * decides. Keys are compared by their hashes, so how much of one was right cannot be timed.
     */
    async authenticateSite(key: string, domain: string | null): Promise<SiteWho | undefined> {
      const row = key === '' ? undefined : await store.findSiteKey(db, hashOf(key), domain, clock.now());
      if (!row || (domain !== null && !row.at_home)) return undefined;
      return {
        actor: {
          orgId: row.org_id,
          kind: 'key',
          id: row.id,
          name: row.name,
          door: 'propertybase',
          clientId: null,
          memberId: null,
          officeId: null,
          administrator: false,
          scopes: new Set(),
        },
        permissions: row.permissions,
        perPage: row.per_page,
        rules: row.settings ?? {},
      };
    },

    /** The key is answered here and never again. @throws Fault invalid at `permissions` or `perPage`; conflict `key.taken` */
    createSiteKey: (input: NewSiteKey, by: Actor = systemActor(input.orgId)): Promise<MadeSiteKey> =>
      db.tx((tx) => insert(tx, happening(by, clock.now()), input)),

    /** Other rights, another name: from the next call on. @throws Fault not_found; invalid at `name`, `permissions` */
    changeSiteKey: (by: Actor, id: number, terms: Pick<NewSiteKey, 'name' | 'permissions'>): Promise<void> =>
      db.tx(async (tx) => {
        check(terms);
        const { name, permissions } = await lock(tx, by.orgId, id);
        const changed = difference({ name, permissions }, terms);
        if (!changed) return;
        const what = happening(by, clock.now());
        await store.changeSiteKey(tx, by.orgId, id, terms, what.at);
        await emit(tx, what, { noun: NOUN, row_id: id, row_name: terms.name, verb: 'updated', changed });
      }),

    siteKeys: (orgId: number): Promise<store.ListedSiteKey[]> => store.listSiteKeys(db, orgId),

    /** A new key with the same rights; the old one goes on until then. @throws Fault not_found */
    rotateSiteKey: (orgId: number, id: number, overlapMs = OVERLAP_MS, by: Actor = systemActor(orgId)): Promise<MadeSiteKey> =>
      db.tx(async (tx) => {
        const { name, permissions, per_page, expires_at: was } = await lock(tx, orgId, id);
        const what = happening(by, clock.now());
        const end = new Date(what.at.getTime() + overlapMs);
        const expires_at = was !== null && was < end ? was : end;
        await store.expireSiteKey(tx, orgId, id, expires_at, what.at);
        await emit(tx, what, {
          noun: NOUN,
          row_id: id,
          row_name: name,
          verb: 'updated',
          changed: { expires_at: [was, expires_at] },
        });
        return insert(tx, what, { orgId, name, permissions, ...(per_page === null ? {} : { perPage: per_page }) });
      }),

    /** It opens nothing from now on. @throws Fault not_found */
    removeSiteKey: (orgId: number, id: number, by: Actor = systemActor(orgId)): Promise<void> =>
      db.tx(async (tx) => {
        const { name, permissions } = await lock(tx, orgId, id);
        const what = happening(by, clock.now());
        await store.removeSiteKey(tx, orgId, id, what.at);
        await emit(tx, what, { noun: NOUN, row_id: id, row_name: name, verb: 'deleted', changed: { name, permissions } });
      }),

    /** @throws Fault invalid for what is no host name; conflict when another organisation has it */
    async addSiteDomain(orgId: number, host: string): Promise<void> {
      const domain = host.trim().toLowerCase();
      if (!DOMAIN.test(domain)) throw invalidMember('domain', 'form', 'A domain is a host name without scheme, port and path');
      if ((await store.claimDomain(db, domain, orgId)) !== orgId)
        throw conflict('domain.taken', 'This domain is the site of another organisation', 'domain');
    },

    /** @throws Fault not_found */
    async removeSiteDomain(orgId: number, host: string): Promise<void> {
      if (!(await store.releaseDomain(db, host.trim().toLowerCase(), orgId))) throw notFound('domain');
    },

    siteDomains: (orgId: number): Promise<string[]> => store.listDomains(db, orgId),
  };
}
export type SiteKeyService = ReturnType<typeof siteKeyService>;
