import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening, happening } from '../../events/index.ts';
import { conflict, invalidMember, notFound } from '../../kernel/fault.ts';
import type { Listed } from '../../kernel/page.ts';
import type { Given, Ports } from '../given.ts';
import * as store from './deal.store.ts';
import { listDeals } from './deal-list.store.ts';
import { changeDetails, sortValues } from './details.ts';
import type { Paper } from './merge.service.ts';
import { lockDeal, openDeal, openProfile } from './opening.ts';
import { checkStatus, firstStatus } from './status.ts';
import type { TemplateApplier } from './template.service.ts';
import type { Deal, DealChange, DealQuery, DealWithDetails, Details, DetailsChange, NewDeal } from './types.ts';

const NAME_LENGTH = 200;

const checkName = (name: string) => {
  if (name.length > NAME_LENGTH) throw invalidMember('name', 'length', `Name is longer than ${NAME_LENGTH} characters`);
};

export function dealsService({ db, clock }: Ports, templates: TemplateApplier, paper: Pick<Paper, 'dealLinked'>) {
  /** What create and Loop-It share; the profile was opened by the caller. */
  const make = async (
    tx: Tx,
    what: Happening,
    profile: { id: number; requires_template: boolean },
    input: NewDeal,
    more: { details?: Details; propertyId?: number } = {},
    given: Given = {},
  ): Promise<DealWithDetails> => {
    const { actor } = what;
    checkName(input.name);
    const status = input.status ?? firstStatus(input.transaction_type);
    checkStatus(input.transaction_type, status);
    if (profile.requires_template && input.template_id === undefined)
      throw conflict('deal.template_required', 'This profile requires a loop template: give its templateId', 'template_id');
    const template =
      input.template_id === undefined ? undefined : await templates.usable(tx, actor, profile.id, input.template_id);
    const details = more.details ?? {};
    const created_at = given.createdAt ?? what.at;
    const deal = await store.insertDeal(tx, actor.orgId, {
      ...(given.id === undefined ? {} : { id: given.id }),
      profile_id: profile.id,
      name: input.name,
      transaction_type: input.transaction_type,
      status,
      template_id: template?.id ?? null,
      property_id: more.propertyId ?? null,
      details,
      created_at,
      updated_at: given.updatedAt ?? created_at,
      created_by: actor.kind === 'user' ? actor.id : null,
      created_door: actor.door,
    });
    await store.listUnder(tx, actor.orgId, profile.id, deal.id, sortValues(details));
    await emit(tx, what, {
      noun: 'deal',
      row_id: deal.id,
      row_name: deal.name,
      verb: 'created',
      changed: deal,
      deal_id: deal.id,
    });
    const tasks = await templates.apply(tx, what, deal, template);
    if (deal.property_id !== null) await paper.dealLinked(tx, what, deal.id, deal.property_id);
    return { ...deal, task_count: tasks };
  };

  const save = async (
    tx: Tx,
    what: Happening,
    before: DealWithDetails,
    change: Partial<DealWithDetails>,
  ): Promise<DealWithDetails> => {
    const changed = difference(before, change);
    if (!changed) return before;
    const next = { ...before, ...change };
    const after = await store.saveDeal(tx, next, sortValues(next.details), what.at);
    await emit(tx, what, { noun: 'deal', row_id: after.id, row_name: after.name, verb: 'updated', changed, deal_id: after.id });
    return after;
  };

  const ownFieldSet = async (tx: Tx, orgId: number) =>
    new Set((await store.listOwnFields(tx, orgId)).map((field) => `${ownKey(field.section)}/+${field.name}`));

  return {
    make,
    save,

    /** A page of the loops that a profile sees. @throws Fault not_found; forbidden `profile.*` */
    async list(actor: Actor, profileId: number, query: DealQuery): Promise<Listed<DealWithDetails>> {
      await openProfile(db, actor, profileId);
      return listDeals(db, actor.orgId, profileId, query);
    },

    /** @throws Fault not_found; forbidden `profile.*`; Merged */
    read: (actor: Actor, profileId: number, dealId: number): Promise<Deal> => openDeal(db, actor, profileId, dealId),

    /** For a door that has to know whether a path may be used before it looks at the body. @throws as read, but for Merged */
    async check(actor: Actor, profileId: number, dealId?: number): Promise<void> {
      if (dealId === undefined) await openProfile(db, actor, profileId);
      else
        await openDeal(db, actor, profileId, dealId).catch((error: unknown) => {
          if (!(error instanceof Error && 'survivorId' in error)) throw error;
        });
    },

    /** @throws Fault conflict `deal.status_unfit`, `deal.template_required`, `deal.template_unusable`; not_found; forbidden */
    async create(
      actor: Actor,
      profileId: number,
      input: NewDeal,
      given: Given & { readonly propertyId?: number } = {},
    ): Promise<Deal> {
      return db.tx(async (tx) => {
        const profile = await openProfile(tx, actor, profileId);
        return make(
          tx,
          happening(actor, clock.now()),
          { id: profileId, requires_template: profile.requires_template },
          input,
          given.propertyId === undefined ? {} : { propertyId: given.propertyId },
          given,
        );
      });
    },

    /** @throws Fault conflict `deal.status_unfit` when type and status no longer fit; not_found; forbidden */
    async update(actor: Actor, profileId: number, dealId: number, change: DealChange): Promise<Deal> {
      if (change.name !== undefined) checkName(change.name);
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        if (change.status !== undefined || change.transaction_type !== undefined)
          checkStatus(change.transaction_type ?? deal.transaction_type, change.status ?? deal.status);
        return save(tx, happening(actor, clock.now()), deal, change);
      });
    },

    async details(actor: Actor, profileId: number, dealId: number): Promise<Details> {
      return (await openDeal(db, actor, profileId, dealId, true)).details;
    },

    /** The brokerage's own detail fields, in their order. */
    ownFields: (actor: Actor) => store.listOwnFields(db, actor.orgId),

    /** @throws Fault invalid for an unknown section or field: nothing is stored then */
    async updateDetails(actor: Actor, profileId: number, dealId: number, change: DetailsChange): Promise<Details> {
      return db.tx(async (tx) => {
        const deal = await lockDeal(tx, actor, profileId, dealId);
        const details = changeDetails(deal.details, change, await ownFieldSet(tx, actor.orgId));
        return (await save(tx, happening(actor, clock.now()), deal, { details })).details;
      });
    },

    /** Shows the deal to one more profile. */
    async share(actor: Actor, dealId: number, profileId: number): Promise<void> {
      await db.tx(async (tx) => {
        const deal = await store.lockDeal(tx, actor.orgId, dealId);
        if (!deal) throw notFound('loop');
        await store.listUnder(tx, actor.orgId, profileId, dealId, sortValues(deal.details));
        await emit(tx, happening(actor, clock.now()), {
          noun: 'deal',
          row_id: dealId,
          row_name: deal.name,
          verb: 'shared',
          changed: { profile_id: profileId },
          deal_id: dealId,
        });
      });
    },

    /** For the loop's page: the deal (the survivor of a merge) and a profile of the caller's that sees it. @throws Fault not_found */
    async whereSeen(actor: Actor, dealId: number): Promise<{ deal: Deal; profileId: number }> {
      const found = actor.memberId === null ? undefined : await store.findSeen(db, actor.orgId, dealId, actor.memberId);
      if (!found) throw notFound('loop');
      const { seen_profile_id, ...deal } = found;
      return { deal, profileId: seen_profile_id };
    },
  };
}
export type DealCore = ReturnType<typeof dealsService>;

/** A section of the catalogue keeps its key; a section of the brokerage's own is `+Name`. */
const ownKey = (section: string) => {
  const key = section.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return CATALOGUE_KEYS.has(key) ? key : `+${section}`;
};
const CATALOGUE_KEYS = new Set([
  'property_address',
  'financials',
  'contract_dates',
  'offer_dates',
  'contract_info',
  'referral',
  'listing_information',
  'geographic_description',
  'property',
]);
