import { Agent, request as open } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Header } from './shot.ts';

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };
/** Nothing came back: why, in the words of the socket. */
export type Silence = { readonly silence: string };
export const isSilent = (answer: Answer | Silence): answer is Silence => 'silence' in answer;

/** What Node says when the other side had closed a socket that was kept open: the request was never read, and is sent again. */
const wasStale = (error: Error & { code?: string }, reused: boolean) =>
  reused && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
const textOf = (bytes: Uint8Array, encoding = ''): string =>
  Buffer.from(bytes.length > 0 ? (DECODERS[encoding]?.(bytes) ?? bytes) : bytes).toString();

export type Line = {
  send(method: string, path: string, headers: readonly Header[], body?: Uint8Array): Promise<Answer | Silence>;
  /** bytes as they are on a socket of their own; the first line of what comes back, or the end of the line */
  sendRaw(bytes: Uint8Array): Promise<string | Silence>;
  close(): void;
};

/** Requests over a few sockets that stay open, as Node's own client writes them: it does not tidy paths. */
export function openLine(address: string, { sockets, patienceMs }: { sockets: number; patienceMs: number }): Line {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const send: Line['send'] = (method, path, headers, body) =>
    new Promise((resolve) => {
      const sent = open(
        { agent, hostname, port, method, path, headers: headers.flat(), setDefaultHeaders: false },
        (response) => {
          const chunks: Uint8Array[] = [];
          response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
          response.on('error', (error) => resolve({ silence: `broken off: ${error.message}` }));
          response.on('end', () => {
            clearTimeout(timer);
            const known = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
            resolve({
              status: response.statusCode ?? 0,
              headers: known,
              text: textOf(Buffer.concat(chunks), known['content-encoding']),
            });
          });
        },
      );
      const timer = setTimeout(() => {
        resolve({ silence: `no answer within ${patienceMs} ms` });
        sent.destroy();
      }, patienceMs);
      sent.on('error', (error) => {
        clearTimeout(timer);
        resolve(wasStale(error, sent.reusedSocket) ? send(method, path, headers, body) : { silence: error.message });
      });
      sent.end(body);
    });
  return {
    send,
    sendRaw: (bytes) =>
      new Promise((resolve) => {
        const socket = connect(Number(port), hostname);
        let seen = '';
        const end = (what: string | Silence) => {
          clearTimeout(timer);
          socket.destroy();
          resolve(what);
        };
        const timer = setTimeout(() => end({ silence: `neither answered nor closed within ${patienceMs} ms` }), patienceMs);
        socket.on('data', (chunk: Uint8Array) => {
          seen += Buffer.from(chunk).toString('latin1');
          if (seen.includes('\r\n')) end(seen.slice(0, seen.indexOf('\r\n')));
        });
        socket.on('error', () => end(seen));
        socket.on('close', () => end(seen));
        socket.end(bytes);
      }),
    close: () => agent.destroy(),
  };
}
