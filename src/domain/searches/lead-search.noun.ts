import { statement, type Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import { boolean, instant, integer, noun, ref, text } from '../records/index.ts';
import type { Criteria } from './criteria.ts';
import { standingSql } from './standing.ts';

/** What a site says of a search: its name, the criteria in the one form, and as they were sent. */
export type SearchTaken = {
  /** the story brings it */
  readonly id?: number;
  readonly name?: string;
  readonly url?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly criteria?: Criteria;
};

type Standing = {
  readonly id: number;
  readonly name: string;
  readonly shared: boolean;
  readonly extras: Readonly<Record<string, unknown>>;
};
const standing = statement<Standing>(
  'lead_saved_search.standing',
  `select s.id, s.name, s.extras, exists (select from saved_search_contact o where o.org_id = s.org_id and o.search_id = s.id
      and o.id <> $3 and o.deleted_at is null) as shared
   from saved_search s where s.org_id = $1 and s.id = $2 for update`,
);
const insert = statement<{ id: number }>(
  'lead_saved_search.insert',
  `insert into saved_search (org_id, id, reso_key, owner_member_id, owner_contact_id, name, side, criteria, extras, created_at, updated_at, created_door)
   select $1, coalesce($10::bigint, nextval('saved_search_id_seq')), $2, o.member_id, case when o.member_id is null then $3::bigint end, $4, $5, $6, $7, $8, $8, $9
   from (select (select m.id from contact c join member m on m.org_id = c.org_id and m.id = c.member_ids[1] and m.deleted_at is null
     where c.org_id = $1 and c.id = $3) as member_id) o returning id`,
);
const change = statement<never>(
  'lead_saved_search.change',
  `update saved_search set name = $3, side = $4, criteria = $5, extras = $6, filter_text = case when $7 then null else filter_text end,
     fits = case when $7 then true else fits end, updated_at = $8, version = version + 1 where org_id = $1 and id = $2`,
);
const criteriaOf = statement<{ criteria: Criteria }>(
  'lead_saved_search.criteria',
  'select criteria from saved_search where org_id = $1 and id = $2',
);
const drop = statement<{ id: number; name: string }>(
  'lead_saved_search.drop',
  `update saved_search s set deleted_at = $3, updated_at = $3, version = s.version + 1
   where s.org_id = $1 and s.id = $2 and s.created_door = 'propertybase' and s.deleted_at is null
     and not exists (select from saved_search_contact o where o.org_id = s.org_id and o.search_id = s.id and o.deleted_at is null)
   returning s.id, s.name`,
);

const extrasOf = (before: Readonly<Record<string, unknown>>, { url, attributes }: SearchTaken) => {
  const mine = (before.propertybase ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...before,
    propertybase: {
      ...mine,
      ...(attributes === undefined ? {} : { search_attributes: attributes }),
      ...(url === undefined ? {} : { url }),
    },
  };
};

async function add(tx: Tx, what: Happening, key: string, contactId: number, taken: SearchTaken, extras = {}): Promise<number> {
  const { orgId, door } = what.actor;
  const { name = 'Search', criteria = {} } = taken;
  const values = [
    name,
    criteria.side ?? null,
    JSON.stringify(criteria),
    JSON.stringify(extrasOf(extras, taken)),
    what.at,
    door,
    taken.id ?? null,
  ];
  const [made] = await tx.rows(insert, [orgId, key, contactId, ...values]);
  const id = (made as { id: number }).id;
  await emit(tx, what, {
    noun: 'saved_search',
    row_id: id,
    row_name: name,
    verb: 'created',
    changed: { id, name, criteria },
    contact_id: contactId,
  });
  return id;
}

const S = 'saved_search s where s.org_id = t.org_id and s.id = t.search_id';

/** A lead's part in a saved search, which is the saved search of the site: one record for each lead (domain-property §7.1). */
export const leadSavedSearchNoun = noun({
  name: 'saved_search_contact',
  columns: {
    contact_id: ref('contact'),
    search_id: integer(),
    frequency: text(),
    active: boolean({ required: true }),
    new_listing: boolean({ required: true }),
    status_changed: boolean({ required: true }),
    price_changed: boolean({ required: true }),
    open_house_changes: boolean({ required: true }),
    last_sent_at: instant({ readOnly: true }),
    last_viewed_at: instant({ readOnly: true }),
    unsubscribed_at: instant({ readOnly: true }),
    creator_kind: text(),
    creator_id: integer(),
  },
  code: 'none',
  label: ({ id }) => `Saved search ${id}`,
  shown: `exists (select from ${S} and s.deleted_at is null) and exists (select from contact c where c.org_id = t.org_id
    and c.id = t.contact_id and c.deleted_at is null and c.lead_deleted_at is null)`,
  takes: ['search'],
  reads: {
    creator: `case t.creator_kind when 'member' then (select m.kind from member m where m.org_id = t.org_id and m.id = t.creator_id)
      else t.creator_kind end`,
    search: `(select ${standingSql('s')} from ${S})`,
  },
  fields: {
    name: { sql: `(select s.name from ${S})`, type: 'text', caseless: true },
    side: { sql: `(select coalesce(s.side, 'sales') from ${S})`, type: 'text', caseless: true },
    frequency: { sql: `coalesce(t.frequency, 'daily')`, type: 'text', caseless: true },
  },
  // Whoever turns it on again wants its mails again.
  derive: ({ active }, before) => (active && before?.active === false ? { unsubscribed_at: null } : {}),
  async settle({ tx, what, before, after, idOf, taken, newKey }) {
    const said = taken.search as SearchTaken | undefined;
    const contact = idOf('contact_id') ?? 0;
    if (!before) return { search_id: await add(tx, what, newKey(), contact, said ?? {}) };
    if (!said) return {};
    const { orgId } = what.actor;
    const [now] = await tx.rows(standing, [orgId, after.search_id, after.id]);
    const [known] = await tx.rows(criteriaOf, [orgId, after.search_id]);
    if (!now || !known) return {};
    const whole = { name: now.name, criteria: known.criteria, ...said };
    // Others go on with the search as it was.
    if (now.shared) return { search_id: await add(tx, what, newKey(), contact, whole, now.extras) };
    const { name, criteria } = whole;
    const rewritten = said.criteria !== undefined;
    const values = [
      name,
      criteria.side ?? null,
      JSON.stringify(criteria),
      JSON.stringify(extrasOf(now.extras, said)),
      rewritten,
      what.at,
    ];
    await tx.rows(change, [orgId, now.id, ...values]);
    const changed = {
      ...(name === now.name ? {} : { name: [now.name, name] }),
      ...(rewritten ? { criteria: [known.criteria, criteria] } : {}),
    };
    await emit(tx, what, { noun: 'saved_search', row_id: now.id, row_name: name, verb: 'updated', changed, contact_id: contact });
    return {};
  },
  async removed({ tx, what, row }) {
    for (const { id, name } of await tx.rows(drop, [what.actor.orgId, row.search_id, what.at]))
      await emit(tx, what, { noun: 'saved_search', row_id: id, row_name: name, verb: 'deleted', changed: { id, name } });
  },
});
