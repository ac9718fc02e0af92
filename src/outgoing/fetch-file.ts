import type { IncomingMessage } from 'node:http';
import { basename } from 'node:path/posix';
import { hostOf } from '../domain/webhooks/index.ts';
import { type FetchFile, FileAway } from '../kernel/fetch-file.ts';
import { type Address, chooseAddress, clientFor, lateAt, optionsTo, type Reach, Refused } from './reach.ts';

export type FetcherOptions = Reach & {
  /** from the first question for the name to the last byte */
  readonly timeoutMs?: number;
};

/** Somebody waits for the answer of the call that names the file. */
const TIMEOUT_MS = 15_000;
/** One for https, one for www, one for a place where files lie. */
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const HEADERS = { 'User-Agent': 'Portico', Accept: '*/*', 'Accept-Encoding': 'identity' };

function get(url: URL, address: Address, signal: AbortSignal): Promise<IncomingMessage> {
  const options = { ...optionsTo(url, address, signal), method: 'GET', headers: HEADERS };
  return new Promise((resolve, reject) => {
    const asked = clientFor(url).request(options, resolve);
    asked.on('error', reject);
    asked.end();
  });
}

async function readAll(answer: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new FileAway(`more than ${limit} bytes`);
    chunks.push(chunk);
  }
  if (!answer.complete) throw new FileAway('the file broke off');
  return Buffer.concat(chunks);
}

/** The last part of the path, as the name of the file. */
function nameOf({ pathname }: URL): string | null {
  try {
    return decodeURIComponent(basename(pathname)) || null;
  } catch {
    return null;
  }
}

const isWeb = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:';

/**
 * Reads files from addresses that other people gave us. Each hop of a redirect is judged like the first: names are resolved here,
 * private addresses are never called unless the operator allows it, and neither time nor size are without bound.
 */
export function makeFetcher(options: FetcherOptions): FetchFile {
  async function follow(first: string, limit: number, signal: AbortSignal, late: Promise<never>) {
    let url = new URL(first);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      if (!isWeb(url)) throw new FileAway('no address of the web');
      const address = await Promise.race([chooseAddress(hostOf(url), options), late]);
      const answer = await get(url, address, signal);
      const { statusCode = 0, headers } = answer;
      try {
        if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
          url = new URL(headers.location, url);
          continue;
        }
        if (statusCode !== 200) throw new FileAway(`status ${statusCode}`);
        if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new FileAway('packed');
        if (Number(headers['content-length'] ?? 0) > limit) throw new FileAway(`more than ${limit} bytes`);
        return { bytes: await readAll(answer, limit), name: nameOf(url) };
      } finally {
        answer.destroy();
      }
    }
    throw new FileAway('too many redirects');
  }

  return async (url, { limit, signal: until }) => {
    const own = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    const signal = until ? AbortSignal.any([own, until]) : own;
    try {
      return await follow(url, limit, signal, lateAt(signal));
    } catch (error) {
      if (error instanceof FileAway) throw error;
      // Whatever else went wrong, went wrong there: names, connections, certificates, headers that are none.
      throw new FileAway(signal.aborted ? 'timeout' : error instanceof Refused ? error.message : 'request failed');
    }
  };
}
