import { type Querier, statement } from '../../db/index.ts';
import type { Profile, ProfileChange } from './types.ts';

/** Values of OFFICE, TEAM and COMPANY profiles are those of the noun (domain-people §2.8); `points` and `place` are split by the service. */
export type ProfileRow = Profile & {
  noun_name: string | null;
  noun_points: unknown;
  noun_address: unknown;
  noun_inactive: boolean | null;
};

const FROM = `profile p
  left join office o on o.org_id = p.org_id and o.id = p.office_id
  left join team t on t.org_id = p.org_id and t.id = p.team_id
  left join organisation g on g.id = p.org_id and p.type = 'COMPANY'`;

const COLUMNS = `p.*, coalesce(o.manager_id, t.leader_id) as manager_id,
  coalesce(o.name, t.name, g.name) as noun_name, coalesce(o.contact_points, t.contact_points) as noun_points,
  coalesce(o.address, g.address) as noun_address, coalesce(not o.active, not t.active) as noun_inactive`;

const byId = statement<ProfileRow>(
  'profile.by_id',
  `select ${COLUMNS} from ${FROM} where p.org_id = $1 and p.id = $2 and p.deleted_at is null`,
);

export async function findProfile(q: Querier, orgId: number, id: number): Promise<ProfileRow | undefined> {
  return (await q.rows(byId, [orgId, id]))[0];
}

const ofMember = statement<ProfileRow>(
  'profile.of_member',
  `select ${COLUMNS} from ${FROM}
   where p.org_id = $1 and p.deleted_at is null
     and (p.member_id = $2 or (p.member_id is null and ($3 or coalesce(o.manager_id, t.leader_id) = $2)))
   order by p.is_default desc, p.id`,
);

/** The member's own profiles and those the member manages, the default one first. */
export async function listProfiles(
  q: Querier,
  orgId: number,
  memberId: number | null,
  administrator: boolean,
): Promise<ProfileRow[]> {
  return q.rows(ofMember, [orgId, memberId, administrator]);
}

const insert = statement<{ id: number }>(
  'profile.insert',
  `insert into profile (org_id, id, type, member_id, office_id, team_id, name, company, phone, fax, address, city, state, zip_code, country,
                        is_default, requires_template, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('profile_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
   returning id`,
);

export type NewProfile = {
  type: Profile['type'];
  member_id?: number;
  office_id?: number;
  team_id?: number;
  values?: ProfileChange;
  is_default?: boolean;
  requires_template?: boolean;
};

export async function insertProfile(
  q: Querier,
  orgId: number,
  profile: NewProfile,
  row: { id: number | undefined; createdAt: Date; updatedAt: Date; by: number | null; door: string },
): Promise<number> {
  const v = profile.values ?? {};
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    profile.type,
    profile.member_id ?? null,
    profile.office_id ?? null,
    profile.team_id ?? null,
    v.name ?? null,
    v.company ?? null,
    v.phone ?? null,
    v.fax ?? null,
    v.address ?? null,
    v.city ?? null,
    v.state ?? null,
    v.zip_code ?? null,
    v.country ?? null,
    profile.is_default ?? false,
    profile.requires_template ?? false,
    row.createdAt,
    row.updatedAt,
    row.by,
    row.door,
  ]);
  return (made as { id: number }).id;
}

const removeOf = statement<never>(
  'profile.remove_of',
  `update profile set deleted_at = $4, updated_at = $4, version = version + 1
   where org_id = $1 and (office_id = $2 or team_id = $3) and deleted_at is null`,
);

/** The profile of an office or a team goes with it. */
export async function removeProfileOf(
  q: Querier,
  orgId: number,
  { officeId = null, teamId = null }: { readonly officeId?: number | null; readonly teamId?: number | null },
  at: Date,
): Promise<void> {
  await q.rows(removeOf, [orgId, officeId, teamId, at]);
}

const lock = statement<{ id: number }>('profile.lock', 'select id from profile where org_id = $1 and id = $2 for update');

export async function lockProfile(q: Querier, orgId: number, id: number): Promise<void> {
  await q.rows(lock, [orgId, id]);
}

const save = statement<never>(
  'profile.save',
  `update profile set name = $3, company = $4, phone = $5, fax = $6, address = $7, city = $8, state = $9, zip_code = $10, country = $11,
     updated_at = $12, version = version + 1 where org_id = $1 and id = $2`,
);

export async function saveProfile(q: Querier, profile: Profile, at: Date): Promise<void> {
  await q.rows(save, [
    profile.org_id,
    profile.id,
    profile.name,
    profile.company,
    profile.phone,
    profile.fax,
    profile.address,
    profile.city,
    profile.state,
    profile.zip_code,
    profile.country,
    at,
  ]);
}

const hasDefault = statement<{ found: boolean }>(
  'profile.has_default',
  'select exists (select from profile where org_id = $1 and member_id = $2 and is_default) as found',
);

export async function memberHasDefault(q: Querier, orgId: number, memberId: number): Promise<boolean> {
  return (await q.rows(hasDefault, [orgId, memberId]))[0]?.found ?? false;
}
