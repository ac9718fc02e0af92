import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { difference, emit, happening } from '../../events/index.ts';
import { conflict, forbidden, notFound, unavailable } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './portal.store.ts';
import { portalNameOf, portalNames } from './portal-name.ts';
import type { Portal, PortalChange, PortalField } from './types.ts';

export type NewPortal = {
  readonly displayName: string;
  readonly enabled?: boolean;
  readonly requiredFields?: readonly PortalField[];
};
/** Whose pages a name leads to. */
export type NamedPortal = {
  readonly orgId: number;
  readonly portal: Portal;
  readonly member: { readonly id: number; readonly reso_key: string; readonly name: string; readonly office_id: number | null };
};

/** How many names are tried at once; each portal that would have the same one takes the next. */
const NAMES = 1000;
/** Whoever is told "taken meanwhile" looks again; of n who ask at once the last one looks n times. */
const LOOKS = 100;

/** The first name that is free, taken. */
async function claimName(tx: Tx, orgId: number, id: number, displayName: string): Promise<string> {
  const names = portalNames(portalNameOf(displayName), NAMES);
  for (let look = 1; look <= LOOKS; look++) {
    const name = await store.claimName(tx, orgId, id, names);
    if (name !== undefined) return name;
  }
  throw unavailable(`No name is free for the portal ${displayName}`);
}

/** Agents' portals: where their consumers sign in (domain-people §2.6). */
export function portalsService({ db, clock, mintResoKey }: Ports) {
  const whose = (actor: Actor, given?: number): number => {
    const memberId = given ?? actor.memberId;
    if (memberId === null) throw forbidden('portal.no_member', 'Only a member of the brokerage has a portal');
    return memberId;
  };

  return {
    /** The portal of a member; consumers see the one of their agent. */
    find: (actor: Actor, memberId: number): Promise<Portal | undefined> => store.findOfMember(db, actor.orgId, memberId),

    /** For sign-in, before anybody is known: enabled portals of active members only. */
    async findByName(name: string): Promise<NamedPortal | undefined> {
      const found = await store.findNamed(db, name);
      if (!found) return undefined;
      const { member_name, office_id, ...portal } = found;
      const member = { id: portal.member_id, reso_key: portal.member_key, name: member_name, office_id };
      return { orgId: portal.org_id, portal, member };
    },

    /** The name is made of the display name, once. @throws Fault conflict `portal.exists` */
    async create(actor: Actor, values: NewPortal, given: Given & { memberId?: number } = {}): Promise<Portal> {
      const memberId = whose(actor, given.memberId);
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const at = given.createdAt ?? what.at;
        const id = given.id ?? (await store.takeId(tx));
        const name = await claimName(tx, actor.orgId, id, values.displayName);
        const row = {
          id,
          resoKey: given.resoKey ?? mintResoKey(at),
          memberId,
          name,
          displayName: values.displayName,
          enabled: values.enabled ?? true,
          requiredFields: values.requiredFields ?? [],
          at,
          by: actor.kind === 'user' ? actor.id : null,
          door: actor.door,
        };
        if (!(await store.insertPortal(tx, actor.orgId, row)))
          throw conflict('portal.exists', 'This account has a portal already');
        const made = (await store.findOfMember(tx, actor.orgId, memberId)) as Portal;
        await emit(tx, what, { noun: 'portal', row_id: id, row_name: made.display_name, verb: 'created', changed: made });
        return made;
      });
    },

    /**
     * Changes the caller's own portal; its name stays, for it stands in addresses. Nothing that differs: nothing is written.
     * @throws Fault not_found, also for a key that is not the portal's
     */
    async update(actor: Actor, change: PortalChange, resoKey?: string): Promise<Portal> {
      const memberId = whose(actor);
      return db.tx(async (tx) => {
        const before = await store.lockOfMember(tx, actor.orgId, memberId);
        if (!before || (resoKey !== undefined && before.reso_key !== resoKey)) throw notFound('portal');
        const changed = difference(before, change);
        if (!changed) return before;
        const what = happening(actor, clock.now());
        await store.savePortal(tx, { ...before, ...change }, what.at);
        await emit(tx, what, {
          noun: 'portal',
          row_id: before.id,
          row_name: change.display_name ?? before.display_name,
          verb: 'updated',
          changed,
        });
        return (await store.findOfMember(tx, actor.orgId, memberId)) as Portal;
      });
    },
  };
}
