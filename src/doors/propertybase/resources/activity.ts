import { CODE_TO_LET, type LeadCall, type Wanted } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { all, equal } from '../../../wire/resource/conditions.ts';
import type { Caller, Desk, Model } from '../desk.ts';
import { computed, type Field, type Fields, of, told } from '../fields.ts';
import { byId, byText, byWord } from '../filters.ts';
import { propertyTypes } from '../lists.ts';
import { at, ofLead, type Resource, under, type Written } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { homeValuation, valuationErrors } from './home-valuation.ts';
import { leadCall } from './lead-assignment.ts';
import { embeddedProperty } from './property-model.ts';
import { emailErrors } from './staff.ts';

/** What all rows of a visitor's doing say of the lead and the listing (contracts/propertybase.md §3.7). */
export const aboutFields = (lead: Partial<Field> = {}): Fields => ({
  lead_id: { type: 'id', access: 'rc', of: 'Lead', column: 'contact_id', required: true, ...lead },
  property_id: { type: 'id', access: 'rc', of: 'Property', column: 'property_id' },
  ...of('string', 'rc', 'mls_id', { column: 'listing_number' }),
  ...of('string', 'rc', 'mls_name property_address'),
  ...told('object', 'r', 'property'),
});

export const ABOUT_FILTERS = {
  lead_id: byId('contact_id:id'),
  property_id: byId('property_id:id'),
  mls_id: byText('listing_number'),
  agent_id: byId('agent_id'),
};

/** The listing that each row is about, as it is or as it was. */
export const withProperty: NonNullable<Resource['extend']> = async (desk, caller, rows) => {
  const known = await propertyTypes(desk, caller);
  return new Map(rows.map((row) => [row.id, { property: embeddedProperty(row.listing as Model | null, known, desk.publicUrl) }]));
};

/** What a row knows of its listing, else the listing itself says; for rows of nouns that other doors make too. */
export const knownOfListing: Fields = {
  mls_id: computed<string | null>('string', 'rc', {
    read: (row) => row.listing_number ?? (row.property as Model | null)?.mls_id ?? null,
    write: (value) => ({ listing_number: value }),
  }),
  mls_name: computed<string | null>('string', 'rc', {
    read: (row) => row.mls_name ?? (row.property as Model | null)?.mls_name ?? null,
    write: (value) => ({ mls_name: value }),
  }),
  property_address: computed<string | null>('string', 'rc', {
    read: (row) => row.property_address ?? (row.property as Model | null)?.display_address ?? null,
    write: (value) => ({ property_address: value }),
  }),
};

/** The same for rows that carry what their listing says. */
export const shownOfListing: Fields = {
  mls_id: computed<string | null>('string', 'rc', {
    read: (row) => row.listing_number ?? (row.listing as Model | null)?.listing_number ?? null,
    write: (value) => ({ listing_number: value }),
  }),
  mls_name: computed<string | null>('string', 'rc', {
    read: (row) => row.mls_name ?? (row.listing as Model | null)?.mls_name ?? null,
    write: (value) => ({ mls_name: value }),
  }),
  property_address: computed<string | null>('string', 'rc', {
    read: (row) => row.property_address ?? addressOf(row.listing as Model | null),
    write: (value) => ({ property_address: value }),
  }),
};

/** Listings by their ids; what rows keep of those that are gone. */
export async function propertiesOf(
  desk: Desk,
  caller: Caller,
  rows: readonly Row[],
  idOf: (row: Row) => number | null | undefined,
): Promise<ReadonlyMap<number, Model | null>> {
  const known = await propertyTypes(desk, caller);
  const facts = await desk.domain.shownListings(
    caller.actor,
    rows.flatMap((row) => idOf(row) ?? []),
  );
  return new Map(
    rows.map((row) => {
      const shown = facts.get(idOf(row) ?? 0) ?? (row.property_copy as Model | null);
      return [row.id, embeddedProperty(shown, known, desk.publicUrl)];
    }),
  );
}

/** `lead_id` where it names none: the address that a visitor left (contracts/propertybase.md §4.3). */
export function visitorOf({ caller, sent }: Pick<Written, 'caller' | 'sent'>, created: Model): Model {
  const email = typeof sent.email === 'string' && sent.email !== '' ? sent.email : undefined;
  if ((sent.lead_id !== undefined && sent.lead_id !== null) || email === undefined) return {};
  const text = (name: string) => (typeof sent[name] === 'string' && sent[name] !== '' ? (sent[name] as string) : null);
  const call: LeadCall = leadCall({ caller, sent: {} });
  return {
    visitor: {
      email,
      first_name: text('first_name'),
      last_name: text('last_name'),
      phone: text('phone'),
      member_ids: [],
      office_ids: [],
      call,
      created,
    },
  };
}

/** What is known of the listing that a call names, by its id or by its number where that is one alone. */
async function listingNamed(
  { domain }: Desk,
  { actor }: Caller,
  { property_id, mls_id, mls_name }: Model,
): Promise<Model | undefined> {
  if (typeof property_id === 'number') return (await domain.shownListings(actor, [property_id])).get(property_id);
  if (typeof mls_id !== 'string' || mls_id === '') return undefined;
  const named = typeof mls_name === 'string' && mls_name !== '' ? [equal('mls_name', mls_name)] : [];
  const { rows } = await domain.records.listing.list(actor, {
    where: all(equal('listing_number', mls_id), ...named),
    order: [],
    limit: 2,
    offset: 0,
    total: false,
  });
  return rows.length === 1 ? (rows[0]?.facts as Model) : undefined;
}

/** What a listing says of whoever asks about it (contracts/propertybase.md §4.1). */
async function wantedBy(desk: Desk, caller: Caller, sent: Model): Promise<Wanted> {
  const facts = await listingNamed(desk, caller, sent);
  if (!facts) return {};
  const { types } = await propertyTypes(desk, caller);
  const texts = (...values: readonly unknown[]) => values.filter((one): one is string => typeof one === 'string' && one !== '');
  const { price } = facts;
  return {
    kind: facts.type_code === CODE_TO_LET ? ('rentals' as const) : ('sales' as const),
    ...(typeof price === 'number' ? { minPrice: price, maxPrice: price } : {}),
    locations: texts(facts.city, facts.area),
    propertyTypes: texts(types.find(({ code }) => code === facts.type_code)?.name, facts.sub_type),
  };
}

/** The agent that a visitor asks for, else one of the queue: whose lead a new one is. */
export async function assignVisitor(desk: Desk, { caller, sent }: Written, values: Model): Promise<Model> {
  const visitor = values.visitor as Model | undefined;
  if (!visitor) return values;
  const { leads } = desk.domain.people;
  const { actor, rules } = caller;
  const named = typeof sent.agent_id === 'number' ? await leads.findAgent(actor, sent.agent_id, null) : undefined;
  const found = named ?? (await leads.distribute(actor, await wantedBy(desk, caller, sent), rules.unmatchedLeads));
  if (!found) return values;
  const { memberCode, officeCode } = found;
  return { ...values, visitor: { ...visitor, member_ids: [memberCode], office_ids: officeCode === null ? [] : [officeCode] } };
}

export const leadOrEmail: NonNullable<Resource['check']> = (_desk, { sent, row }) => {
  if (row !== null) return emailErrors(sent);
  const named = (sent.lead_id !== undefined && sent.lead_id !== null) || (typeof sent.email === 'string' && sent.email !== '');
  return [...(named ? [] : [TEXTS.blank('lead_id')]), ...emailErrors(sent)];
};

export const needsListing: NonNullable<Resource['check']> = (_desk, { sent, row }) =>
  row !== null || sent.property_id || sent.mls_id ? [] : [TEXTS.blank('property_id')];

export const propertyViews = (desk: Desk): Resource => ({
  name: 'property_views',
  permission: 'property_views',
  model: 'Property view',
  models: 'Property views',
  key: 'property_view',
  methods: 'LGCD',
  places: [...ofLead('property_views'), at('/property_view_updates')],
  source: desk.domain.records.propertyView,
  fields: {
    ...aboutFields(),
    ...of('timestamp', 'rc', 'viewed_at'),
    ...of('int', 'r', 'view_count'),
    ...of('string', 'rc', 'source'),
    ...of('url', 'rc', 'url'),
  },
  filters: ABOUT_FILTERS,
  orders: { viewed_at: 'viewed_at' },
  check: needsListing,
  extend: withProperty,
});

export const favoriteProperties = (desk: Desk): Resource => ({
  name: 'favorite_properties',
  permission: 'favorite_properties',
  model: 'Favorite property',
  models: 'Favorite properties',
  key: 'favorite_property',
  methods: 'LGCD',
  places: [
    ...ofLead('favorite_properties'),
    at('/favorite_props'),
    under('leads', '/leads/:lead_id/favorite_props', 'owner', 'lead_id'),
  ].map((place) => (place.parent ? { ...place, parent: { ...place.parent, column: 'owner' } } : place)),
  source: desk.domain.records.favourite,
  fields: {
    ...aboutFields({ read: (row) => row.owner_id }),
    ...of('text', 'rc', 'notes'),
    ...of('int', 'rc', 'rating'),
    ...of('timestamp', 'rc', 'favorited_at', { column: 'added_at' }),
    ...shownOfListing,
  },
  filters: { ...ABOUT_FILTERS, lead_id: byId('owner:id'), mls_id: byText('shown_number') },
  orders: { favorited_at: 'added_at' },
  check: (own, written) => {
    const { rating } = written.sent;
    const rated = rating === undefined || rating === null || ((rating as number) >= 1 && (rating as number) <= 5);
    return [...(needsListing(own, written) as string[]), ...(rated ? [] : [TEXTS.notListed('rating')])];
  },
  // A second one of the same listing is the first (G22).
  async met({ domain }, { caller, sent }) {
    const { lead_id, property_id, mls_id } = sent as { lead_id: number; property_id?: number | null; mls_id?: string | null };
    const about = property_id ? equal('property_id:id', property_id) : equal('shown_number', mls_id);
    const where = { kind: 'and', of: [equal('owner:id', lead_id), about] } as const;
    const page = await domain.records.favourite.list(caller.actor, {
      where,
      order: [{ field: 'id', descending: false }],
      limit: 1,
      offset: 0,
      total: false,
    });
    return page.rows[0];
  },
  extend: withProperty,
});

export const addressOf = (facts: Model | null | undefined): string | null => {
  if (!facts) return null;
  const { display_address, city, state, postal_code } = facts;
  return [display_address, city, [state, postal_code].filter((part) => part).join(' ')].filter((part) => part).join(', ') || null;
};

export const inquiries = (desk: Desk): Resource => ({
  name: 'inquiries',
  permission: 'inquiries',
  model: 'Inquiry',
  models: 'Inquiries',
  key: 'inquiry',
  methods: 'LGCUD',
  places: ofLead('inquiries'),
  source: desk.domain.records.enquiry,
  scope: equal('has_lead', true),
  fields: {
    ...aboutFields({ required: false }),
    property_id: {
      type: 'id',
      access: 'rc',
      of: 'Property',
      read: (row) => firstOf(row['property_ids:id']),
      write: () => ({}),
    },
    ...knownOfListing,
    ...of('text', 'rw', 'comments', { column: 'message' }),
    ...of('string', 'rw', 'first_name last_name email'),
    phone: computed<string | null>('string', 'rw', {
      read: ({ mobile_phone, home_phone, work_phone }) => mobile_phone ?? home_phone ?? work_phone,
      write: (value) => ({ mobile_phone: value }),
    }),
    ...of('string', 'rw', 'subject'),
    agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'member_id' },
    office_id: { type: 'id', access: 'rw', of: 'Office', column: 'office_id' },
    ...of('url', 'rw', 'url'),
    ...of('timestamp', 'rw', 'responded_at'),
  },
  filters: { ...ABOUT_FILTERS, property_id: byId('asked_id') },
  orders: { first_name: 'first_name', last_name: 'last_name', email: 'email' },
  check: (own, written) => [...(needsListing(own, written) as string[]), ...(leadOrEmail(own, written) as string[])],
  async complete(own, written) {
    const { caller, sent, row } = written;
    if (row !== null) return {};
    const id = sent.property_id as number | null | undefined;
    const found = id ? (await own.domain.codesOf(caller.actor, [{ noun: 'property', id }])).get(`property ${id}`) : undefined;
    const visitor = visitorOf(written, { creation_type: 'Inquiry', lead_source_category: 'Website' });
    return {
      status: 'pending',
      kind: 'salesApplicant',
      task_hours: caller.rules.followUp?.hours ?? 24,
      ...(found ? { property_ids: [found.code] } : {}),
      ...(await assignVisitor(own, written, visitor)),
    };
  },
  async extend(own, caller, rows) {
    const found = await propertiesOf(own, caller, rows, (row) => firstOf(row['property_ids:id']));
    return new Map(rows.map((row) => [row.id, { property: found.get(row.id) ?? null }]));
  },
});
const firstOf = (value: unknown): number | null => (Array.isArray(value) && typeof value[0] === 'number' ? value[0] : null);

export const emailFriends = (desk: Desk): Resource => ({
  name: 'email_friends',
  permission: 'email_friends',
  model: 'Email friend',
  models: 'Email friends',
  key: 'email_friend',
  methods: 'LGCD',
  places: ofLead('email_friends'),
  source: desk.domain.records.emailFriend,
  fields: {
    ...aboutFields(),
    ...of('string', 'rc', 'from_name from_email friend_name friend_email'),
    ...of('strings', 'rc', 'friend_emails'),
    ...of('text', 'rc', 'comments'),
    ...of('timestamp', 'r', 'sent_at', { read: ({ created_at }) => created_at }),
  },
  filters: ABOUT_FILTERS,
  check: (own, written) => {
    const { friend_email, friend_emails, from_email } = written.sent;
    const some =
      (typeof friend_email === 'string' && friend_email !== '') || (Array.isArray(friend_emails) && friend_emails.length > 0);
    const isBad = (email: unknown) => emailErrors({ email }).length > 0;
    const bad = [friend_email ?? [], friend_emails ?? []].flat().some(isBad);
    return [
      ...(needsListing(own, written) as string[]),
      ...(some ? [] : [TEXTS.blank('friend_email')]),
      ...(bad ? [TEXTS.invalid('friend_email')] : []),
      ...(isBad(from_email) ? [TEXTS.invalid('from_email')] : []),
    ];
  },
  extend: withProperty,
});

export const contactForms = (desk: Desk): Resource => ({
  name: 'contact_forms',
  permission: 'contact_forms',
  model: 'Contact form',
  models: 'Contact forms',
  key: 'contact_form',
  methods: 'LGCD',
  places: ofLead('contact_forms'),
  source: desk.domain.records.contactForm,
  fields: {
    ...aboutFields({ required: false }),
    agent_id: { type: 'id', access: 'rc', of: 'Agent', column: 'member_id' },
    office_id: { type: 'id', access: 'rc', of: 'Office', column: 'office_id' },
    ...of('string', 'rc', 'employee_name'),
    ...of('text', 'rc', 'comments'),
    ...of('string', 'rc', 'first_name last_name email phone contact_method subject'),
    ...of('url', 'rc', 'url'),
  },
  filters: ABOUT_FILTERS,
  orders: { first_name: 'first_name', last_name: 'last_name', email: 'email' },
  check: leadOrEmail,
  complete: (own, written) =>
    assignVisitor(own, written, visitorOf(written, { creation_type: 'Contact form', lead_source_category: 'Website' })),
  extend: withProperty,
});

const RELATIONSHIPS = ['owned', 'selling', 'home_valuation', 'recommended', 'interested', 'purchased'] as const;

export const leadProperties = (desk: Desk): Resource => ({
  name: 'lead_properties',
  permission: 'lead_properties',
  model: 'Lead property',
  models: 'Lead properties',
  key: 'lead_property',
  methods: 'LGCUD',
  places: ofLead('lead_properties'),
  source: desk.domain.records.leadProperty,
  fields: {
    lead_id: { type: 'id', access: 'rw', of: 'Lead', column: 'contact_id', required: true },
    property_id: { type: 'id', access: 'rw', of: 'Property', column: 'property_id' },
    ...of('string', 'rw', 'mls_id', { column: 'listing_number' }),
    ...of('string', 'rw', 'mls_name property_address'),
    ...of('string', 'r', 'address', { read: ({ property_address }) => property_address }),
    ...told('object', 'r', 'property'),
    relationship: computed<string | null>(
      'string',
      'rw',
      { read: ({ relationship }) => relationship ?? 'interested', write: (value) => ({ relationship: value ?? 'interested' }) },
      { words: RELATIONSHIPS },
    ),
    ...homeValuation,
    ...of('text', 'rw', 'notes'),
    agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'member_id' },
  },
  filters: { ...ABOUT_FILTERS, relationship: byWord('relationship', RELATIONSHIPS) },
  // Another number, or another listing, stands for what was said of the one before.
  complete: (_own, { sent, row }) => {
    const [id, number] = row === null ? [null, null] : [row['property_id:id'], row.listing_number];
    const moves = row !== null && ((sent.property_id ?? id) !== id || (sent.mls_id ?? number) !== number);
    return moves
      ? Object.fromEntries(
          ['property_id', 'mls_name', 'property_address'].filter((name) => sent[name] === undefined).map((name) => [name, null]),
        )
      : {};
  },
  check: (_own, { sent }) => valuationErrors('Home valuation', sent.home_valuation),
  extend: withProperty,
});
