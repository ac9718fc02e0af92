import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { makeSearchReader } from '../../../src/doors/propertybase/resources/standing-search.ts';
import { makeTextReader } from '../../../src/doors/spark/saved-filter.ts';
import { openSite, type SiteHouse } from './house.ts';

type Data = Record<string, unknown> & { id: number };
type Body = { message: string; data: Data };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
beforeEach(async () => {
  // What was there before is not to be told here.
  for (const table of ['saved_search_contact', 'market_report_update']) await site.lab.rows(`update ${table} set active = false`);
  await site.lab.rows('update property set price_changed_at = null, status_changed_at = null, open_house_changed_at = null');
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, json?: unknown, method?: string) => {
  const answer = await site.call(path, { ...(json === undefined ? {} : { json }), ...(method ? { method } : {}) });
  return { ...answer, body: answer.body as Body };
};
const rowsOf = (answer: { body: unknown }) => (answer.body as { data: Data[] }).data;
const quiet = { dont_send_email: true, no_assignment_emails: true, no_followup_task: true };
const lead = async (email: string) => (await ask('/leads', { email, agent_id: 1, ...quiet })).body.data.id;

const problems: number[] = [];
async function sendAlerts(): Promise<number> {
  const { domain } = site.lab.house.stores;
  const read = makeSearchReader({ domain, readText: makeTextReader(domain) });
  return domain.sendAlerts(read, (_error, { id }) => problems.push(id));
}
/** A day later as far as searches of that lead and listings know. */
async function aDayPasses(id: number): Promise<void> {
  const earlier = (...columns: string[]) => columns.map((column) => `${column} = ${column} - interval '25 hours'`).join(', ');
  await site.lab.rows(
    `update saved_search_contact set ${earlier('created_at', 'looked_at', 'last_sent_at')} where contact_id = $1`,
    [id],
  );
  await site.lab.rows(`update property set ${earlier('price_changed_at', 'status_changed_at', 'open_house_changed_at')}`);
}
const mailsOf = (id: number) =>
  site.lab.rows<{ subject: string; body: string; list_kind: string; list_id: number }>(
    'select subject, body, list_kind, list_id from mail where contact_id = $1 order by id',
    [id],
  );
/** Something happened to a listing, a minute ago: what has just been written is not told yet. */
const happened = (listing: number, column: string) =>
  site.lab.rows(`update property set ${column} = now() - interval '1 minute' where org_id = 1 and id = $1`, [listing]);
async function sparkSearch(contact: number, filter: string): Promise<string> {
  const [row] = await site.lab.rows<{ reso_key: string }>('select reso_key from contact where id = $1', [contact]);
  const made = await site.lab.spark('/savedsearches', {
    json: { D: { Name: 'By the bay', Filter: filter, ContactIds: [row?.reso_key] } },
  });
  equal(made.status, 201, made.text);
  return (made.body as { D: { Results: { Id: string }[] } }).D.Results[0]?.Id ?? '';
}
const listed = (condition: string) =>
  site.lab.rows<{ id: number }>(
    `select id from property where org_id = 1 and deleted_at is null and archived_at is null and listed and ${condition} order by id`,
  );

test('a search that Spark wrote runs whole here, whatever of it fits the form that is shown', async () => {
  const id = await lead('bay@example.com');
  await sparkSearch(id, "City Eq 'Oxford' And (ListPrice Lt 600000.0 Or BedsTotal Ge 4)");
  const found = await listed("city = 'Oxford' and (list_price < 600000 or bedrooms >= 4)");
  ok(found.length > 1, 'the sandbox has some');
  const [search] = rowsOf(await ask(`/leads/${id}/saved_searches`));
  deepEqual([search?.name, search?.results_count, search?.any_changes], ['By the bay', found.length, true]);
  const data = await ask(`/saved_searches/${search?.id}/data?per_page=200`);
  deepEqual(
    rowsOf(data).map((row) => row.id),
    found.map((row) => row.id),
  );
  const [first, second] = found;
  await happened(first?.id ?? 0, 'price_changed_at');
  await happened(second?.id ?? 0, 'open_house_changed_at');
  const since = new Date(Date.now() - 5 * 60_000).toISOString();
  const changed = await ask(`/saved_searches/${search?.id}/data?changes_only=true&since=${since}`);
  deepEqual(
    rowsOf(changed).map((row) => [
      row.id,
      row.new_listing,
      row.status_changed,
      row.price_changed,
      row.open_house_changes,
      row.any_changes,
    ]),
    [
      [first?.id, false, false, true, false, true],
      [second?.id, false, false, false, true, true],
    ],
  );
});

test('alerts tell of what changed, once, whichever door the search was made through', async () => {
  const id = await lead('both@example.com');
  const own = await ask('/saved_searches', {
    lead_id: id,
    search_attributes: { name: 'Cheap acres', town_names: ['Oxford'], min_acres: 0 },
  });
  equal(own.status, 201, own.text);
  await sparkSearch(id, "City Eq 'Oxford' And Not ListPrice Gt 600000.0");
  equal(await sendAlerts(), 0, 'nobody is told on the first day');
  await aDayPasses(id);
  const [one] = await listed("city = 'Oxford' and list_side = 'sale' and list_price <= 600000 and lot_acres >= 0");
  await happened(one?.id ?? 0, 'price_changed_at');
  equal(await sendAlerts(), 2);
  const mails = await mailsOf(id);
  deepEqual(
    mails.map(({ subject, list_kind }) => [subject, list_kind]),
    [
      ['Cheap acres: 1 listing', 'saved_search'],
      ['By the bay: 1 listing', 'saved_search'],
    ],
  );
  match(mails[0]?.body ?? '', /, Oxford, \$[\d,]+, [\w ]+ \(new price\)$/);
  equal(await sendAlerts(), 0, 'once a day at most');
  await aDayPasses(id);
  equal(await sendAlerts(), 0, 'nothing new');
  const shown = (await ask(`/saved_searches/${own.body.data.id}`)).body.data;
  ok(typeof shown.last_sent_at === 'string');
});

test('a lead is told of what it wants to know, and of nothing once it has ended it', async () => {
  const { mails } = site.lab.house.stores.domain;
  const id = await lead('picky@example.com');
  const [listing] = await listed("city = 'Oxford' and list_side = 'sale'");
  const made = await ask('/saved_searches', {
    lead_id: id,
    frequency: 'instantly',
    search_attributes: { name: 'Visits', town_names: ['Oxford'] },
    new_listing: false,
    status_changed: false,
    price_changed: false,
  });
  const search = made.body.data.id;
  await aDayPasses(id);
  await happened(listing?.id ?? 0, 'price_changed_at');
  equal(await sendAlerts(), 0);
  await happened(listing?.id ?? 0, 'open_house_changed_at');
  await site.lab.rows("update saved_search_contact set looked_at = now() - interval '2 minutes' where id = $1", [search]);
  equal(await sendAlerts(), 1);
  const [mail] = await site.lab.rows<{ id: number }>('select id from mail where contact_id = $1', [id]);
  const link = `/unsubscribe/${mails.unsubscribeToken({ org_id: 1, id: mail?.id ?? 0 })}`;
  match(
    (await site.lab.call(link)).text,
    /You get mails about “Visits” from Allen Realty\.[\s\S]*Stop all mails from Allen Realty/,
  );
  equal((await site.lab.call(link, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })).status, 200);
  const ended = (await ask(`/saved_searches/${search}`)).body.data;
  deepEqual([ended.active, typeof ended.unsubscribed_at], [false, 'string']);
  equal((await ask(`/leads/${id}`)).body.data.email_opt_in, true);
  await site.lab.rows("update saved_search_contact set looked_at = now() - interval '2 minutes' where id = $1", [search]);
  equal(await sendAlerts(), 0);
  const again = (await ask(`/saved_searches/${search}`, { active: true }, 'PATCH')).body.data;
  deepEqual([again.active, again.unsubscribed_at], [true, null]);
  equal(await sendAlerts(), 1);
  equal((await site.lab.call(link, { body: new URLSearchParams({ all: 'true' }) })).status, 200);
  equal((await ask(`/leads/${id}`)).body.data.email_opt_in, false);
});

test('a search that cannot be read any more holds up no other and no list', async () => {
  const id = await lead('stale@example.com');
  await sparkSearch(id, "City Eq 'Oxford'");
  const [search] = rowsOf(await ask(`/leads/${id}/saved_searches`));
  await site.lab.rows(
    "update saved_search s set filter_text = 'ListingCart Eq ''20100815220615294367000000''' from saved_search_contact l where l.id = $1 and s.id = l.search_id",
    [search?.id],
  );
  const other = await lead('fresh@example.com');
  await ask('/saved_searches', { lead_id: other, search_attributes: { town_names: ['Oxford'] } });
  await aDayPasses(id);
  await aDayPasses(other);
  const [listing] = await listed("city = 'Oxford' and list_side = 'sale'");
  await happened(listing?.id ?? 0, 'status_changed_at');
  problems.length = 0;
  equal(await sendAlerts(), 1);
  deepEqual(problems, [search?.id]);
  const [shown] = rowsOf(await ask(`/leads/${id}/saved_searches`));
  equal(shown?.results_count, null);
  equal((await ask(`/saved_searches/${search?.id}/data`)).status, 422);
});

test('a report goes out as often as its lead asked for', async () => {
  const { domain } = site.lab.house.stores;
  const id = await lead('report@example.com');
  const report = await ask('/market_reports', { name: 'Oxford homes', location: 'Oxford', location_type: 'town' });
  const made = await ask(`/market_reports/${report.body.data.id}/updates`, { lead_id: id, frequency: 'weekly' });
  equal(made.status, 201, made.text);
  const update = made.body.data.id;
  const figures = made.body.data.statistics as { active_count: number; new_count: number };
  const [counted] = await listed("city = 'Oxford' and standard_status in ('Active', 'ComingSoon')").then((rows) => [rows.length]);
  equal(figures.active_count, counted, 'of the place that its report is about');
  equal(await domain.sendReports(), 0);
  const due = "update market_report_update set next_send_at = now() - interval '1 hour' where id = $1";
  await site.lab.rows(due, [update]);
  deepEqual(await Promise.all([domain.sendReports(), domain.sendReports()]).then((counts) => counts.toSorted()), [0, 1]);
  const [mail] = await mailsOf(id);
  deepEqual([mail?.subject, mail?.list_kind, mail?.list_id], ['Oxford homes', 'market_report', update]);
  match(mail?.body ?? '', new RegExp(`^On the market: ${counted}\nNew: \\d+\n`));
  const shown = (await ask(`/market_report_updates/${update}`)).body.data;
  const days = (Date.parse(String(shown.next_send_at)) - Date.parse(String(shown.last_sent_at))) / 86_400_000;
  ok(days > 6.9 && days <= 7, String(days));
  await ask(`/leads/${id}`, { email_opt_in: false }, 'PATCH');
  await site.lab.rows(due, [update]);
  equal(await domain.sendReports(), 0);
  equal((await mailsOf(id)).length, 1);
});
