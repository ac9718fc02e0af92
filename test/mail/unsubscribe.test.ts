import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

const site = (method: string, path: string, json?: unknown) =>
  lab.call(`/propertybase/api/v2${path}`, {
    method,
    headers: { 'x-bl-api-key': 'xxxxxxxxxx' },
    ...(json === undefined ? {} : { json }),
  });
type Shown = Record<string, unknown> & { id: number };
const dataOf = (answer: { body: unknown }) => (answer.body as { data: Shown }).data;
const linkOf = async (recipient: string, kind: string) => {
  const [row] = await lab.rows<{ id: number }>(
    'select max(id) as id from mail where org_id = 1 and recipient = $1 and kind = $2',
    [recipient, kind],
  );
  return `/unsubscribe/${lab.house.stores.domain.mails.unsubscribeToken({ org_id: 1, id: row?.id ?? 0 })}`;
};
const form = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) });
/** As mail programs send it (RFC 8058). */
function oneClick() {
  const body = new FormData();
  body.set('List-Unsubscribe', 'One-Click');
  return { method: 'POST', body };
}
const lead = async (email: string) => dataOf(await site('POST', '/leads', { email, first_name: 'Una', last_name: 'Sub' }));

test('a lead ends all mails of the brokerage; looking at the link ends none', async () => {
  const { id } = await lead('una@example.com');
  const link = await linkOf('una@example.com', 'lead.welcome');
  const page = await lab.call(link);
  equal(page.status, 200);
  match(page.text, /You get mails of this kind from Allen Realty\./);
  equal(dataOf(await site('GET', `/leads/${id}`)).email_opt_in, true);
  const done = await lab.call(link, oneClick());
  deepEqual([done.status, done.headers.get('set-cookie'), done.headers.get('location')], [200, null, null]);
  match(done.text, /You will get no more mails of this kind from Allen Realty\./);
  const shown = await site('GET', `/leads/${id}`);
  equal(dataOf(shown).email_opt_in, false);
  equal((await lab.call(link, oneClick())).status, 200);
  equal((await site('GET', `/leads/${id}`)).headers.get('etag'), shown.headers.get('etag'), 'twice is once');
  await site('POST', '/messages', { lead_id: id, title: 'Hello', body: 'You there?', deliver_email: true });
  deepEqual(await lab.rows('select kind from mail where contact_id = $1', [id]), [{ kind: 'lead.welcome' }]);
});

test('whoever is no lead ends mails of that kind alone', async () => {
  const address = 'John.Smith@allenrealty.example';
  await site('POST', '/leads', { email: 'first@example.com', agent_id: 3 });
  const link = await linkOf(address.toLowerCase(), 'lead.assigned');
  equal((await lab.call(link, form({}))).status, 200);
  await site('POST', '/leads', { email: 'second@example.com', agent_id: 3 });
  await site('POST', '/messages', {
    recipients: [{ person_id: 3, person_type: 'Agent' }],
    title: 'Hello',
    body: 'You there?',
    deliver_email: true,
  });
  const kinds = await lab.rows<{ kind: string }>(
    'select kind from mail where org_id = 1 and lower(recipient) = lower($1) order by id',
    [address],
  );
  deepEqual(kinds.slice(-2), [{ kind: 'lead.assigned' }, { kind: 'message' }]);
});

test('a link that we did not sign leads nowhere', async () => {
  const link = await linkOf('una@example.com', 'lead.welcome');
  const forged = link.replace(/1-(\d+)\./, (_, id) => `2-${id}.`);
  notEqual(forged, link);
  for (const path of [forged, `${link}x`, '/unsubscribe/1-1.', '/unsubscribe/x']) {
    equal((await lab.call(path)).status, 404, path);
    equal((await lab.call(path, oneClick())).status, 404, path);
  }
});
