import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { countStatements } from '../../../src/testing/count-statements.ts';
import { openSite, type SiteHouse } from './house.ts';

type Body = { status: string; message: string; data: Record<string, unknown>; errors: string[] };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const post = async (path: string, json: unknown) => {
  const answer = await site.call(path, { json });
  return { ...answer, body: answer.body as Body };
};
const get = async (path: string) => (await site.call(path)).body as Body & { data: never };

describe('a lead', () => {
  test('is made with mails and a follow-up task, and is a contact elsewhere', async () => {
    const made = await post('/leads', {
      lead: {
        email: 'Ann.Lee@example.com',
        first_name: 'Ann',
        last_name: 'Lee',
        phone1: '(555) 010-2000',
        phone2: '555 0103',
        phone2_type: 'Mobile',
        agent_id: 3,
      },
      price_range: '$250,000 - $500,000',
      utm_source: 'google',
      bold_leads_id: 4711,
      tags: 'Buyer, Hot',
      custom_fields: { budget: 'high' },
    });
    equal(made.status, 201, made.text);
    const { data } = made.body;
    equal(made.body.message, 'Lead created');
    deepEqual(
      [data.agent_id, data.owner_type, data.owner_id, data.status, data.phone1, data.phone2, data.phone2_type],
      [3, 'Agent', 3, 'New', '(555) 010-2000', '555 0103', 'Mobile'],
    );
    deepEqual(data.signup_fields, {
      price_range: '$250,000 - $500,000',
      contact_method: null,
      timeline: null,
      where_heard: null,
    });
    deepEqual(
      [data.utm_source, data.bold_leads_id, data.tags, data.custom_fields],
      ['google', '4711', ['Buyer', 'Hot'], { budget: 'high' }],
    );
    const mails = await site.lab.rows<{ kind: string; recipient: string }>(
      "select kind, recipient from mail where kind like 'lead.%' order by id",
    );
    deepEqual(mails, [
      { kind: 'lead.welcome', recipient: 'Ann.Lee@example.com' },
      { kind: 'lead.assigned', recipient: 'john.smith@allenrealty.example' },
    ]);
    const tasks = await site.lab.rows<{ name: string; assignee_id: number }>(
      'select name, assignee_id from task where contact_id = $1',
      [data.id],
    );
    deepEqual(tasks, [{ name: 'Follow up with Ann Lee', assignee_id: 3 }]);
    const found = (await get('/leads?email=ann.lee@EXAMPLE.com')) as unknown as { data: { id: number }[] };
    deepEqual(
      found.data.map(({ id }) => id),
      [data.id],
    );
    for (const filter of [
      'utm_source=google',
      'custom_fields[budget]=high',
      'tag=hot',
      'agent_id=3&status=new',
      'phone=5550102000',
      'q=ann lee',
      'agent_email=JOHN.smith@allenrealty.example',
      'owner_type=Agent&owner_id=3&name=lee',
    ])
      ok(
        ((await get(`/leads?${filter}`)) as unknown as { data: { id: number }[] }).data.some(({ id }) => id === data.id),
        filter,
      );
    const again = await post('/leads', { email: 'ann.lee@example.com' });
    deepEqual(
      [again.status, again.body.errors, again.headers.get('x-bl-existing-id')],
      [422, ['Lead email must be unique'], String(data.id)],
    );
    const updated = await post('/leads?on_duplicate=update', { email: 'ann.lee@example.com', status: 'Hot' });
    deepEqual([updated.status, updated.body.message, updated.body.data.status], [200, 'Lead updated', 'Hot'], updated.text);
    const patched = await site.call(`/leads/${data.id}`, {
      method: 'PATCH',
      json: { phone1: null, city: 'Solon', custom_fields: { budget: null, a: 1 } },
    });
    const shown = (patched.body as Body).data;
    deepEqual([shown.phone1, shown.phone2, shown.city, shown.custom_fields], [null, '555 0103', 'Solon', { a: 1 }]);
    const gone = await site.call(`/leads/${data.id}`, { method: 'DELETE' });
    equal(gone.status, 200, gone.text);
    equal((await site.call(`/leads/${data.id}`)).status, 404);
    equal(
      (
        await post('/leads', {
          email: 'ann.lee@example.com',
          dont_send_email: true,
          no_assignment_emails: true,
          no_followup_task: true,
        })
      ).status,
      201,
    );
  });

  test('takes a search along', async () => {
    const made = await post('/leads', {
      email: 'searcher@example.com',
      agent_email: 'brianerwin@newkyhome.com',
      agent_id: 999,
      search_attributes: { town_names: 'San Francisco', max_price: '900000', property_types: 'Residential' },
      home_valuation_attributes: { address: '1 Oak St', bedrooms: 3 },
    });
    equal(made.status, 201, made.text);
    equal(made.body.data.agent_id, 1);
    equal(made.body.data.saved_searches_count, 1);
    const saved = (await get(`/leads/${made.body.data.id}/saved_searches`)) as unknown as { data: Record<string, unknown>[] };
    const [one] = saved.data;
    deepEqual(
      [one?.name, one?.frequency, one?.any_changes],
      ['Residential, up to $900,000, San Francisco', 'daily', true],
      JSON.stringify(saved),
    );
    const data = (await get(`/saved_searches/${one?.id}/data`)) as unknown as {
      message: string;
      data: Record<string, unknown>[];
    };
    equal(data.message, 'Saved search data found');
    ok(data.data.length > 0, JSON.stringify(data));
    const runs = (await get(`/leads/${made.body.data.id}/searches`)) as unknown as { data: Record<string, unknown>[] };
    equal(runs.data.length, 1);
    const bad = await post('/leads', { email: 'x@example.com', search_attributes: { max_price: 'much' } });
    deepEqual([bad.status, bad.body.errors], [422, ['Search attributes: Max price is not a number']]);
  });

  test('lists and enumerations', async () => {
    const list = (await get('/leads?per_page=5&page=2&meta=true&order_by=-last_name')) as unknown as {
      data: unknown[];
      pagination: unknown;
    };
    equal(list.data.length, 5);
  });
});

test('a lead that brings a search was active when it was made, and costs six statements beside its transaction', async () => {
  const search_attributes = { search_type: 'sales', min_price: 300_000, min_bedrooms: 2, property_types: ['Condo'] };
  let made: Awaited<ReturnType<typeof post>> | undefined;
  // The key, the types of property, who is in the queue, how many listings it finds; the row and its counts for the answer.
  const taken = await countStatements(site.lab, async () => {
    made = await post('/leads', { lead: { email: 'seeker@example.com', search_attributes, dont_send_email: true } });
  });
  equal(made?.status, 201, made?.text);
  equal(taken, 6);
  const { id, last_active } = made?.body.data ?? {};
  const [row] = await site.lab.rows<{ told: string; written: boolean }>(
    `select e.changed ->> 'last_active_at' as told, c.last_active_at = c.created_at as written from contact c
     join event e on e.org_id = c.org_id and e.noun = 'contact' and e.row_id = c.id and e.verb = 'created' where c.org_id = 1 and c.id = $1`,
    [id],
  );
  deepEqual(row && { ...row, told: row.told.slice(0, 19) }, { told: String(last_active).slice(0, 19), written: true });
});

test('leads that were deleted are listed for whoever asks for them, and nowhere else', async () => {
  const quiet = { dont_send_email: true, no_assignment_emails: true, no_followup_task: true };
  const ids: unknown[] = [];
  for (const email of ['gone@example.com', 'needed@example.com', 'stays@example.com'])
    ids.push((await post('/leads', { email, tags: ['Passing'], ...quiet })).body.data.id);
  const [gone, needed, stays] = ids;
  // A paper of the brokerage's keeps the second as a contact of the other doors.
  await site.lab.rows(
    `insert into identity_check (org_id, code, contact_id, check_date, status, created_door) values (1, 'T-1', $1, '2026-01-01', 'pass', 'portico')`,
    [needed],
  );
  for (const id of [gone, needed]) equal((await site.call(`/leads/${id}`, { method: 'DELETE' })).status, 200);
  const idsOf = async (query: string) =>
    ((await get(`/leads?tag=passing&order_by=id${query}`)) as unknown as { data: { id: number }[] }).data.map(({ id }) => id);
  deepEqual(await idsOf(''), [stays]);
  deepEqual(await idsOf('&deleted=false'), [stays]);
  deepEqual(await idsOf('&deleted=true'), [gone, needed]);
  const other = await site.call('/leads?deleted=true', { key: 'demo' });
  ok((other.body as { data: { id: number }[] }).data.every(({ id }) => !ids.includes(id)));
  equal((await site.call(`/leads/${gone}`)).status, 404);
});
