import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor } from '../auth/visitor.ts';

let lab: Lab;
before(async () => {
  lab = await openLab();
});
after(() => lab[Symbol.asyncDispose]());

type Shown = Record<string, unknown> & { id: number; user_id: number };
const site = async (method: string, path: string, json: unknown) => {
  const { body, text } = await lab.call(`/propertybase/api/v2${path}`, {
    method,
    headers: { 'x-bl-api-key': 'xxxxxxxxxx' },
    json,
  });
  const { data } = body as { data?: Shown };
  if (!data) throw new Error(text);
  return data;
};
const person = (email: string, more = {}, path = '/agents') =>
  site('POST', path, { first_name: 'Ina', last_name: 'Vited', email, ...more });
type MailRow = { id: number; subject: string; body: string };
const mailsTo = (address: string) =>
  lab.rows<MailRow>(
    `select id, subject, body from mail where org_id = 1 and kind = 'member.invited' and recipient = $1 order by id`,
    [address],
  );
const linkTo = async (address: string) => {
  const mail = (await mailsTo(address)).at(-1);
  return lab.house.stores.domain.mails.pathIn({ org_id: 1, id: mail?.id ?? 0, kind: 'member.invited' }) ?? '';
};
const PASSWORD = 'correct horse battery';
/** Somebody who looks at the page, and may choose a password there. */
async function open(link: string) {
  const visitor = makeVisitor(lab.url);
  const csrf = visitor.fieldOf(await (await visitor.go(link)).text(), 'csrf');
  return { visitor, choose: (password = PASSWORD) => visitor.post(link, { csrf, password }) };
}
const accept = async (link: string) => (await open(link)).choose();

test('a person made without a password is invited, chooses one, and is signed in', async () => {
  const { id, user_id } = await person('ina@example.com');
  const [mail] = await mailsTo('ina@example.com');
  deepEqual(mail && { subject: mail.subject, body: mail.body }, {
    subject: 'Your login at Allen Realty',
    body: `Hello Ina Vited,

Allen Realty has made a login for you. Choose a password within 14 days, and sign in with ina@example.com from then on:`,
  });
  const link = await linkTo('ina@example.com');
  const page = await lab.call(link);
  equal(page.status, 200);
  match(page.text, /Ina Vited, Allen Realty has made a login for you\./);
  match(page.text, /readonly value="ina@example\.com"/);
  equal((await makeVisitor(lab.url).signIn('ina@example.com', PASSWORD)).status, 422);

  const { visitor, choose } = await open(link);
  const short = await choose('short');
  equal(short.status, 422);
  match(await short.text(), /A password has 8 to 1024 characters\./);
  equal((await makeVisitor(lab.url).post(link, { password: PASSWORD })).status, 403, 'a form without its token');

  const late = await open(link);
  const answer = await choose();
  deepEqual([answer.status, answer.headers.get('location')], [303, '/']);
  const session = (await (await visitor.go('/app/session')).json()) as { user?: { name?: string } };
  equal(session.user?.name, 'Ina Vited');
  equal((await makeVisitor(lab.url).signIn('ina@example.com', PASSWORD)).status, 303);
  deepEqual(await lab.rows('select name, is_default from profile where org_id = 1 and member_id = $1', [id]), [
    { name: 'Ina Vited', is_default: true },
  ]);
  deepEqual(await lab.rows(`select verb, changed from event where org_id = 1 and noun = 'user' and row_id = $1`, [user_id]), [
    { verb: 'updated', changed: { status: ['invited', 'active'] } },
  ]);

  equal((await lab.call(link)).status, 404);
  equal((await late.choose('another password')).status, 404);
  equal((await makeVisitor(lab.url).signIn('ina@example.com', PASSWORD)).status, 303);
});

test('of two that accept at once one does', async () => {
  await person('twice@example.com');
  const link = await linkTo('twice@example.com');
  const [one, other] = [await open(link), await open(link)];
  const answers = await Promise.all([one.choose('the first password'), other.choose('the other password')]);
  deepEqual(answers.map(({ status }) => status).toSorted(), [303, 404]);
});

test('another address is invited anew, and the first link is dead', async () => {
  const { id } = await person('old@example.com', {}, '/employees');
  const first = await linkTo('old@example.com');
  await site('PATCH', `/employees/${id}`, { email: 'new@example.com', fax: '1' });
  equal((await lab.call(first)).status, 404);
  equal((await accept(await linkTo('new@example.com'))).status, 303);
  await site('PATCH', `/employees/${id}`, { email: 'third@example.com' });
  deepEqual(await mailsTo('third@example.com'), [], 'who has a password is not invited');
});

test('nobody is invited who has a password, and no link works for whoever left or waited too long', async () => {
  await person('known@example.com', { password: PASSWORD });
  deepEqual(await mailsTo('known@example.com'), []);
  const { id } = await person('left@example.com');
  await site('PUT', `/agents/${id}/deactivate`, {});
  equal((await lab.call(await linkTo('left@example.com'))).status, 404);
  await person('late@example.com');
  const late = await linkTo('late@example.com');
  await lab.rows(`update mail set created_at = created_at - interval '15 days' where recipient = 'late@example.com'`);
  equal((await lab.call(late)).status, 404);
  const forged = `${late.slice(0, late.indexOf('.'))}.${'a'.repeat(43)}`;
  equal((await lab.call(forged)).status, 404);
});

test('who is not with the brokerage is invited once they are', async () => {
  const { id } = await person('soon@example.com', { active: false });
  deepEqual(await mailsTo('soon@example.com'), []);
  await site('PATCH', `/agents/${id}`, { email: 'sooner@example.com' });
  deepEqual(await mailsTo('sooner@example.com'), []);
  await site('PUT', `/agents/${id}/reactivate`, {});
  equal((await mailsTo('sooner@example.com')).length, 1);
  equal((await accept(await linkTo('sooner@example.com'))).status, 303);
  await site('PUT', `/agents/${id}/deactivate`, {});
  await site('PUT', `/agents/${id}/reactivate`, {});
  equal((await mailsTo('sooner@example.com')).length, 1, 'who has a password is not invited');
});
