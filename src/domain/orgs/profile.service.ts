import type { Actor } from '../../access/actor.ts';
import { allowProfile } from '../../access/profile-access.ts';
import { type Querier, statement } from '../../db/index.ts';
import { difference, emit, happening } from '../../events/index.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import { type Address, type ContactPoint, countryOf, regionOf, streetLine } from '../people/index.ts';
import * as store from './profile.store.ts';
import type { Profile, ProfileChange } from './types.ts';

const phoneOf = (points: readonly ContactPoint[], kind: string) => points.find((point) => point.kind === kind)?.value ?? null;

/** Values of the office, team or organisation behind a profile stand in for its own. */
function shaped(row: store.ProfileRow): Profile {
  const { noun_name, noun_points, noun_address, noun_inactive, ...profile } = row;
  if (profile.type === 'INDIVIDUAL') return profile;
  const points = (noun_points ?? []) as ContactPoint[];
  const address = (noun_address ?? {}) as Address;
  return {
    ...profile,
    name: noun_name ?? profile.name,
    phone: phoneOf(points, 'main') ?? phoneOf(points, 'work'),
    fax: phoneOf(points, 'fax'),
    address: streetLine(address) ?? null,
    city: address.city ?? null,
    state: regionOf(address) ?? null,
    zip_code: address.postal_code ?? null,
    country: countryOf(address) ?? null,
    deactivated_at: profile.deactivated_at ?? (noun_inactive ? profile.updated_at : null),
  };
}

const account = statement<{
  id: number;
  email: string;
  first_name: string | null;
  last_name: string | null;
  default_profile_id: number | null;
}>(
  'user.account',
  `select u.id, u.email, m.first_name, m.last_name,
     (select p.id from profile p where p.org_id = u.org_id and p.member_id = m.id and p.is_default and p.deleted_at is null) as default_profile_id
   from app_user u left join member m on m.org_id = u.org_id and m.user_id = u.id and m.deleted_at is null
   where u.org_id = $1 and u.id = $2 and u.deleted_at is null`,
);

export function profilesService({ db, clock }: Ports) {
  const read = async (q: Querier, actor: Actor, id: number): Promise<Profile> => {
    const row = await store.findProfile(q, actor.orgId, id);
    if (!row) throw notFound('profile');
    allowProfile(actor, row);
    return shaped(row);
  };

  return {
    /** The login behind the call: id, address, names, default profile (contracts/dotloop.md §5.1). */
    async account(actor: Actor) {
      const [row] = await db.rows(account, [actor.orgId, actor.id]);
      if (!row) throw notFound('account');
      return row;
    },

    async profiles(actor: Actor): Promise<Profile[]> {
      return (await store.listProfiles(db, actor.orgId, actor.memberId, actor.administrator)).map(shaped);
    },

    /** @throws Fault not_found; forbidden `profile.no_access` */
    profile: (actor: Actor, id: number): Promise<Profile> => read(db, actor, id),

    /** A further INDIVIDUAL profile of the caller's own; the first one is the default. */
    async createProfile(
      actor: Actor,
      values: ProfileChange,
      given: Given & { memberId?: number; requiresTemplate?: boolean } = {},
    ): Promise<Profile> {
      const memberId = given.memberId ?? actor.memberId;
      if (memberId === null) throw forbidden('profile.no_access', 'Only a member of the brokerage has profiles');
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const createdAt = given.createdAt ?? what.at;
        const id = await store.insertProfile(
          tx,
          actor.orgId,
          {
            type: 'INDIVIDUAL',
            member_id: memberId,
            values,
            is_default: !(await store.memberHasDefault(tx, actor.orgId, memberId)),
            requires_template: given.requiresTemplate ?? false,
          },
          {
            id: given.id,
            createdAt,
            updatedAt: given.updatedAt ?? createdAt,
            by: actor.kind === 'user' ? actor.id : null,
            door: actor.door,
          },
        );
        const row = (await store.findProfile(tx, actor.orgId, id)) as store.ProfileRow;
        await emit(tx, what, { noun: 'profile', row_id: id, row_name: row.name, verb: 'created', changed: shaped(row) });
        return shaped(row);
      });
    },

    /** @throws Fault not_found; forbidden `profile.no_access`, `profile.not_individual` */
    async updateProfile(actor: Actor, id: number, change: ProfileChange): Promise<Profile> {
      return db.tx(async (tx) => {
        await store.lockProfile(tx, actor.orgId, id);
        const before = await read(tx, actor, id);
        if (before.type !== 'INDIVIDUAL')
          throw forbidden('profile.not_individual', 'Only INDIVIDUAL profiles can be changed here');
        const changed = difference(before, change);
        if (!changed) return before;
        const what = happening(actor, clock.now());
        await store.saveProfile(tx, { ...before, ...change } as Profile, what.at);
        await emit(tx, what, { noun: 'profile', row_id: id, row_name: change.name ?? before.name, verb: 'updated', changed });
        return read(tx, actor, id);
      });
    },
  };
}
