import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Body = { status: string; message: string; data: Record<string, unknown>; errors: string[] };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());
const ask = async (path: string, method: string, json?: unknown, headers: Record<string, string> = {}) => {
  const answer = await site.call(path, { method, headers, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};

test('a filter of blanks is none, and one of nothing but commas finds nothing', async () => {
  const totalOf = async (query: string) => {
    const { status, body } = await ask(`/tasks?${query}`, 'GET');
    equal(status, 200, query);
    return (body.data as unknown as unknown[]).length;
  };
  const all = await totalOf('');
  ok(all > 0);
  equal(await totalOf('lead_id=%20'), all);
  for (const query of ['lead_id=,', 'lead_id=%20,%20']) equal(await totalOf(query), 0, query);
});

test('who is deactivated hands leads, tasks and events over', async () => {
  const { body: agent } = await ask('/agents', 'POST', {
    first_name: 'Gone',
    last_name: 'Soon',
    email: 'gone@example.com',
    office_id: 11,
  });
  const id = agent.data.id;
  const { body: lead } = await ask('/leads', 'POST', { email: 'left@example.com', agent_id: id });
  const { body: event } = await ask('/events', 'POST', {
    lead_id: lead.data.id,
    name: 'Meet',
    starts_at: '2099-01-01T10:00:00Z',
  });
  const refused = await ask(`/agents/${id}`, 'DELETE');
  deepEqual([refused.status, refused.body.errors], [422, ['Agent has assigned leads']]);
  const left = await ask(`/agents/${id}/deactivate`, 'PUT', { reassign_to_agent_id: 3 });
  deepEqual([left.status, left.body.message, left.body.data.active], [200, 'Agent deactivated', false], left.text);
  equal((await ask(`/leads/${lead.data.id}`, 'GET')).body.data.agent_id, 3);
  equal((await ask(`/events/${event.data.id}`, 'GET')).body.data.assignee_id, 3);
  const tasks = (await ask(`/tasks?lead_id=${lead.data.id}`, 'GET')).body as unknown as { data: { assignee_id: number }[] };
  deepEqual(
    tasks.data.map(({ assignee_id }) => assignee_id),
    [3],
  );
  const none = await ask('/leads', 'POST', { email: 'late@example.com', agent_id: id });
  deepEqual([none.status, none.body.errors], [422, ['Agent does not exist']]);
});

test('a name that calls bring is answered once', async () => {
  const headers = { 'idempotency-key': 'k1' };
  const first = await ask('/leads', 'POST', { email: 'once@example.com' }, headers);
  const again = await ask('/leads', 'POST', { email: 'once@example.com' }, headers);
  deepEqual([again.status, again.text], [201, first.text]);
  const other = await ask('/leads', 'POST', { email: 'twice@example.com' }, headers);
  deepEqual([other.status, other.body.errors], [409, ['Idempotency key was used with another body']]);
});

test('what is answered again has the headers of the first answer', async () => {
  const made = await ask('/leads', 'POST', { email: 'headers@example.com' });
  const search = { lead_id: made.body.data.id, search_attributes: { property_types: ['Castle'] } };
  const asked = () => ask('/saved_searches', 'POST', search, { 'idempotency-key': 'headers' });
  const headersOf = ({ headers }: { headers: Headers }) => [...headers].filter(([name]) => name !== 'date');
  const first = await asked();
  deepEqual([first.headers.get('x-bl-warnings'), first.headers.has('etag')], [encodeURI('Unknown property type: Castle'), true]);
  const again = await asked();
  deepEqual([again.text, headersOf(again)], [first.text, headersOf(first)]);
});

test('If-Match refuses a stale tag', async () => {
  const shown = await ask('/offices/12', 'GET');
  const tag = shown.headers.get('etag') ?? '';
  equal((await ask('/offices/12', 'PATCH', { fax: '1' }, { 'if-match': tag })).status, 200);
  const stale = await ask('/offices/12', 'PATCH', { fax: '2' }, { 'if-match': tag });
  deepEqual([stale.status, stale.body.errors], [412, ['Record has changed']]);
});

test('two calls that make a lead of one address: one is refused', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => ask('/leads', 'POST', { email: 'race@example.com' })));
  deepEqual(answers.map(({ status }) => status).toSorted(), [201, 422, 422]);
});

test('a contact of another door is a lead here, and the other way round', async () => {
  const made = await ask('/leads', 'POST', { email: 'cross@example.com', first_name: 'Cora', last_name: 'Cross', agent_id: 1 });
  const dotloop = await site.lab.dotloop(`/contact/${made.body.data.id}`);
  equal((dotloop.body as { data: { lastName: string } }).data.lastName, 'Cross');
  const back = await site.lab.dotloop('/contact', { json: { firstName: 'Lou', lastName: 'Loop', email: 'lou@example.com' } });
  const { id } = (back.body as { data: { id: number } }).data;
  const lead = await ask(`/leads/${id}`, 'GET');
  deepEqual([lead.body.data.last_name, lead.body.data.status, lead.body.data.agent_id], ['Loop', 'New', 1]);
});
