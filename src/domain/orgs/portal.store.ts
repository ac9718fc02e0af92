import { type Querier, statement } from '../../db/index.ts';
import { memberNameSql } from './member-name.ts';
import type { Portal, PortalField } from './types.ts';

const COLUMNS = `p.org_id, p.id, p.reso_key, p.member_id, p.name, p.display_name, p.enabled, p.required_fields, p.version,
  p.created_at, p.updated_at, m.reso_key as member_key`;
const FROM = 'portal p join member m on m.org_id = p.org_id and m.id = p.member_id';

const ofMember = statement<Portal>(
  'portal.of_member',
  `select ${COLUMNS} from ${FROM} where p.org_id = $1 and p.member_id = $2 and p.deleted_at is null`,
);
export const findOfMember = async (q: Querier, orgId: number, memberId: number): Promise<Portal | undefined> =>
  (await q.rows(ofMember, [orgId, memberId]))[0];

const lock = statement<Portal>(
  'portal.lock',
  `select ${COLUMNS} from ${FROM} where p.org_id = $1 and p.member_id = $2 and p.deleted_at is null for update of p`,
);
export const lockOfMember = async (q: Querier, orgId: number, memberId: number): Promise<Portal | undefined> =>
  (await q.rows(lock, [orgId, memberId]))[0];

const nextId = statement<{ id: number }>('portal.next_id', `select nextval('portal_id_seq') as id`);
export const takeId = async (q: Querier): Promise<number> => ((await q.rows(nextId, []))[0] as { id: number }).id;

// Platform table: the one name that no organisation's portal has yet. Nothing, when another request was quicker.
const claim = statement<{ name: string }>(
  'portal.claim_name',
  `insert into portal_name (org_id, portal_id, name)
   select $1, $2, wanted.name from unnest($3::text[]) with ordinality as wanted (name, place)
   where not exists (select from portal_name taken where taken.name = wanted.name)
   order by wanted.place limit 1
   on conflict (name) do nothing returning name`,
);
export const claimName = async (q: Querier, orgId: number, id: number, names: readonly string[]): Promise<string | undefined> =>
  (await q.rows(claim, [orgId, id, names]))[0]?.name;

const insert = statement<{ id: number }>(
  'portal.insert',
  `insert into portal (org_id, id, reso_key, member_id, name, display_name, enabled, required_fields,
                       created_at, updated_at, created_by, created_door)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)
   on conflict (org_id, member_id) do nothing returning id`,
);
export type NewPortalRow = {
  id: number;
  resoKey: string;
  memberId: number;
  name: string;
  displayName: string;
  enabled: boolean;
  requiredFields: readonly PortalField[];
  at: Date;
  by: number | null;
  door: string;
};
/** False when the member has a portal already. */
export async function insertPortal(q: Querier, orgId: number, row: NewPortalRow): Promise<boolean> {
  const { id, resoKey, memberId, name, displayName, enabled, requiredFields, at, by, door } = row;
  const values = [orgId, id, resoKey, memberId, name, displayName, enabled, requiredFields, at, by, door];
  return (await q.rows(insert, values)).length > 0;
}

const save = statement<never>(
  'portal.save',
  `update portal set display_name = $3, enabled = $4, required_fields = $5, updated_at = $6, version = version + 1
   where org_id = $1 and id = $2`,
);
export async function savePortal(q: Querier, portal: Portal, at: Date): Promise<void> {
  const { org_id, id, display_name, enabled, required_fields } = portal;
  await q.rows(save, [org_id, id, display_name, enabled, required_fields, at]);
}

export type NamedPortal = Portal & { member_name: string; office_id: number | null };

const byName = statement<NamedPortal>(
  'portal.by_name',
  `select ${COLUMNS}, m.office_id, ${memberNameSql('m')} as member_name
   from portal_name n
   join ${FROM} on p.org_id = n.org_id and p.id = n.portal_id
   join organisation g on g.id = p.org_id
   where n.name = $1 and p.enabled and p.deleted_at is null
     and m.active and m.deleted_at is null and g.deleted_at is null`,
);
export const findNamed = async (q: Querier, name: string): Promise<NamedPortal | undefined> =>
  name.includes('\0') ? undefined : (await q.rows(byName, [name]))[0];
