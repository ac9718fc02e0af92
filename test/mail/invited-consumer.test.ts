import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, violationsOf } from '../../src/testing/browser.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor } from '../auth/visitor.ts';
import { addContact, post, put } from '../doors/spark/contact-house.ts';

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
  const link = lab.house.stores.domain.mails.pathIn({ org_id: 1, id: mail?.id ?? 0, kind: mail?.kind ?? '' }) ?? '';
  return { key, link };
}
/** Somebody who looks at the page, and may choose a password there. */
async function open(link: string) {
  const visitor = makeVisitor(lab.url);
  const csrf = visitor.fieldOf(await (await visitor.go(link)).text(), 'csrf');
  return { visitor, choose: (password: string) => visitor.post(link, { csrf, password }) };
}
const signIn = async (login: string, password: string) =>
  (await lab.house.stores.domain.identity.signInConsumer({ orgId: 1, agentId: 1 }, login, password, { address: '::1' })).kind;

test('an account without a password comes with a mail, and the mail leads to the first password', async () => {
  const { link } = await invite('ina@example.com');
  deepEqual(
    (await mailsTo('ina@example.com')).map(({ id: _, ...mail }) => mail),
    [
      {
        kind: 'consumer.invited',
        subject: 'Your account at Allen Realty',
        body:
          'Hello Ina Invited,\n\nBrian Erwin has opened an account for you at Allen Realty, where you see listings, keep notes and searches. ' +
          'Choose a password within 14 days, and sign in as ina@example.com from then on:',
      },
    ],
  );
  await using page = await openPage(browser, { viewport: { width: 360, height: 760 } });
  await page.goto(lab.url + link);
  await page.getByText('Ina Invited, Allen Realty has made a login for you.').waitFor();
  deepEqual(await violationsOf(page), []);
  await page.getByLabel('New password').fill('well-kept secret');
  await page.getByRole('button', { name: 'Choose this password', exact: true }).click();
  await page.getByText('Sign in as ina@example.com wherever Allen Realty asks you to.').waitFor();
  deepEqual(await violationsOf(page), []);
  equal(await signIn('ina@example.com', 'well-kept secret'), 'ok');
});

test('a link works once, and a short password is none', async () => {
  const { link, key } = await invite('once@example.com');
  const [{ visitor, choose }, late] = [await open(link), await open(link)];
  const short = await choose('short');
  equal(short.status, 422);
  match(await short.text(), /A password has 8 to 1024 characters\./);
  const done = await choose('long enough');
  deepEqual([done.status, done.headers.get('location'), visitor.jar.has('portico_session')], [200, null, false]);
  deepEqual([(await visitor.go(link)).status, (await late.choose('another one')).status], [404, 404]);
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
    const { visitor, choose } = await open(link);
    await end(key);
    deepEqual([(await visitor.go(link)).status, (await choose('long enough')).status], [404, 404], email);
  }
});

test('a link that we did not sign for this leads nowhere', async () => {
  const { link } = await invite('forged@example.com');
  const [mail] = await mailsTo('forged@example.com');
  const unsubscribe = lab.house.stores.domain.mails.unsubscribeToken({ org_id: 1, id: mail?.id ?? 0 });
  const { visitor } = await open(link);
  for (const path of [`${link}x`, link.replace('/1-', '/2-'), `/invitation/${unsubscribe}`, '/invitation/x', '/invitation/1-1.'])
    equal((await visitor.go(path)).status, 404, path);
});

test('nobody is invited who has a password or no address', async () => {
  const key = await addContact(lab, { DisplayName: 'No Address' });
  equal((await post(lab, `/contacts/${key}/portal`, { LoginName: 'no.address' })).status, 201);
  const other = await addContact(lab, { DisplayName: 'Has One', PrimaryEmail: 'has@example.com' });
  equal((await post(lab, `/contacts/${other}/portal`, { Password: 'by the agent' })).status, 201);
  deepEqual(await mailsTo('has@example.com'), []);
  deepEqual(await lab.rows("select id from mail where org_id = 1 and body like '%no.address%'"), []);
});

test('whose account is closed is invited once it is open', async () => {
  for (const [email, opened] of [
    ['soon@example.com', { path: '/portal', body: { Enabled: true } }],
    ['later@example.com', { path: '', body: { VowEnabled: true } }],
  ] as const) {
    const key = await addContact(lab, { DisplayName: 'Ina Invited', PrimaryEmail: email });
    equal((await post(lab, `/contacts/${key}/portal`, { Enabled: false })).status, 201);
    deepEqual(await mailsTo(email), []);
    await put(lab, `/contacts/${key}${opened.path}`, opened.body);
    equal((await mailsTo(email)).length, 1, email);
  }
});
