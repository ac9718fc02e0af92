import { deepEqual, rejects } from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Mail } from '../../src/domain/index.ts';
import { checkSmtp, smtpSender } from '../../src/mail/smtp.ts';
import { openSmtp } from './smtp-house.ts';

const MAIL: Mail = {
  org_id: 1,
  id: 7,
  kind: 'message',
  recipient: 'mia@example.com',
  subject: 'Hello',
  body: 'You there?',
  is_html: false,
  created_at: new Date(0),
  brokerage: 'Allen Realty',
  reply_to: null,
  is_sandbox: false,
};
const SETTINGS = {
  publicUrl: 'https://portico.example.com',
  from: 'crm@example.com',
  unsubscribeToken: () => 'token',
  pathIn: () => undefined,
};
const login = { user: 'crm', password: 'secret' };
const server = (port: number) => ({ host: '127.0.0.1', port, secure: false, login, onThisMachine: false });

/** What a server is told of a password. */
async function tried(disabledCommands: string[], more: object) {
  const passwords: unknown[] = [];
  await using smtp = await openSmtp({
    disabledCommands,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      passwords.push(password);
      done(null, { user: username ?? 'nobody' });
    },
  });
  const outcome = await smtpSender({ ...server(smtp.port), ...more }, SETTINGS)(MAIL);
  return { outcome: outcome.kind, passwords, mails: smtp.got.length };
}

describe('a password', () => {
  test('is given to nobody who offers no TLS', async () => {
    deepEqual(await tried(['STARTTLS'], {}), { outcome: 'away', passwords: [], mails: 0 });
  });
  test('is given to nobody whose certificate is not trusted', async () => {
    deepEqual(await tried([], {}), { outcome: 'away', passwords: [], mails: 0 });
  });
  test('is given to a server on this machine', async () => {
    for (const offered of [[], ['STARTTLS']])
      deepEqual(await tried(offered, { onThisMachine: true }), { outcome: 'sent', passwords: ['secret'], mails: 1 });
  });
});

test('a server that is not there is away', async () => {
  const { port } = await openSmtp().then(async (smtp) => {
    await smtp[Symbol.asyncDispose]();
    return smtp;
  });
  deepEqual((await smtpSender(server(port), SETTINGS)(MAIL)).kind, 'away');
  await rejects(checkSmtp(server(port)), /ECONNREFUSED/);
});

test('a look at a server tries the login and sends nothing', async () => {
  await using smtp = await openSmtp({
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === login.password ? done(null, { user: username ?? 'nobody' }) : done(new Error('no such login')),
  });
  const local = { ...server(smtp.port), onThisMachine: true };
  await checkSmtp(local);
  await rejects(checkSmtp({ ...local, login: { ...login, password: 'wrong' } }), /no such login/);
  await rejects(checkSmtp(server(smtp.port)), /STARTTLS/);
  deepEqual(smtp.got, []);
});
