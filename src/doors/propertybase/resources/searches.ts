import { readTimestamp } from '../../../kernel/dates.ts';
import type { Row } from '../../../kernel/record.ts';
import { all, anyOf, equal, since } from '../../../wire/resource/conditions.ts';
import type { Desk, Model } from '../desk.ts';
import { badRequest, gone } from '../faults.ts';
import { computed, type Fields, MOMENTARY, of, told } from '../fields.ts';
import { byId, byText, byTruth, byWord } from '../filters.ts';
import { listAnswer } from '../list-answer.ts';
import { FREQUENCIES, propertyTypes } from '../lists.ts';
import type { Call, Operation } from '../operation.ts';
import { findRow, type Registry } from '../operations.ts';
import { listQueryOf, readPaging } from '../query.ts';
import { ofLead, type Resource, under } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { wholeProperty } from './property-model.ts';
import {
  nameOfSearch,
  orderOfSearch,
  readSearch,
  SEARCH_OBJECT,
  savedSearchOf,
  searchErrors,
  searchOf,
  searchWarnings,
  shownSearch,
} from './search-object.ts';
import { attributesOf, findQuestion, questionOf, standingOf } from './standing-search.ts';

/** The SearchObject of a body: under `search_attributes`, else flat (contracts/propertybase.md §3.5). */
function searchIn(body: Model): Model | undefined {
  const inner = body.search_attributes;
  if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return { ...inner, ...beside(body) };
  const flat = Object.fromEntries(Object.entries(body).filter(([name]) => name in SEARCH_OBJECT || name === 'property_subtypes'));
  return Object.keys(flat).length > 0 ? flat : undefined;
}
/** Members that stand at the top too, with the same values as inside. */
const TOP = ['list_office_mls_ids', 'list_agent_mls_ids', 'search_type', 'name', 'url'];
const beside = (body: Model): Model =>
  Object.fromEntries(TOP.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));

const strings = (value: unknown) => (Array.isArray(value) ? value : []);
const top: Fields = {
  ...of('strings', 'rw', 'list_office_mls_ids list_agent_mls_ids', { write: () => ({}) }),
  ...of('string', 'rw', 'search_type name', { write: () => ({}) }),
  ...of('url', 'rw', 'url', { write: () => ({}) }),
};
const readOnly = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      { ...field, access: 'rc', read: (row: Row) => (row.model as Model | undefined)?.[name] },
    ]),
  );

const checkSearch: NonNullable<Resource['check']> = (desk, { caller, body, row }) => {
  const asked = searchIn(body);
  if (asked) return searchErrors(desk, caller, asked);
  return row === null ? [TEXTS.blank('search_attributes')] : [];
};
const warnings: NonNullable<Resource['remarks']> = (desk, { caller, body }) => {
  const asked = searchIn(body);
  return asked ? searchWarnings(desk, caller, asked) : {};
};

export const leadSearches = (desk: Desk): Resource => ({
  name: 'searches',
  permission: 'leads',
  model: 'Search',
  models: 'Searches',
  key: 'search',
  methods: 'LGCD',
  places: [
    under('leads', '/leads/:lead_id/searches', 'contact_id', 'lead_id'),
    under('leads', '/leads/:lead_id/lead_searches', 'contact_id', 'lead_id'),
    ...ofLead('searches', 'lead_searches').filter(({ parent }) => !parent),
  ],
  source: desk.domain.records.leadSearch,
  fields: {
    lead_id: { type: 'id', access: 'rc', of: 'Lead', column: 'contact_id', required: true },
    search_attributes: { type: 'object', access: 'rc', read: (row) => row.model, write: () => ({}) },
    ...readOnly(top),
    ...of('int', 'r', 'results_count'),
  },
  filters: { lead_id: byId('contact_id:id') },
  orders: { name: 'name' },
  check: checkSearch,
  complete: (own, { caller, body }) => searchOf(own, caller, searchIn(body) ?? {}),
  remarks: warnings,
  async extend(own, caller, rows) {
    const known = await propertyTypes(own, caller);
    return new Map(rows.map((row) => [row.id, { model: shownSearch(known, (row.search_attributes ?? {}) as Model) }]));
  },
});

const CHANGES = ['new_listing', 'status_changed', 'price_changed', 'open_house_changes'] as const;
const allChanges = (row: Row) => CHANGES.every((name) => row[name] === true);

export const savedSearches = (desk: Desk): Resource => ({
  name: 'saved_searches',
  permission: 'saved_searches',
  model: 'Saved search',
  models: 'Saved searches',
  key: 'saved_search',
  methods: 'LGCUD',
  places: ofLead('saved_searches'),
  source: desk.domain.records.savedSearch,
  fields: {
    lead_id: { type: 'id', access: 'rc', of: 'Lead', column: 'contact_id', required: true },
    search_attributes: { type: 'object', access: 'rw', read: (row) => row.model, write: () => ({}) },
    ...Object.fromEntries(
      ['list_office_mls_ids', 'list_agent_mls_ids'].map((name) => [
        name,
        {
          type: 'strings',
          access: 'rw',
          read: (row: Row) => strings((row.model as Model | undefined)?.[name]),
          write: () => ({}),
        } as const,
      ]),
    ),
    ...of('bool', 'rw', CHANGES.join(' ')),
    any_changes: computed<boolean | null>('bool', 'rw', {
      read: allChanges,
      // Writing true sets the other four; writing false changes nothing (G21).
      write: () => ({}),
    }),
    ...told('string', 'rw', 'name search_type', MOMENTARY),
    ...told('url', 'rw', 'url', MOMENTARY),
    frequency: computed<string | null>(
      'string',
      'rw',
      { read: ({ frequency }) => frequency ?? 'daily', write: (value) => ({ frequency: value ?? 'daily' }) },
      { words: FREQUENCIES },
    ),
    ...of('bool', 'rw', 'active'),
    ...of('int', 'r', 'created_by_id', { read: ({ creator_id }) => creator_id }),
    ...of('string', 'r', 'created_by_type', {
      read: ({ creator }) => (typeof creator === 'string' ? (CREATORS[creator] ?? null) : null),
    }),
    ...told('int', 'r', 'results_count'),
    ...of('timestamp', 'r', 'last_sent_at last_viewed_at unsubscribed_at'),
  },
  filters: {
    lead_id: byId('contact_id:id'),
    active: byTruth('active'),
    frequency: byWord('frequency', FREQUENCIES),
    search_type: byWord('side'),
    name: byText('name'),
  },
  orders: { name: 'name' },
  check: checkSearch,
  async complete(own, written) {
    const { caller, body, row, sent } = written;
    const every = sent.any_changes === true ? Object.fromEntries(CHANGES.map((name) => [name, true])) : {};
    const asked = searchIn(body);
    if (!asked) return every;
    const { values } = readSearch(asked);
    if (row === null) return { ...every, ...(await savedSearchOf(own, caller, values)) };
    const known = await propertyTypes(own, caller);
    const standing = attributesOf(standingOf(row), known.types);
    const replaced = typeof body.search_attributes === 'object' && body.search_attributes !== null;
    const next = replaced ? values : { ...standing, ...values };
    const name =
      typeof values.name === 'string'
        ? values.name
        : replaced && !sent.name
          ? String(standing.name ?? nameOfSearch(known, next))
          : nameOfSearch(known, next);
    const { search } = (await savedSearchOf(own, caller, { ...next, name })) as { search: Model };
    const same = JSON.stringify(shownSearch(known, { ...next, name })) === JSON.stringify(shownSearch(known, standing));
    return same ? every : { ...every, search };
  },
  remarks: warnings,
  async extend(own, caller, rows) {
    const known = await propertyTypes(own, caller);
    const asked = await Promise.all(rows.map((row) => findQuestion(own, caller, known, standingOf(row))));
    const counts = await own.domain.countListings(caller.actor, asked);
    return new Map(
      rows.map((row, nth) => {
        const search = attributesOf(standingOf(row), known.types);
        const model = shownSearch(known, search);
        const { name, kept } = standingOf(row);
        const shown = { name, search_type: model.search_type, url: kept?.url ?? search.url ?? null };
        return [row.id, { model, results_count: counts[nth] ?? null, ...shown }] as const;
      }),
    );
  },
});
const CREATORS: Readonly<Record<string, string>> = { contact: 'Lead', agent: 'Agent', employee: 'Employee' };

const DAYS = 86_400_000;

/** Which listings of a saved search changed since its last mail, or since a moment that is asked for. */
function changesOf(row: Row, from: Date): Model {
  const later = (name: string) => row[name] instanceof Date && (row[name] as Date) > from;
  const flags = {
    new_listing: later('created_at'),
    status_changed: later('status_changed_at'),
    price_changed: later('price_changed_at'),
    open_house_changes: later('open_house_changed_at'),
  };
  return { ...flags, any_changes: Object.values(flags).some((flag) => flag) };
}

async function data(desk: Desk, registry: Registry, call: Call, leadId: number | undefined) {
  const { caller, query, ids } = call;
  const resource = registry.get('saved_searches') as Resource;
  const paging = readPaging(query, caller);
  const asked = query.get('since');
  const given = asked === null || asked === '' ? undefined : readTimestamp(asked);
  if (asked && !given) throw badRequest(TEXTS.parameter('since'));
  const id = /^\d{1,15}$/.test(ids.id ?? '') ? Number(ids.id) : undefined;
  const row = await findRow(resource, caller, id, leadId === undefined ? all() : equal('contact_id:id', leadId));
  if (!row) throw gone(resource.model);
  const known = await propertyTypes(desk, caller);
  const search = attributesOf(standingOf(row), known.types);
  const from =
    given ?? (row.last_sent_at as Date | null) ?? new Date(Math.max(0, (row.created_at as Date).getTime() - 30 * DAYS));
  const changed =
    query.get('changes_only') === 'true'
      ? anyOf(
          ...['created_at', 'status_changed_at', 'price_changed_at', 'open_house_changed_at'].map((name) => since(name, from)),
        )
      : undefined;
  const { where: asks, ...zone } = await questionOf(desk, caller, known, standingOf(row));
  const where = all(equal('is_listed', true), asks, changed);
  const { rows, total } = await desk.domain.records.listing.list(caller.actor, {
    ...listQueryOf(where, orderOfSearch(search), paging),
    ...zone,
  });
  const models = rows.map((one) => ({ ...wholeProperty(one, known, desk.publicUrl), ...changesOf(one, from) }));
  return listAnswer(call, 'Saved search data found', models, { paging, total, last: rows.at(-1)?.id });
}

/** The listings of a saved search (contracts/propertybase.md §3.5). */
export const savedSearchData = (desk: Desk, registry: Registry): Operation[] => {
  const shared = {
    method: 'GET',
    resource: 'saved_search_data',
    permission: 'saved_searches',
    right: 'r',
    deed: 'find',
    subject: 'Saved search data',
    listed: true,
  } as const;
  return [
    {
      ...shared,
      path: '/saved_searches/:id/data',
      operationId: 'saved_search_data',
      handle: (call) => data(desk, registry, call, undefined),
    },
    {
      ...shared,
      path: '/leads/:lead_id/saved_searches/:id/data',
      operationId: 'saved_search_data_of_lead',
      async handle(call) {
        const leads = registry.get('leads') as Resource;
        const id = /^\d{1,15}$/.test(call.ids.lead_id ?? '') ? Number(call.ids.lead_id) : undefined;
        if (id === undefined || !(await findRow(leads, call.caller, id))) throw gone(leads.model);
        return data(desk, registry, call, id);
      },
    },
  ];
};
