import { among, equal, some } from '../../../wire/resource/conditions.ts';
import { readSent } from '../change.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, type Fields, of } from '../fields.ts';
import { fileField } from '../files.ts';
import { byId, byText } from '../filters.ts';
import { mlsNumbers, phone } from '../map.ts';
import { at, type Filter, type Resource, type Written } from '../resource.ts';
import { agentNumber, numbersFor, officeNumber, withAgent } from './offices.ts';

const LEVELS = { Agent: ['Agent', 'Broker'], Employee: ['Employee', 'Admin'] } as const;
const WEB = 'facebook_url twitter_url linkedin_url instagram_url youtube_url';

const inCollection =
  (name: string, field: string): Filter =>
  (values, parameter) => {
    const condition = byId(field)(values, parameter);
    return condition && some(name, condition);
  };

/** Agents and employees differ in a few members. */
function personFields(desk: Desk, model: 'Agent' | 'Employee'): Fields {
  const [lowest] = LEVELS[model];
  return {
    ...of('string', 'rw', 'first_name last_name', { required: true }),
    ...of('string', 'rw', 'email', { required: true }),
    ...of('string', 'w', 'password', { write: () => ({}) }),
    ...of('int', 'r', 'user_id'),
    ...of('string', 'rw', 'propertybase_user_id'),
    office_id: { type: 'id', access: 'rw', of: 'Office' },
    access_level: computed<string | null>(
      'string',
      'rw',
      {
        read: ({ access_level }) => {
          const word = String(access_level);
          return word.charAt(0).toUpperCase() + word.slice(1);
        },
        write: (value) => ({ access_level: (value ?? lowest).toLowerCase() }),
      },
      { words: LEVELS[model] },
    ),
    ...of('url', 'rw', WEB, { shown: 'show' }),
    ...of('text', 'rw', 'email_signature', { shown: 'show' }),
    ...of('bool', 'rw', 'display_bio', { fallback: true }),
    ...of('string', 'rw', 'title', { column: 'job_title' }),
    cell_phone: phone('cell_phone'),
    fax: phone('fax'),
    ...of('string', 'rw', 'license_number'),
    ...of('strings', 'rw', 'languages'),
    ...of('int', 'rw', 'position'),
    phone: phone('phone'),
    ...of('text', 'rw', 'bio'),
    photo_url: fileField(desk, 'photo_url', { picture: true, column: 'photo' }),
    ...of('url', 'rw', 'website_url'),
    ...of('bool', 'rw', 'active'),
  };
}

const EMAIL = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,189}$/u;
export const emailErrors = ({ email }: Model): string[] =>
  typeof email === 'string' && email !== '' && !EMAIL.test(email) ? ['Email is invalid'] : [];

const lastPassword = ({ sent }: Written) =>
  typeof sent.password === 'string' && sent.password !== '' ? sent.password : undefined;

/** Who takes over what somebody leaves. */
async function heirOf({ domain }: Desk, { body, caller }: Written): Promise<Model> {
  const id = Number(body.reassign_to_agent_id);
  if (body.reassign_to_agent_id === undefined || !Number.isSafeInteger(id)) return {};
  const found = (await domain.codesOf(caller.actor, [{ noun: 'member', id }])).get(`member ${id}`);
  return found ? { reassign_to: found.code } : {};
}

/** Columns that a person's kind brings, and the hash of a password. */
const completeAs =
  (kind: 'agent' | 'employee'): NonNullable<Resource['complete']> =>
  async (desk, written) => {
    const password = lastPassword(written);
    return {
      ...(written.row === null
        ? { kind, ...(kind === 'employee' && written.sent.access_level === undefined ? { access_level: 'employee' } : {}) }
        : {}),
      ...(password === undefined ? {} : { password_hash: await desk.domain.identity.hashPassword(password) }),
      ...(await heirOf(desk, written)),
    };
  };

/** The agent that takes over has to be one. */
export const heirErrors: NonNullable<Resource['check']> = async ({ domain }, { caller, body, sent }) => {
  const heir = body.reassign_to_agent_id;
  const texts = emailErrors(sent);
  if (heir === undefined || heir === null) return texts;
  const id = Number(heir);
  const found = Number.isSafeInteger(id)
    ? (await domain.codesOf(caller.actor, [{ noun: 'member', id }])).get(`member ${id}`)
    : undefined;
  return found?.kind === 'agent' ? texts : [...texts, 'Agent does not exist'];
};

/** Which leads an agent of the queue takes, of one kind. */
const RULE: Fields = {
  ...of('bool', 'rw', 'enabled'),
  ...of('decimal', 'rw', 'min_price max_price'),
  ...of('strings', 'rw', 'locations property_types'),
};
const isModel = (value: unknown): value is Model => typeof value === 'object' && value !== null && !Array.isArray(value);
const readRule = (value: unknown) => readSent({ fields: RULE }, isModel(value) ? value : {}, true);
const ruleOf = (value: unknown): Model => {
  const { enabled, min_price, max_price, locations, property_types } = readRule(value).values;
  return {
    enabled: enabled === true,
    min_price: min_price ?? null,
    max_price: max_price ?? null,
    locations: locations ?? [],
    property_types: property_types ?? [],
  };
};
/** Text of what is wrong with the rules that a body brings. @throws SiteFault 400 */
function ruleErrors({ advanced_lead_distribution: given }: Model): string[] {
  const wrong = Object.entries((given ?? {}) as Model).some(
    ([kind, rule]) =>
      (kind !== 'sales' && kind !== 'rentals') ||
      (rule !== null &&
        (!isModel(rule) || Object.keys(rule).some((name) => !(name in RULE)) || readRule(rule).errors.length > 0)),
  );
  return wrong ? ['Advanced lead distribution is invalid'] : [];
}

export const agents = (desk: Desk): Resource => ({
  name: 'agents',
  permission: 'agents',
  model: 'Agent',
  models: 'Agents',
  key: 'agent',
  methods: 'LGCUDA',
  places: [at('/agents')],
  source: desk.domain.records.member,
  scope: equal('kind', 'agent'),
  activates: true,
  fields: {
    ...personFields(desk, 'Agent'),
    ...of('strings', 'rw', 'accreditations'),
    agent_mls_ids: computed(
      'objects',
      'rw',
      { read: (row) => row.agent_mls_ids, write: mlsNumbers('agent_mls_id') },
      { shown: 'include' },
    ),
    ...of('bool', 'rw', 'lead_management', { fallback: true }),
    ...of('bool', 'rw', 'in_auto_assignment_queue', { column: 'in_queue' }),
    advanced_lead_distribution: computed<Model | null>(
      'object',
      'rw',
      {
        read: ({ distribution }) => {
          const { sales, rentals } = (distribution ?? {}) as Record<string, unknown>;
          return { sales: ruleOf(sales), rentals: ruleOf(rentals) };
        },
        write: (value) => ({ distribution: value && { sales: ruleOf(value.sales), rentals: ruleOf(value.rentals) } }),
      },
      { shown: 'show' },
    ),
    ...of('url', 'r', 'agent_url', { read: ({ id }) => `${desk.publicUrl}/agents/${id}` }),
  },
  filters: {
    email: byText('email'),
    office_id: byId('office_id:id'),
    team_id: inCollection('teams', 'id'),
    agent_mls_id: (values) => some('mls_numbers', among('number', values)),
    propertybase_user_id: byText('propertybase_user_id'),
  },
  orders: { first_name: 'first_name', last_name: 'last_name', email: 'email', position: 'position' },
  check: async (own, written) => [...(await heirErrors(own, written)), ...ruleErrors(written.sent)],
  complete: completeAs('agent'),
  extend: (own, caller, rows, form) => numbersFor(own, caller, rows, form, { agent_mls_ids: ['members', agentNumber] }),
});

export const employees = (desk: Desk): Resource => ({
  name: 'employees',
  permission: 'employees',
  model: 'Employee',
  models: 'Employees',
  key: 'employee',
  methods: 'LGCUDA',
  places: [at('/employees')],
  source: desk.domain.records.member,
  scope: equal('kind', 'employee'),
  activates: true,
  fields: personFields(desk, 'Employee'),
  filters: { email: byText('email'), office_id: byId('office_id:id'), propertybase_user_id: byText('propertybase_user_id') },
  orders: { first_name: 'first_name', last_name: 'last_name', email: 'email', position: 'position' },
  check: (_own, { sent }) => emailErrors(sent),
  complete: completeAs('employee'),
});

export const teams = (desk: Desk): Resource => ({
  name: 'teams',
  permission: 'teams',
  model: 'Team',
  models: 'Teams',
  key: 'team',
  methods: 'LGCUDA',
  places: [at('/teams')],
  source: desk.domain.records.team,
  activates: true,
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    ...of('string', 'rw', 'email'),
    ...of('int', 'r', 'user_id', { read: () => null }),
    ...of('string', 'rw', 'propertybase_user_id'),
    team_office_id: { type: 'id', access: 'rw', of: 'Office', column: 'office_id', aliases: ['office_id'] },
    agent_ids: { type: 'ids', access: 'rw', of: 'Agent', column: 'member_ids', read: (row) => row.agent_ids },
    leader_agent_id: { type: 'id', access: 'rw', of: 'Agent', column: 'leader_id' },
    ...of('objects', 'r', 'agent_mls_ids', { shown: 'include', read: (row) => row.agent_mls_ids }),
    ...of('objects', 'r', 'office_mls_ids', { shown: 'include', read: (row) => row.office_mls_ids }),
    ...of('int', 'rw', 'position'),
    phone: phone('phone'),
    ...of('text', 'rw', 'bio'),
    photo_url: fileField(desk, 'photo_url', { picture: true }),
    ...of('url', 'rw', 'website_url'),
    ...of('bool', 'rw', 'active'),
  },
  filters: {
    email: byText('email'),
    team_office_id: byId('office_id:id'),
    agent_id: inCollection('members', 'id'),
    propertybase_user_id: byText('propertybase_user_id'),
  },
  orders: { name: 'name_key', email: 'email', position: 'position' },
  check: heirErrors,
  complete: heirOf,
  extend: (own, caller, rows, form) =>
    numbersFor(own, caller, rows, form, {
      agent_mls_ids: ['teams', withAgent],
      office_mls_ids: ['officesOfTeams', officeNumber],
    }),
});
