import { statement } from '../../db/index.ts';
import { aboutListing } from '../about-listing.ts';
import { keptFields } from '../kept-fields.ts';
import { queueMail } from '../mail/index.ts';
import { leadOfVisitor } from '../people/index.ts';
import { type Columns, instant, integer, json, noun, number, type RowOf, ref, text } from '../records/index.ts';
import { LISTING_COLUMNS, LISTING_READS, OF_LIVE_LEADS, SHOWN_NUMBER } from './listing-of.ts';

const address = ({ property_address, listing_number }: { property_address: string | null; listing_number: string | null }) =>
  property_address ?? listing_number ?? '';

const touch = statement<never>(
  'site.lead_active',
  `update contact set last_active_at = least($3::timestamptz, $4)
   where org_id = $1 and id = $2 and (last_active_at is null or last_active_at < least($3::timestamptz, $4))`,
);
const views = statement<{ n: number }>(
  'property_view.count',
  `select coalesce(max(view_count), 0)::int as n from property_view where org_id = $1 and contact_id = $2 and deleted_at is null
     and (property_id = $3::bigint or ($3::bigint is null and property_id is null and lower(listing_number) = lower($4::text)))`,
);

const AGENT_OF_ROW = (own: string) => `coalesce(${own}, ${LISTING_READS.lead_agent_id})`;
const agentField = (own: string) => ({ agent_id: { sql: AGENT_OF_ROW(own), type: 'integer' } }) as const;

/** A look at a listing; a repeated one is a row of its own. */
export const propertyViewNoun = noun({
  name: 'property_view',
  columns: {
    ...LISTING_COLUMNS,
    viewed_at: instant({ required: true }),
    view_count: integer({ required: true }),
    source: text(),
    url: text(),
  },
  code: 'none',
  label: address,
  shown: OF_LIVE_LEADS,
  reads: LISTING_READS,
  fields: agentField('null::bigint'),
  async settle(context) {
    const { tx, what, before, after, idOf } = context;
    if (before) return {};
    const about = await aboutListing(context, after, true);
    const [counted] = await tx.rows(views, [
      what.actor.orgId,
      idOf('contact_id'),
      about.property_id ?? null,
      about.listing_number ?? after.listing_number,
    ]);
    return { ...about, view_count: (counted?.n ?? 0) + 1, viewed_at: after.viewed_at ?? what.at };
  },
  async after({ tx, what, before, after, idOf }) {
    if (!before) await tx.rows(touch, [what.actor.orgId, idOf('contact_id'), after.viewed_at, what.at]);
  },
});

const cart = statement<{ id: number }>(
  'favourite.cart',
  `select id from listing_cart where org_id = $1 and owner_contact_id = $2 and type = 'Favorites' and deleted_at is null for update`,
);
const makeCart = statement<{ id: number }>(
  'favourite.make_cart',
  `insert into listing_cart (org_id, reso_key, owner_contact_id, type, name, created_at, updated_at, created_door)
   values ($1, $2, $3, 'Favorites', 'Favorites', $4, $4, $5) on conflict do nothing returning id`,
);
const moved = statement<never>(
  'favourite.cart_moved',
  'update listing_cart set items_changed_at = $3 where org_id = $1 and id = (select cart_id from listing_cart_item where org_id = $1 and id = $2)',
);

/** A favourite is an item of the lead's Favorites cart, which other doors show as such (domain-property §7.2). */
export const favouriteNoun = noun({
  name: 'listing_cart_item',
  columns: {
    ...LISTING_COLUMNS,
    cart_id: integer(),
    price: number(),
    added_at: instant({ required: true }),
    notes: text(),
    rating: integer(),
  },
  code: 'none',
  label: address,
  shown: `${OF_LIVE_LEADS} and exists (select from listing_cart k where k.org_id = t.org_id and k.id = t.cart_id and k.type = 'Favorites'
    and k.owner_contact_id is not null and k.deleted_at is null)`,
  reads: {
    ...LISTING_READS,
    owner_id: '(select k.owner_contact_id from listing_cart k where k.org_id = t.org_id and k.id = t.cart_id)',
    listing: `coalesce(${LISTING_READS.listing}, null)`,
  },
  fields: {
    ...agentField('null::bigint'),
    ...SHOWN_NUMBER,
    'owner:id': {
      sql: '(select k.owner_contact_id from listing_cart k where k.org_id = t.org_id and k.id = t.cart_id)',
      type: 'integer',
    },
  },
  async settle(context) {
    const { tx, what, before, after, idOf, newKey } = context;
    if (before) return {};
    const { orgId, door } = what.actor;
    const contact = idOf('contact_id');
    const about = await aboutListing(context, after, true);
    let [found] = await tx.rows(cart, [orgId, contact]);
    if (!found) [found] = await tx.rows(makeCart, [orgId, newKey(), contact, what.at, door]);
    if (!found) [found] = await tx.rows(cart, [orgId, contact]);
    const price = (about.property_copy as { price?: number | null } | undefined)?.price ?? null;
    return { ...about, cart_id: found?.id ?? null, price, added_at: after.added_at ?? what.at };
  },
  async after({ tx, what, before, after, idOf }) {
    if (!before) await tx.rows(touch, [what.actor.orgId, idOf('contact_id'), after.added_at, what.at]);
    await tx.rows(moved, [what.actor.orgId, after.id, what.at]);
  },
  async removed({ tx, what, row }) {
    await tx.rows(moved, [what.actor.orgId, row.id, what.at]);
  },
});

/** Letters to friends, contact forms, listings that a lead owns or is offered: one table, by kind. */
const activity = (kind: string) => ({
  table: 'site_activity',
  code: 'none' as const,
  label: address,
  shown: `t.kind = '${kind}' and ${OF_LIVE_LEADS}`,
  reads: LISTING_READS,
  fields: agentField('t.member_id'),
  derive: () => ({ kind }),
});
const SHARED = {
  ...LISTING_COLUMNS,
  kind: text({ required: true }),
  member_id: ref('member'),
  office_id: ref('office'),
  relationship: text(),
};

type Kept = Readonly<Record<string, unknown>>;
const keptBy = (row: Pick<RowOf<Columns>, 'extras'>): Kept => row.extras.propertybase ?? {};

export const emailFriendNoun = noun({
  ...activity('email_friend'),
  name: 'email_friend',
  columns: SHARED,
  settle: (context) => (context.before ? Promise.resolve({}) : aboutListing(context, context.after, true)),
  async after({ tx, what, before, after }) {
    if (before) return;
    const { friend_email, friend_emails, friend_name, from_name, from_email, comments } = keptBy(after);
    for (const to of new Set([friend_email ?? [], friend_emails ?? []].flat() as string[]))
      await queueMail(tx, what, {
        kind: 'email_friend',
        to,
        subject: `${from_name ?? 'A friend'} recommends ${address(after)}`,
        body: [`Hello${friend_name ? ` ${friend_name}` : ''},`, address(after), comments ?? '']
          .filter((part) => part !== '')
          .join('\n\n'),
        replyTo: typeof from_email === 'string' && from_email !== '' ? from_email : null,
      });
  },
});

export const contactFormNoun = noun({
  ...activity('contact_form'),
  fields: { ...agentField('t.member_id'), ...keptFields('first_name', 'last_name', 'email') },
  name: 'contact_form',
  columns: SHARED,
  takes: ['visitor'],
  async settle(context) {
    if (context.before) return {};
    return {
      ...(await aboutListing(context, context.after, false)),
      ...(await leadOfVisitor(context, context.idOf('contact_id'))),
    };
  },
});

export const leadPropertyNoun = noun({
  ...activity('lead_property'),
  name: 'lead_property',
  columns: SHARED,
  async settle(context) {
    const { before, after } = context;
    const same = before && before.property_id === after.property_id && before.listing_number === after.listing_number;
    // Another listing, or none that is known: what the last one was like says nothing of it.
    return same ? {} : { property_copy: null, ...(await aboutListing(context, after, false)) };
  },
});

/** A search that a lead ran; never changed. */
export const searchRunNoun = noun({
  name: 'lead_search',
  table: 'search_run',
  columns: {
    contact_id: ref('contact'),
    name: text(),
    search_type: text(),
    url: text(),
    search_attributes: json<Kept>(),
    criteria: json<Kept>(),
    results_count: integer(),
  },
  code: 'none',
  label: ({ name }) => name ?? 'Search',
  shown: OF_LIVE_LEADS,
  async after({ tx, what, before, idOf }) {
    if (!before) await tx.rows(touch, [what.actor.orgId, idOf('contact_id'), what.at, what.at]);
  },
});
