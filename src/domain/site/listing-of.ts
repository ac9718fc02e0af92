import { json, ref, text } from '../records/index.ts';
import { shownFacts } from '../shown-listing.ts';

/** The listing as it is, else as it was (contracts/propertybase.md §3.6). */
export const LISTING_READS = {
  listing: `coalesce((select ${shownFacts('p')} from property p where p.org_id = t.org_id and p.id = t.property_id and p.deleted_at is null),
    t.property_copy)`,
  lead_agent_id: `(select m.id from contact c join member m on m.org_id = c.org_id and m.id = c.member_ids[1] and m.kind = 'agent'
    where c.org_id = t.org_id and c.id = t.contact_id and m.deleted_at is null)`,
};

/** What every row of a visitor's doing says of the listing it is about (domain-property §7.2). */
export const LISTING_COLUMNS = {
  contact_id: ref('contact'),
  property_id: ref('property'),
  listing_number: text(),
  mls_name: text(),
  property_address: text(),
  property_copy: json<Readonly<Record<string, unknown>> | null>(),
};

/** The number of the listing where the row keeps none: rows of other doors know the listing alone. */
export const SHOWN_NUMBER = {
  shown_number: {
    sql: `coalesce(t.listing_number, (select p.listing_number from property p where p.org_id = t.org_id and p.id = t.property_id and p.deleted_at is null))`,
    type: 'text',
    caseless: true,
  },
} as const;

/** Rows of leads that are gone from the site are gone too. */
export const OF_LIVE_LEADS = `(t.contact_id is null or exists (select from contact c where c.org_id = t.org_id and c.id = t.contact_id
  and c.deleted_at is null and c.lead_deleted_at is null))`;
