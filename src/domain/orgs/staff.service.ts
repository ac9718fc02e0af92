import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import type { Given, Ports } from '../given.ts';
import type { Address, ContactPoint } from '../people/index.ts';
import * as profiles from './profile.store.ts';
import type { Member, Mls, Office, Organisation } from './types.ts';

const insertOrganisation = statement<Organisation>(
  'organisation.insert',
  `insert into organisation (id, code, name, company_key, base_currency, time_zone, email, is_sandbox, created_at, updated_at)
   values (coalesce($1::bigint, nextval(pg_get_serial_sequence('organisation', 'id'))), upper($2), $3, $4, $5, $6, $7, $8, $9, $9) returning *`,
);
const insertMls = statement<Mls>(
  'mls.insert',
  `insert into mls (org_id, id, reso_key, short_name, name, created_at, updated_at)
   values ($1, coalesce($2::bigint, nextval('mls_id_seq')), $3, $4, $5, $6, $6) returning *`,
);
const ownMls = statement<never>('organisation.own_mls', 'update organisation set own_mls_id = $2 where id = $1');
const insertOffice = statement<Office>(
  'office.insert',
  `insert into office (org_id, id, code, reso_key, name, email, contact_points, address, created_at, updated_at, created_door)
   values ($1, coalesce($2::bigint, nextval('office_id_seq')), upper($3), $4, $5, $6, $7, $8, $9, $9, $10) returning *`,
);
const officeManager = statement<never>('office.manager', 'update office set manager_id = $3 where org_id = $1 and id = $2');
const insertMember = statement<Member>(
  'member.insert',
  `insert into member (org_id, id, code, reso_key, user_id, kind, access_level, first_name, last_name, job_title, email, contact_points,
                       office_id, license_number, nrds_id, created_at, updated_at, created_door, website_url, extras)
   values ($1, coalesce($2::bigint, nextval('member_id_seq')), upper($3), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17,
           $18, $19)
   returning *`,
);
const insertTeam = statement<{ id: number }>(
  'team.insert',
  `insert into team (org_id, id, name, office_id, leader_id, member_ids, created_at, updated_at, created_door)
   values ($1, coalesce($2::bigint, nextval('team_id_seq')), $3, $4, $5, $6, $7, $7, $8) returning id`,
);
const addNumber = statement<never>(
  'mls_number.insert',
  'insert into mls_number (org_id, mls_id, member_id, office_id, number) values ($1, $2, $3, $4, $5)',
);
const byCode = statement<{ id: number; name: string }>(
  'organisation.by_code',
  'select id, name from organisation where code = upper($1) and deleted_at is null',
);
const firstOffice = statement<{ id: number; code: string }>(
  'office.first',
  'select id, code from office where org_id = $1 and deleted_at is null and active order by id limit 1',
);
const takenCode = statement<{ taken: boolean }>(
  'staff.code_taken',
  `select exists (select from office where org_id = $1 and code = $2) or exists (select from member where org_id = $1 and code = $2) as taken`,
);

export type NewMember = {
  userId?: number;
  kind?: 'agent' | 'employee';
  accessLevel?: 'agent' | 'broker' | 'employee' | 'admin';
  firstName: string;
  lastName: string;
  jobTitle?: string;
  email?: string;
  contactPoints?: ContactPoint[];
  officeId?: number;
  nrdsId?: string;
  licenseNumber?: string;
  websiteUrl?: string;
  /** door → what only that door shows */
  extras?: Record<string, Record<string, unknown>>;
};

/** Sets up a brokerage: what seeds, imports and the command line do. Each office, team and organisation gets its profile (domain-people §2.8). */
export function staffService({ db, clock, mintResoKey }: Ports) {
  /** First letters, then the last character runs 1–9, A–Z until the code is free (domain-people §1.2). */
  const freeCode = async (orgId: number, wanted: string) => {
    const base = wanted
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .padEnd(2, 'X')
      .slice(0, 3);
    const tails = ['', ...'123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    for (const more of ['', ...tails.slice(1)])
      for (const tail of tails) {
        const code = tail === '' && more === '' ? base : base.slice(0, 2) + tail + more;
        if (!(await db.rows(takenCode, [orgId, code]))[0]?.taken) return code;
      }
    throw new Error(`No code is left for ${wanted}`);
  };

  const profileRow = (given: { id?: number } | undefined, at: Date, door: string) => ({
    id: given?.id,
    createdAt: at,
    updatedAt: at,
    by: null,
    door,
  });

  return {
    async createOrganisation(input: {
      code: string;
      name: string;
      timeZone?: string;
      currency?: string;
      email?: string;
      sandbox?: boolean;
      mls?: { shortName: string; name: string; resoKey?: string; id?: number };
      companyKey?: string;
      profileId?: number;
      id?: number;
    }): Promise<Organisation> {
      const at = clock.now();
      return db.tx(async (tx) => {
        const [made] = await tx.rows(insertOrganisation, [
          input.id ?? null,
          input.code,
          input.name,
          input.companyKey ?? mintResoKey(at),
          input.currency ?? 'USD',
          input.timeZone ?? 'UTC',
          input.email ?? null,
          input.sandbox ?? false,
          at,
        ]);
        const organisation = made as Organisation;
        const [mls] = await tx.rows(insertMls, [
          organisation.id,
          input.mls?.id ?? null,
          input.mls?.resoKey ?? mintResoKey(at),
          input.mls?.shortName ?? organisation.code,
          input.mls?.name ?? organisation.name,
          at,
        ]);
        await tx.rows(ownMls, [organisation.id, mls?.id]);
        await profiles.insertProfile(
          tx,
          organisation.id,
          { type: 'COMPANY' },
          profileRow(input.profileId ? { id: input.profileId } : undefined, at, 'portico'),
        );
        return { ...organisation, own_mls_id: (mls as Mls).id };
      });
    },

    /** For the command line, which names organisations by their code. */
    async organisationByCode(code: string): Promise<{ id: number; name: string } | undefined> {
      return (await db.rows(byCode, [code]))[0];
    },

    async firstOffice(actor: Actor): Promise<{ id: number; code: string } | undefined> {
      return (await db.rows(firstOffice, [actor.orgId]))[0];
    },

    async createOffice(
      actor: Actor,
      input: { name: string; email?: string; address?: Address; contactPoints?: ContactPoint[]; profileId?: number },
      given: Given = {},
    ): Promise<Office> {
      const code = given.code ?? (await freeCode(actor.orgId, input.name));
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const at = given.createdAt ?? what.at;
        const [office] = await tx.rows(insertOffice, [
          actor.orgId,
          given.id ?? null,
          code,
          given.resoKey ?? mintResoKey(at),
          input.name,
          input.email ?? null,
          JSON.stringify(input.contactPoints ?? []),
          JSON.stringify(input.address ?? {}),
          at,
          actor.door,
        ]);
        const made = office as Office;
        await profiles.insertProfile(
          tx,
          actor.orgId,
          { type: 'OFFICE', office_id: made.id },
          profileRow(input.profileId ? { id: input.profileId } : undefined, at, actor.door),
        );
        await emit(tx, what, { noun: 'office', row_id: made.id, row_name: made.name, verb: 'created', changed: made });
        return made;
      });
    },

    async setOfficeManager(actor: Actor, officeId: number, memberId: number): Promise<void> {
      await db.rows(officeManager, [actor.orgId, officeId, memberId]);
    },

    async createMember(actor: Actor, input: NewMember, given: Given = {}): Promise<Member> {
      const code = given.code ?? (await freeCode(actor.orgId, input.firstName.slice(0, 1) + input.lastName.slice(0, 2)));
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const at = given.createdAt ?? what.at;
        const [member] = await tx.rows(insertMember, [
          actor.orgId,
          given.id ?? null,
          code,
          given.resoKey ?? mintResoKey(at),
          input.userId ?? null,
          input.kind ?? 'agent',
          input.accessLevel ?? 'agent',
          input.firstName,
          input.lastName,
          input.jobTitle ?? null,
          input.email ?? null,
          JSON.stringify(input.contactPoints ?? []),
          input.officeId ?? null,
          input.licenseNumber ?? null,
          input.nrdsId ?? null,
          at,
          actor.door,
          input.websiteUrl ?? null,
          JSON.stringify(input.extras ?? {}),
        ]);
        const made = member as Member;
        await emit(tx, what, {
          noun: 'member',
          row_id: made.id,
          row_name: `${input.firstName} ${input.lastName}`,
          verb: 'created',
          changed: made,
        });
        return made;
      });
    },

    async createTeam(
      actor: Actor,
      input: { name: string; officeId: number; leaderId: number; memberIds: number[]; profileId?: number },
      given: Given = {},
    ): Promise<number> {
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const [team] = await tx.rows(insertTeam, [
          actor.orgId,
          given.id ?? null,
          input.name,
          input.officeId,
          input.leaderId,
          input.memberIds,
          given.createdAt ?? what.at,
          actor.door,
        ]);
        const id = (team as { id: number }).id;
        await profiles.insertProfile(
          tx,
          actor.orgId,
          { type: 'TEAM', team_id: id },
          profileRow(input.profileId ? { id: input.profileId } : undefined, what.at, actor.door),
        );
        await emit(tx, what, { noun: 'team', row_id: id, row_name: input.name, verb: 'created', changed: input });
        return id;
      });
    },

    /** The number under which an MLS knows a member or an office. */
    async addMlsNumber(actor: Actor, mlsId: number, of: { memberId?: number; officeId?: number }, number: string): Promise<void> {
      await db.rows(addNumber, [actor.orgId, mlsId, of.memberId ?? null, of.officeId ?? null, number]);
    },
  };
}
