import { lookup as resolve } from 'node:dns/promises';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, isPublicAddress, type Message, type Send } from '../domain/webhooks/index.ts';

type Address = { readonly address: string; readonly family: number };
export type SenderOptions = {
  readonly allowPrivate: boolean;
  /** from the first question for the name to the answer's headers, whatever a message says */
  readonly timeoutMs?: number;
  /** every address of a name; tests bring their own */
  readonly lookup?: (host: string) => Promise<readonly Address[]>;
};

/** Success is an answer within 5 s (contracts/dotloop.md §5.14), where a door says nothing else. */
const TIMEOUT_MS = 5_000;
/** Nobody reads what a receiver answers; this much lets a polite one finish its sentence. */
const MAX_ANSWER = 16_384;

const systemLookup = (host: string) => resolve(host, { all: true });

class Refused extends Error {}

/** @throws Refused when the host has no address that may be called */
async function chooseAddress(host: string, { allowPrivate, lookup = systemLookup }: SenderOptions): Promise<Address> {
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host);
  const allowed = allowPrivate ? found[0] : found.find(({ address }) => isPublicAddress(address));
  if (!allowed) throw new Refused(found.length === 0 ? 'host has no address' : 'address not allowed');
  return allowed;
}

/** The connection goes to the address that was judged: asking the name once more could give another one (DNS rebinding). */
const pinned =
  ({ address, family }: Address): LookupFunction =>
  (_host, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);

function post(url: URL, address: Address, message: Message, signal: AbortSignal): Promise<number> {
  const options: RequestOptions = {
    method: 'POST',
    protocol: url.protocol,
    hostname: hostOf(url),
    path: `${url.pathname}${url.search}`,
    headers: { ...message.headers, 'Content-Length': String(Buffer.byteLength(message.body)) },
    lookup: pinned(address),
    // A connection of its own: one kept open would belong to an address judged for an earlier attempt.
    agent: false,
    signal,
  };
  if (url.port) options.port = url.port;
  if (url.username) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return new Promise((resolved, reject) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options, (answer) => {
      // The status decides, so whatever becomes of the body is no error. Redirects are answers like any other.
      resolved(answer.statusCode ?? 0);
      let size = 0;
      answer.on('error', () => {});
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER) answer.destroy();
      });
    });
    sent.on('error', reject);
    sent.end(message.body);
  });
}

const MALFORMED = /^ERR_INVALID|^ERR_UNESCAPED/;

/** In words for the log of attempts: codes, never messages, which may quote addresses. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'timeout';
  if (error instanceof Refused) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return MALFORMED.test(code) || code === '' ? 'request failed' : code.toLowerCase();
}

/**
 * Posts to addresses that other people gave us. Names are resolved here and judged, private addresses are never called unless the
 * operator allows it, redirects are not followed, and no answer is waited for or read without bound. Never throws.
 */
export function makeSender(options: SenderOptions): Send {
  return async (message) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? message.timeoutMs ?? TIMEOUT_MS);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // Asking for a name cannot be cancelled, only left alone.
    late.catch(() => {});
    try {
      const url = new URL(message.url);
      const address = await Promise.race([chooseAddress(hostOf(url), options), late]);
      return { status: await post(url, address, message, signal) };
    } catch (error) {
      return { error: reasonOf(error, signal) };
    }
  };
}
