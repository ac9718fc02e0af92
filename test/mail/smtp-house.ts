import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly mail: Email };

/**
 * A mail server that takes what comes. `answers` says by the recipient's address with which SMTP code it is refused; absent: taken.
 */
export async function openSmtp(options: SMTPServerOptions = {}) {
  const got: Received[] = [];
  let refusals: Readonly<Record<string, number>> = {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onRcptTo({ address }, _session, done) {
      const code = refusals[address];
      done(code === undefined ? null : Object.assign(new Error('not today'), { responseCode: code }));
    },
    onData(stream, { envelope }, done) {
      buffer(stream)
        .then(async (bytes) => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          const to = envelope.rcptTo.map(({ address }) => address);
          got.push({ from, to, raw: bytes.toString(), mail: await PostalMime.parse(bytes) });
        })
        .then(() => done(), done);
    },
  });
  // A client that does not trust the certificate hangs up; that is what the test is about.
  server.on('error', () => {});
  const listening: Server = server.listen(0, '127.0.0.1');
  if (!listening.listening) await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    got,
    refuse(codes: Readonly<Record<string, number>>) {
      refusals = codes;
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
