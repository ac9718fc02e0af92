import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './open-house.store.ts';

export type NewOpenHouse = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly comments?: string | null;
  readonly audience?: store.OpenHouseAudience;
};

function checkTimes(startsAt: Date, endsAt: Date): void {
  if (endsAt <= startsAt) throw invalidMember('ends_at', 'value', 'An open house ends after it has begun');
}

/**
 * Hours at which a listing can be seen without asking. Ids of listings come from the listing service, which has decided that the
 * caller sees them. A change moves the listing's `open_house_changed_at` and never its version.
 */
export function openHousesService({ db, clock, mintResoKey }: Ports) {
  const change = async <T>(actor: Actor, propertyId: number, work: (tx: Tx, what: Happening) => Promise<T>) => {
    if (actor.kind === 'contact')
      throw forbidden('open_house.no_access', 'Only members of the brokerage change the open houses of a listing');
    return db.tx(async (tx) => {
      const what = happening(actor, clock.now());
      if (!(await store.touchOpenHouses(tx, actor.orgId, propertyId, what.at))) throw notFound('property');
      return work(tx, what);
    });
  };
  const lineOf = (house: store.OpenHouse) =>
    ({ noun: 'open_house', row_id: house.id, row_name: house.comments, property_id: house.property_id }) as const;
  const read = async (tx: Tx, actor: Actor, propertyId: number, id: number) => {
    const found = await store.readOpenHouse(tx, actor.orgId, propertyId, id);
    if (!found) throw notFound('open house');
    return found;
  };

  return {
    /** Those of several listings that are not over, by their beginning: one statement. */
    async openHouses(
      actor: Actor,
      propertyIds: readonly number[],
      audience: store.OpenHouseAudience = 'public',
    ): Promise<store.OpenHouse[]> {
      return propertyIds.length === 0 ? [] : store.listOpenHouses(db, actor.orgId, propertyIds, audience, clock.now());
    },

    /** Also one that is over. @throws Fault not_found */
    async openHouse(actor: Actor, propertyId: number, key: string): Promise<store.OpenHouse> {
      const found = await store.findOpenHouse(db, actor.orgId, propertyId, key, 'public');
      if (!found) throw notFound('open house');
      return found;
    },

    /** @throws Fault invalid when it ends before it begins */
    async addOpenHouse(actor: Actor, propertyId: number, input: NewOpenHouse, given: Given = {}): Promise<store.OpenHouse> {
      checkTimes(input.startsAt, input.endsAt);
      return change(actor, propertyId, async (tx, what) => {
        const created_at = given.createdAt ?? what.at;
        const id = await store.insertOpenHouse(tx, actor.orgId, {
          ...(given.id === undefined ? {} : { id: given.id }),
          reso_key: given.resoKey ?? mintResoKey(what.at),
          property_id: propertyId,
          starts_at: input.startsAt,
          ends_at: input.endsAt,
          comments: input.comments ?? null,
          audience: input.audience ?? 'public',
          created_at,
          updated_at: given.updatedAt ?? created_at,
          created_by: actor.kind === 'user' ? actor.id : null,
          created_door: actor.door,
        });
        const house = await read(tx, actor, propertyId, id);
        await emit(tx, what, { ...lineOf(house), verb: 'created', changed: house });
        return house;
      });
    },

    /** Nothing that differs: nothing is written. @throws Fault not_found */
    async changeOpenHouse(
      actor: Actor,
      propertyId: number,
      id: number,
      { startsAt, endsAt, comments, audience }: Partial<NewOpenHouse>,
    ): Promise<store.OpenHouse> {
      return change(actor, propertyId, async (tx, what) => {
        const before = await read(tx, actor, propertyId, id);
        const values = {
          ...(startsAt ? { starts_at: startsAt } : {}),
          ...(endsAt ? { ends_at: endsAt } : {}),
          ...(comments === undefined ? {} : { comments }),
          ...(audience ? { audience } : {}),
        };
        const changed = difference(before, values);
        if (!changed) return before;
        const after = { ...before, ...values };
        checkTimes(after.starts_at, after.ends_at);
        await store.saveOpenHouse(tx, after, what.at);
        await emit(tx, what, { ...lineOf(after), verb: 'updated', changed });
        return read(tx, actor, propertyId, id);
      });
    },

    /** @throws Fault not_found */
    async removeOpenHouse(actor: Actor, propertyId: number, id: number): Promise<void> {
      await change(actor, propertyId, async (tx, what) => {
        const house = await read(tx, actor, propertyId, id);
        await store.deleteOpenHouse(tx, actor.orgId, id, what.at);
        await emit(tx, what, { ...lineOf(house), verb: 'deleted', changed: house });
      });
    },
  };
}
export type OpenHousesService = ReturnType<typeof openHousesService>;
