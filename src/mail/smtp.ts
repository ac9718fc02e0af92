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

/** Hands mails to a server, each over a connection of its own. */
export function smtpSender({ host, port, secure, login, onThisMachine }: SmtpServer, settings: MessageSettings) {
  const options = {
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
    tls: { minVersion: 'TLSv1.2' as const },
  };
  return async (mail: Mail): Promise<MailOutcome> => {
    const { createTransport } = await import('nodemailer');
    const message = await messageOf(mail, settings);
    return createTransport(options)
      .sendMail(message)
      .then((): MailOutcome => ({ kind: 'sent' }), outcomeOf);
  };
}
