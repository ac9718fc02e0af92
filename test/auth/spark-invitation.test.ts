import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, violationsOf } from '../../src/testing/browser.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { addContact, post, put, saysOf } from '../doors/spark/contact-house.ts';

let lab: Lab;
let browser: Awaited<ReturnType<typeof openBrowser>>;
before(async () => {
  [lab, browser] = await Promise.all([openLab(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await lab?.[Symbol.asyncDispose]();
});

type Mail = { id: number; kind: string; subject: string; body: string };
const mailsTo = (address: string) =>
  lab.rows<Mail>('select id, kind, subject, body from mail where org_id = 1 and recipient = $1 order by id', [address]);
/** Invites a contact, and answers the link that is in the mail. */
async function invite(email: string): Promise<{ key: string; link: string }> {
  const key = await addContact(lab, { DisplayName: 'Ina Invited', PrimaryEmail: email });
  equal((await lab.spark(`/contacts/${key}/portal`, { method: 'POST' })).status, 201);
  const [mail] = await mailsTo(email);
  const token = lab.house.stores.domain.identity.invitationToken({ org_id: 1, id: mail?.id ?? 0, kind: mail?.kind ?? '' });
  return { key, link: `/invitation/${token}` };
}
const form = (password: string, again = password) => ({ method: 'POST', body: new URLSearchParams({ password, again }) });
const signIn = async (login: string, password: string) =>
  (await lab.house.stores.domain.identity.signInConsumer({ orgId: 1, agentId: 1 }, login, password, { address: '::1' })).kind;

test('an account without a password comes with a mail, and the mail leads to the first password', async () => {
  const { link } = await invite('ina@example.com');
  deepEqual(
    (await mailsTo('ina@example.com')).map(({ id: _, ...mail }) => mail),
    [
      {
        kind: 'portal.invitation',
        subject: 'Your account at Allen Realty',
        body:
          'Hello Ina Invited,\n\nBrian Erwin has opened an account for you at Allen Realty, where you see listings, keep notes and searches. ' +
          'Your login name is ina@example.com. Choose a password with the link below; it works once, for 14 days.',
      },
    ],
  );
  await using page = await openPage(browser, { viewport: { width: 360, height: 760 } });
  await page.goto(lab.url + link);
  await page.getByText('For the account of Ina Invited at Allen Realty.').waitFor();
  deepEqual(await violationsOf(page), []);
  await page.getByLabel('Password').fill('well-kept secret');
  await page.getByLabel('The same again').fill('well-kept secrets');
  await page.getByRole('button', { name: 'Choose this password' }).click();
  await page.getByRole('alert').getByText('These were two different passwords.').waitFor();
  equal(await signIn('ina@example.com', 'well-kept secret'), 'refused');
  await page.getByLabel('Password').fill('well-kept secret');
  await page.getByLabel('The same again').fill('well-kept secret');
  await page.getByRole('button', { name: 'Choose this password' }).click();
  await page.getByText('Sign in as ina@example.com wherever Allen Realty asks you to.').waitFor();
  deepEqual(await violationsOf(page), []);
  equal(await signIn('ina@example.com', 'well-kept secret'), 'ok');
});

test('a link works once, and a short password is none', async () => {
  const { link, key } = await invite('once@example.com');
  const short = await lab.call(link, form('short'));
  equal(short.status, 422);
  match(short.text, /A password has 8 to 1024 characters\./);
  const done = await lab.call(link, form('long enough'));
  deepEqual([done.status, done.headers.get('set-cookie'), done.headers.get('location')], [200, null, null]);
  deepEqual([(await lab.call(link)).status, (await lab.call(link, form('another one'))).status], [404, 404]);
  equal(await signIn('once@example.com', 'long enough'), 'ok');
  const events = await lab.rows<{ actor_kind: string; changed: unknown }>(
    `select actor_kind, changed from event where org_id = 1 and noun = 'contact_login' and verb = 'updated'
       and contact_id = (select id from contact where org_id = 1 and reso_key = $1)`,
    [key],
  );
  deepEqual(events, [{ actor_kind: 'contact', changed: { password: ['********', '********'] } }]);
});

test('a link is nothing once the agent sets a password, closes the account, corrects the address or 14 days have passed', async () => {
  const ends: Record<string, (key: string) => Promise<unknown>> = {
    'set@example.com': (key) => put(lab, `/contacts/${key}/portal`, { Password: 'by the agent' }),
    'closed@example.com': (key) => put(lab, `/contacts/${key}/portal`, { Enabled: false }),
    'typo@example.com': (key) => put(lab, `/contacts/${key}`, { PrimaryEmail: 'right@example.com' }),
    'deleted@example.com': (key) => lab.spark(`/contacts/${key}`, { method: 'DELETE' }),
    'late@example.com': () =>
      lab.rows("update mail set created_at = created_at - interval '14 days' where recipient = 'late@example.com'"),
  };
  for (const [email, end] of Object.entries(ends)) {
    const { key, link } = await invite(email);
    equal((await lab.call(link)).status, 200, email);
    await end(key);
    equal((await lab.call(link)).status, 404, email);
    equal((await lab.call(link, form('long enough'))).status, 404, email);
  }
});

test('a link that we did not sign for this leads nowhere', async () => {
  const { link } = await invite('forged@example.com');
  const [mail] = await mailsTo('forged@example.com');
  const unsubscribe = lab.house.stores.domain.mails.unsubscribeToken({ org_id: 1, id: mail?.id ?? 0 });
  for (const path of [
    `${link}x`,
    link.replace('/1-', '/2-'),
    `/invitation/${unsubscribe}`,
    '/invitation/x',
    '/invitation/1-1.',
  ]) {
    equal((await lab.call(path)).status, 404, path);
    equal((await lab.call(path, form('long enough'))).status, 404, path);
  }
});

test('nobody is invited who has a password or no address', async () => {
  const key = await addContact(lab, { DisplayName: 'No Address' });
  equal((await post(lab, `/contacts/${key}/portal`, { LoginName: 'no.address' })).status, 201);
  const other = await addContact(lab, { DisplayName: 'Has One', PrimaryEmail: 'has@example.com' });
  equal((await post(lab, `/contacts/${other}/portal`, { Password: 'by the agent' })).status, 201);
  deepEqual(await mailsTo('has@example.com'), []);
  deepEqual(await lab.rows("select id from mail where org_id = 1 and body like '%no.address%'"), []);
});

test('the agent is told of a new contact where the call says so', async () => {
  const added = async () => (await mailsTo('brianerwin@newkyhome.com')).filter(({ kind }) => kind === 'contact.added');
  await post(lab, '/contacts', { Contacts: [{ DisplayName: 'Quiet', PrimaryEmail: 'quiet@example.com' }], Notify: false });
  await post(lab, '/contacts', { DisplayName: 'Quiet Too' });
  deepEqual(await added(), []);
  const answer = await post(lab, '/contacts', {
    Contacts: [{ DisplayName: 'Contact Four', PrimaryEmail: 'contact4@fbsdata.com' }],
    Notify: true,
  });
  equal(answer.status, 201);
  deepEqual(
    (await added()).map(({ subject, body }) => [subject, body]),
    [['New contact: Contact Four', 'Contact Four (contact4@fbsdata.com) is in your book now.']],
  );
  const again = { Contacts: [{ DisplayName: 'Twice', PrimaryEmail: 'contact4@fbsdata.com' }], Notify: true };
  equal(saysOf(await post(lab, '/contacts', again)), '409/1055');
  equal((await added()).length, 1);
});
