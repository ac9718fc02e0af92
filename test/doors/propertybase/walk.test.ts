import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { status: string; message: string; data: Model; errors: string[] };
let site: SiteHouse;
let lead: number;
before(async () => {
  site = await openSite();
  const made = await site.call('/leads', {
    json: { email: 'walker@example.com', first_name: 'Wanda', agent_id: 1, bold_leads_id: 'B-1' },
  });
  lead = Number((made.body as Body).data.id);
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, method: string, json?: unknown) => {
  const answer = await site.call(path, { method, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};

/** Figures are of the moment they are shown in. */
const withoutMoment = ({ statistics, ...model }: Model) => ({
  ...model,
  ...(statistics ? { statistics: { ...statistics, as_of: 0 } } : {}),
});

/** What each resource is made of, changed to, and by which paths it is read. */
type Walk = { path: string; make: () => Model; change?: Model; expect?: Model; under?: string };
const HOT = 7001;
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMwTpsJAAICATNWh+JUAAAAAElFTkSuQmCC';
const walks: Walk[] = [
  {
    path: '/property_views',
    make: () => ({ lead_id: lead, mls_id: 'OXF190347', mls_name: '789' }),
    expect: { property_id: HOT, view_count: 1, mls_id: 'OXF190347' },
  },
  {
    path: '/favorite_properties',
    make: () => ({ lead_id: lead, property_id: HOT, rating: 4 }),
    expect: { mls_id: 'OXF190347', rating: 4 },
  },
  {
    path: '/inquiries',
    make: () => ({ lead_id: lead, property_id: HOT, comments: 'When?' }),
    change: { comments: 'Soon?' },
    expect: { property_id: HOT, comments: 'When?', lead_id: '$lead' },
  },
  {
    path: '/showings',
    make: () => ({ lead_id: lead, property_id: HOT, showing_time: '2027-01-02T10:00:00-05:00' }),
    change: { status: 'confirmed' },
    expect: { showing_time: '2027-01-02T15:00:00.000Z', status: 'requested', property_id: HOT, agent_id: 1 },
  },
  {
    path: '/property_notes',
    make: () => ({ lead_id: lead, property_id: HOT, note: 'Nice' }),
    change: { note: 'Nicer', private: true },
    expect: { note: 'Nice', author_type: 'Agent', author_id: 1, private: false },
  },
  {
    path: '/email_friends',
    make: () => ({ lead_id: lead, property_id: HOT, friend_email: 'f@example.com' }),
    expect: { friend_email: 'f@example.com' },
  },
  {
    path: '/contact_forms',
    make: () => ({ lead_id: lead, agent_id: 1, office_id: 11, employee_name: 'Al', comments: 'Hi' }),
    expect: { agent_id: 1, office_id: 11, employee_name: 'Al' },
  },
  {
    path: '/lead_properties',
    make: () => ({ lead_id: lead, property_address: '1 Oak St' }),
    change: { relationship: 'owned' },
    expect: { address: '1 Oak St', relationship: 'interested' },
  },
  {
    path: '/saved_searches',
    make: () => ({ lead_id: lead, search_attributes: { max_price: 700000 }, new_listing: false }),
    change: { any_changes: true },
    expect: { any_changes: false, frequency: 'daily' },
  },
  {
    path: '/market_reports',
    make: () => ({ lead_id: lead, name: 'Oxford', location: 'San Francisco' }),
    change: { max_price: 5 },
    expect: { name: 'Oxford', published: false },
  },
  {
    path: '/market_report_updates',
    make: () => ({ lead_id: lead, location: { type: 'town', id: 3, name: 'San Francisco' }, max_price: 900000 }),
    change: { location: 'Solon' },
    expect: { location: 'San Francisco', max_price: 900000, frequency: 'monthly' },
  },
  {
    path: '/messages',
    make: () => ({ lead_id: lead, title: 'Hello', body: '<b>x</b><script>y</script>' }),
    change: { read: true },
    expect: { body: '<b>x</b>', sender_person_type: 'Agent', sender_name: 'Allen Agent', read: false, delivered_by_email: false },
  },
  {
    path: '/tasks',
    make: () => ({ lead_id: lead, name: 'Call', due_at: '2027-01-01T10:00:00Z', assignee_email: 'allen.agent@gmail.com' }),
    change: { completed: true },
    expect: {
      task_type: 'Follow-Up',
      due_date: '2027-01-01',
      assignee_id: 2,
      assignee_type: 'Agent',
      bold_leads_id: 'B-1',
      priority: 'normal',
    },
  },
  {
    path: '/events',
    make: () => ({
      lead_id: lead,
      name: 'Meet',
      starts_at: '2027-01-01T10:00:00Z',
      event_type: 'Left Voicemail',
      property_id: HOT,
    }),
    change: { event_type: 'Showing', ends_at: '2027-01-01T11:00:00.000Z' },
    expect: { event_type: 'Left Voicemail', assignee_id: 1, bold_leads_id: 'B-1', ends_at: '2027-01-01T10:00:00.000Z' },
  },
  {
    path: '/dynamic_forms',
    make: () => ({
      name: 'Ask',
      form_sections: [{ name: 'S', form_fields: [{ name: 'q', label: 'Question', kind: 'text_field', required: true }] }],
    }),
    change: { active: false },
    expect: { name: 'Ask', active: true },
  },
  {
    path: '/developments',
    make: () => ({ name: 'Quarry Lofts', office_id: 11 }),
    change: { status: 'selling' },
    expect: { slug: 'quarry-lofts', published: true, featured: false },
  },
  {
    path: '/development_categories',
    make: () => ({ name: 'Hillside' }),
    change: { position: 2 },
    expect: { slug: 'hillside' },
  },
  {
    path: '/sales_exclusives',
    make: () => ({
      price: 100000,
      street_number: '5',
      street_name: 'Elm St',
      town_name: 'Solon',
      property_type: 'Residential',
      agent_id: 1,
      office_id: 12,
    }),
    change: { price: 120000, headline: 'New' },
    expect: { status: 'Active', display_address: '5 Elm St', price: 100000, active: true, published: true, office_id: 12 },
  },
  { path: '/teams', make: () => ({ name: 'Walkers', agent_ids: [1] }), change: { name: 'Runners' }, expect: { agent_ids: [1] } },
  {
    path: '/employees',
    make: () => ({ first_name: 'E', last_name: 'F', email: 'ef@example.com' }),
    change: { title: 'Clerk' },
    expect: { access_level: 'Employee' },
  },
];

for (const { path, make, change, expect = {} } of walks)
  describe(path, () => {
    test('is made, listed, shown, changed, deleted', async () => {
      const made = await ask(path, 'POST', make());
      equal(made.status, 201, made.text);
      const { id } = made.body.data;
      for (const [name, value] of Object.entries(expect))
        deepEqual(made.body.data[name], value === '$lead' ? lead : value, `${name} ${made.text}`);
      const listed = await ask(`${path}?order_by=-id&per_page=5`, 'GET');
      equal(listed.status, 200, listed.text);
      ok(
        (listed.body.data as unknown as Model[]).some((one) => one.id === id),
        listed.text.slice(0, 400),
      );
      const shown = await ask(`${path}/${id}`, 'GET');
      deepEqual(withoutMoment(shown.body.data), withoutMoment(made.body.data));
      if ('lead_id' in made.body.data && made.body.data.lead_id === lead) {
        const below = await ask(`/leads/${lead}${path}`, 'GET');
        ok(
          (below.body.data as unknown as Model[]).some((one) => one.id === id),
          below.text.slice(0, 300),
        );
        equal((await ask(`/leads/3603863${path}/${id}`, 'GET')).status, 404);
      }
      if (change) {
        const changed = await ask(`${path}/${id}`, 'PATCH', change);
        equal(changed.status, 200, changed.text);
        for (const [name, value] of Object.entries(change))
          if (name !== 'any_changes') deepEqual(changed.body.data[name], value, `${name} ${changed.text}`);
        const again = await ask(`${path}/${id}`, 'PUT', change);
        equal(again.headers.get('etag'), changed.headers.get('etag'), `an echo moves nothing: ${again.text}`);
      }
      equal((await ask(`${path}/${id}`, 'DELETE')).status, 200);
      equal((await ask(`${path}/${id}`, 'GET')).status, 404);
    });
  });

test('development parts', async () => {
  const { body } = await ask('/developments', 'POST', { name: 'Dunes' });
  const base = `/developments/${body.data.id}`;
  const parts: [string, Model][] = [
    ['addresses', { street_name: 'Dune Rd' }],
    ['development_agents', { agent_id: 1, role: 'Sales' }],
    ['area_profiles', { name: 'Shore' }],
    ['categories', { name: 'Beach' }],
    ['floor_plans', { name: 'A' }],
    ['listing_sheets', { title: 'Sheet', file_url: { filename: 'a.txt', data: 'YQ==' } }],
    ['pictures', { url: { filename: 'a.png', data: PIXEL } }],
    ['prices', { label: 'One bed', price: 100 }],
  ];
  for (const [name, json] of parts) {
    const made = await ask(`${base}/${name}`, 'POST', json);
    equal(made.status, 201, made.text);
  }
  equal((await ask(`${base}/agents`, 'POST', { agent_id: 1 })).status, 422);
  const shown = await ask(base, 'GET');
  equal((shown.body.data.development_agents as Model[])[0]?.agent_name, 'Brian Erwin');
  equal((shown.body.data.development_categories as Model[])[0]?.name, 'Beach');
  for (const name of ['addresses', 'area_profiles', 'floor_plans', 'listing_sheets', 'pictures', 'prices'])
    equal((shown.body.data[`development_${name}`] as Model[]).length, 1, name);
});

test('a form is answered, and a visitor becomes a lead', async () => {
  const { body } = await ask('/dynamic_forms', 'POST', {
    name: 'Contact',
    form_fields: [
      { name: 'mail', label: 'Mail', kind: 'text_field', validations: { required: true, email: true }, system_field: 'email' },
    ],
  });
  const path = `/dynamic_forms/${body.data.id}/form_submissions`;
  const bad = await ask(path, 'POST', { data: { mail: 'x' } });
  deepEqual([bad.status, bad.body.errors], [422, ['Mail must be a valid email address.']]);
  const made = await ask(path, 'POST', { data: { mail: 'visitor@example.com' } });
  equal(made.status, 201, made.text);
  deepEqual(made.body.data.answers, [{ name: 'mail', label: 'Mail', value: 'visitor@example.com' }]);
  equal(made.body.data.submitter_type, 'Lead');
  const lead = await ask(`/leads/${made.body.data.lead_id}`, 'GET');
  equal(lead.body.data.email, 'visitor@example.com');
  equal(
    (await ask('/inquiries', 'POST', { email: 'visitor@example.com', property_id: HOT })).body.data.lead_id,
    made.body.data.lead_id,
  );
  deepEqual((await ask('/contact_forms', 'POST', {})).body.errors, ["Lead can't be blank"]);
});
