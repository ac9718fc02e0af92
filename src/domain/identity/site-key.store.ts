import { type Querier, statement } from '../../db/index.ts';

/** What a key may do with one resource: letters of read, write, delete. */
export type Permissions = Readonly<Record<string, string>>;

export type SiteKeyRow = {
  readonly id: number;
  readonly org_id: number;
  readonly name: string;
  readonly permissions: Permissions;
  readonly per_page: number | null;
  readonly settings: Readonly<Record<string, unknown>> | null;
  /** the domain that was asked about is the organisation's */
  readonly at_home: boolean;
};

const byHash = statement<SiteKeyRow>(
  'identity.site_key',
  `select k.id, k.org_id, k.name, k.permissions, k.per_page, g.settings -> 'propertybase' as settings,
     exists (select from organisation_domain d where d.domain = $2 and d.org_id = k.org_id) as at_home
   from api_key k join organisation g on g.id = k.org_id and g.deleted_at is null
   where k.hash = $1 and k.door = 'propertybase' and k.enabled and k.deleted_at is null and (k.expires_at is null or k.expires_at > $3)`,
);
/** The live key of that hash. */
export const findSiteKey = async (q: Querier, hash: Buffer, domain: string | null, now: Date) =>
  (await q.rows(byHash, [hash, domain, now]))[0];

const insert = statement<{ id: number }>(
  'identity.site_key_insert',
  `insert into api_key (id, org_id, door, name, hash, permissions, per_page, created_at, updated_at)
   values (coalesce($7::bigint, nextval('api_key_id_seq')), $1, 'propertybase', $2, $3, $4, $5, $6, $6) on conflict do nothing returning id`,
);
export const insertSiteKey = async (q: Querier, values: readonly unknown[]) => (await q.rows(insert, values))[0]?.id;

export type ListedSiteKey = {
  readonly id: number;
  readonly name: string;
  readonly permissions: Permissions;
  readonly per_page: number | null;
  readonly enabled: boolean;
  readonly created_at: Date;
  readonly expires_at: Date | null;
};
const LISTED = 'id, name, permissions, per_page, enabled, created_at, expires_at';
const listed = statement<ListedSiteKey>(
  'identity.site_keys',
  `select ${LISTED} from api_key where org_id = $1 and door = 'propertybase' and deleted_at is null order by id`,
);
export const listSiteKeys = (q: Querier, orgId: number) => q.rows(listed, [orgId]);

const lock = statement<ListedSiteKey>(
  'identity.site_key_lock',
  `select ${LISTED} from api_key where org_id = $1 and id = $2 and door = 'propertybase' and deleted_at is null for update`,
);
export const lockSiteKey = async (q: Querier, orgId: number, id: number) => (await q.rows(lock, [orgId, id]))[0];

const expire = statement<never>(
  'identity.site_key_expire',
  'update api_key set expires_at = $3, updated_at = $4, version = version + 1 where org_id = $1 and id = $2',
);
export const expireSiteKey = (q: Querier, orgId: number, id: number, at: Date, now: Date) => q.rows(expire, [orgId, id, at, now]);

const change = statement<never>(
  'identity.site_key_change',
  'update api_key set name = $3, permissions = $4, updated_at = $5, version = version + 1 where org_id = $1 and id = $2',
);
export const changeSiteKey = (
  q: Querier,
  orgId: number,
  id: number,
  { name, permissions }: Pick<ListedSiteKey, 'name' | 'permissions'>,
  now: Date,
) => q.rows(change, [orgId, id, name, JSON.stringify(permissions), now]);

const remove = statement<never>(
  'identity.site_key_remove',
  `update api_key set deleted_at = $3, enabled = false, updated_at = $3, version = version + 1 where org_id = $1 and id = $2`,
);
export const removeSiteKey = (q: Querier, orgId: number, id: number, now: Date) => q.rows(remove, [orgId, id, now]);

const addDomain = statement<{ org_id: number }>(
  'identity.site_domain',
  `insert into organisation_domain (domain, org_id) values ($1, $2)
   on conflict (domain) do update set domain = excluded.domain returning org_id`,
);
/** Whose the domain is now: it stays with whom it was. */
export const claimDomain = async (q: Querier, domain: string, orgId: number) =>
  (await q.rows(addDomain, [domain, orgId]))[0]?.org_id;

const removeDomain = statement<{ domain: string }>(
  'identity.site_domain_remove',
  'delete from organisation_domain where domain = $1 and org_id = $2 returning domain',
);
export const releaseDomain = async (q: Querier, domain: string, orgId: number) =>
  (await q.rows(removeDomain, [domain, orgId])).length > 0;

const domains = statement<{ domain: string }>(
  'identity.site_domains',
  'select domain from organisation_domain where org_id = $1 order by created_at, domain',
);
export const listDomains = async (q: Querier, orgId: number) => (await q.rows(domains, [orgId])).map(({ domain }) => domain);
