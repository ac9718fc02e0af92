import type { Actor } from '../../access/actor.ts';
import { emit, happening } from '../../events/index.ts';
import { forbidden, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './rental-period.store.ts';

export type NewRentalPeriod = { readonly status: string; readonly startsOn: string; readonly endsOn: string };

function allowCalendar(actor: Actor): void {
  if (actor.kind === 'contact')
    throw forbidden('rental_period.no_access', 'Only members of the brokerage write the calendar of a listing');
}

/** When a place to let is taken. Ids of listings come from the listing service, which has decided that the caller sees them. */
export function rentalPeriodsService({ db, clock, mintResoKey }: Ports) {
  const lineOf = (period: store.RentalPeriod) =>
    ({ noun: 'rental_period', row_id: period.id, row_name: period.status, property_id: period.property_id }) as const;

  return {
    /** The periods of several listings, by their beginning: one statement. */
    async rentalPeriods(actor: Actor, propertyIds: readonly number[]): Promise<store.RentalPeriod[]> {
      return propertyIds.length === 0 ? [] : store.listPeriods(db, actor.orgId, propertyIds);
    },

    /** @throws Fault not_found; invalid when it ends before it begins */
    async addRentalPeriod(actor: Actor, propertyId: number, input: NewRentalPeriod, given: Given = {}) {
      allowCalendar(actor);
      if (input.endsOn < input.startsOn)
        throw invalidMember('ends_on', 'value', 'A period of a rental calendar ends on the day it begins or later');
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const period = await store.insertPeriod(tx, actor.orgId, {
          ...(given.id === undefined ? {} : { id: given.id }),
          reso_key: given.resoKey ?? mintResoKey(what.at),
          property_id: propertyId,
          status: input.status,
          starts_on: input.startsOn,
          ends_on: input.endsOn,
          created_at: given.createdAt ?? what.at,
          created_by: actor.kind === 'user' ? actor.id : null,
          created_door: actor.door,
        });
        if (!period) throw notFound('property');
        await emit(tx, what, { ...lineOf(period), verb: 'created', changed: period });
        return period;
      });
    },

    /** @throws Fault not_found */
    async removeRentalPeriod(actor: Actor, propertyId: number, id: number): Promise<void> {
      allowCalendar(actor);
      await db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const period = await store.deletePeriod(tx, actor.orgId, propertyId, id, what.at);
        if (!period) throw notFound('rental period');
        await emit(tx, what, { ...lineOf(period), verb: 'deleted', changed: period });
      });
    },
  };
}
