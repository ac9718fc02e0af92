import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Resource } from '../../../src/doors/propertybase/resource.ts';
import { declarations } from '../../../src/doors/propertybase/resources/index.ts';
import { openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { data: Model & Model[]; errors: string[] };
type Test = { readonly ask: string; readonly holds: (row: Model, of: Model) => boolean };

let site: SiteHouse;
let declared: ReadonlyMap<string, Resource>;
let lead: number;
const ask = async (path: string, json?: unknown) => {
  const answer = await site.call(path, json === undefined ? {} : { json });
  return { ...answer, body: answer.body as Body };
};
const HOT = 7001;
before(async () => {
  site = await openSite();
  const desk = {
    domain: site.lab.house.stores.domain,
    publicUrl: 'http://portico.test',
    fetchFile: () => Promise.reject(),
    readText: () => Promise.reject(),
  };
  declared = new Map(declarations.map((declare) => declare(desk)).map((one) => [one.name, one]));
  const agent = { team_id: 10000001, agent_id: 1 };
  const made = await ask('/leads', {
    ...agent,
    email: 'filter@example.com',
    first_name: 'Fil',
    last_name: 'Ter',
    phone1: '(513) 555-0177',
    status: 'Hot',
    lead_type: 'Buyer',
    bold_leads_id: 'B-77',
    tags: ['walk in'],
    referral_source_domain: 'ads.example',
    ...Object.fromEntries(['source', 'medium', 'campaign', 'term', 'content'].map((one) => [`utm_${one}`, `u ${one}`])),
    custom_fields: { budget: 'high' },
  });
  lead = Number(made.body.data.id);
  await ask('/property_views', { lead_id: lead, property_id: HOT });
  await ask('/agents', {
    first_name: 'Q',
    last_name: 'R',
    email: 'q@example.com',
    office_id: 12,
    propertybase_user_id: 'PB1',
    agent_mls_ids: ['Q-1'],
  });
  await ask('/employees', {
    first_name: 'Q',
    last_name: 'S',
    email: 'qs@example.com',
    office_id: 12,
    propertybase_user_id: 'PB2',
  });
  await ask('/teams', { name: 'Q', email: 'qt@example.com', team_office_id: 12, agent_ids: [3], propertybase_user_id: 'PB3' });
  await ask('/offices', { name: 'Q', email: 'qo@example.com' });
  await ask('/showings', { lead_id: lead, property_id: HOT, showing_time: '2026-02-03T10:00:00Z', status: 'confirmed' });
  await ask('/contact_forms', { lead_id: lead, property_id: HOT });
  await ask('/lead_properties', { lead_id: lead, mls_id: 'OXF190347', relationship: 'owned' });
  await ask('/developments', { name: 'Q', status: 'selling', office_id: 12, featured: true });
  await ask('/dynamic_forms', { name: 'Q', active: false });
  await ask('/market_reports', { name: 'Q', lead_id: lead, location: 'Solon', published: true });
  await ask('/market_report_updates', { lead_id: lead, location: 'Solon', frequency: 'weekly', market_report_id: 10000001 });
  await ask('/saved_searches', {
    lead_id: lead,
    name: 'Q',
    search_type: 'rentals',
    frequency: 'weekly',
    search_attributes: { min_price: 5 },
  });
  await ask('/messages', { lead_id: lead, title: 'Quartz', body: 'x', sender_person_id: 3, sender_person_type: 'Agent' });
  await ask('/tasks', { lead_id: lead, name: 'Q', due_at: '2020-01-01T00:00:00Z', assignee_id: 3 });
  await ask('/events', { lead_id: lead, name: 'Q', starts_at: '2026-02-03T10:00:00Z', event_type: 'Note', assignee_id: 3 });
  await ask('/sales_exclusives', {
    price: 77_000,
    street_name: 'Q',
    town_name: 'Solon',
    agent_id: 3,
    office_id: 12,
    status: 'Pending',
  });
});
after(() => site[Symbol.asyncDispose]());

const text = (value: unknown) => String(value).toLowerCase();
/** The member of the same name, compared without case. */
const same = (name: string, member = name): Test => ({
  ask: name,
  holds: (row, of) => text(row[member]) === text(of[member]),
});
const bound = (name: string, member: string, holds: (a: string, b: string) => boolean): Test => ({
  ask: name,
  holds: (row, of) => row[member] !== null && holds(String(row[member]), String(of[member])),
});
const ABOUT = ['lead_id', 'property_id', 'mls_id'].map((name) => same(name));
const number = (holds: (a: number, b: number) => boolean) => (a: string, b: string) => holds(Number(a), Number(b));

/** Filters whose answer can be told from the rows; `of` is the newest row unless a test needs another. */
const TOLD: Readonly<Record<string, readonly Test[]>> = {
  offices: [same('name'), same('email')],
  agents: [same('email'), same('office_id'), same('propertybase_user_id')],
  employees: [same('email'), same('office_id'), same('propertybase_user_id')],
  teams: [same('email'), same('team_office_id'), same('propertybase_user_id')],
  leads: [
    ...['email', 'status', 'lead_type', 'agent_id', 'team_id', 'owner_id', 'owner_type', 'referral_source_domain'].map((one) =>
      same(one),
    ),
    bound('last_active_after', 'last_active', (a, b) => a >= b),
  ],
  saved_searches: ['lead_id', 'active', 'frequency', 'search_type', 'name'].map((one) => same(one)),
  searches: [same('lead_id')],
  property_views: ABOUT,
  favorite_properties: ABOUT,
  inquiries: ABOUT,
  showings: [
    ...ABOUT,
    same('agent_id'),
    same('status'),
    bound('showing_time_after', 'showing_time', (a, b) => a >= b),
    bound('showing_time_before', 'showing_time', (a, b) => a < b),
  ],
  property_notes: ABOUT,
  email_friends: ABOUT,
  contact_forms: ABOUT,
  lead_properties: [...ABOUT, same('relationship')],
  dynamic_forms: [same('active'), same('name')],
  form_submissions: [same('dynamic_form_id'), same('lead_id')],
  market_reports: [same('lead_id'), same('location'), same('published')],
  market_report_updates: ['market_report_id', 'lead_id', 'active', 'frequency', 'location'].map((one) => same(one)),
  developments: ['status', 'office_id', 'featured', 'published', 'name'].map((one) => same(one)),
  messages: [same('lead_id'), same('sender_person_id'), same('sender_person_type')],
  tasks: [
    ...['lead_id', 'bold_leads_id', 'assignee_id', 'assignee_type', 'assignee_email', 'completed', 'task_type'].map((one) =>
      same(one),
    ),
    bound('due_after', 'due_at', (a, b) => a >= b),
    bound('due_before', 'due_at', (a, b) => a < b),
  ],
  events: [
    ...['lead_id', 'bold_leads_id', 'assignee_id', 'assignee_type', 'assignee_email', 'event_type'].map((one) => same(one)),
    bound('starts_after', 'starts_at', (a, b) => a >= b),
    bound('starts_before', 'starts_at', (a, b) => a < b),
  ],
  sales_exclusives: [
    ...['status', 'agent_id', 'office_id', 'town_name'].map((one) => same(one)),
    bound(
      'min_price',
      'price',
      number((a, b) => a >= b),
    ),
    bound(
      'max_price',
      'price',
      number((a, b) => a <= b),
    ),
  ],
  properties: [
    ...['mls_id', 'mls_name', 'status', 'property_type', 'town_name', 'zip_code', 'list_agent_mls_id', 'list_office_mls_id'].map(
      (one) => same(one),
    ),
    bound(
      'min_price',
      'price',
      number((a, b) => a >= b),
    ),
    bound(
      'max_price',
      'price',
      number((a, b) => a <= b),
    ),
    bound(
      'min_bedrooms',
      'bedrooms',
      number((a, b) => a >= b),
    ),
  ],
};
/** Those that look behind the rows: the question, and how many rows of the ones made above it finds. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  leads: [
    'agent_email=brianerwin@newkyhome.com',
    'bold_leads_id=B-77',
    'phone=513.555.0177',
    'name=fil',
    'q=ter',
    'q=0177',
    'q=filter@',
    'tag=Walk In',
    'custom_fields[budget]=HIGH',
    'last_active_before=2999-01-01',
    ...['source', 'medium', 'campaign', 'term', 'content'].map((one) => `utm_${one}=U ${one}`),
  ],
  agents: ['agent_mls_id=q-1'],
  messages: ['recipient_person_id=$lead', 'recipient_person_type=Lead', 'unread=true', 'q=quart'],
  tasks: ['overdue=true'],
  property_views: ['agent_id=1'],
  lead_properties: ['agent_id=1'],
};
/** What no other row may be found by. */
const ALONE = /^(agent_email|bold|q=filter|tag|custom|utm|agent_mls|q=quart)/;
/** Told by tests of their own. */
const ELSEWHERE = ['unassigned', 'team_id', 'agent_id', 'development_category_id', 'last_active_before'];

for (const [name, tests] of Object.entries(TOLD))
  describe(name, () => {
    test('each filter finds just the rows that meet it', async () => {
      const path = `/${name}`;
      const all = (await ask(`${path}?per_page=200&order_by=-id${declared.get(name)?.activates ? '&active_status=all' : ''}`))
        .body.data;
      for (const { ask: filter, holds } of tests) {
        const member = { ...Object.fromEntries(tests.map((one) => [one.ask, one.ask])), ...BOUNDS }[filter] ?? filter;
        const of = all.find((row) => row[member] !== null && row[member] !== undefined);
        ok(of, `${name} has no row with ${member}`);
        const value = encodeURIComponent(text(of[member]).replace(/^(\d{4}-\d\d-\d\d)t(.*)z$/, '$1T$2Z'));
        const found = await ask(`${path}?${filter}=${value}&per_page=200&order_by=-id`);
        equal(found.status, 200, found.text);
        const ids = found.body.data.map(({ id }) => id);
        const wanted = all
          .filter((row) => row.active !== false || !declared.get(name)?.activates)
          .filter((row) => holds(row, of));
        const oldest = Number(all.at(-1)?.id);
        deepEqual(
          ids.filter((id) => Number(id) >= oldest),
          wanted.map(({ id }) => id),
          `${filter}=${value}`,
        );
        ok(
          ids.length < Number((await ask(`${path}?meta=true`)).headers.get('x-total')) || wanted.length === all.length,
          `${filter} leaves rows out`,
        );
      }
    });

    for (const question of ASKED[name] ?? [])
      test(question, async () => {
        const found = await ask(
          `/${name}?${question.replace('$lead', String(lead)).replaceAll(' ', '%20')}&order_by=-id&per_page=200`,
        );
        equal(found.status, 200, found.text);
        const mine = found.body.data.filter((row) => [row.lead_id, row.id].includes(lead) || row.email === 'q@example.com');
        ok(mine.length >= 1, question);
        if (ALONE.test(question))
          equal(
            (found.body.data.length >= 1 && mine.length === found.body.data.length) || question.startsWith('agent_email'),
            true,
            found.text.slice(0, 200),
          );
      });

    test('no filter of the door is left out here', () => {
      const known = [...tests.map((one) => one.ask), ...(ASKED[name] ?? []).map((one) => one.split(/[=[]/)[0] ?? '')];
      deepEqual(
        Object.keys(declared.get(name)?.filters ?? {}).filter((one) => !known.includes(one) && !ELSEWHERE.includes(one)),
        [],
      );
    });
  });
const BOUNDS: Readonly<Record<string, string>> = {
  last_active_after: 'last_active',
  showing_time_after: 'showing_time',
  showing_time_before: 'showing_time',
  due_after: 'due_at',
  due_before: 'due_at',
  starts_after: 'starts_at',
  starts_before: 'starts_at',
  min_price: 'price',
  max_price: 'price',
  min_bedrooms: 'bedrooms',
};

test('several values mean or; unassigned, categories and teams are asked for', async () => {
  const ids = async (path: string) => (await ask(path)).body.data.map(({ id }) => id);
  deepEqual(await ids(`/leads?owner_type=Team&agent_id=1`), [lead]);
  deepEqual(
    await ids('/agents?email=q@example.com&email=allen.agent@gmail.com'),
    await ids('/agents?email[]=allen.agent@gmail.com&email[]=q@example.com'),
  );
  equal((await ids('/agents?team_id=10000001')).length > 0, true);
  const free = (await ask('/leads?unassigned=true&per_page=200')).body.data;
  ok(free.every(({ agent_id, team_id }) => agent_id === null && team_id === null));
  equal((await ids('/developments?development_category_id=10000001')).length, 1);
  deepEqual(await ids('/developments?development_category_id=99'), []);
});
