import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { untilFound } from '../../src/testing/until.ts';
import { openSmtp } from './smtp-house.ts';

type Smtp = Awaited<ReturnType<typeof openSmtp>>;
type Row = { id: number; status: string; attempts: number; trouble: string | null; waits: boolean };
let smtp: Smtp;
let lab: Lab;
before(async () => {
  smtp = await openSmtp();
  const env = { PORTICO_SMTP: `smtp://127.0.0.1:${smtp.port}`, PORTICO_MAIL_FROM: 'crm@allenrealty.example' };
  lab = await openLab({ background: true, env });
  // Mails of a sandbox never reach a server; this brokerage is a real one from here on.
  await lab.rows('update organisation set is_sandbox = false where id = 1');
});
after(async () => {
  await lab[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
});

const site = (path: string, json?: unknown, key = 'xxxxxxxxxx') =>
  lab.call(`/propertybase/api/v2${path}`, { headers: { 'x-bl-api-key': key }, ...(json === undefined ? {} : { json }) });
type Data = { data: Record<string, never> & { id: number } };
const dataOf = (answer: { body: unknown }) => (answer.body as Data).data;

const received = (to: string) => untilFound(`a mail to ${to}`, () => smtp.got.find((one) => one.to[0] === to));
const mailTo = async (to: string) =>
  (
    await lab.rows<Row>(
      'select id, status, attempts, trouble, next_at > now() as waits from mail where org_id = 1 and recipient = $1 order by id',
      [to],
    )
  )[0];
const settled = (to: string) =>
  untilFound(`an attempt to mail ${to}`, async () =>
    mailTo(to).then((row) => (row && row.attempts > 0 && (row.status !== 'waiting' || row.trouble) ? row : undefined)),
  );
const lead = async (email: string) => {
  const quiet = { dont_send_email: true, no_assignment_emails: true, no_followup_task: true };
  return dataOf(await site('/leads', { email, first_name: 'Mia', last_name: 'Mail', ...quiet })).id;
};

test('an invitation has an address that only the mail knows', async () => {
  const person = { first_name: 'Ina', last_name: 'Vited', email: 'ina@example.com' };
  await site('/agents', person);
  const { mail } = await received('ina@example.com');
  const [link = ''] = /http\S+\/invitation\/\S+/.exec(mail.text ?? '') ?? [];
  ok(mail.html?.includes(`<a href="${link}">`));
  deepEqual(await lab.rows("select 1 from mail where recipient = 'ina@example.com' and body like '%/invitation/%'"), []);
  const page = await lab.call(link.slice(lab.url.length));
  equal(page.status, 200, page.text);
});

test('a message is mailed once, in both forms, and has reached its recipient then', async () => {
  const id = await lead('mia@example.com');
  const made = await site('/messages', {
    lead_id: id,
    title: 'Two\r\nBcc: eve@example.com\r\n\r\nhouses – für Sie',
    body: '<p>Look at <a href="https://example.com/1">this one</a> &amp; that.</p>',
    deliver_email: true,
  });
  equal(made.status, 201, made.text);
  const { from, to, mail } = await received('mia@example.com');
  deepEqual([from, to], ['crm@allenrealty.example', ['mia@example.com']]);
  const [row] = await lab.rows<{ id: number; unsubscribe: string }>("select id from mail where recipient = 'mia@example.com'");
  const token = lab.house.stores.domain.mails.unsubscribeToken({ org_id: 1, id: row?.id ?? 0 });
  const link = `${lab.url}/unsubscribe/${token}`;
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
  deepEqual(
    [mail.from?.name, mail.from?.address, mail.to?.map((one) => one.address), mail.cc, mail.bcc, mail.replyTo?.[0]?.address],
    ['Allen Realty', 'crm@allenrealty.example', ['mia@example.com'], undefined, undefined, 'allen.agent@gmail.com'],
  );
  deepEqual(
    [mail.messageId, headers['list-unsubscribe'], headers['list-unsubscribe-post'], headers['auto-submitted']],
    [`<1.${row?.id}@127.0.0.1>`, `<${link}>`, 'List-Unsubscribe=One-Click', 'auto-generated'],
  );
  match(mail.subject ?? '', /^Two\s+Bcc: eve@example\.com\s+houses – für Sie$/);
  equal(
    mail.text?.replaceAll('\r\n', '\n').trimEnd(),
    `Look at this one [https://example.com/1] & that.\n\n-- \nAllen Realty\nNo more mails like this: ${link}`,
  );
  ok(mail.html?.includes('<p>Look at <a href="https://example.com/1">this one</a> &amp; that.</p>'), mail.html);
  ok(mail.html?.includes(`<a href="${link}">`), mail.html);
  const delivered = await untilFound('it has reached its recipient', async () => {
    const shown = dataOf(await site(`/messages/${dataOf(made).id}`)) as unknown as {
      recipients: { delivered_at: string | null }[];
    };
    return shown.recipients[0]?.delivered_at ?? undefined;
  });
  match(delivered, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  await lab.house.stores.domain.mails.rescueMails();
  equal(smtp.got.filter((one) => one.to[0] === 'mia@example.com').length, 1);
});

test('what the server puts off is tried again, what it refuses is not', async () => {
  smtp.refuse({ 'later@example.com': 451, 'never@example.com': 550 });
  for (const address of ['later@example.com', 'never@example.com'])
    await site('/messages', { lead_id: await lead(address), title: 'Hello', body: 'You there?', deliver_email: true });
  const later = await settled('later@example.com');
  deepEqual({ ...later, id: 0 }, { id: 0, status: 'waiting', attempts: 1, trouble: '451 not today', waits: true });
  const never = await settled('never@example.com');
  deepEqual({ ...never, id: 0, waits: true }, { id: 0, status: 'failed', attempts: 1, trouble: '550 not today', waits: true });
  smtp.refuse({});
  // Its time has come, and its job was lost.
  await lab.rows("update mail set next_at = now() - interval '1 hour' where id = $1", [later.id]);
  await lab.house.stores.domain.mails.rescueMails();
  equal((await received('later@example.com')).mail.text?.split('\n')[0]?.trim(), 'You there?');
  deepEqual(
    await untilFound('it is sent', async () =>
      mailTo('later@example.com').then((row) => (row?.status === 'sent' ? row.attempts : undefined)),
    ),
    2,
  );
});

test('nobody is mailed who said no meanwhile', async () => {
  const { mails } = lab.house.stores.domain;
  smtp.refuse({ 'no@example.com': 451 });
  const id = await lead('no@example.com');
  await site('/messages', { lead_id: id, title: 'Hello', body: 'You there?', deliver_email: true });
  const row = await settled('no@example.com');
  smtp.refuse({});
  await lab.rows('update contact set pref_email = false where id = $1', [id]);
  await lab.rows("update mail set next_at = now() - interval '1 minute' where id = $1", [row.id]);
  equal(await mails.sendMail({ org_id: 1, id: row.id }, () => Promise.reject(new Error('It was to be dropped'))), undefined);
  equal((await mailTo('no@example.com'))?.status, 'dropped');
  await site('/messages', { lead_id: id, title: 'Hello again', body: 'You there?', deliver_email: true });
  deepEqual(await lab.rows('select subject from mail where contact_id = $1', [id]), [{ subject: 'Hello' }]);
});

test('two who send one mail send it once, and a crash costs the lease', async () => {
  const { mails } = lab.house.stores.domain;
  smtp.refuse({ 'once@example.com': 451 });
  await site('/messages', { lead_id: await lead('once@example.com'), title: 'Hello', body: 'Once', deliver_email: true });
  const { id } = await settled('once@example.com');
  smtp.refuse({});
  await lab.rows("update mail set next_at = now() - interval '1 minute' where id = $1", [id]);
  let sent = 0;
  const send = async () => {
    sent++;
    throw new Error('the process dies here');
  };
  const both = await Promise.allSettled([1, 2].map(() => mails.sendMail({ org_id: 1, id }, send)));
  deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  deepEqual([sent, await mails.sendMail({ org_id: 1, id }, send)], [1, undefined]);
  const row = await mailTo('once@example.com');
  deepEqual([row?.status, row?.attempts, row?.waits], ['waiting', 2, true]);
});

test("a sandbox's mails are files, whatever server there is", async () => {
  await lab.rows('update organisation set is_sandbox = true where id = 1');
  await site('/messages', { lead_id: await lead('file@example.com'), title: 'Hello', body: 'Filed', deliver_email: true });
  const row = await settled('file@example.com');
  await lab.rows('update organisation set is_sandbox = false where id = 1');
  equal(row.status, 'sent');
  const text = await readFile(join(lab.config.dataDir, 'mail', `1-${row.id}.eml`), 'utf8');
  match(text, /^To: file@example\.com\r?$/m);
  equal(smtp.got.filter((one) => one.to[0] === 'file@example.com').length, 0);
});
