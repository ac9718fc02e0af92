import type { ListName } from '../../domain/index.ts';
import { askedOnce } from './asked-once.ts';
import type { Caller, Desk } from './desk.ts';

export type Item = { readonly id: number; readonly name: string; readonly property_type_id?: number | null };

const named = (...names: readonly string[]): Item[] => names.map((name, at) => ({ id: at + 1, name }));

/** Words that the contract gives (contracts/propertybase.md §3.4). */
export const PHONE_TYPES = ['Home', 'Mobile', 'Work', 'Fax', 'Other'] as const;
export const STATUSES = [
  'New',
  'Attempted Contact',
  'Contacted',
  'Active',
  'Hot',
  'Under Contract',
  'Closed',
  'Inactive',
  'Archived',
] as const;
export const TASK_TYPES = ['Follow-Up', 'Task'] as const;
export const EVENT_TYPES = [
  'Phone Call',
  'Left Voicemail',
  'Email',
  'Text',
  'Meeting',
  'Showing',
  'Open House',
  'Note',
  'Other',
] as const;
export const FREQUENCIES = ['instantly', 'daily', 'weekly', 'monthly', 'never'] as const;
const CONTACT_METHODS = ['Email', 'Phone', 'Text'];
const TIMELINES = ['Now', '1-3 months', '3-6 months', '6-12 months', '12+ months'];

/** Lists that a site may have of its own. */
const OWN = {
  statuses: { list: 'lead_status', shipped: STATUSES },
  contact_methods: { list: 'contact_method', shipped: CONTACT_METHODS },
  timelines: { list: 'timeline', shipped: TIMELINES },
  lead_types: { list: 'lead_type', shipped: ['Buyer', 'Seller', 'Renter', 'Landlord'] },
  price_ranges: {
    list: 'price_range',
    shipped: ['Under $250,000', '$250,000 - $500,000', '$500,000 - $1,000,000', 'Over $1,000,000'],
  },
  where_heard: { list: 'where_heard', shipped: ['Search engine', 'Social media', 'Referral', 'Yard sign', 'Other'] },
} as const;

export type PropertyTypes = {
  readonly types: readonly (Item & { readonly code: string })[];
  readonly subTypes: readonly (Item & { readonly code: string })[];
};

const TYPE_LISTS = ['property_type', 'property_sub_type'] as const satisfies readonly ListName[];

/** Types of property by their ids, which are their places in the site's list. */
export const propertyTypes = askedOnce(
  async ({ domain }: Pick<Desk, 'domain'>, { actor }: Pick<Caller, 'actor'>): Promise<PropertyTypes> => {
    const lists = await domain.lookups.options(actor, [...TYPE_LISTS]);
    const types = lists.property_type.map(({ code, name }, at) => ({ id: at + 1, code, name }));
    const subTypes = lists.property_sub_type.map(({ code, name, applies_to }, at) => ({
      id: at + 1,
      code,
      name,
      property_type_id: types.find((one) => applies_to.includes(one.code))?.id ?? null,
    }));
    return { types, subTypes };
  },
);

/** One of the lists that a site may have of its own. */
export async function siteList({ domain }: Desk, { actor }: Caller, name: keyof typeof OWN): Promise<readonly Item[]> {
  const { list, shipped } = OWN[name];
  return (await domain.siteLists(actor, [list])).get(list) ?? named(...shipped);
}

/** Every list that leads and searches take words from. */
export async function enumerations(desk: Desk, caller: Caller): Promise<Readonly<Record<string, readonly Item[]>>> {
  const { domain } = desk;
  const own = await domain.siteLists(
    caller.actor,
    Object.values(OWN).map(({ list }) => list),
  );
  const lists = Object.entries(OWN).map(([name, { list, shipped }]) => [name, own.get(list) ?? named(...shipped)] as const);
  const sources = await domain.records.source.list(caller.actor, {
    order: [{ field: 'id', descending: false }],
    limit: 1_000,
    offset: 0,
    total: false,
  });
  const { types, subTypes } = await propertyTypes(desk, caller);
  return {
    phone_types: named(...PHONE_TYPES),
    ...Object.fromEntries(lists),
    task_types: named(...TASK_TYPES),
    event_types: named(...EVENT_TYPES),
    search_frequencies: named(...FREQUENCIES),
    referral_sources: sources.rows.filter(({ type }) => type === 'source').map(({ id, name }) => ({ id, name: String(name) })),
    property_types: types.map(({ id, name }) => ({ id, name })),
    property_sub_types: subTypes.map(({ id, name, property_type_id = null }) => ({ id, name, property_type_id })),
  };
}
