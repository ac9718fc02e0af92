import type { Actor } from '../../access/actor.ts';
import { type Querier, statement } from '../../db/index.ts';
import { difference, happening } from '../../events/index.ts';
import type { ListPage } from '../../kernel/condition.ts';
import { Fault, forbidden, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import * as store from './listing.store.ts';
import { type ListingBesides, readBesides, type WantedBesides } from './listing-besides.store.ts';
import { type BrokenRule, columnsOf, DEFAULT_MAX_INCREASE_PERCENT, findBrokenRule, type ListingTerms } from './listing-terms.ts';
import type { Listing, ListingRef, Property } from './types.ts';
import type { Visibility } from './visibility.ts';
import { updateProperty } from './write-property.ts';

/** New terms break a rule of the brokerage; doors print it in their own form. */
export class BrokenTerms extends Fault {
  readonly broken: BrokenRule;
  constructor(broken: BrokenRule) {
    super('invalid', `${broken.term} breaks the rule ${broken.rule} (${broken.figure})`, {
      reason: 'listing.broken_rule',
      breaches: [{ in: 'body', at: broken.term, reason: 'value', message: `${broken.term} breaks the rule ${broken.rule}` }],
    });
    this.broken = broken;
  }
}

const rules = statement<{ percent: number | null; set: boolean; manages: boolean }>(
  'property.term_rules',
  `select (g.settings -> 'listings' ->> 'maxPriceIncreasePercent')::numeric as percent,
          coalesce(g.settings -> 'listings' ? 'maxPriceIncreasePercent', false) as set,
          exists (select from office o where o.org_id = g.id and o.id = $2 and o.manager_id = $3 and o.deleted_at is null) as manages
   from organisation g where g.id = $1`,
);

/** May this member change the listing: its agents, the manager of its office, an administrator. */
export const mayEdit = (
  actor: Actor,
  row: Pick<Property, 'is_external' | 'list_member_id' | 'co_list_member_id'>,
  managesOffice: boolean,
): boolean =>
  actor.kind !== 'contact' &&
  row.is_external !== true &&
  (actor.administrator ||
    managesOffice ||
    (actor.memberId !== null && (actor.memberId === row.list_member_id || actor.memberId === row.co_list_member_id)));

/** Listings as the doors of the trade read them. What a caller sees is the one rule of visibility.ts. */
export function listingsService({ db, clock }: Ports) {
  return {
    /** A page of the listings that are seen. */
    async list(actor: Actor, seen: Visibility, query: store.ListingQuery): Promise<ListPage<Listing>> {
      return store.listListings(db, actor.orgId, seen, query, clock.now());
    },

    /** Nearest first, of those that have a place on the map. */
    async nearby(
      actor: Actor,
      seen: Visibility,
      query: store.ListingQuery & { readonly near: NonNullable<store.ListingQuery['near']> },
    ): Promise<ListPage<Listing>> {
      return store.listNearby(db, actor.orgId, seen, query, clock.now());
    },

    /** @throws Fault not_found, also for what the caller does not see */
    async readListing(actor: Actor, seen: Visibility, resoKey: string): Promise<Listing> {
      const found = await store.findListing(db, actor.orgId, seen, resoKey);
      if (!found) throw notFound('listing');
      return found;
    },

    /** The property behind a listing that the caller sees. */
    async findVisible(actor: Actor, resoKey: string, seen: Visibility, q: Querier = db): Promise<ListingRef | undefined> {
      return store.findVisible(q, actor.orgId, seen, resoKey);
    },

    /** Agents, offices, MLSs and tours of a page of listings, and how their brokerage shows itself. */
    async besides(actor: Actor, listings: readonly Listing[], wanted: WantedBesides): Promise<ListingBesides> {
      return readBesides(db, actor.orgId, listings, wanted);
    },

    /** Ids of the offices that the member manages, for `mayEdit`. */
    async managedOffices(actor: Actor): Promise<ReadonlySet<number>> {
      return actor.memberId === null ? new Set() : store.listManagedOffices(db, actor.orgId, actor.memberId);
    },

    /**
     * A new price or expiration date. Equal values write nothing.
     * @throws Fault not_found; forbidden `listing.not_editable`; BrokenTerms
     */
    async changeTerms(actor: Actor, seen: Visibility, resoKey: string, terms: ListingTerms): Promise<void> {
      await db.tx(async (tx) => {
        const before =
          (await store.findVisible(tx, actor.orgId, seen, resoKey)) && (await store.lockListing(tx, actor.orgId, resoKey));
        if (!before) throw notFound('listing');
        const [rule] = await tx.rows(rules, [actor.orgId, before.list_office_id, actor.memberId]);
        if (!mayEdit(actor, before, rule?.manages ?? false))
          throw forbidden('listing.not_editable', 'Only the agents of a listing and the manager of its office change its terms');
        const broken = findBrokenRule(before, terms, rule?.set ? rule.percent : DEFAULT_MAX_INCREASE_PERCENT);
        if (broken) throw new BrokenTerms(broken);
        const what = happening(actor, clock.now());
        const values = columnsOf(before, terms);
        // Equal values are no write here: no event, no new version (domain-people §1.1.4).
        if (difference(before, values)) await updateProperty(tx, what, before, values);
      });
    },
  };
}
export type Listings = ReturnType<typeof listingsService>;
