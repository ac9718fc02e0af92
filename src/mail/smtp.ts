import type { Mail, MailOutcome } from '../domain/index.ts';
import { type MessageSettings, messageOf } from './message.ts';

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it, which one on this machine need not */
  readonly secure: boolean;
  /** goes over TLS alone, unless the server is on this machine */
  readonly login: { readonly user: string; readonly password: string } | undefined;
  readonly onThisMachine: boolean;
};

/** Together shorter than the lease of a mail (domain/mail). */
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

type SmtpError = Error & { readonly code?: string; readonly responseCode?: number; readonly response?: string };

/** A recipient or a message that the server will never take is refused; everything else may be better later, a wrong password too. */
function outcomeOf({ code, responseCode, response, message }: SmtpError): MailOutcome {
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isForGood = responseCode === undefined || responseCode >= 500;
  return { kind: isOfMail && isForGood ? 'refused' : 'away', trouble: response ?? message };
}

/** A way to the server, each time over a connection of its own. */
async function openTransport({ host, port, secure, login, onThisMachine }: SmtpServer) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure,
    ignoreTLS: onThisMachine,
    requireTLS: login !== undefined && !onThisMachine,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    tls: { minVersion: 'TLSv1.2' },
  });
}

/** Hands mails to a server. */
export function smtpSender(server: SmtpServer, settings: MessageSettings) {
  return async (mail: Mail): Promise<MailOutcome> => {
    const message = await messageOf(mail, settings);
    const transport = await openTransport(server);
    return transport.sendMail(message).then((): MailOutcome => ({ kind: 'sent' }), outcomeOf);
  };
}

/** Greets the server, under TLS and with the login where there is one, and sends nothing. @throws Error in the server's words */
export async function checkSmtp(server: SmtpServer): Promise<void> {
  await (await openTransport(server)).verify();
}
