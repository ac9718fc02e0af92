import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Field } from '../../../src/doors/propertybase/fields.ts';
import type { Resource } from '../../../src/doors/propertybase/resource.ts';
import { declarations } from '../../../src/doors/propertybase/resources/index.ts';
import { openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { status: string; data: Model; errors: string[] };

let site: SiteHouse;
let resources: ReadonlyMap<string, Resource>;
let lead: number;
let development: number;
before(async () => {
  site = await openSite();
  const desk = {
    domain: site.lab.house.stores.domain,
    publicUrl: 'http://portico.test',
    fetchFile: () => Promise.reject(),
    readText: () => Promise.reject(),
  };
  resources = new Map(declarations.map((declare) => declare(desk)).map((one) => [one.name, one]));
  const [made, place] = [
    await ask('/leads', 'POST', { email: 'fields@example.com', agent_id: 1 }),
    await ask('/developments', 'POST', { name: 'Fields' }),
  ];
  lead = Number(made.body.data.id);
  development = Number(place.body.data.id);
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, method: string, json?: unknown) => {
  const answer = await site.call(path, { method, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgME4DAADMAJrvqN0AAAAAAElFTkSuQmCC';
const HOT = 7001;
const IDS: Readonly<Record<string, number>> = {
  Office: 12,
  Agent: 3,
  Team: 10000001,
  Property: HOT,
  'Development category': 10000001,
};

/** What each resource is made of. */
const MADE: Readonly<Record<string, () => Model>> = {
  offices: () => ({ name: 'Fields' }),
  agents: () => ({ first_name: 'A', last_name: 'B', email: 'agent.fields@example.com' }),
  employees: () => ({ first_name: 'A', last_name: 'B', email: 'employee.fields@example.com' }),
  teams: () => ({ name: 'Fields' }),
  leads: () => ({ email: 'lead.fields@example.com', agent_id: 1 }),
  saved_searches: () => ({ lead_id: lead, search_attributes: { max_price: 1 } }),
  inquiries: () => ({ lead_id: lead, property_id: HOT }),
  showings: () => ({ lead_id: lead, property_id: HOT, showing_time: '2026-01-01T00:00:00Z' }),
  property_notes: () => ({ lead_id: lead, property_id: HOT, note: 'x' }),
  dynamic_forms: () => ({ name: 'Fields' }),
  market_reports: () => ({ name: 'Fields', lead_id: lead }),
  market_report_updates: () => ({ lead_id: lead }),
  developments: () => ({ name: 'Fields 2' }),
  development_categories: () => ({ name: 'Fields' }),
  development_addresses: () => ({}),
  development_agents: () => ({ agent_id: 1 }),
  development_area_profiles: () => ({}),
  development_category_links: () => ({ name: 'Linked' }),
  development_floor_plans: () => ({ name: 'A' }),
  development_listing_sheets: () => ({ title: 'A', file_url: { filename: 'a.png', data: PNG } }),
  development_pictures: () => ({ url: { filename: 'a.png', data: PNG } }),
  development_prices: () => ({}),
  messages: () => ({ lead_id: lead, title: 'x', body: 'y' }),
  tasks: () => ({ lead_id: lead, name: 'x', due_at: '2026-01-01T00:00:00Z' }),
  events: () => ({ lead_id: lead, name: 'x', starts_at: '2026-01-01T00:00:00Z' }),
  sales_exclusives: () => ({ price: 1 }),
  lead_properties: () => ({ lead_id: lead }),
};

/** A value that such a field takes, and what it answers. */
function valueFor(resource: string, name: string, { type, words, of }: Field): unknown {
  if (resource === 'leads' && name === 'status') return 'Hot';
  if (name in OWN) return OWN[name];
  if (words) return words.at(-1);
  if (/email/.test(name) && type === 'string') return `new.${resource}@example.com`;
  if (/type$/.test(name) && /^phone/.test(name)) return 'Work';
  if (/phone|fax/.test(name) && type === 'string') return '(513) 555-0101';
  switch (type) {
    case 'int':
      return 7;
    case 'decimal':
      return 7.5;
    case 'bool':
      return true;
    case 'timestamp':
      return '2026-03-04T05:06:07.000Z';
    case 'date':
      return '2026-03-04';
    case 'url':
      return 'https://example.com/a?b=c';
    case 'strings':
      return ['one', 'two'];
    case 'id':
      return of === 'Lead' ? lead : IDS[of ?? ''];
    case 'ids':
      return [3];
    case 'object':
      return { a: 'b' };
    default:
      return `The ${name}`;
  }
}
/** Members with forms of their own. */
const OWN: Readonly<Record<string, unknown>> = {
  property_type: 'Residential',
  mls_name: '789',
  mls_id: 'FIELDS-1',
  time_zone: 'America/Chicago',
  bold_leads_id: 'B-7',
  owner_type: 'Agent',
  owner_id: 3,
  agent_mls_ids: undefined,
  office_mls_ids: undefined,
  additional_emails: ['more@example.com'],
  signup_fields: { price_range: 'a', contact_method: 'b', timeline: null, where_heard: 'd' },
  advanced_lead_distribution: {
    sales: { enabled: true, min_price: 1, max_price: 2.5, locations: ['Oxford'], property_types: ['Land'] },
    rentals: { enabled: false, min_price: null, max_price: null, locations: [], property_types: [] },
  },
  home_valuation: { address: '1 Oak St', bedrooms: 3 },
  open_houses: [{ starts_at: '2026-03-04T05:00:00.000Z', ends_at: '2026-03-04T06:00:00.000Z' }],
  agent_ids: [1, 3],
  leader_agent_id: 3,
  search_type: 'rentals',
  office_manager_id: 4,
  assignee_id: 4,
  assignee_email: undefined,
  assignee_type: undefined,
  // told whole by tests of their own
  search_attributes: undefined,
  form_sections: undefined,
  form_fields: undefined,
  pictures: undefined,
  photo_url: undefined,
  image_url: undefined,
  file_url: undefined,
  url: 'https://example.com/a?b=c',
  any_changes: true,
};
/** What has to be sent along. */
const ALONG: Readonly<Record<string, Model>> = {
  office_manager_id: { office_manager_type: 'Employee' },
  office_manager_type: { office_manager_id: 4 },
  owner_type: { owner_id: 3, team_id: null },
  owner_id: { owner_type: 'Agent', team_id: null },
  assignee_id: { assignee_type: 'Employee' },
  phone1_type: { phone1: '1' },
  phone2_type: { phone2: '2' },
  phone3_type: { phone3: '3' },
};

/** What may not be cleared though it need not be sent: an address or a phone, one of the two dates. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { leads: ['email'], tasks: ['due_at', 'due_date'] };

const pathOf = ({ places }: Resource) =>
  (places[0]?.path ?? '')
    .replace(':development_id', String(development))
    .replace(/^\/market_reports\/.*$/, '/market_report_updates');
const isWritten = ({ access }: Field) => access === 'rw';

for (const name of Object.keys(MADE))
  describe(name, () => {
    let resource: Resource;
    let path: string;
    let id: unknown;
    before(async () => {
      resource = resources.get(name) as Resource;
      path = pathOf(resource);
      const made = await ask(path, 'POST', MADE[name]?.());
      equal(made.status, 201, made.text);
      id = made.body.data.id;
    });

    test('what goes in comes out, field by field', async () => {
      const wrong: string[] = [];
      for (const [field, declared] of Object.entries(resource.fields).filter(([, one]) => isWritten(one))) {
        const value = field === 'url' && declared.type === 'file' ? undefined : valueFor(name, field, declared);
        if (value === undefined) continue;
        const { status, body, text } = await ask(`${path}/${id}`, 'PATCH', { [field]: value, ...ALONG[field] });
        if (status !== 200 || JSON.stringify(body.data[field]) !== JSON.stringify(value))
          wrong.push(
            `${field}: ${JSON.stringify(value)} → ${status} ${JSON.stringify(body.data?.[field])} ${status === 200 ? '' : text}`,
          );
      }
      deepEqual(wrong, []);
    });

    test('null clears, or says why it cannot', async () => {
      const wrong: string[] = [];
      for (const [field, declared] of Object.entries(resource.fields).filter(([, one]) => isWritten(one))) {
        const { status, body, text } = await ask(`${path}/${id}`, 'PATCH', { [field]: null });
        if (
          declared.required || NEEDED[name]?.includes(field)
            ? status !== 422 || !/can't be blank$/.test(body.errors[0] ?? '')
            : status !== 200
        )
          wrong.push(`${field}: ${status} ${text.slice(0, 200)}`);
      }
      deepEqual(wrong, []);
    });

    test('a list or an object in the place of one value is 400; other wrong values are 422', async () => {
      const wrong: string[] = [];
      const say = async (field: string, value: unknown, status: number, pattern: RegExp) => {
        const answer = await ask(`${path}/${id}`, 'PATCH', { ...ALONG[field], [field]: value });
        if (answer.status !== status || !answer.body.errors.some((one) => pattern.test(one)))
          wrong.push(`${field} ${JSON.stringify(value).slice(0, 30)}: ${answer.status} ${answer.text.slice(0, 160)}`);
      };
      for (const [field, declared] of Object.entries(resource.fields).filter(([, one]) => isWritten(one))) {
        const { type, words } = declared;
        const single = !['strings', 'ids', 'ints', 'objects', 'object', 'place', 'file'].includes(type);
        if (single) for (const value of [[], {}]) await say(field, value, 400, / is invalid$/);
        if (type === 'int' || type === 'decimal') await say(field, 'seven', 422, / is not a number$/);
        if (type === 'bool') await say(field, 'perhaps', 422, / is invalid$/);
        if (type === 'timestamp' || type === 'date') await say(field, 'tomorrow', 422, / is invalid$/);
        if (type === 'url') await say(field, 'ftp://example.com', 422, / is invalid$/);
        if (type === 'id') await say(field, 999_999_999, 422, / does not exist$/);
        if (words) await say(field, 'neither', 422, / is not included in the list$/);
        else if (type === 'string' && !/email/.test(field))
          await say(field, 'x'.repeat(256), 422, / is too long \(maximum is 255 characters\)$/);
        else if (type === 'text') await say(field, 'x'.repeat(65_536), 422, / is too long \(maximum is 65535 characters\)$/);
      }
      deepEqual(wrong, []);
    });

    test('every order there is sorts, with what is missing last', async () => {
      ok(resource);
      const names = ['name', 'position', 'first_name', 'last_name', 'email'].filter((one) => {
        const declared = resource.fields[one];
        return declared && declared.access !== 'w' && declared.access !== 'wc';
      });
      for (const order of new Set(['id', 'created_at', 'updated_at', ...names, ...Object.keys(resource.orders ?? {})]))
        for (const way of ['asc', 'desc']) {
          const { status, body, text } = await ask(`${path}?order_by=${order}&order=${way}&per_page=200`, 'GET');
          equal(status, 200, `${order}: ${text}`);
          const rows = body.data as unknown as Model[];
          if (!rows[0] || !(order in rows[0])) continue;
          const values = rows.map((row) => row[order]);
          const there = values.filter((value) => value !== null);
          deepEqual(
            values.slice(there.length),
            Array.from({ length: values.length - there.length }, () => null),
            `${order} ${way}: nulls last`,
          );
        }
    });
  });
