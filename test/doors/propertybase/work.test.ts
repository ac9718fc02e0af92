import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Data = Record<string, unknown> & { id: number };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, json?: unknown, method?: string) => {
  const answer = await site.call(path, { ...(json === undefined ? {} : { json }), ...(method ? { method } : {}) });
  return { ...answer, data: (answer.body as { data: Data }).data, errors: (answer.body as { errors?: string[] }).errors };
};
const list = async (path: string) => (await ask(path)).data as unknown as Data[];
const quiet = { dont_send_email: true, no_assignment_emails: true, no_followup_task: true };
const lead = async (email: string, more: object = {}) => (await ask('/leads', { email, agent_id: 3, ...quiet, ...more })).data.id;
/** Mails written since the last look, as `recipient: subject`. */
let seen = 0;
async function news(): Promise<string[]> {
  const rows = await site.lab.rows<{ id: number; line: string }>(
    `select id, recipient || ': ' || subject as line from mail where org_id = 1 and id > $1 order by id`,
    [seen],
  );
  seen = rows.at(-1)?.id ?? seen;
  return rows.map(({ line }) => line);
}
const ALLEN = 'allen.agent@gmail.com';

describe('mails of work', () => {
  test('a task tells its maker and the office manager when it is made, handed over and done', async () => {
    const [office] = await site.lab.rows<{ id: number }>('select office_id as id from member where id = 3');
    await ask(`/offices/${office?.id}`, { office_manager_id: 2, office_manager_type: 'Agent' }, 'PATCH');
    const lead_id = await lead('tasked@example.com', { first_name: 'Tia', last_name: 'Task' });
    await news();
    const silent = await ask('/tasks', { name: 'Nobody hears', due_date: '2027-05-07', assignee_id: 3, creator_id: 1 });
    await ask(`/tasks/${silent.data.id}`, { completed: true }, 'PATCH');
    deepEqual(await news(), []);
    const made = await ask('/tasks', {
      name: 'Call Tia',
      due_at: '2027-05-07T14:00:00Z',
      lead_id,
      assignee_id: 3,
      creator_id: 1,
      notify_creator: true,
      notify_office_manager: true,
    });
    equal(made.status, 201, made.text);
    deepEqual(await news(), ['brianerwin@newkyhome.com: New task: Call Tia', `${ALLEN}: New task: Call Tia`]);
    const [mail] = await site.lab.rows<{ body: string }>('select body from mail order by id desc limit 1');
    equal(mail?.body, 'Call Tia\nAssigned to John Smith\nFor Tia Task\nDue Friday, May 7, 2027 at 10:00 AM');
    await ask(`/tasks/${made.data.id}`, { description: 'At noon', notify_creator: false }, 'PATCH');
    deepEqual(await news(), []);
    await ask(`/tasks/${made.data.id}`, { completed: true }, 'PATCH');
    deepEqual(await news(), [`${ALLEN}: Task done: Call Tia`]);
    await ask(`/tasks/${made.data.id}`, { completed: true }, 'PATCH');
    deepEqual(await news(), []);
  });

  test('an event tells its lead when it is made, moved and called off, and nobody who wants no mail', async () => {
    const lead_id = await lead('invited@example.com');
    const event = { name: 'First meeting', starts_at: '2027-05-07T14:00:00Z', location: 'Main St', lead_id, notify_lead: true };
    const { data } = await ask('/events', event);
    deepEqual(await news(), ['invited@example.com: In our diary: First meeting']);
    const [mail] = await site.lab.rows<{ body: string }>('select body from mail order by id desc limit 1');
    equal(mail?.body, 'First meeting\nFriday, May 7, 2027 at 10:00 AM\nMain St');
    await ask(`/events/${data.id}`, { description: 'Bring papers' }, 'PATCH');
    deepEqual(await news(), []);
    await ask(`/events/${data.id}`, { starts_at: '2027-05-07T15:00:00Z' }, 'PATCH');
    deepEqual(await news(), ['invited@example.com: Changed: First meeting']);
    await ask(`/leads/${lead_id}`, { email_opt_in: false }, 'PATCH');
    await ask(`/events/${data.id}`, { location: 'Oak St' }, 'PATCH');
    deepEqual(await news(), []);
  });
});

describe('an inquiry', () => {
  const tasksOf = (id: number) => list(`/tasks?lead_id=${id}`);

  test("is work for the lead's agent, a day long", async () => {
    const lead_id = await lead('asks@example.com');
    const [listing] = await list('/properties?per_page=1&status=Active');
    const made = await ask('/inquiries', { lead_id, property_id: listing?.id, comments: 'Is it quiet?' });
    equal(made.status, 201, made.text);
    const [task, ...more] = await tasksOf(lead_id);
    deepEqual(
      [task?.name, task?.task_type, task?.description, task?.assignee_id, task?.creator_id, task?.lead_id, more],
      [`Inquiry: ${made.data.property_address}`, 'Follow-Up', 'Is it quiet?', 3, 2, lead_id, []],
    );
    equal(Date.parse(String(task?.due_at)) - Date.parse(String(task?.created_at)), 24 * 3_600_000);
  });

  test("is the primary broker's where the lead has no agent", async () => {
    const { data } = await ask('/leads', { email: 'alone@example.com', ...quiet });
    await ask('/inquiries', { lead_id: data.id, mls_id: 'NOT-YET', mls_name: 'Nowhere', comments: 'Hello' });
    const [task] = await tasksOf(data.id);
    deepEqual([task?.name, task?.assignee_id], ['Inquiry: NOT-YET', 2]);
  });
});

describe('a listing', () => {
  test('is linked to what visitors did before it came', async () => {
    const lead_id = await lead('early@example.com');
    const [mls] = await site.lab.rows<{ name: string }>(
      'select m.short_name as name from organisation g join mls m on m.org_id = g.id and m.id = g.own_mls_id where g.id = 1',
    );
    const about = { lead_id, mls_id: 'early-77', mls_name: mls?.name.toLowerCase(), property_address: '1 Early St' };
    const rows: [string, object][] = [
      ['property_views', {}],
      ['favorite_properties', { notes: 'The blue one' }],
      ['inquiries', { comments: 'When?' }],
      ['showings', { showing_time: '2027-05-07T14:00:00Z' }],
      ['property_notes', { note: 'Likes it' }],
      ['lead_properties', { relationship: 'interested' }],
    ];
    const made: Record<string, number> = {};
    for (const [path, more] of rows) {
      const { status, text, data } = await ask(`/${path}`, { ...about, ...more });
      deepEqual([path, status, data?.property_id, data?.property], [path, 201, null, null], text);
      made[path] = data.id;
    }
    const listing = await ask('/sales_exclusives', {
      price: 450_000,
      street_number: '1',
      street_name: 'Early St',
      town_name: 'Oxford',
      mls_id: 'EARLY-77',
    });
    equal(listing.status, 201, listing.text);
    for (const [path] of rows) {
      const { data } = await ask(`/${path}/${made[path]}`);
      const property = data.property as Data | null;
      deepEqual(
        [path, data.property_id, data.mls_id, data.property_address, property?.price, property?.town_name],
        [path, listing.data.id, 'early-77', '1 Early St', 450_000, 'Oxford'],
      );
    }
    const events = await site.lab.rows<{ noun: string }>(
      `select noun from event where org_id = 1 and property_id = $1 and verb = 'updated' and contact_id = $2 order by noun`,
      [listing.data.id, lead_id],
    );
    deepEqual(
      events.map(({ noun }) => noun),
      ['appointment', 'enquiry', 'lead_property', 'listing_cart_item', 'property_note', 'property_view'],
    );
  });

  test('that is gone is still told of by showings and inquiries, as by views', async () => {
    const lead_id = await lead('late@example.com');
    const { data: listing } = await ask('/sales_exclusives', { price: 99_000, street_name: 'Gone St', town_name: 'Oxford' });
    const paths = ['showings', 'inquiries', 'property_views'];
    const made: Record<string, number> = {};
    for (const path of paths)
      made[path] = (await ask(`/${path}`, { lead_id, property_id: listing.id, showing_time: '2027-05-07T14:00:00Z' })).data.id;
    await site.lab.rows('update property set deleted_at = now() where org_id = 1 and id = $1', [listing.id]);
    for (const path of paths) {
      const { data } = await ask(`/${path}/${made[path]}`);
      const property = data.property as Data | null;
      match(String(data.property_address), /Gone St/);
      deepEqual([path, property?.price, property?.town_name], [path, 99_000, 'Oxford']);
    }
  });

  test('whose number several MLSs have is asked for again', async () => {
    const lead_id = await lead('which@example.com');
    const last = 'select id from property where org_id = 1 and deleted_at is null order by id desc';
    await site.lab.rows(
      `with other as (insert into mls (org_id, reso_key, name, short_name)
         values (1, '20990101000000000000000000', 'Another MLS', 'OTHER') returning id)
       update property set mls_id = other.id from other where org_id = 1 and property.id = (${last} limit 1)`,
    );
    await site.lab.rows(`update property set listing_number = 'TWICE' where org_id = 1 and id in (${last} limit 2)`);
    for (const [path, more] of [
      ['showings', { showing_time: '2027-05-07T14:00:00Z' }],
      ['property_views', {}],
    ] as const) {
      const { status, errors } = await ask(`/${path}`, { lead_id, mls_id: 'twice', ...more });
      deepEqual([path, status, errors], [path, 422, ["Mls name can't be blank"]]);
    }
  });
});

test("a lead's clock goes with what it does, never ahead of time and never back", async () => {
  const lead_id = await lead('active@example.com');
  const clock = async () => (await ask(`/leads/${lead_id}`)).data.last_active as string | null;
  equal(await clock(), null);
  const [listing] = await list('/properties?per_page=1');
  const view = (viewed_at: string) => ask('/property_views', { lead_id, property_id: listing?.id, viewed_at });
  await view('2020-01-02T03:04:05Z');
  equal(await clock(), '2020-01-02T03:04:05.000Z');
  await view('2019-01-01T00:00:00Z');
  await ask(`/leads/${lead_id}`, { status: 'Hot' }, 'PATCH');
  await ask('/property_notes', { lead_id, property_id: listing?.id, note: 'By staff' });
  equal(await clock(), '2020-01-02T03:04:05.000Z');
  await view('2099-01-01T00:00:00Z');
  ok(Date.parse(String(await clock())) <= Date.now());
});
