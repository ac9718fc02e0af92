import type { Actor } from '../../access/actor.ts';
import { type Querier, statement } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import type { Codes } from '../codes.ts';
import type { Given, Ports } from '../given.ts';
import type { PropertyValues } from './follow.ts';
import { listingsService } from './listing.service.ts';
import { factsOf, type ListingFacts } from './listing-facts.ts';
import type { NewProperty, Property } from './types.ts';
import { insertProperty } from './write-property.ts';

/** By the number an MLS gave it; without an MLS only if the organisation holds the number exactly once. */
const byNumber = statement<Property>(
  'property.by_number',
  `select p.* from property p join mls on mls.org_id = p.org_id and mls.id = p.mls_id
   where p.org_id = $1 and p.listing_number_key = lower($2) and p.deleted_at is null
     and ($3::text is null or mls.short_name_key = lower($3) or mls.reso_key = $3)
   order by p.id limit 2`,
);
const mlsByName = statement<{ id: number }>(
  'mls.by_name',
  `select mls.id from mls join organisation g on g.id = mls.org_id
   where mls.org_id = $1 and mls.deleted_at is null
     and case when $2::text is null then mls.id = g.own_mls_id else mls.short_name_key = lower($2) or mls.reso_key = $2 end`,
);

export function propertiesService(ports: Ports, codes: Codes) {
  const { db, clock, mintResoKey } = ports;
  const mlsIdOf = async (q: Querier, orgId: number, name: string | undefined): Promise<number | null> =>
    (await q.rows(mlsByName, [orgId, name ?? null]))[0]?.id ?? null;

  return {
    ...listingsService(ports),

    /** The MLS of that short name or key; without one the organisation's own. */
    mlsIdOf,

    /** A listing, in the organisation's own MLS and under its own code unless told otherwise. */
    async createProperty(actor: Actor, input: NewProperty, given: Given = {}): Promise<Property> {
      const at = given.createdAt ?? clock.now();
      const code = given.code ?? (await codes.mint(actor.orgId, 'property', actor.officeId, at, 9));
      const values = {
        property_class: 'residential',
        ...(input.list_office_id ? { office_ids: [input.list_office_id] } : {}),
        ...input,
      } as PropertyValues;
      return db.tx((tx) =>
        insertProperty(tx, happening(actor, clock.now()), values, {
          ...given,
          code,
          resoKey: given.resoKey ?? mintResoKey(at),
          createdAt: at,
        }),
      );
    },

    /** What Loop-It copies of a listing known by that number; undefined when it is unknown or not the only one. */
    async listingFacts(
      q: Querier,
      actor: Actor,
      listingNumber: string,
      mls: string | undefined,
    ): Promise<ListingFacts | undefined> {
      const found = await q.rows(byNumber, [actor.orgId, listingNumber, mls ?? null]);
      const [listing] = found;
      if (!listing || found.length > 1) return undefined;
      return factsOf(listing, listing.list_office_id !== null && listing.list_office_id === actor.officeId);
    },
  };
}
export type Properties = ReturnType<typeof propertiesService>;
