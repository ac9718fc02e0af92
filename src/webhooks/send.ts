import { hostOf, type Message, type Send } from '../domain/webhooks/index.ts';
import { type Address, chooseAddress, clientFor, lateAt, optionsTo, type Reach, Refused } from '../outgoing/reach.ts';

export type SenderOptions = Reach & {
  /** from the first question for the name to the answer's headers, whatever a message says */
  readonly timeoutMs?: number;
};

/** Success is an answer within 5 s (contracts/dotloop.md §5.14), where a door says nothing else. */
const TIMEOUT_MS = 5_000;
/** Nobody reads what a receiver answers; this much lets a polite one finish its sentence. */
const MAX_ANSWER = 16_384;

function post(url: URL, address: Address, message: Message, signal: AbortSignal): Promise<number> {
  const options = {
    ...optionsTo(url, address, signal),
    method: 'POST',
    headers: { ...message.headers, 'Content-Length': String(Buffer.byteLength(message.body)) },
  };
  return new Promise((resolved, reject) => {
    const sent = clientFor(url).request(options, (answer) => {
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
    const late = lateAt(signal);
    try {
      const url = new URL(message.url);
      const address = await Promise.race([chooseAddress(hostOf(url), options), late]);
      return { status: await post(url, address, message, signal) };
    } catch (error) {
      return { error: reasonOf(error, signal) };
    }
  };
}
