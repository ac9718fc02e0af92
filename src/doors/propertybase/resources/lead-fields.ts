import { type Address, regionOf, streetLine, writeAddressLine } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import type { Model } from '../desk.ts';
import { computed, type Field, type Fields, MOMENTARY, of, told } from '../fields.ts';
import { countryOf } from '../map.ts';
import { TEXTS } from '../words.ts';
import { leadPhones, pointsOf } from './lead-phones.ts';

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

export const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;
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
const signupOf = (kept: Model): Model => {
  const given = (kept.signup_fields ?? {}) as Model;
  return Object.fromEntries(SIGNUP.map((name) => [name, given[name] ?? null]));
};
/** A text or nothing each. */
export const signupErrors = ({ signup_fields: given }: Model): string[] =>
  Object.values((given ?? {}) as Model).every((one) => one === null || (typeof one === 'string' && one.length <= 255))
    ? []
    : [TEXTS.invalid('signup_fields')];

/** Exactly the four keys, merged one by one. */
const withSignup = (kept: Model, values: Model): Model => {
  const given = Object.entries(values).filter(([name]) => (SIGNUP as readonly string[]).includes(name));
  return { signup_fields: { ...signupOf(kept), ...Object.fromEntries(given) } };
};

/** Merged by key; null takes a key out. */
const merged = (before: unknown, values: Model): Model =>
  Object.fromEntries(Object.entries({ ...((before ?? {}) as Model), ...values }).filter(([, value]) => value !== null));

const ownerOf = ({ team_id, 'team_id:id': team, lead_agent_id: agent }: Row): readonly [string | null, number | null] => {
  if (team_id !== null && team_id !== undefined) return ['Team', team as number];
  return typeof agent === 'number' ? ['Agent', agent] : [null, null];
};

const switches: Fields = of('bool', 'w', 'dont_send_email no_assignment_emails no_followup_task', MOMENTARY);

export const leadFields: Fields = {
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
  ...leadPhones,
  address: addressPart('street', streetLine),
  city: addressPart('city', ({ city }) => city),
  state: addressPart('region', regionOf),
  zip_code: addressPart('postalCode', ({ postal_code }) => postal_code),
  country_name: addressPart('country', countryOf),
  referral_source: computed<string | null>(
    'string',
    'rw',
    {
      read: (row) => row.referral_source ?? row.source_name ?? null,
      // Nothing stands in the place of what was cleared.
      write: (value) => ({ referral_source: value, ...(value === null ? { source_id: null } : {}) }),
    },
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
      keep: (value, kept) => withSignup(kept, value ?? Object.fromEntries(SIGNUP.map((name) => [name, null]))),
    },
    { shown: 'show' },
  ),
  ...Object.fromEntries(
    SIGNUP.map((name) => [
      name,
      computed<string | null>('string', 'w', { keep: (value, kept) => withSignup(kept, { [name]: value }) }),
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
