import {
  type Address,
  type ContactPoint,
  LEADS,
  type LeadCall,
  type Places,
  pointsAt,
  readPoints,
  regionOf,
  streetLine,
  writeAddressLine,
  writePoints,
} from '../../../domain/index.ts';
import type { Condition } from '../../../kernel/condition.ts';
import type { Row } from '../../../kernel/record.ts';
import {
  all,
  among,
  anyOf,
  equal,
  present as isPresent,
  missing,
  pointOf,
  some,
  words,
} from '../../../wire/resource/conditions.ts';
import { readSent } from '../change.ts';
import type { Desk, Model } from '../desk.ts';
import { badRequest } from '../faults.ts';
import { computed, type Field, type Fields, MOMENTARY, of, told } from '../fields.ts';
import { byId, byText, byWord, when } from '../filters.ts';
import { PHONE_TYPES } from '../lists.ts';
import { countryOf } from '../map.ts';
import { after as since, before as until } from '../query.ts';
import { at, type Filter, type Resource, type Written } from '../resource.ts';
import { keptOf } from '../show.ts';
import { TEXTS } from '../words.ts';
import { readSearch, savedSearchOf, searchOf, searchTexts } from './search-object.ts';
import { emailErrors } from './staff.ts';

type Slot = 'phone1' | 'phone2' | 'phone3';
/** Main, mobile, other: each knows its entry by a mark, whatever other doors add (domain-people §1.6). */
const PHONES: Places<Slot> = [
  { name: 'phone1', kinds: ['main', 'home', 'work', 'direct', 'other'], makes: 'main', pin: { slot: 1 } },
  { name: 'phone2', kinds: ['mobile'], makes: 'mobile', pin: { slot: 2 } },
  { name: 'phone3', kinds: ['home', 'work', 'direct', 'other', 'main', 'mobile'], makes: 'other', pin: { slot: 3 } },
];
const pointsOf = (row: Row) => (row.contact_points ?? []) as readonly ContactPoint[];

const KINDS: Readonly<Record<string, ContactPoint['kind']>> = { home: 'home', mobile: 'mobile', work: 'work', fax: 'fax' };
const typeOf = ({ kind, label }: ContactPoint): string | null =>
  kind === 'main' ? null : (PHONE_TYPES.find((type) => type.toLowerCase() === kind) ?? label ?? 'Other');

/** The kind that a word says; a type of the site's own is another kind with a label. */
function retyped(point: ContactPoint, type: string | null): ContactPoint {
  const { label: _, ...bare } = point;
  if (type === null) return { ...bare, kind: 'main' };
  const kind = KINDS[type.toLowerCase()];
  if (kind) return { ...bare, kind };
  return type.toLowerCase() === 'other' ? { ...bare, kind: 'other' } : { ...bare, kind: 'other', label: type };
}

const phone = (slot: Slot): Field =>
  computed<string | null>('string', 'rw', {
    read: (row) => readPoints(pointsOf(row), PHONES)[slot] ?? null,
    write: (value, row) => ({ contact_points: writePoints(pointsOf(row), PHONES, { [slot]: value || null }) }),
  });
const phoneType = (slot: Slot): Field =>
  computed<string | null>(
    'string',
    'rw',
    {
      read: (row) => {
        const point = pointsAt(pointsOf(row), PHONES)[slot];
        return point ? typeOf(point) : null;
      },
      write: (value, row) => {
        const shown = pointsAt(pointsOf(row), PHONES);
        const mine = shown[slot];
        const marks = new Map(PHONES.map(({ name }, place) => [shown[name], place + 1]));
        return {
          contact_points: pointsOf(row).map((point) => {
            const pinned = point.via === 'phone' ? { ...point, slot: marks.get(point) ?? 0 } : point;
            return point === mine ? retyped(pinned, value) : pinned;
          }),
        };
      },
    },
    { shown: 'show' },
  );

const addressOf = (row: Row) => (row.primary_address ?? {}) as Address;
type Line = Parameters<typeof writeAddressLine>[1];
const addressPart = (member: keyof Line, read: (address: Address) => string | null | undefined): Field =>
  computed<string | null>(
    'string',
    'rw',
    {
      read: (row) => read(addressOf(row)) || null,
      write: (value, row) => ({ primary_address: writeAddressLine(addressOf(row), { [member]: value || null }) }),
    },
    { shown: 'show' },
  );

const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;
const utm = (name: string): Field =>
  computed<string | null>(
    'string',
    'rw',
    {
      read: (row) => (row.utm as Model | null)?.[name] ?? null,
      write: (value, row) => {
        const { [name]: _, ...rest } = (row.utm ?? {}) as Model;
        return { utm: value === null ? rest : { ...rest, [name]: value } };
      },
    },
    { shown: 'show' },
  );

const SIGNUP = ['price_range', 'contact_method', 'timeline', 'where_heard'] as const;
const keep = (row: Row, values: Model) => {
  const extras = (row.extras ?? {}) as Record<string, Model>;
  return { extras: { ...extras, propertybase: { ...extras.propertybase, ...values } } };
};
const signupOf = (kept: Model): Model => {
  const given = (kept.signup_fields ?? {}) as Model;
  return Object.fromEntries(SIGNUP.map((name) => [name, given[name] ?? null]));
};
/** Exactly the four keys, merged one by one. */
const withSignup = (row: Row, values: Model) => {
  const known = signupOf(keptOf(row));
  const given = Object.entries(values).filter(([name]) => (SIGNUP as readonly string[]).includes(name));
  return keep(row, { signup_fields: { ...known, ...Object.fromEntries(given) } });
};

/** Merged by key; null takes a key out. */
const merged = (before: unknown, values: Model): Model =>
  Object.fromEntries(Object.entries({ ...((before ?? {}) as Model), ...values }).filter(([, value]) => value !== null));

const ownerOf = ({ team_id, 'team_id:id': team, lead_agent_id: agent }: Row): readonly [string | null, number | null] => {
  if (team_id !== null && team_id !== undefined) return ['Team', team as number];
  return typeof agent === 'number' ? ['Agent', agent] : [null, null];
};

const switches: Fields = of('bool', 'w', 'dont_send_email no_assignment_emails no_followup_task', MOMENTARY);

const HOME = {
  ...of('string', 'rw', 'address unit city state zip_code property_type condition timeline source'),
  ...of('decimal', 'rw', 'latitude longitude bathrooms acres estimated_value estimated_value_low estimated_value_high'),
  ...of('int', 'rw', 'bedrooms square_feet year_built'),
  ...of('text', 'rw', 'comments'),
};
export const HOME_VALUATION: Fields = HOME;

const fields: Fields = {
  ...of('string', 'rw', 'email'),
  ...of('string', 'rw', 'first_name last_name lead_type category rating'),
  ...of('strings', 'rw', 'tags'),
  additional_emails: computed<readonly string[] | null>(
    'strings',
    'rw',
    {
      read: (row) => pointsOf(row).flatMap(({ via, value }) => (via === 'email' ? [value] : [])),
      write: (value, row) => ({
        contact_points: [
          ...pointsOf(row).filter(({ via }) => via !== 'email'),
          ...(value ?? []).map((one) => ({ via: 'email', kind: 'other', value: one })),
        ],
      }),
    },
    { shown: 'show' },
  ),
  phone1: phone('phone1'),
  phone2: phone('phone2'),
  phone3: phone('phone3'),
  phone1_type: phoneType('phone1'),
  phone2_type: phoneType('phone2'),
  phone3_type: phoneType('phone3'),
  address: addressPart('street', streetLine),
  city: addressPart('city', ({ city }) => city),
  state: addressPart('region', regionOf),
  zip_code: addressPart('postalCode', ({ postal_code }) => postal_code),
  country_name: addressPart('country', countryOf),
  referral_source: computed<string | null>(
    'string',
    'rw',
    { read: (row) => row.referral_source ?? row.source_name ?? null, write: (value) => ({ referral_source: value }) },
    { shown: 'show' },
  ),
  ...of('string', 'rw', 'search_term', { shown: 'show' }),
  ...of('url', 'rw', 'landing_page', { shown: 'show' }),
  status: computed<string | null>('string', 'rw', {
    read: ({ lead_status }) => lead_status,
    write: (value) => ({ lead_status: value || 'New' }),
  }),
  agent_id: { type: 'id', access: 'rw', read: ({ lead_agent_id }) => lead_agent_id, write: () => ({}) },
  team_id: { type: 'id', access: 'rw', of: 'Team', column: 'team_id' },
  owner_id: { type: 'id', access: 'rw', read: (row) => ownerOf(row)[1], write: () => ({}) },
  owner_type: { type: 'string', access: 'rw', read: (row) => ownerOf(row)[0], write: () => ({}) },
  ...of('string', 'w', 'agent_email', MOMENTARY),
  ...of('string', 'rw', 'referral_source_domain'),
  ...of('timestamp', 'r', 'last_active', { read: ({ last_active_at }) => last_active_at }),
  ...of(
    'string',
    'r',
    'lead_source_category lead_source_detail creation_type creation_name creation_path sign_up_site_url search_url search_type search_name',
    { shown: 'show' },
  ),
  ...Object.fromEntries(UTM.map((name) => [name, utm(name)])),
  signup_fields: computed<Model | null>(
    'object',
    'rw',
    {
      read: (_row, kept) => signupOf(kept),
      write: (value, row) => withSignup(row, value ?? Object.fromEntries(SIGNUP.map((name) => [name, null]))),
    },
    { shown: 'show' },
  ),
  ...Object.fromEntries(
    SIGNUP.map((name) => [
      name,
      computed<string | null>('string', 'w', { write: (value, row) => withSignup(row, { [name]: value }) }),
    ]),
  ),
  ...of('string', 'rw', 'bold_leads_id', { shown: 'show' }),
  custom_fields: computed<Model | null>(
    'object',
    'rw',
    {
      read: (row) => row.custom_fields ?? {},
      write: (value, row) => ({ custom_fields: value === null ? {} : merged(row.custom_fields, value) }),
    },
    { shown: 'show' },
  ),
  ...of('text', 'rw', 'notes', { shown: 'show' }),
  email_opt_in: computed<boolean | null>(
    'bool',
    'rw',
    { read: ({ pref_email }) => pref_email ?? true, write: (value) => ({ pref_email: value }) },
    { shown: 'show' },
  ),
  sms_opt_in: computed<boolean | null>(
    'bool',
    'rw',
    { read: ({ pref_sms }) => pref_sms ?? false, write: (value) => ({ pref_sms: value }) },
    { shown: 'show' },
  ),
  do_not_call: computed<boolean | null>(
    'bool',
    'rw',
    { read: ({ pref_phone }) => pref_phone === false, write: (value) => ({ pref_phone: value === null ? null : !value }) },
    { shown: 'show' },
  ),
  ...told('int', 'r', 'saved_searches_count property_views_count favorite_properties_count', { shown: 'show', fallback: 0 }),
  ...of('string', 'w', 'password', MOMENTARY),
  ...switches,
  ...of('object', 'wc', 'search_attributes home_valuation_attributes', MOMENTARY),
};
// What other doors call by names of rows has its own reading here.
for (const name of ['saved_searches_count', 'property_views_count', 'favorite_properties_count']) {
  const field = fields[name];
  if (field) (fields as Record<string, Field>)[name] = { ...field, read: (row) => row[name] };
}

const digits: Filter = (values) =>
  anyOf(...values.map((value): Condition => ({ kind: 'contains_any', field: 'points', values: [pointOf(value)] })));

const tagged: Filter = (values) => some('tags', among('name', values));

const partly: Filter = (values) =>
  anyOf(
    ...values.flatMap((value) => [
      words('name_text', value),
      words('email', value),
      ...(/\d{3}/.test(value) ? [words('point_text', value.replaceAll(/\D/g, ''))] : []),
    ]),
  );

const ownerType: Filter = (values, name) => {
  const tests = values.map((value) => {
    if (value.toLowerCase() === 'team') return isPresent('team_id:id');
    if (value.toLowerCase() === 'agent') return all(missing('team_id:id'), isPresent('lead_agent_id'));
    throw badRequest(TEXTS.parameter(name));
  });
  return anyOf(...tests);
};

const ownerId: Filter = (values, name) => {
  const team = byId('team_id:id')(values, name);
  const agent = byId('lead_agent_id')(values, name);
  return team && agent && anyOf(team, all(missing('team_id:id'), agent));
};

/** `custom_fields[budget]=…`: the values of one name. */
export const customField = (name: string, values: readonly string[]): Condition =>
  some('custom_fields', all(equal('name', name), among('value', values)));

const EMAIL_IN_USE = 'Lead email must be unique';

/** Of the agent, the team or the owner that a call names: the columns that say so, or what is wrong with it (contracts/propertybase.md §4.1). */
async function assignment(
  { domain }: Desk,
  { caller, sent, row }: Written,
): Promise<{ values: Model; texts: readonly string[] }> {
  const { actor, rules } = caller;
  const creating = row === null;
  const { owner_type, owner_id } = sent as { owner_type?: string | null; owner_id?: number | null };
  const values: Record<string, unknown> = {};
  let agentId = sent.agent_id as number | null | undefined;
  const agentEmail = (sent.agent_email as string | null | undefined) || null;
  if (owner_type !== undefined && owner_type !== null) {
    if (owner_type === 'Agent') agentId ??= owner_id;
    else if (owner_type === 'Team' && sent.team_id === undefined) {
      const team =
        owner_id === null || owner_id === undefined
          ? undefined
          : (await domain.codesOf(actor, [{ noun: 'team', id: owner_id }])).get(`team ${owner_id}`);
      if (!team) return { values, texts: ['Team does not exist'] };
      values.team_id = team.code;
    } else if (owner_type !== 'Team') return { values, texts: ['Owner type is not included in the list'] };
  }
  const asked = (agentId !== undefined && agentId !== null) || agentEmail !== null;
  if (asked) {
    if (!creating && agentEmail === null && agentId === row.lead_agent_id) return { values, texts: [] };
    const found =
      (agentId === undefined || agentId === null ? undefined : await domain.people.leads.findAgent(actor, agentId, null)) ??
      (agentEmail === null ? undefined : await domain.people.leads.findAgent(actor, null, agentEmail));
    if (!found) return { values, texts: ['Agent does not exist'] };
    return { values: { ...values, ...firstMember(row, found.memberCode), ...firstOffice(row, found.officeCode) }, texts: [] };
  }
  if (agentId === null && !creating) return { values: { ...values, member_ids: [] }, texts: [] };
  if (!creating || values.team_id !== undefined || (sent.team_id !== undefined && sent.team_id !== null))
    return { values, texts: [] };
  const search = (sent.search_attributes ?? {}) as Model;
  const found = await domain.people.leads.distribute(
    actor,
    {
      kind: search.search_type === 'rentals' ? 'rentals' : 'sales',
      ...(typeof search.min_price === 'number' ? { minPrice: search.min_price } : {}),
      ...(typeof search.max_price === 'number' ? { maxPrice: search.max_price } : {}),
      locations: [search.town_names ?? [], search.area_names ?? []].flat() as string[],
      propertyTypes: [search.property_types ?? []].flat() as string[],
    },
    rules.unmatchedLeads,
  );
  return {
    values: found ? { ...values, ...firstMember(row, found.memberCode), ...firstOffice(row, found.officeCode) } : values,
    texts: [],
  };
}

/** The old first leaves, the rest stay, one further back moves up (domain-people §1.3.2). */
const firstMember = (row: Row | null, code: string): Model => {
  const [, ...rest] = (row?.member_ids ?? []) as readonly string[];
  return { member_ids: [code, ...rest.filter((one) => one !== code)] };
};
const firstOffice = (row: Row | null, office: string | null): Model =>
  row === null && office !== null ? { office_ids: [office] } : {};

/** What a call wants to follow from it: mails, a task, a search (contracts/propertybase.md §4.2). */
export function leadCall({ caller, sent }: Pick<Written, 'caller' | 'sent'>, more: Partial<LeadCall> = {}): LeadCall {
  const { followUp = {} } = caller.rules;
  return {
    mailLead: sent.dont_send_email !== true,
    mailAgent: sent.no_assignment_emails !== true,
    followUp: sent.no_followup_task !== true && followUp.enabled !== false,
    followUpHours: followUp.hours ?? 24,
    ...more,
  };
}

export const leads = (desk: Desk): Resource => ({
  name: 'leads',
  permission: 'leads',
  model: 'Lead',
  models: 'Leads',
  key: 'lead',
  methods: 'LGCUD',
  places: [at('/leads')],
  source: desk.domain.records.contact,
  writes: desk.domain.leadRecords,
  scope: LEADS,
  fields,
  filters: {
    email: byText('email'),
    status: byWord('lead_status'),
    lead_type: byWord('lead_type'),
    agent_id: byId('lead_agent_id'),
    agent_email: byText('lead_agent_email'),
    team_id: byId('team_id:id'),
    owner_id: ownerId,
    owner_type: ownerType,
    unassigned: when((asked) => equal('is_unassigned', asked)),
    bold_leads_id: byText('bold_leads_id'),
    phone: digits,
    name: (values) => anyOf(...values.map((value) => words('name_text', value))),
    q: partly,
    tag: tagged,
    referral_source_domain: byText('referral_source_domain'),
    ...Object.fromEntries(UTM.map((name) => [name, byText(name)])),
    last_active_after: since('last_active_at'),
    last_active_before: until('last_active_at'),
  },
  orders: {
    first_name: 'first_name_sort',
    last_name: 'last_name_sort',
    email: 'email',
    last_active: 'last_active_at',
    status: 'lead_status',
  },
  async check(own, written) {
    const { sent, caller, row } = written;
    const creating = row === null;
    const needsEmail = creating ? !sent.email : sent.email === null || sent.email === '';
    const phoneOnly = caller.rules.phoneOnlyLeads === true && (sent.phone1 || sent.phone2 || sent.phone3);
    const search = creating && sent.search_attributes ? searchTexts(sent.search_attributes as Model) : [];
    const home =
      creating && sent.home_valuation_attributes
        ? readSent({ fields: HOME_VALUATION }, sent.home_valuation_attributes as Model, true).errors
        : [];
    const { texts } = await assignment(own, written);
    return [
      ...(needsEmail && !phoneOnly ? [TEXTS.blank('email')] : []),
      ...emailErrors(sent),
      ...search,
      ...home.map((text) => `Home valuation attributes: ${text}`),
      ...texts,
    ];
  },
  async complete(own, written) {
    const { sent, row } = written;
    const { values } = await assignment(own, written);
    const creating = row === null;
    const search =
      creating && sent.search_attributes
        ? {
            run: await searchOf(own, written.caller, sent.search_attributes as Model),
            saved: await savedSearchOf(own, written.caller, readSearch(sent.search_attributes as Model).values),
          }
        : undefined;
    const valuation = creating ? (sent.home_valuation_attributes as Model | undefined) : undefined;
    const password = typeof sent.password === 'string' && sent.password !== '' ? sent.password : undefined;
    const moves = values.member_ids !== undefined;
    return {
      ...values,
      ...(password === undefined ? {} : { login_hash: await own.domain.identity.hashPassword(password) }),
      ...(creating || moves
        ? {
            lead_call: leadCall(written, {
              ...(search ? { search } : {}),
              ...(valuation
                ? {
                    valuation: {
                      extras: { propertybase: { home_valuation: valuation } },
                      property_address: valuation.address ?? null,
                    },
                  }
                : {}),
            }),
          }
        : {}),
    };
  },
  async extend({ domain }, { actor }, rows, { show }) {
    return show
      ? domain.leadCounts(
          actor,
          rows.map(({ id }) => id),
        )
      : new Map();
  },
  async instead({ domain }, caller, body, query) {
    if (query.get('on_duplicate') !== 'update' || typeof body.email !== 'string' || body.email === '') return undefined;
    const id = await domain.people.leads.findLeadId(caller.actor, body.email);
    const page =
      id === undefined
        ? undefined
        : await domain.records.contact.list(caller.actor, {
            where: { kind: 'ids', ids: [id] },
            order: [],
            limit: 1,
            offset: 0,
            total: false,
          });
    return page?.rows[0];
  },
  asked(query) {
    const fields = [...new Set(query.keys())].flatMap((key) => {
      const [, name] = /^custom_fields\[([^\]]+)\](?:\[\])?$/.exec(key) ?? [];
      return name === undefined ? [] : [customField(name, query.getAll(key))];
    });
    const deleted = query.get('deleted') === 'true' ? { scope: isPresent('lead_deleted_at') } : {};
    return { ...deleted, ...(fields.length > 0 ? { where: all(...fields) } : {}) };
  },
  async refusal({ domain }, { caller, sent }, texts) {
    if (!texts.includes(EMAIL_IN_USE) || typeof sent.email !== 'string' || !(caller.permissions.leads ?? '').includes('r'))
      return {};
    const id = await domain.people.leads.findLeadId(caller.actor, sent.email);
    return id === undefined ? {} : { 'x-bl-existing-id': String(id) };
  },
});
